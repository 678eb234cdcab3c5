"""What stands beside the cells: years, reconciliation, worth, booking and gates."""

from datetime import date

import numpy as np
import pytest

from marke.catalogue import load_catalogue
from marke.catalogue.forms import booked
from marke.engine.burden import make_group
from marke.engine.today import look_at_today
from marke.findings.derive import burden
from marke.findings.ledger import ledger_finding
from marke.ledger.deal import timeline_of
from marke.ledger.worth import break_even
from marke.ledger.years import Timeline, add_months, budget_year

HOF, BORNE = "GM1735", "GM0147"


def everyone(explored):
    return tuple(range(len(explored.case.players)))


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 4, 1), 2026),
        (date(2026, 11, 14), 2026),
        (date(2026, 11, 15), 2027),
        (date(2026, 12, 1), 2027),
    ],
)
def test_the_multi_year_budget_is_the_one_that_stands(day, year):
    assert budget_year(day, date(day.year, 11, 15)) == year


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 12, 1), 5, date(2027, 5, 1)),
        (date(2026, 12, 2), 5, date(2027, 6, 1)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
        (date(2026, 1, 31), 12.5, date(2027, 3, 1)),
    ],
)
def test_months_are_counted_to_the_next_first_of_a_month(day, months, expected):
    assert add_months(day, months) == expected


def test_a_start_half_way_counts_months_and_columns():
    time = Timeline(2027, date(2028, 4, 1), 2026)
    assert [time.shared(column) for column in range(5)] == [0, 0.75, 1, 1, 1]
    assert [time.starts_in(column) for column in range(5)] == [False, True, False, False, False]
    assert [list(time.months(column))[:1] for column in range(4)] == [[], [0], [9], [21]]
    ramp = tuple(np.array([part]) for part in (0.2, 0.6, 1.0))
    reached = [float(np.mean(time.reached(column, ramp))) for column in range(1, 5)]
    assert reached == pytest.approx([0.2, (3 * 0.2 + 9 * 0.6) / 12, (3 * 0.6 + 9 * 1.0) / 12, 1.0])
    assert time.prices(2, np.array([0.1]))[0] == pytest.approx(1.1**3)
    assert time.prices(4, np.array([0.1]))[0] == time.prices(3, np.array([0.1]))[0]


def test_release_grows_evenly_and_is_immediate_without_a_term():
    time = Timeline(2027, date(2027, 1, 1), 2026)
    two = [float(np.mean(time.released(column, np.array([2.0])))) for column in range(3)]
    assert two == pytest.approx([0.25, 0.75, 1.0])
    assert float(np.mean(time.released(0, np.array([0.0])))) == 1.0


def test_a_start_after_the_last_year_falls_in_the_structural_column():
    time = Timeline(2027, date(2031, 7, 1), 2026)
    assert [time.shared(column) for column in range(5)] == [0, 0, 0, 0, 1]
    assert [time.starts_in(column) for column in range(5)] == [False] * 4 + [True]


def test_the_start_waits_for_the_form(explored, run):
    study = run.question.study
    assert timeline_of(explored.case, study, "service_contract").start == date(2027, 5, 1)
    assert timeline_of(explored.case, study, "body").start == date(2029, 9, 1)


@pytest.mark.parametrize("known", [True, False])
def test_the_reconciliation_walks_from_now_to_the_invoice_and_to_the_ledger(explored, answering, known):
    answers = {(HOF, f"privacy_officer.budgeted_{year}"): 90_000.0 for year in range(1, 5)} if known else {}
    study = answering(answers)
    found = ledger_finding(explored, study, "host", everyone(explored), "per_inhabitant")
    for bridge in found.bridges:
        level = None
        for step, is_level, amount in bridge.rows():
            if step in ("now", "together_again"):
                level = amount
            elif amount is None:
                assert step in ("to_budgeted", "budgeted")
            elif is_level:
                assert amount == level, step
            else:
                level += amount
    ours = found.bridges[found.book.codes.index(HOF)]
    assert ours.budgeted == (90_000 if known else None)
    assert ours.burden == found.book.burden("structural", [HOF])[4]
    assert ours.now == pytest.approx(explored.now.cost[HOF], abs=1)
    assert sum(b.alone for b in found.bridges) == round(explored.alone.cost.mean(axis=0).sum())
    assert ours.gross_vat == pytest.approx(0.21 * ours.contribution, abs=1)


