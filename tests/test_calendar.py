"""The calendar of natural moments: dates, the months in which joining costs least, and confidentiality."""

from dataclasses import replace
from datetime import date, timedelta

import icalendar
import pytest
from click.testing import CliRunner

from intake_factory import CATALOGUE, small_study
from marke.baseline import MANDATE, Answer, Baseline, Counts, count_moments, counts_text, read_counts
from marke.calendar import (
    Contract,
    Event,
    Month,
    Replacement,
    cheapest,
    months,
    next_months,
    to_icalendar,
)
from marke.calendar.moments import months_before
from marke.catalogue import load_catalogue
from marke.cli.calendar import kalender
from marke.dutch import day
from marke.errors import InputError
from marke.findings.calendar import calendar_finding
from marke.question import find_study, read_question, shipped_inputs
from marke.report import build_report
from marke.run import explore_question, open_run

REFERENCE = date(2026, 12, 1)
CODES = ("GM0141", "GM0147", "GM0153", "GM0158", "GM0163", "GM0164")


def contract(end, *, notice=None, yearly=12_000.0, code="GM0141"):
    return Contract(code, "soc", "grootste contract", end, notice, yearly)


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
        baseline = Baseline(answers)
        counts = count_moments(baseline, question.catalogue, next_months(REFERENCE, 60))
        return replace(question.study, baseline=baseline, counts=counts)

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
    found = months(contracts, [], [date(2027, 11, 1), date(2028, 1, 1), date(2028, 4, 1)])
    assert [(m.running, m.double, m.january) for m in found] == [
        (2, 2 * 1000 + 5 * 500, False),
        (1, 3 * 500, True),
        (0, 0, False),
    ]


def test_joining_costs_least_after_contracts_then_in_january_then_early():
    firsts = next_months(REFERENCE, 30)
    late = months([contract(date(2028, 2, 1))], [], firsts)
    assert [m.first for m in cheapest(late, REFERENCE)] == [
        date(2029, 1, 1), date(2028, 2, 1), date(2028, 3, 1)
    ]  # fmt: skip
    free = cheapest(months([], [], firsts), date(2027, 5, 1), 2)
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
    assert (soc.told, soc.vacancies, soc.replacements) == (6, 6, None)
    # on 1 March 2028 five still run, on 1 April four: those count for nothing
    assert soc.months == (date(2029, 1, 1), date(2028, 4, 1), date(2028, 5, 1))
    told = shared.model_dump_json()
    assert not any(code in told for code in CODES)
    assert "contract_end" not in told


def test_five_replacements_ahead_draw_the_months_before_them(asked):
    cases, give, catalogue = asked
    study = give(6, contract_end=date(2027, 1, 1), replaced_on=date(2027, 11, 1))
    soc = next(row for row in calendar_finding(cases, study, catalogue).joining if row.service == "soc")
    assert soc.replacements == 6
    assert soc.months == (date(2027, 9, 1), date(2027, 10, 1), date(2027, 11, 1))


def test_many_contracts_of_one_municipality_are_not_those_of_five():
    ends = ("office", "edr", "monitoring", "pentest", "awareness", "ensia", "redaction", "telephony")
    answers = {}
    for name in ends:
        key = f"joint_procurement.end_{name}"
        answers[CODES[0], key] = Answer(CODES[0], key, date(2030, 1, 1))
    assert count_moments(Baseline(answers), CATALOGUE, next_months(REFERENCE)) == Counts()


def test_who_gave_a_mandate_is_counted_from_five(asked):
    _, give, _ = asked
    assert give(5, mandate=True).counts.of("soc", MANDATE) == 5
    assert give(6, mandate=False).counts.of("soc", MANDATE) is None
    assert give(4, mandate=True).counts.of("soc", MANDATE) is None


def test_counts_are_written_and_read_back_the_same(asked, tmp_path):
    _, give, _ = asked
    counts = give(6, replaced_on=date(2027, 11, 1), vacancy=1.0).counts
    assert counts.of("soc", "contract_end", date(2028, 3, 1)) == 5
    assert counts.of("soc", "contract_end", date(2028, 4, 1)) is None
    assert counts.of("soc", "replacement", date(2027, 11, 1)) == 6
    assert counts.of("soc", "replacement", date(2027, 12, 1)) is None
    (tmp_path / "a.csv").write_text(counts_text(counts))
    assert read_counts(tmp_path / "a.csv") == counts
    (tmp_path / "b.csv").write_text("dienst;wat;maand;gemeenten\nsoc;vacancy;;veel\n")
    with pytest.raises(InputError, match="beschadigd"):
        read_counts(tmp_path / "b.csv")


def own_of(asked, study, municipality):
    cases, _, catalogue = asked
    return calendar_finding(cases, study.seen_by(municipality), catalogue).own


def test_a_municipality_sees_its_own_contracts_replacements_and_vacancies_only(asked, run):
    cases, give, catalogue = asked
    study = give(6, notice_months=6.0, vacancy=1.0, replaced_on=date(2028, 6, 15))
    own = own_of(asked, study, run.municipality("Borne"))
    assert [(event.day, event.kind, event.code) for event in own.events] == [
        (date(2027, 10, 1), "notice", "GM0147"),
        (date(2028, 4, 1), "contract_end", "GM0147"),
        (date(2028, 6, 15), "replacement", "GM0147"),
    ]
    assert own.events[1].label == "contract loopt af: regionaal SOC, grootste contract"
    assert [each.service for each in own.joining if each.vacancy] == ["soc"]
    soc = next(each for each in own.joining if each.service == "soc")
    assert soc.months[:2] == (Month(date(2028, 4, 1), avoided=1), Month(date(2028, 5, 1), avoided=1))
    assert own_of(asked, study, run.municipality("Losser")).events == ()
    assert calendar_finding(cases, study.seen_by(None), catalogue).own is None


