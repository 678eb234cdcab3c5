"""A small ledger and calendar for tests of the report: every amount is known and easy to recognise."""

from collections.abc import Sequence
from datetime import date

from marke.calendar import Event
from marke.findings.booked import Booking, Incident, LedgerFinding
from marke.findings.calendar import CalendarFinding, JoiningFinding
from marke.ledger import BURDEN, Book, Bridge, ExitCost, Worth
from marke.ledger.book import Band, Entry
from marke.ledger.lines import LINES
from marke.ledger.years import COLUMNS, YEARS

START = date(2027, 1, 1)


def ledger(key: str, codes: Sequence[str], names: Sequence[str]) -> LedgerFinding:
    """Every line of everybody is 1,000 euro in every column."""
    return LedgerFinding(
        service=key,
        label=f"dienst {key} (proef)",
        variant="host",
        form="centrumregeling",
        key="per_inhabitant",
        dampening=0,
        start=START,
        price_year=2026,
        names=tuple(names),
        book=Book(
            service=key,
            years=tuple(range(2027, 2027 + YEARS)),
            codes=tuple(codes),
            entries=tuple(Entry(code, *line, (1_000,) * COLUMNS) for code in codes for line in LINES),
            bands=tuple(
                Band(code, kind, (900,) * COLUMNS, (1_100,) * COLUMNS) for code in codes for kind in BURDEN
            ),
        ),
        bridges=tuple(_bridge(code) for code in codes),
        exits=tuple(ExitCost(code, 5_000, 4_000.0, 6_000.0, 7_000) for code in codes),
        exit_rule="Een jaar opzegtermijn.",
        worths=tuple(Worth(code, 2_000, "now", 0.07, 0.15, (0.001, 0.002, 0.004), 3_000) for code in codes),
        incident=Incident(
            low=500_000.0,
            mode=1_000_000.0,
            high=2_000_000.0,
            status="assumption",
            example=3_000_000.0,
            example_label="een aanval",
            example_source="Krant",
        ),
        booking=Booking(
            economic_category="4.3.8",
            category_label="bijdragen",
            task_field="0.4",
            task_field_label="overhead",
            paragraph="verbonden partijen",
            known_from=date(2023, 1, 1),
            source="Handleiding",
            note="Met een noot.",
        ),
    )


def _bridge(code: str) -> Bridge:
    return Bridge(
        code=code,
        now=8_000,
        budgeted=None,
        alone=9_000,
        contribution=6_000,
        vat=200,
        own=800,
        gross_vat=1_260,
        kept=500,
        burden=7_500,
    )


def calendar(labels: Sequence[str]) -> CalendarFinding:
    """One day for everyone, and the same month for every service."""
    return CalendarFinding(
        events=(
            Event(day=date(2027, 7, 15), kind="budget", label="begroting", status="sourced", source="Wet"),
        ),
        joining=tuple(
            JoiningFinding(
                service=label, label=label, earliest=START, months=(START,), told=None, vacancies=None
            )
            for label in labels
        ),
    )
