"""The verdict finds what was planted, and its table and thresholds do what they say."""

from dataclasses import replace

import numpy as np
import pytest

from marke.engine.uncertainty.information import Worth, value_of_knowing, value_of_knowing_all
from marke.findings import compose
from marke.findings.route import route
from marke.verdict import Facts, Limits, changes, decide
from planted import REGIONS, judged, plant

FORMS = tuple(REGIONS)
LIMITS = Limits(materiality=0.03, chance=0.8, stability=0.01, premium=0.05, answer=0.01)


def verdict(folder, form, together, **planted):
    return judged(*plant(folder, form, together, **planted)).verdict


@pytest.mark.parametrize("form", FORMS)
def test_what_pays_is_attractive(tmp_path, form):
    found = verdict(tmp_path, form, (0.55, 0.65))
    assert (found.outcome, found.attractive, found.feasible != "no") == ("attractive", "yes", True)
    assert len(found.codes) == len(REGIONS[form])
    assert found.saving_share == pytest.approx(0.4, abs=0.1)
    assert {each.outcome for each in found.municipalities} == {"attractive"}


@pytest.mark.parametrize("form", FORMS)
def test_what_does_not_pay_is_not_to_be_done(tmp_path, form):
    found = verdict(tmp_path, form, (1.4, 1.6))
    assert (found.outcome, found.attractive, found.conditions) == ("no_case", "no", None)
    assert found.comparators == (("zelf inkopen", len(REGIONS[form])),)
    assert {each.outcome for each in found.municipalities} == {"no_case"}


@pytest.mark.parametrize("form", FORMS)
def test_a_little_dearer_and_never_alone_at_work_is_defensible(tmp_path, form):
    found = verdict(tmp_path, form, (0.98, 1.0))
    assert 0 < -found.saving_share < 0.05
    assert (found.outcome, found.attractive) == ("defensible", "no")
    assert "continuity" in found.better
    [turn] = [each for each in found.thresholds if each.threshold == "premium"]
    assert turn.value == pytest.approx(-found.saving_share)
    assert turn.outcome == "no_case"


@pytest.mark.parametrize("form", FORMS)
def test_the_planted_condition_is_found(tmp_path, form):
    found = verdict(tmp_path, form, (0.6, 1.5))
    assert (found.outcome, found.attractive) == ("conditional", "on_conditions")
    [limit] = found.conditions.box.limits
    assert limit.figure == "planted.lines.together.amount"
    breaks_even = 0.95 * len(REGIONS[form]) * 500_000
    assert limit.low is None
    assert limit.high == pytest.approx(breaks_even, rel=0.15)
    assert found.conditions.box.density >= 0.8


@pytest.mark.parametrize("form", FORMS)
def test_the_one_answer_that_decides_is_named(tmp_path, form):
    service = judged(*plant(tmp_path, form, (0.6, 1.5), find_out="Vraag een offerte."))
    found = service.verdict
    assert (found.outcome, found.attractive) == ("undecided", "unknown")
    assert found.deciding == ("inkoop samen",)
    assert found.answers[0].find_out == "Vraag een offerte."
    steps = route([service])
    asked = [each.what for each in steps if each.kind == "settle"]
    assert (asked[-1], steps[-1].kind) == ("Inkoop samen: vraag een offerte.", "decide")
    assert 0.01 < found.answers[0].share <= found.ceiling / found.alone.mean + 1e-9


def test_an_open_question_about_the_law_decides_where_the_rest_is_good(tmp_path):
    found = verdict(tmp_path, "host", (0.55, 0.65), gates={"host_willing": "nog uitzoeken"})
    assert (found.outcome, found.feasible) == ("undecided", "not_yet")
    assert found.deciding == ("een gastheer die wil",)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_forbidden_is_not_to_be_done_however_cheap(tmp_path, form):
    found = verdict(
        tmp_path,
        form,
        (0.55, 0.65),
        gates={"duties": "kan zo niet", "exit_agreed": "kan zo niet", "exit": "kan zo niet"},
    )
    assert (found.outcome, found.feasible) == ("blocked", "no")
    assert len(found.forbidding) == 1


