"""The path of a decision: dates by hand, what may be recorded, and that the states always add up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marke.calendar import due_event, yearly_events
from marke.catalogue import load_catalogue
from marke.decision import Recorded, check_step, explained, road, standing
from marke.dutch import DECISIONS
from marke.errors import InputError
from marke.terms import Span

CATALOGUE = load_catalogue()
BEGIN = date(2026, 12, 1)
TODAY = date(2027, 12, 31)
SCHEME = road(CATALOGUE, "host", BEGIN)
CONTRACT = road(CATALOGUE, "service_contract", BEGIN)
ACT, YES, NO = "done", "yes", "no"

AGREED = [
    Recorded("preparation", date(2027, 1, 5), YES),
    Recorded("draft", date(2027, 3, 1), ACT),
]


def states(road_, recorded, today=TODAY, recess=()):
    return {each.key: each.state for each in standing(road_, recorded, recess, today).steps}


def test_the_steps_of_a_scheme_are_those_of_the_act():
    assert list(SCHEME.steps) == [
        "preparation", "draft", "views", "permission", "decision", "publication", "setup",
    ]  # fmt: skip
    assert [step.by for step in SCHEME.steps.values()] == [
        "college", "college", "council", "council", "college", "college", "region",
    ]  # fmt: skip


def test_before_the_act_of_2022_there_was_no_view():
    assert "views" not in road(CATALOGUE, "host", date(2022, 6, 30)).steps
    assert "views" in road(CATALOGUE, "host", date(2022, 7, 1)).steps


@pytest.mark.parametrize("form", CATALOGUE.forms)
def test_every_form_has_a_college_that_consents_and_a_plan_of_its_lead_time(form):
    found = road(CATALOGUE, form, BEGIN)
    assert any(step.by == "college" and step.asks == "consent" for step in found.steps.values())
    councils = any(step.by == "council" for step in found.steps.values())
    assert councils == (CATALOGUE.forms[form].council_permission or form == "private_body")
    planned = standing(found, [], (), BEGIN).steps[-1].due.day
    months = CATALOGUE.figures[CATALOGUE.forms[form].months].mode
    assert abs((planned - BEGIN).days - months * 365.25 / 12) <= len(found.steps) + 4


def test_the_view_is_due_eight_weeks_after_the_draft_was_received():
    found = standing(SCHEME, AGREED, (), date(2027, 3, 2))
    assert found.next is not None
    assert found.next.key == "views"
    due = found.next.due
    assert due.certain
    assert due.counted is not None
    assert due.counted.unextended == date(2027, 4, 26)
    assert due.day == date(2027, 4, 26)
    assert not due.counted.extended


def test_a_term_that_ends_on_a_holiday_and_a_recess_before_it():
    recorded = [AGREED[0], Recorded("draft", date(2027, 3, 2), ACT)]
    recess = [Span(date(2027, 4, 20), date(2027, 5, 2), "meireces")]
    due = standing(SCHEME, recorded, recess, date(2027, 3, 3)).next.due
    assert (due.counted.unextended, due.day) == (date(2027, 4, 27), date(2027, 4, 28))  # King's Day
    assert due.usable == date(2027, 4, 19)


def test_a_term_is_expected_until_its_begin_is_recorded():
    found = standing(SCHEME, AGREED[:1], (), date(2027, 1, 6))
    assert found.next.key == "draft"
    views = next(each for each in found.steps if each.key == "views")
    assert views.due.counted is not None
    assert not views.due.certain
    assert views.due.day > found.next.due.day


def test_a_day_says_how_it_was_found():
    working = SCHEME.working
    recorded = [AGREED[0], Recorded("draft", date(2027, 3, 2), ACT)]
    views = standing(SCHEME, recorded, (), date(2027, 3, 3)).next.due
    told = explained(views, working).replace("\N{NO-BREAK SPACE}", " ")
    assert told == "8 weken na 2 maart 2027, verlengd: 27 april 2027 is Koningsdag"
    steps = standing(SCHEME, [], (), BEGIN).steps
    assert explained(steps[0].due, working).startswith("Verwacht volgens de doorlooptijd")
    assert explained(steps[2].due, working).startswith("Verwacht: 8 weken na")
    event = due_event("zienswijze van de raad van Borne", views, working)
    assert (event.day, event.kind, event.status) == (views.day, "council", "sourced")
    assert due_event("iets", steps[0].due, working).status == "derived"


def test_a_municipality_names_its_own_day_for_one_that_was_assumed():
    first, last = date(2026, 12, 1), date(2027, 12, 1)
    own = {("first_report", 2027): date(2027, 6, 8)}
    days = {event.label: event for event in yearly_events(CATALOGUE, (), first, last, own)}
    berap = days["eerste bestuursrapportage (Berap) in de raad"]
    assert (berap.day, berap.status) == (date(2027, 6, 8), "own answer")
    assert days["kadernota of perspectiefnota in de raad"].status == "assumption"
    assert not any(event.kind == "joint_body" for event in days.values())
    body = yearly_events(CATALOGUE, ("body",), first, last)
    assert any(event.kind == "joint_body" for event in body)
    assert [event.day for event in body] == sorted(event.day for event in body)


def test_a_view_lapses_and_the_path_goes_on():
    last = date(2027, 4, 26)
    assert states(SCHEME, AGREED, last)["views"] == "next"
    after = states(SCHEME, AGREED, last + timedelta(days=1))
    assert (after["views"], after["permission"]) == ("lapsed", "next")


def test_a_refusal_stops_the_path_and_a_negative_view_does_not():
    negative = [*AGREED, Recorded("views", date(2027, 4, 1), NO)]
    assert states(SCHEME, negative)["permission"] == "next"
    refused = [*negative, Recorded("permission", date(2027, 5, 1), NO)]
    found = standing(SCHEME, refused, (), TODAY)
    assert found.refused.key == "permission"
    assert found.next is None
    assert {each.state for each in found.steps[4:]} == {"stopped"}


def test_a_view_after_its_term_is_late():
    late = [*AGREED, Recorded("views", date(2027, 4, 27), YES)]
    on_time = [*AGREED, Recorded("views", date(2027, 4, 26), YES)]
    for recorded, expected in ((late, True), (on_time, False)):
        views = standing(SCHEME, recorded, (), TODAY).steps[2]
        assert views.late is expected


def test_a_step_of_the_region_that_nobody_recorded_does_not_hold_a_municipality():
    recorded = [
        Recorded("preparation", date(2027, 1, 5), YES),
        Recorded("decision", date(2027, 3, 1), YES),
    ]
    check_step(CONTRACT, recorded[:1], recorded[1], TODAY)
    assert states(CONTRACT, recorded) == {
        "preparation": "done", "draft": "passed", "decision": "done", "setup": "next",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("recorded", "new", "told"),
    [
        ([], Recorded("decision", BEGIN, YES), "Hiervoor komt nog"),
        (AGREED, Recorded("permission", date(2028, 1, 1), YES), "ligt in de toekomst"),
        (
            AGREED,
            Recorded("views", date(2027, 2, 28), YES),
            "Dit kan niet voor 1\N{NO-BREAK SPACE}maart 2027",
        ),
        (AGREED, Recorded("preparation", date(2027, 3, 2), YES), "was er al"),
        (AGREED, Recorded("views", date(2027, 4, 1), "conditions"), "onder welke voorwaarden"),
        (AGREED, Recorded("views", date(2027, 4, 1), ACT), "hoort niet bij"),
        (AGREED, Recorded("nowhere", date(2027, 4, 1), YES), "hoort niet bij"),
        ([Recorded("preparation", BEGIN, NO)], Recorded("draft", date(2027, 1, 1), ACT), "is gestopt"),
    ],
)
def test_what_does_not_fit_is_refused(recorded, new, told):
    with pytest.raises(InputError, match=told):
        check_step(SCHEME, recorded, new, TODAY)


def test_the_region_does_not_wait_for_a_municipality_nor_decide_for_it():
    setup = Recorded("setup", date(2027, 6, 1), ACT)
    check_step(CONTRACT, [], setup, TODAY)
    assert states(CONTRACT, [setup]) == {
        "preparation": "next", "draft": "passed", "decision": "later", "setup": "done",
    }  # fmt: skip


def test_a_step_can_be_corrected():
    check_step(SCHEME, AGREED, Recorded("draft", date(2027, 3, 2), ACT), TODAY)
    check_step(SCHEME, [Recorded("preparation", BEGIN, NO)], Recorded("preparation", BEGIN, YES), TODAY)


@st.composite
def histories(draw):
    """Whatever can be recorded, one step after another, some steps left out."""
    found = draw(st.sampled_from([SCHEME, CONTRACT, road(CATALOGUE, "joint_tender", BEGIN)]))
    recorded, when = [], BEGIN
    for key, step in found.steps.items():
        when += timedelta(days=draw(st.integers(0, 60)))
        outcome = draw(st.sampled_from([*DECISIONS[step.asks], ""]))
        new = Recorded(key, when, outcome, "mits")
        try:
            check_step(found, recorded, new, date(2030, 1, 1))
        except InputError:
            continue
        recorded.append(new)
    return found, recorded


@given(histories(), st.dates(BEGIN, date(2030, 1, 1)))
def test_the_states_always_add_up(history, today):
    found, recorded = history
    result = standing(found, recorded, (), today)
    kinds = [each.state for each in result.steps]
    assert kinds.count("next") + kinds.count("refused") <= 1
    assert (result.next is None) == (kinds.count("next") == 0)
    assert sum(each.recorded is not None for each in result.steps) == len(recorded)
    if "next" in kinds:
        after = result.steps[kinds.index("next") + 1 :]
        assert {each.state for each in after} <= {"later", "done", "passed"}
        assert all(each.step.by == "region" for each in after if each.state == "done")
    elif "refused" not in kinds:
        assert kinds[-1] in ("done", "lapsed")
    days = [each.due.day for each in result.steps]
    if kinds.count("later") + kinds.count("next") == len(kinds):
        assert days == sorted(days)