def test_the_extra_cost_is_compared_with_the_budget_or_else_with_now(explored, answering):
    answers = {(HOF, f"privacy_officer.budgeted_{year}"): 90_000.0 for year in range(1, 5)}
    found = ledger_finding(explored, answering(answers), "host", everyone(explored), "per_inhabitant")
    ours, theirs = (found.worths[found.book.codes.index(code)] for code in (HOF, BORNE))
    assert (ours.yardstick, theirs.yardstick) == ("budgeted", "now")
    assert ours.extra == found.book.effect(HOF)[4]
    assert theirs.extra == found.book.more_than_now(BORNE)[4]
    assert ours.per_inhabitant == pytest.approx(ours.extra / 35_775)
    assert ours.per_household == pytest.approx(ours.extra / 15_235)
    bridge = found.bridges[found.book.codes.index(HOF)]
    assert ours.waiting == bridge.alone - bridge.together


def test_break_even_is_extra_cost_over_the_cost_of_an_incident():
    figure = load_catalogue().figures["ledger.incident_cost"]
    assert break_even(100_000, figure) == pytest.approx((100_000 / 4.2e6, 0.1, 0.5))
    assert break_even(0, figure) is None
    assert break_even(-5, figure) is None
    assert break_even(1_000_000, figure)[2] > 1


def test_the_single_case_is_evidence_and_never_the_mode():
    catalogue = load_catalogue()
    cost = catalogue.figures[catalogue.ledger.incident_cost]
    example = catalogue.figures[catalogue.ledger.incident_example]
    assert (cost.status, example.strength) == ("assumption", "single case")
    assert cost.mode < example.low
    assert cost.high == example.high


def test_booking_follows_the_rule_known_on_the_day():
    rows = load_catalogue().budget
    row = booked(rows, "body", date(2026, 12, 1))
    newer = row.model_copy(update={"known_from": date(2027, 1, 1), "economic_category": "4.9.9"})
    assert booked((*rows, newer), "body", date(2026, 12, 31)) == row
    assert booked((*rows, newer), "body", date(2027, 1, 1)) == newer
    assert booked(rows, "body", date(1990, 1, 1)) is None
    for form in ("service_contract", "host"):
        assert booked(rows, form, date(2026, 12, 1)).paragraph != "verbonden partijen"
    assert row.paragraph == "verbonden partijen"


def test_gates_of_vat_and_corporate_tax_are_unknown_with_what_would_resolve_them(run):
    for service in run.findings.services:
        for variant in service.variants:
            gates = {gate.gate: gate for gate in variant.gates}
            if variant.key in ("host", "body", "service_contract"):
                for key in ("vat", "corporate_tax"):
                    assert gates[key].outcome == "unknown"
                    assert "fiscaal advies" in gates[key].resolve
                    assert gates[key].rules


def test_what_remains_in_the_end_is_the_same_in_findings_derivation_and_ledger(explored, answering):
    study = answering({(HOF, "privacy_officer.released_4"): 0.35})
    now = look_at_today(explored.case, study)
    assert now.kept[HOF] == pytest.approx(0.65 * now.cost[HOF])
    assert now.kept[BORNE] == explored.now.kept[BORNE]
    found = ledger_finding(explored, study, "host", everyone(explored), "equal")
    walk = next(bridge for bridge in found.bridges if bridge.code == HOF)
    assert walk.kept == pytest.approx(now.kept[HOF], abs=1)
    group = make_group(explored.case, "host", tuple(range(len(explored.case.players))))
    hof = next(m for player in explored.case.players for m in player if m.code == HOF)
    kept = next(
        part
        for part in burden(explored, study, group, hof, "equal").parts
        if part.label == "kosten van nu die blijven"
    )
    assert kept.mean == pytest.approx(now.kept[HOF])
    assert "opgave gemeente Hof van Twente" in kept.formula