def test_every_contract_of_a_service_is_a_moment_also_when_its_cost_is_not_known():
    question = read_question(shipped_inputs(find_study("twente-actueel"), None, {"trekkingen": 32}))
    borne = question.country.find("Borne")
    answers = {
        "joint_procurement.end_edr": date(2028, 6, 30),
        "joint_procurement.spend_edr": 24_000.0,
        "joint_procurement.end_office": date(2029, 6, 30),
        "joint_procurement.contract_end": date(2027, 12, 31),
        "joint_procurement.spend": 300_000.0,
    }
    baseline = Baseline({(borne.code, key): Answer(borne.code, key, value) for key, value in answers.items()})
    case = question.case("joint_procurement")
    study = replace(question.study, baseline=baseline).seen_by(borne)
    own = calendar_finding([case], study, question.catalogue).own
    assert [event.label.rpartition(", ")[2] for event in own.events] == [
        "grootste contract", "EDR", "kantoorpakket"
    ]  # fmt: skip
    free = (Month(date(2029, 7, 1)), Month(date(2029, 8, 1)))
    assert own.joining[0].months == (*free, Month(date(2029, 1, 1), running=1))


def test_an_earlier_month_costs_more_for_a_contract_that_runs():
    known = Contract("GM0147", "soc", "EDR", date(2028, 6, 30), None, 24_000.0)
    unknown = Contract("GM0147", "soc", "kantoorpakket", date(2028, 9, 30), None, None)
    firsts = [date(2028, month, 1) for month in (5, 7, 10)]
    found = months([known, unknown], [Replacement("GM0147", "soc", date(2028, 7, 1))], firsts)
    assert found == (
        Month(firsts[0], running=2, double=4_000, avoided=1),
        Month(firsts[1], running=1, avoided=1),
        Month(firsts[2]),
    )
    assert cheapest(found, firsts[0]) == (found[2], found[1], found[0])


def test_icalendar_gives_the_same_bytes_and_is_read_by_others(asked, run):
    cases, give, catalogue = asked
    study = give(6, notice_months=6.0, replaced_on=date(2028, 6, 15))
    events = calendar_finding(cases, study, catalogue).events
    own = own_of(asked, study, run.municipality("Borne")).events
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


def test_an_event_of_text_with_marks_survives():
    event = Event(REFERENCE, "budget", "komma, punt; en\nregel", "assumption", "bron")
    entry = icalendar.Calendar.from_ical(to_icalendar([event], name="x", stamp=REFERENCE)).walk("VEVENT")[0]
    assert entry["SUMMARY"] == "Komma, punt; en\nregel"


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """A study of six municipalities that all told when a contract ends and what they must replace."""
    given = [
        Answer(code, f"soc.{name}", value)
        for place, code in enumerate(("GM0141", "GM0147", "GM0158", "GM1735", "GM0168", "GM0189"))
        for name, value in (("contract_end", date(2028, 3 + place, 17)), ("replaced_on", date(2029, 6, 17)))
    ]
    return small_study(tmp_path_factory.mktemp("kalender"), *given)


def explored(study, folder, viewer=None):
    asked = read_question(shipped_inputs(study, None, {"trekkingen": 32}, viewer))
    return explore_question(asked, folder, lambda f, name: build_report(f, run_name=name))


def said(folder, *arguments):
    return CliRunner().invoke(kalender, ["--runs", str(folder), *arguments], env={"COLUMNS": "200"})


def test_a_shared_run_counts_what_it_may_not_hold(counted, tmp_path):
    run = explored(counted, tmp_path)
    soc = next(row for row in run.findings.calendar.joining if row.service == "soc")
    assert (soc.told, soc.replacements) == (6, 6)
    assert soc.months == (date(2029, 1, 1), date(2028, 5, 1), date(2028, 6, 1))
    assert open_run(tmp_path).question.study.counts == run.question.study.counts
    inputs = b"".join(path.read_bytes() for path in (run.folder / "inputs").glob("*.csv"))
    assert b"-17" not in inputs
    told = said(tmp_path).output
    assert "Van 6 gemeenten is bekend wanneer een contract eindigt." in told
    assert "6 gemeenten moeten iets vervangen." in told
    assert "6 gemeenten die iets moeten vervangen" in (run.folder / "verslag.html").read_text("utf-8")
    refused_ = said(tmp_path, "--gemeente", "Borne").exception
    assert isinstance(refused_, InputError)
    assert 'marke verken --als "Borne"' in refused_.mend


def test_a_run_for_one_municipality_shows_its_own_days_everywhere(counted, tmp_path):
    run = explored(counted, tmp_path, "Borne")
    told = said(tmp_path, "--gemeente", "Borne").output
    for text in (told, (run.folder / "verslag.html").read_text("utf-8")):
        assert "Aan vervanging toe: regionaal SOC" in text
        assert day(date(2029, 6, 17)) in text
        assert "Contract loopt af: regionaal SOC, grootste contract" in text
    assert "voor een vervanging" in told
    assert said(tmp_path, "--gemeente", "Borne", "--uit", str(tmp_path / "a.ics")).exit_code == 0
    entries = icalendar.Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
    anew = next(entry for entry in entries if "vervanging" in entry["SUMMARY"])
    assert (anew.decoded("DTSTART"), anew["CLASS"]) == (date(2029, 6, 17), "CONFIDENTIAL")
