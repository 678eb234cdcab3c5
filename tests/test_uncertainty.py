"""Sensitivity, scenario discovery, turning points and stress, against answers that are known."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.stats import binom, qmc

from marke.dutch import chance, chance_about, euro_about, euro_band
from marke.engine.burden import make_group
from marke.engine.explore import chance_error, explore, standard_error
from marke.engine.uncertainty.points import (
    among_draws,
    base_case,
    crossing,
    figures_of,
    savings,
    swings,
    turns,
)
from marke.engine.uncertainty.prim import find_box
from marke.engine.uncertainty.sensitivity import effect, first_order
from marke.engine.uncertainty.stress import price_of_working_together, realised_half, regret
from marke.findings.how_sure import uncertainty_finding
from marke.question import find_study, read_question, shipped_inputs
from marke.report.certainty import ranking, search, turning
from marke.study import REPLICATES

ISHIGAMI = (0.3139, 0.4424, 0.0)
"""First-order indices for a = 7, b = 0.1 (Ishigami and Homma 1990)."""


def sobol(count, dimensions, seed):
    """Uniform points (dimensions, count) in replicates, as the engine draws them."""
    seeds = np.random.SeedSequence(seed).spawn(REPLICATES)
    blocks = [qmc.Sobol(dimensions, rng=np.random.default_rng(s)).random(count // REPLICATES) for s in seeds]
    return np.concatenate(blocks).T


def ishigami(count, seed):
    x = np.pi * (2 * sobol(count, 3, seed) - 1)
    return x, np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def order_of(row):
    return np.argsort(row.reshape(REPLICATES, -1), axis=1, kind="stable").astype(np.int32)


def binned(effect_of, bins=32):
    """What is left of an effect of x on [-pi, pi] when x is known by its bin only, as a variance."""
    x = np.linspace(-np.pi, np.pi, 32 * 1000 + 1)
    middle = (x[1:] + x[:-1]) / 2
    return effect_of(middle).reshape(bins, -1).mean(axis=1).var()


def test_first_order_indices_are_those_of_ishigami():
    x, y = ishigami(8192, 3)
    for row, truth in zip(x, ISHIGAMI, strict=True):
        share, low, high = effect(order_of(row), y)
        assert share == pytest.approx(truth, abs=0.012)
        assert low <= share <= high


def test_intervals_of_indices_hold_the_truth_as_often_as_they_claim():
    """The truth of 32 bins, which is a little under the index itself."""
    total = 0.5 + 49 / 8 + 0.1 * np.pi**4 / 5 + 0.01 * np.pi**8 / 18
    effects = (lambda x: (1 + 0.1 * np.pi**4 / 5) * np.sin(x), lambda x: 7 * np.sin(x) ** 2)
    truths = [binned(each) / total for each in effects]
    assert truths == pytest.approx(ISHIGAMI[:2], abs=0.007)
    held = 0
    for seed in range(100):
        x, y = ishigami(2048, seed)
        for row, truth in zip(x, truths, strict=False):
            _, low, high = effect(order_of(row), y)
            held += low <= truth <= high
    assert held >= binom.ppf(0.001, 200, 0.95)


def test_mean_and_chance_lie_within_two_errors_as_often_as_they_should():
    """A constructed outcome: u + v with P(u + v < 0.5) = 1/8 and mean 1."""
    means = chances = 0
    for seed in range(200):
        total = sobol(512, 2, seed).sum(axis=0)
        means += abs(total.mean() - 1) <= 2 * standard_error(total)
        chances += abs((total < 0.5).mean() - 0.125) <= 2 * chance_error(total < 0.5)
    least = binom.ppf(0.001, 200, 0.936)  # two errors with 15 degrees of freedom
    assert means >= least
    assert chances >= least


def test_what_was_never_seen_is_not_impossible():
    assert 2 * chance_error(np.zeros(512, bool)) == pytest.approx(3 / 512)


def test_prim_finds_the_planted_box_and_no_idle_figure():
    x = sobol(8192, 6, 1)
    planted = (x[1] < 0.4) & (x[4] > 0.55)
    noise = np.random.default_rng(2).random(8192)
    box = find_box(x, planted & (noise < 0.95) | ~planted & (noise < 0.02), density=0.9, most=3)
    found = {limit.place: limit for limit in box.limits}
    assert set(found) == {1, 4}
    assert (found[1].low, found[4].high) == (-np.inf, np.inf)
    assert found[1].high == pytest.approx(0.4, abs=0.03)
    assert found[4].low == pytest.approx(0.55, abs=0.03)
    assert box.coverage > 0.85
    assert box.density >= 0.9
    assert max(limit.quasi_p for limit in box.limits) < 1e-6


def test_prim_says_how_dense_it_gets_where_the_density_is_out_of_reach():
    x = sobol(4096, 3, 5)
    noise = np.random.default_rng(1).random(4096)
    box = find_box(x, (x[0] > 0.8) & (noise < 0.6), density=0.8, most=3)
    assert 0.5 < box.density < 0.8
    assert 0 in {limit.place for limit in box.limits}


def test_prim_restricts_no_more_figures_than_it_may():
    x = sobol(4096, 5, 7)
    case = (x < 0.7).all(axis=0)
    assert len(find_box(x, case, density=0.95, most=2).limits) == 2
    assert len(find_box(x, case, density=0.95, most=5).limits) > 2


def test_a_curve_crosses_where_its_line_does():
    grid = np.linspace(0, 4, 5)
    assert crossing(grid, 2.5 - grid, 0) == pytest.approx(2.5)
    assert crossing(grid, grid + 1, 0) is None
    assert crossing(grid, np.array([-1.0, 1, 1, 1, -1]), 4) == pytest.approx(3.5)


def test_regret_is_what_the_other_choice_would_have_saved():
    found = regret(np.array([-3.0, 5.0, -1.0]))
    assert found.together.tolist() == [3, 0, 1]
    assert found.alone.tolist() == [0, 5, 0]


def test_half_of_the_advantage_and_the_whole_price():
    saving, price = np.array([60.0, -10.0, -50.0]), np.array([40.0, 40.0, 40.0])
    assert realised_half(saving, price).tolist() == [10, -25, -50]


@cache
def soc(draws=512):
    question = read_question(shipped_inputs(find_study("twente-actueel"), None, {"trekkingen": draws}))
    return question, explore(question.case("soc"), question.study)


def everyone(case):
    return tuple(range(len(case.players)))


def test_figures_behind_a_saving_are_all_that_move_it():
    question, explored = soc()
    case = explored.case
    variant, members = case.variants[0], everyone(case)
    behind = figures_of(case, variant, members)
    assert {"soc.disappointment", "figures.homogeneity"} <= behind
    places = np.arange(case.draws.count)
    before = savings(case, variant, members, 1)
    idle = [key for key, figure in case.draws.figures.items() if figure.dim is not None and key not in behind]
    moved = {key: case.draws[key] * 1.5 + 1 for key in idle}
    assert savings(among_draws(case, places, moved), variant, members, 1) == pytest.approx(before)
    for key in ("soc.disappointment", "soc.lines.devices.amount"):
        other = {key: case.draws[key] * 1.5}
        assert savings(among_draws(case, places, other), variant, members, 1) != pytest.approx(before)
    assert question.study is not None


def test_base_case_and_swings_are_those_of_fixed_figures():
    question, explored = soc()
    case, study = explored.case, question.study
    variant, members = case.variants[0], everyone(case)
    key = "soc.disappointment"
    base, rows = swings(case, study, variant, members, [key, "figures.homogeneity"])
    found = next(row for row in rows if row.figure == key)
    assert base == pytest.approx(savings(base_case(case, study, 1, {}), variant, members, 1)[0])
    high = case.draws.figures[key].high
    again = base_case(case, study, 1, {key: np.array([high])})
    assert found.at_high == pytest.approx(savings(again, variant, members, 1)[0])
    assert rows[0].width >= rows[1].width
    assert found.at_low > base > found.at_high


def test_at_the_turning_point_the_expected_saving_is_nil():
    _, explored = soc(4096)
    case = explored.case
    variant, members = case.variants[0], everyone(case)
    expected = savings(case, variant, members, 1)[0]
    keys = ["soc.disappointment", "soc.alone.framework.terms.reduction", "soc.lines.devices.discount"]
    found = turns(case, variant, members, keys, expected)
    crossed = [turn for turn in found if turn.value is not None]
    assert crossed
    for turn in crossed:
        moved = {turn.figure: np.full(case.draws.count, turn.value)}
        there = savings(among_draws(case, np.arange(case.draws.count), moved), variant, members, 1)[0]
        assert abs(there) < 0.03 * abs(turn.at_high - turn.at_low)
    assert all(turn.at_low * turn.at_high > 0 for turn in found if turn.value is None)


def test_price_of_working_together_counts_steering_clients_and_one_off():
    _, explored = soc()
    case = explored.case
    group = make_group(case, "joint_tender", everyone(case))
    price = price_of_working_together(explored, group)
    steering = [case.figure(key) for key in case.steering("joint_tender")]
    known = (steering[0] + len(case.players) * steering[1]) * (1 + case.figure(case.service.disappointment))
    assert (price >= known + group.total.part("annuity").values - 1e-6).all()
    assert price.mean() < group.total.mean


def test_the_planted_condition_is_found_and_told():
    """Without setbacks the joint tender pays, with large ones it does not: marke names that figure."""
    question, explored = soc(2048)
    case = explored.case
    shift = explored.alone.cost + 1.0e4  # dearer alone: the answer comes to hang on the setback
    finding = uncertainty_finding(
        replace(explored, alone=replace(explored.alone, cost=shift)),
        question.study,
        "joint_tender",
        everyone(case),
    )
    assert finding.influences[0].figure == "soc.disappointment"
    costs = next(each for each in finding.searches if each.case == "costs")
    assert costs.outcome == "found"
    assert any(limit.figure == "soc.disappointment" and limit.low for limit in costs.boxes[0].limits)
    assert "structurele tegenvaller, SOC’ boven" in search(costs, 2048)
    assert ranking(finding.influences).startswith(
        "De spreiding van de uitkomst hangt het meest af van ‘structurele tegen"
    )
    assert {turning(row, finding.saving.error)[:5] for row in finding.break_even} <= {"samen", "nerge"}


def test_an_outcome_that_never_varies_hangs_on_nothing():
    _, explored = soc()
    assert first_order(explored.case.draws, np.zeros(512), ["soc.disappointment"]) == []


@pytest.mark.parametrize(
    ("p", "error", "said"),
    [
        (0.243, 0.004, "ongeveer 24 %"),
        (0.243, 0.02, "20 tot 30 %"),
        (0.0, 0.0002, "minder dan 1 %"),
        (0.0, 0.047, "minder dan 10 %"),
        (1.0, 0.0002, "meer dan 99 %"),
        (0.97, 0.03, "meer dan 90 %"),
        (0.008, 0.004, "ongeveer 1 %"),
    ],
)
def test_chances_show_no_digit_that_the_draws_do_not_support(p, error, said):
    assert chance_about(p, error).replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize(
    ("value", "error", "said"),
    [
        (123_456, 100, "ongeveer € 120.000"),
        (123_456, 30_000, "ongeveer € 120.000"),
        (123_456, 50_000, "ongeveer € 100.000"),
        (3_456, 4_000, "ongeveer nul"),
        (1_234, 0, "ongeveer € 1.200"),
    ],
)
def test_amounts_show_no_digit_that_the_draws_do_not_support(value, error, said):
    assert euro_about(value, error).replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-319_943, 100_554, "€ −320.000 tot € 100.000"),
        (2_549_091, 2_553_766, "€ 2.549.100 tot € 2.553.800"),
        (1_234, 1_234, "€ 1.234 tot € 1.234"),
    ],
)
def test_bands_show_no_digit_that_the_draws_do_not_support(low, high, said):
    assert euro_band(low, high).replace("\N{NO-BREAK SPACE}", " ") == said


def test_a_band_is_told_coarser_than_its_ends_vary():
    """Two standard errors of a P10 of a thousand draws stay below the next digit."""
    rows = np.random.default_rng(1).normal(size=(400, 1024))
    low, high = np.quantile(rows, [0.1, 0.9], axis=1)
    assert 2 * low.std() < (high - low).mean() / 20


def test_a_chance_in_a_table_has_the_digits_of_one_in_prose():
    for p in np.linspace(0, 1, 21):
        for error in (0.0, 0.004, 0.03):
            assert chance_about(p, error).removeprefix("ongeveer ") == chance(p, error)
