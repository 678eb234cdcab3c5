"""The calendar of natural moments: dates, the months in which joining costs least, and confidentiality."""

from dataclasses import replace
from datetime import date, timedelta

import icalendar
import pytest

from marke.baseline import Answer, Baseline
from marke.calendar import Contract, Event, cheapest, count_or_none, months, next_months, to_icalendar
from marke.calendar.moments import months_before
from marke.catalogue import load_catalogue
from marke.findings.calendar import calendar_finding, own_moments

REFERENCE = date(2026, 12, 1)
CODES = ("GM0141", "GM0147", "GM0153", "GM0158", "GM0163", "GM0164")


def contract(end, *, notice=None, yearly=12_000.0, code="GM0141"):
    return Contract(code, "soc", end, notice, yearly)


@pytest.fixture(scope="module")
def asked(run):
    """Cases and study of the run, with contract ends of as many municipalities as wanted."""
    question = run.question
    cases = [question.case(key) for key in question.study.settings.services]

    def give(count, **more):
        answers = {}
        for place, code in enumerate(CODES[:count]):
            values = {"contract_end": date(2028, 3 + place, 1), "spend": 24_000.0, **more}
            for name, value in values.items():
                answers[code, f"soc.{name}"] = Answer(code, f"soc.{name}", value)
        return replace(question.study, baseline=Baseline(answers))

    return cases, give, question.catalogue


@pytest.mark.parametrize(
    ("end", "term", "expected"),
    [
        (date(2028, 12, 31), 6, date(2028, 6, 1)),
        (date(2028, 3, 1), 12, date(2027, 3, 1)),
        (date(2028, 3, 15), 2.5, date(2027, 12, 1)),
        (date(2028, 3, 15), 0, date(2028, 3, 1)),
    ],
)
def test_notice_is_due_at_least_its_term_before_the_end(end, term, expected):
    assert months_before(end, term) == expected
    assert contract(end, notice=term).notice == expected


def test_without_a_known_term_there_is_no_day_of_notice():
    assert contract(date(2028, 1, 1)).notice is None


def test_the_next_months_begin_on_a_first():
    assert next_months(date(2026, 12, 1), 3) == (date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1))
    assert next_months(date(2026, 12, 2), 2) == (date(2027, 1, 1), date(2027, 2, 1))


def test_a_month_costs_what_running_contracts_still_ask():
    contracts = [contract(date(2027, 12, 31)), contract(date(2028, 4, 1), yearly=6_000.0)]
    found = months(contracts, [date(2027, 11, 1), date(2028, 1, 1), date(2028, 4, 1)])
    assert [(m.running, m.double, m.january) for m in found] == [
        (2, 2 * 1000 + 5 * 500, False),
        (1, 3 * 500, True),
        (0, 0, False),
    ]


def test_joining_costs_least_after_contracts_then_in_january_then_early():
    firsts = next_months(REFERENCE, 30)
    late = months([contract(date(2028, 2, 1))], firsts)
    assert [m.first for m in cheapest(late, REFERENCE)] == [
        date(2029, 1, 1), date(2028, 2, 1), date(2028, 3, 1)
    ]  # fmt: skip
    free = cheapest(months([], firsts), date(2027, 5, 1), 2)
    assert [m.first for m in free] == [date(2028, 1, 1), date(2029, 1, 1)]


def test_public_days_carry_status_and_source_and_lie_ahead(asked):
    cases, give, catalogue = asked
    events = calendar_finding(cases, give(0), catalogue).events
    assert [event.day for event in events] == sorted(event.day for event in events)
    assert all(REFERENCE <= event.day <= date(2028, 12, 31) for event in events)
    assert all(event.source and event.status and not event.code for event in events)
    labels = {event.label: event for event in events}
    kadernota = labels["kadernota van een gemeenschappelijke regeling bij de raden"]
    assert (kadernota.day.month, kadernota.day.day, kadernota.status) == (4, 30, "sourced")
    assert labels["begroting van een gemeenschappelijke regeling naar de provincie"].day.month == 9
    assert labels["eerste bestuursrapportage (Berap) in de raad"].status == "assumption"