def test_a_start_that_comes_too_soon_forbids_nothing(tmp_path):
    asked, explored = plant(tmp_path, "host", (0.55, 0.65))
    soon = asked.study.settings.model_copy(update={"wanted_start": asked.study.settings.reference_date})
    early = replace(asked.study, settings=soon)
    found = compose(early, asked.catalogue, asked.draws, [explored]).services[0].verdict
    assert (found.outcome, found.feasible, found.forbidding) == ("attractive", "not_yet", ())


def facts(saving, **other):
    values = {
        "blocked": False,
        "open_gate": False,
        "answer": 0.0,
        "slack": 0.0,
        "better": False,
        "mean": float(np.mean(saving)),
    }
    return Facts(saving=np.asarray(saving, float), **(values | other))


GOOD, BAD = np.full(100, 0.1), np.full(100, -0.04)


@pytest.mark.parametrize(
    ("known", "row"),
    [
        (facts(GOOD, blocked=True), 1),
        (facts(GOOD, answer=0.02), 2),
        (facts(GOOD, open_gate=True), 2),
        (facts(BAD, open_gate=True), 6),
        (facts(GOOD), 3),
        (facts(GOOD, slack=0.02), 6),
        (facts(GOOD, slack=None), 3),
        (facts(BAD, better=True), 4),
        (facts(BAD, better=True, boxed=True), 4),
        (facts(BAD, boxed=True), 5),
        (facts(BAD), 6),
    ],
)
def test_the_first_row_that_applies_decides(known, row):
    assert decide(known, LIMITS) == row


def test_every_change_of_a_threshold_changes_the_verdict_and_a_little_less_does_not():
    known = facts(np.linspace(-0.1, 0.2, 400), better=True, slack=0.005, answer=0.004)
    now = decide(known, LIMITS)
    found = changes(known, LIMITS)
    assert {each.threshold for each in found} >= {"chance", "answer"}
    for each in found:
        limits = {**vars(LIMITS), each.threshold: each.value}
        assert decide(known, Limits(**limits)) == each.row != now
        nearly = each.value + 0.01 * (each.now - each.value)
        assert decide(known, Limits(**{**limits, each.threshold: nearly})) == now


def test_the_worth_of_knowing_is_that_of_a_normal_choice():
    """E[max(X, 0)] - max(E[X], 0) of a normal X is the unit normal loss (Raiffa and Schlaifer 1961)."""
    draws = np.random.default_rng(5).normal(size=200_000)
    noise = np.random.default_rng(6).normal(size=200_000)
    loss = 0.39894  # of a standard normal at 0
    assert value_of_knowing_all(draws).value == pytest.approx(loss, abs=0.005)
    assert value_of_knowing(draws, draws + noise).value == pytest.approx(loss, abs=0.01)
    assert value_of_knowing(noise, draws).value < 0.005
    assert value_of_knowing(np.ones_like(draws), draws) == Worth(0.0, 0.0)


def test_the_worth_of_knowing_lies_within_two_errors_as_often_as_it_should():
    """Of 200 seeds with a normal saving that is expected to lose: the unit normal loss at 0.5 is 0.19780."""
    within = 0
    for seed in range(200):
        found = value_of_knowing_all(np.random.default_rng(seed).normal(-0.5, size=4096))
        within += abs(found.value - 0.19780) < 2 * found.error
    assert 0.88 <= within / 200 <= 0.99


def test_an_answer_that_comes_in_steps_is_worth_what_its_levels_tell():
    """Known is the sign of a normal saving: E[max(E[X | sign], 0)] is half its mean size: 1 / sqrt(2 pi)."""
    draws = np.random.default_rng(7).normal(size=200_000)
    assert value_of_knowing(np.sign(draws), draws).value == pytest.approx(0.39894, abs=0.005)
