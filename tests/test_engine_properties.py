"""What must hold of the engine whatever the figures: on the real case of Twente, with few draws."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri
from scipy.stats import beta, lognorm, spearmanr, triang

from marke.baseline import Answer, Baseline
from marke.catalogue import Figure, load_catalogue
from marke.catalogue.schema import Correlation
from marke.engine import prices, trace
from marke.engine.draws import draw, quantile
from marke.engine.explore import explore
from marke.errors import InputError
from marke.findings import compose
from marke.findings.groups import expected_game, group_finding
from marke.games import members_of, shapley, subset_sums
from marke.question import Question, find_study, read_question, shipped_inputs
from marke.study import REPLICATES

CATALOGUE = load_catalogue()
SERVICES = tuple(CATALOGUE.services)
VARIANTS = tuple(
    (key, variant)
    for key, service in CATALOGUE.services.items()
    for variant, joint in service.joint.items()
    if not joint.on_request
)
DRAWS = 256
FEW = settings(max_examples=15, deadline=None)
services = st.sampled_from(SERVICES)


@cache
def question(draws=DRAWS, seed=20251103, region=None):
    settings_ = {"trekkingen": draws, "toevalsgetal": seed}
    return read_question(shipped_inputs(find_study("twente-actueel"), region, settings_))


@cache
def explored(service, draws=DRAWS, seed=20251103):
    asked = question(draws, seed)
    return explore(asked.case(service), asked.study)


def with_figures(asked, changes):
    """The same question with other figures: ``changes`` maps an id to its one value."""
    figures = dict(asked.catalogue.figures)
    for key, value in changes.items():
        figures[key] = figures[key].model_copy(update=dict.fromkeys(("low", "mode", "high"), value))
    catalogue = replace(asked.catalogue, figures=figures)
    return Question(asked.inputs, asked.study, catalogue, asked.country)


def group_of(data, players, least=2):
    return tuple(
        sorted(data.draw(st.sets(st.integers(0, players - 1), min_size=least, max_size=players), "members"))
    )


def mask_of(members):
    return sum(1 << i for i in members)


# drivers


def with_larger_driver(case, driver, player, factor):
    larger = case.drivers[driver].copy()
    larger[:, player] *= factor
    return replace(case, drivers={**case.drivers, driver: larger})


def no_lower(after, before):
    assert (after >= before * (1 - 1e-12)).all()


@FEW
@given(services, st.floats(1.001, 5), st.data())
def test_a_larger_driver_never_lowers_a_cost(service, factor, data):
    case = explored(service).case
    members = group_of(data, len(case.players))
    driver = data.draw(st.sampled_from(sorted(case.drivers)), "driver")
    player = data.draw(st.sampled_from(members), "player")
    larger = with_larger_driver(case, driver, player, factor)
    for variant in case.variants:
        no_lower(trace.joint(larger, variant, members).values, trace.joint(case, variant, members).values)
    for variant in case.service.alone:
        no_lower(trace.alone(larger, variant, player).values, trace.alone(case, variant, player).values)


@pytest.mark.parametrize(
    ("service", "driver"),
    [
        ("privacy_officer", "staff"),
        ("ciso_office", "staff"),
        ("ciso_office", "applications"),
        ("soc", "staff"),
        ("soc", "workplaces"),
        ("soc", "endpoints"),
    ],
)
def test_a_municipality_that_answers_more_never_costs_less(service, driver):
    asked = question()

    def case_at(value):
        answers = {("GM1735", driver): Answer("GM1735", driver, value)}
        study = replace(asked.study, baseline=Baseline(answers))
        return Question(asked.inputs, study, asked.catalogue, asked.country).case(service)

    low, high = case_at(150.0), case_at(600.0)
    everyone = tuple(range(len(low.players)))
    player = next(i for i in everyone if any(m.code == "GM1735" for m in low.players[i]))
    rises = []
    for variant in low.service.alone:
        before, after = (trace.alone(c, variant, player).values for c in (low, high))
        no_lower(after, before)
        rises.append(after.mean() > before.mean())
    for variant in low.variants:
        before, after = (trace.joint(c, variant, everyone).values for c in (low, high))
        no_lower(after, before)
        rises.append(after.mean() > before.mean())
    assert any(rises)


# alone and together


@pytest.mark.parametrize("service", SERVICES)
def test_a_group_of_one_is_alone(service):
    found = explored(service)
    for statistics in found.statistics.values():
        for i in range(len(found.case.players)):
            assert statistics.mean[1 << i] == pytest.approx(found.alone.cost[:, i].mean(), rel=1e-12)
            assert statistics.chance[1 << i] == 0
            assert statistics.spread[1 << i] == pytest.approx(0, abs=1e-3)
            cheaper = (found.alone.cost[:, i] < found.now.players[:, i]).mean()
            assert statistics.cheaper[1 << i] == pytest.approx(cheaper)


@pytest.mark.parametrize("service", SERVICES)
def test_the_alone_choice_is_cheapest_in_expectation(service):
    found = explored(service)
    costs = np.array(
        [
            [trace.alone(found.case, name, i).values.mean() for i in range(len(found.case.players))]
            for name in found.alone.variants
        ]
    )
    assert found.alone.means == pytest.approx(costs, rel=1e-12)
    assert found.alone.cost.mean(axis=0) == pytest.approx(costs.min(axis=0), rel=1e-12)
    assert found.alone.second.mean(axis=0) == pytest.approx(np.sort(costs, axis=0)[1], rel=1e-12)


NO_ADVANTAGE = {
    "figures.homogeneity": 0.0,
    "figures.appointment_step": 1e-9,
    "figures.lead_span": 1e15,
    "figures.recoverable_vat": 1.0,
    "figures.overrun": 0.0,
    "figures.governance_hours": 0.0,
    "figures.overhead_own": 15_000.0,
    "forms.host.overhead": 15_000.0,
    "forms.body.overhead": 15_000.0,
    **{
        f"forms.{form}.{part}": 0.0
        for form in ("service_contract", "host", "body")
        for part in ("steering_group", "steering_member")
    },
    "forms.private_body.steering_group": 0.0,
    **{f"ict_infrastructure.joint.host.{part}": 0.0 for part in ("steering_group", "steering_member")},
    **{f"{key}.{figure}": 0.0 for key in SERVICES for figure in ("disappointment", "client_role")},
    **{f"{key}.team.minimum_appointment": 0.0 for key in SERVICES},
    **{
        f"{key}.lines.{line}{part}.amount": 0.0
        for key, line in (
            ("privacy_officer", "tool"),
            ("ciso_office", "tool"),
            ("ict_infrastructure", "platform"),
            ("woo_team", "software"),
        )
        for part in ("_alone", "_joint", "_joint_member")
    },
    "soc.lines.retainer_alone.amount": 0.0,
    "soc.lines.retainer_joint.amount": 0.0,
    **{key: 1.0 for key in CATALOGUE.figures if key.endswith(".discount")},
    **{key: 0.0 for key in CATALOGUE.figures if key.endswith((".terms.reduction", ".terms.fee"))},
    "ict_infrastructure.one_off.book_value": 0.0,
    "data_protection_officer.lines.contract.amount": 1e9,
}


def savings(asked, service):
    found = explore(asked.case(service), asked.study)
    alone = subset_sums(found.alone.cost.mean(axis=0))[1:]
    return found, {v: (alone - s.mean[1:]) / alone for v, s in found.statistics.items() if v != "body_own"}


@pytest.mark.parametrize("service", SERVICES)
def test_without_any_advantage_or_cost_of_sharing_there_is_no_saving(service):
    asked = with_figures(question(64), NO_ADVANTAGE)
    found, shares = savings(asked, service)
    staffing = [asked.catalogue.services[service].alone[name].staffing for name in found.alone.variants]
    assert {staffing[i] for i in found.alone.chosen} == {"own"}
    assert len(shares) >= 2
    for share in shares.values():
        assert np.abs(share).max() < 1e-8


@pytest.mark.parametrize(
    ("service", "change"),
    [
        *((key, {"figures.homogeneity": 0.6}) for key in SERVICES),
        ("soc", {"soc.lines.devices.discount": 0.9}),
        ("soc", {"soc.lines.retainer_alone.amount": 1000.0}),
        ("privacy_officer", {"privacy_officer.lines.tool_alone.amount": 1000.0}),
        ("ict_infrastructure", {"ict_infrastructure.lines.workplace.discount": 0.95}),
        ("joint_procurement", {"joint_procurement.joint.joint_tender.terms.reduction": 0.05}),
    ],
)
def test_each_advantage_of_sharing_saves(service, change):
    _, shares = savings(with_figures(question(64), {**NO_ADVANTAGE, **change}), service)
    for share in shares.values():
        assert share.min() > -1e-8
        assert share[-1] > 1e-3


@pytest.mark.parametrize(
    ("service", "change"),
    [
        ("privacy_officer", {"privacy_officer.disappointment": 0.05}),
        ("privacy_officer", {"privacy_officer.client_role": 40.0}),
        ("ciso_office", {"figures.governance_hours": 10.0}),
        ("ciso_office", {"figures.overrun": 1.2}),
        ("ciso_office", {"figures.lead_span": 12.0}),
        ("ciso_office", {"figures.appointment_step": 0.5}),
        ("soc", {"soc.team.minimum_appointment": 3.0}),
        ("privacy_officer", {"figures.recoverable_vat": 0.9}),
        ("soc", {"figures.recoverable_vat": 0.9}),
        ("ict_infrastructure", {"ict_infrastructure.one_off.book_value": 300.0}),
        ("ict_infrastructure", {"ict_infrastructure.joint.host.steering_member": 9000.0}),
        ("data_protection_officer", {"data_protection_officer.team.minimum_appointment": 3.0}),
        ("joint_procurement", {"joint_procurement.joint.joint_tender.terms.fee": 0.02}),
    ],
)
def test_each_cost_of_sharing_costs(service, change):
    asked = with_figures(question(64), {**NO_ADVANTAGE, **change})
    _, shares = savings(asked, service)
    assert max(share.max() for share in shares.values()) < 1e-8
    assert min(share.min() for share in shares.values()) < -1e-4


# who pays what


@FEW
@given(st.sampled_from(VARIANTS), st.data())
def test_burdens_add_up_to_the_whole(pair, data):
    service, variant = pair
    found, study = explored(service), question().study
    members = group_of(data, len(found.case.players))
    finding = group_finding(found, study, variant, members)
    whole = trace.joint(found.case, variant, members)
    one_off = whole.part("annuity").part("one_off").mean
    assert finding.cost.mean == pytest.approx(whole.mean, rel=1e-12)
    assert finding.charge + finding.own + finding.vat + finding.annuity == pytest.approx(whole.mean)
    for key in {row.key for row in finding.burdens}:
        rows = [row for row in finding.burdens if row.key == key]
        assert {row.code for row in rows} == set(finding.codes)

        def total(name, rows=rows):
            return sum(getattr(row, name) for row in rows)

        assert total("share") == pytest.approx(1, rel=1e-9)
        assert total("contribution") == pytest.approx(whole.part("charge").mean, rel=1e-9)
        assert total("vat") == pytest.approx(whole.part("vat").mean, rel=1e-9)
        assert total("own") == pytest.approx(whole.part("own").mean, rel=1e-9)
        assert total("one_off") == pytest.approx(one_off, rel=1e-9)
        assert total("equivalent") == pytest.approx(whole.mean, rel=1e-9)
        assert total("alone") == pytest.approx(finding.alone.mean, rel=1e-9)
        assert total("today") == pytest.approx(finding.today.mean, rel=1e-9)
        running = finding.charge + finding.vat + finding.own + total("unreleased")
        assert total("net") == pytest.approx(running, rel=1e-9)


@pytest.mark.parametrize(("service", "variant"), VARIANTS)
def test_every_key_divides_the_whole_cost_in_every_draw(service, variant):
    found = explored(service)
    everyone = tuple(range(len(found.case.players)))
    whole = trace.joint(found.case, variant, everyone).values
    allocation = found.allocation[variant]
    assert allocation.shape == (len(found.keys), DRAWS, len(everyone))
    for paid in allocation:
        assert paid.sum(axis=1) == pytest.approx(whole, rel=1e-9)
    # Shapley is linear: its mean over draws is the value of the expected game
    value = allocation[found.keys.index("shapley")]
    assert value.mean(axis=0) == pytest.approx(shapley(expected_game(found, variant)), rel=1e-9)


def test_what_is_worked_out_once_belongs_to_its_case():
    case = explored("soc").case
    figure = case.common.productive_hours
    hour, _ = prices.own_hour(case)
    assert prices.own_hour(case)[0] is hour
    dearer, _ = prices.own_hour(case.with_figure(figure, case.figure(figure).min() / 2))
    assert (dearer > hour).all()
    assert prices.own_hour(case)[0] is hour
    by_day, in_shifts = (
        prices.own_post(case, case.common.overhead_own, shifts=shifts) for shifts in (False, True)
    )
    assert by_day is not in_shifts


def test_a_group_has_at_least_two_players():
    with pytest.raises(ValueError, match="two players"):
        group_finding(explored("soc"), question().study, "host", (3,))


# the fast way and the traced way


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(VARIANTS), st.data())
def test_the_compiled_pass_gives_what_the_trace_gives(pair, data):
    service, variant = pair
    found = explored(service)
    mask = data.draw(st.integers(1, (1 << len(found.case.players)) - 1).filter(lambda m: m & (m - 1)))
    members = members_of(mask)
    assert mask_of(members) == mask
    cost = trace.joint(found.case, variant, members).values
    alone = found.alone.cost[:, list(members)].sum(axis=1)
    today = found.now.players[:, list(members)].sum(axis=1)
    materiality = question().study.settings.thresholds.materiality
    statistics = found.statistics[variant]
    assert statistics.mean[mask] == pytest.approx(cost.mean(), rel=1e-9)
    assert statistics.chance[mask] == pytest.approx((cost < alone).mean(), abs=1e-12)
    assert statistics.material[mask] == pytest.approx((alone - cost >= materiality * alone).mean(), abs=1e-12)
    assert statistics.cheaper[mask] == pytest.approx((cost < today).mean(), abs=1e-12)
    assert statistics.spread[mask] == pytest.approx((alone - cost).std(), rel=1e-6)
    means = cost.reshape(REPLICATES, -1).mean(axis=1)
    error = means.std(ddof=1) / np.sqrt(REPLICATES)
    assert statistics.error[mask] == pytest.approx(error, rel=1e-6)


# seeds


@pytest.mark.parametrize("service", SERVICES)
def test_another_seed_moves_a_mean_by_no_more_than_three_standard_errors(service):
    one, other = (explored(service, 1024, seed) for seed in (1, 2))
    moved = []
    for variant, statistics in one.statistics.items():
        second = other.statistics[variant]
        error = np.hypot(statistics.error[-1], second.error[-1])
        moved.append(abs(statistics.mean[-1] - second.mean[-1]) / error)
    assert 0 < max(moved) <= 3


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not():
    def findings(seed):
        path = find_study("twente-actueel")
        asked = read_question(shipped_inputs(path, overrides={"trekkingen": 512, "toevalsgetal": seed}))
        found = [explore(asked.case(key), asked.study) for key in ("privacy_officer", "soc")]
        return compose(asked.study, asked.catalogue, asked.draws, found).model_dump_json()

    assert findings(5) == findings(5)
    assert findings(5) != findings(6)


# draws


def figure(low, mode, high, distribution="pert"):
    return Figure(
        label="x",
        low=low,
        mode=mode,
        high=high,
        unit="EUR",
        year=2026,
        source="own",
        status="assumption",
        strength="judgement",
        distribution=distribution,
    )


SCORES = np.linspace(-6.4, 6.4, 1777)  # between the knots of the spline


def largest_error(asked, expected):
    return np.abs(quantile(asked, SCORES) - expected).max() / (asked.high - asked.low)


def pert(low, mode, high):
    width = high - low
    return low + width * beta.ppf(ndtr(SCORES), 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width)


@FEW
@given(st.floats(-1e3, 1e6), st.floats(1e-2, 1e6), st.floats(0, 1))
def test_pert_quantiles(low, width, peak):
    high = low + width
    mode = min(max(low + peak * width, low), high)
    assert largest_error(figure(low, mode, high), pert(low, mode, high)) <= 1e-6


def test_pert_quantiles_of_the_catalogue():
    for each in CATALOGUE.figures.values():
        if not each.fixed and each.distribution == "pert":
            assert largest_error(each, pert(each.low, each.mode, each.high)) <= 1e-6


@FEW
@given(st.floats(0, 1))
def test_triangular_and_uniform_quantiles(peak):
    u = ndtr(SCORES)
    mode = 10 + 30 * peak
    assert largest_error(figure(10, mode, 40, "triangular"), triang.ppf(u, peak, 10, 30)) <= 1e-6
    assert largest_error(figure(10, mode, 40, "uniform"), 10 + 30 * u) <= 1e-6


@FEW
@given(st.floats(1e-3, 1e6), st.floats(1.01, 20))
def test_lognormal_has_its_percentiles_at_low_mode_and_high(middle, factor):
    asked = figure(middle / factor, middle, middle * factor, "lognormal")
    spread = lognorm(np.log(factor) / 1.6448536269514722, scale=middle)
    assert quantile(asked, SCORES) == pytest.approx(spread.ppf(ndtr(SCORES)), rel=1e-6)
    for share, value in ((0.05, asked.low), (0.5, asked.mode), (0.95, asked.high)):
        assert quantile(asked, np.array([ndtri(share)]))[0] == pytest.approx(value, rel=1e-6)


@pytest.mark.parametrize("bounds", [(0, 0, 60), (-15, 30, 60), (15, 25, 60), (15, 40, 60)])
def test_a_lognormal_whose_mode_is_not_the_middle_is_refused(bounds):
    with pytest.raises(ValueError, match="wortel van low maal high"):
        figure(*bounds, "lognormal")


def test_draws_stay_within_their_bounds_and_have_the_mean_of_their_pert():
    draws = draw(CATALOGUE, 8192, 3)
    for key, each in CATALOGUE.figures.items():
        values = draws[key]
        assert values.shape == (8192,)
        if each.distribution == "lognormal":
            continue
        assert values.min() >= each.low
        assert values.max() <= each.high
        if each.dim is not None:
            expected = (each.low + 4 * each.mode + each.high) / 6
            assert values.mean() == pytest.approx(expected, abs=2e-3 * (each.high - each.low))


def test_rank_correlations_are_those_stated_and_others_are_none():
    draws = draw(CATALOGUE, 8192, 4)
    assert CATALOGUE.correlations
    for group in CATALOGUE.correlations:
        for pair in group.pairs:
            found = spearmanr(*(draws[key] for key in pair)).statistic
            assert found == pytest.approx(group.correlation, abs=0.04)
    alone = spearmanr(draws["figures.hire_share"], draws["figures.homogeneity"]).statistic
    assert alone == pytest.approx(0, abs=0.03)
    across = spearmanr(draws["soc.disappointment"], draws["figures.salary_scale.10"]).statistic
    assert across == pytest.approx(0, abs=0.03)


@pytest.mark.parametrize("first", [True, False])
def test_a_new_figure_moves_no_other(first):
    extra = {"figures.extra": figure(1, 2, 3).model_copy(update={"dim": 511})}
    known = dict(CATALOGUE.figures)
    wider = replace(CATALOGUE, figures={**extra, **known} if first else {**known, **extra})
    before, after = draw(CATALOGUE, 256, 9), draw(wider, 256, 9)
    assert np.unique(after["figures.extra"]).size > 250
    for key in known:
        assert np.array_equal(before[key], after[key])
    rate = "drivers.staff.classes.0.rate"
    assert np.array_equal(before.of_municipality(rate, "GM1735"), after.of_municipality(rate, "GM1735"))


def test_correlations_that_cannot_be_together_are_refused_with_a_pair():
    names = ("figures.hire_share", "figures.hire_premium", "figures.homogeneity")
    stated = zip([(0, 1), (1, 2), (0, 2)], (0.9, 0.9, -0.9), strict=True)
    pairs = tuple(
        Correlation(figures=(names[i], names[j]), correlation=value, source="own", status="assumption")
        for (i, j), value in stated
    )
    with pytest.raises(InputError) as caught:
        draw(replace(CATALOGUE, correlations=pairs), 64, 1)
    assert sum(name in caught.value.what for name in names) == 2
    assert caught.value.mend
    assert draw(replace(CATALOGUE, correlations=pairs[:1]), 64, 1).count == 64


def test_a_municipality_keeps_its_own_draws_whatever_its_region():
    small, large = question(64), question(64, region="provincie:Overijssel")
    assert len(large.study.region.municipalities) > len(small.study.region.municipalities)
    for service, driver in (("privacy_officer", "staff"), ("soc", "endpoints")):
        one, other = small.case(service), large.case(service)
        for name in ("Wierden", "Enschede"):
            places = [case.names.index(name) for case in (one, other)]
            ours, theirs = (c.drivers[driver][:, i] for c, i in zip((one, other), places, strict=True))
            assert np.unique(ours).size > 60
            assert np.array_equal(ours, theirs)


def test_municipalities_draw_independently_and_evenly():
    draws = draw(CATALOGUE, 4096, 11)
    rate = "drivers.workplaces.classes.0.rate"
    one, other = (draws.of_municipality(rate, code) for code in ("GM0141", "GM0147"))
    assert abs(spearmanr(one, other).statistic) < 0.05
    assert np.array_equal(one, draws.of_municipality(rate, "GM0141"))
    each = CATALOGUE.figures[rate]
    width = each.high - each.low
    shape = 1 + 4 * (each.mode - each.low) / width, 1 + 4 * (each.high - each.mode) / width
    block = 4096 // REPLICATES
    for values in one.reshape(REPLICATES, block):
        strata = np.floor(beta.cdf((values - each.low) / width, *shape) * block - 1e-3).clip(0)
        assert np.unique(strata).size > 0.97 * block  # one draw in each of the equal slices
    assert not np.array_equal(one, draw(CATALOGUE, 4096, 12).of_municipality(rate, "GM0141"))