def test_the_view_of_the_councils_counts_back_from_the_first_start_of_such_a_form(asked):
    cases, give, catalogue = asked
    events = calendar_finding(cases, give(0), catalogue).events
    view = next(event for event in events if "8 weken" in event.label)
    assert view.day == date(2028, 1, 1) - timedelta(weeks=8)


def test_twelve_weeks_lie_between_draft_and_budget_of_a_body():
    moments = load_catalogue().calendar
    start = date(2027, 1, 1)
    draft, budget = (moments[key].on(2027, start) for key in ("draft_budget", "body_budget"))
    assert budget - draft == timedelta(weeks=12)


@pytest.mark.parametrize("count", [0, 1, 4])
def test_fewer_than_five_contracts_change_nothing_that_others_see(asked, count):
    cases, give, catalogue = asked
    plain = calendar_finding(cases, give(0), catalogue)
    shared = calendar_finding(cases, give(count, vacancy=1.0), catalogue)
    assert shared == plain
    assert all(row.told is None and row.vacancies is None for row in shared.joining)


def test_from_five_contracts_on_their_ends_count_but_name_nobody(asked):
    cases, give, catalogue = asked
    shared = calendar_finding(cases, give(6, vacancy=0.5), catalogue)
    soc = next(row for row in shared.joining if row.service == "soc")
    assert (soc.told, soc.vacancies) == (6, 6)
    assert soc.months[0] == date(2029, 1, 1)
    assert soc.months[1] == date(2028, 8, 1)
    told = shared.model_dump_json()
    assert not any(code in told for code in CODES)
    assert "contract_end" not in told


def test_a_municipality_sees_its_own_contracts_and_vacancies_only(asked, run):
    cases, give, catalogue = asked
    study = give(6, notice_months=6.0, vacancy=1.0)
    own = own_moments(cases, study, catalogue, run.municipality("Borne"))
    assert [(event.day, event.kind, event.code) for event in own.events] == [
        (date(2027, 10, 1), "notice", "GM0147"),
        (date(2028, 4, 1), "contract_end", "GM0147"),
    ]
    assert own.vacancies == ("soc",)
    assert dict(own.months)["soc"][0].double == 0
    other = own_moments(cases, study, catalogue, run.municipality("Losser"))
    assert other.events == ()


def test_icalendar_gives_the_same_bytes_and_is_read_by_others(asked, run):
    cases, give, catalogue = asked
    study = give(6, notice_months=6.0)
    events = calendar_finding(cases, study, catalogue).events
    own = own_moments(cases, study, catalogue, run.municipality("Borne")).events
    first, again = (to_icalendar((*events, *own), name="Twente", stamp=REFERENCE) for _ in range(2))
    assert first == again
    found = icalendar.Calendar.from_ical(first).walk("VEVENT")
    assert len(found) == len(events) + len(own)
    assert len({str(entry["UID"]) for entry in found}) == len(found)
    assert [entry.decoded("DTSTART") for entry in found] == [event.day for event in (*events, *own)]
    classes = [str(entry["CLASS"]) for entry in found]
    assert classes == ["PUBLIC"] * len(events) + ["CONFIDENTIAL"] * len(own)
    assumed = [e for e in found if "Berap" in e["SUMMARY"]]
    assert assumed
    assert all(entry["DESCRIPTION"].startswith("Aanname") for entry in assumed)


def test_a_count_is_told_from_five_on():
    assert [count_or_none(count) for count in (0, 4, 5, 6)] == [None, None, 5, 6]


def test_an_event_of_text_with_marks_survives():
    event = Event(REFERENCE, "budget", "komma, punt; en\nregel", "assumption", "bron")
    entry = icalendar.Calendar.from_ical(to_icalendar([event], name="x", stamp=REFERENCE)).walk("VEVENT")[0]
    assert entry["SUMMARY"] == "Komma, punt; en\nregel"
