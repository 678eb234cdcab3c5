"""At the table of a region with too many players: exact where a group is asked, and honest about the rest."""

from dataclasses import replace

import numpy as np
import pytest

from marke.engine.sampled import Sampled, explore_sampled
from marke.findings import group_finding
from marke.games import members_of
from marke.situations.altered import altered
from marke.situations.ask import OF_A_SAMPLE, QUESTIONS, SAMPLE_ONLY, ask
from marke.situations.closely import closely, refined
from marke.situations.desk import Desk, Sheet
from marke.situations.look import look
from marke.situations.situation import usual


@pytest.fixture(scope="module")
def sampled(desk: Desk) -> Sheet:
    whole = desk.sheet("soc")
    return replace(whole, explored=explore_sampled(whole.case, whole.study))


def unseen(sheet: Sheet) -> int:
    everything = np.arange(3, sheet.everyone)
    size = np.bitwise_count(everything)
    return int(np.setdiff1d(everything[(size > 3) & (size < 10)], sheet.explored.masks)[0])


def test_a_group_that_the_sample_holds_is_answered_at_once(desk: Desk, sampled: Sheet):
    quick, exact = look(sampled, usual(desk, "soc")), closely(sampled, usual(desk, "soc"))
    assert exact is not None
    assert quick.cost == pytest.approx(exact.group.cost.mean, rel=1e-9)
    assert quick.apart is None
    assert exact.stable is not None


def test_a_group_that_it_does_not_hold_is_worked_out(desk: Desk, sampled: Sheet):
    situation = usual(desk, "soc").with_mask(sampled, unseen(sampled))
    quick, exact = look(sampled, situation), closely(sampled, situation)
    assert quick.cost is None
    assert exact is not None
    whole = desk.sheet("soc")
    told = group_finding(whole.explored, whole.study, situation.variant, tuple(members_of(quick.mask)))
    answer = refined(sampled, quick, exact)
    assert answer.cost == pytest.approx(told.cost.mean, rel=1e-9)
    each = {b.code: b.equivalent for b in told.burdens if b.key == situation.key}
    assert {line.code: line.cost for line in answer.lines if line.inside} == pytest.approx(each)


def test_a_key_that_needs_every_coalition_is_told_to_be_undefined(desk: Desk, sampled: Sheet):
    exact = closely(sampled, replace(usual(desk, "soc"), key="nucleolus"))
    assert exact is not None
    assert exact.burdens == {}
    assert exact.stable is None


def test_a_moved_figure_is_worked_out_in_a_sample_too(desk: Desk, sampled: Sheet):
    slider = next(iter(sampled.sliders.values()))
    moved = replace(usual(desk, "soc"), figures={slider.id: slider.high})
    here, there = closely(sampled, moved), closely(desk.sheet("soc"), moved)
    assert here is not None
    assert there is not None
    assert here.group.cost == there.group.cost


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_or_said_to_ask_for_more(desk: Desk, sampled: Sheet, question: str):
    answers = ask(sampled, usual(desk, "soc"), question, 0)
    if question in OF_A_SAMPLE:
        assert all(answer.situation for answer in answers)
    else:
        assert [answer.sentence for answer in answers] == [SAMPLE_ONLY]


def test_what_the_sample_stored_is_what_it_would_work_out(desk: Desk, sampled: Sheet):
    explored = sampled.explored
    assert isinstance(explored, Sampled)
    places = np.arange(1, len(explored.masks), 7)
    stored = explored.cheapest_seen(places)
    assert stored == pytest.approx(replace(explored, measured=False).cheapest_seen(places), rel=1e-9)
    assert np.isfinite(stored).all()


def test_an_altered_case_rests_on_nothing_stored(desk: Desk, sampled: Sheet):
    slider = next(iter(sampled.sliders.values()))
    moved = altered(sampled, replace(usual(desk, "soc"), figures={slider.id: slider.high}))
    assert isinstance(moved, Sampled)
    places = np.arange(1, len(moved.masks), 7)
    before = sampled.explored
    assert isinstance(before, Sampled)
    assert not np.allclose(moved.cheapest_seen(places), before.cheapest_seen(places))
