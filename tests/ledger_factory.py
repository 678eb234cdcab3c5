"""A small ledger and calendar for the tests of the report."""

from collections.abc import Sequence
from datetime import date

from marke.calendar import Event
from marke.findings.booked import Incident, LedgerFinding
from marke.findings.calendar import CalendarFinding, JoiningFinding
from marke.ledger import Book, Bridge, ExitCost, Worth
from marke.ledger.book import Band, Entry
from marke.ledger.lines import BURDEN, LINES
from marke.ledger.years import COLUMNS


def ledger(key: str, codes: Sequence[str], names: Sequence[str]) -> LedgerFinding:
    """A ledger in which every line is a thousand euros and nobody knows the budget."""
    unknown = {"budgeted", "avoided", "cover", "state_money"}
    entries = tuple(
        Entry(code, kind, line, ((None if line in unknown else 1_000),) * COLUMNS)
        for code in codes
        for kind, line in LINES
    )
    bands = tuple(Band(code, kind, (900,) * COLUMNS, (1_100,) * COLUMNS) for code in codes for kind in BURDEN)
    return LedgerFinding(
        service=key,
        label=f"dienst {key} (proef)",
        variant="host",
        form="centrumregeling: een gastheer doet het",
        key="per_inhabitant",
        dampening=0,
        start=date(2027, 9, 1),
        price_year=2026,
        names=tuple(names),
        book=Book(key, tuple(range(2027, 2027 + COLUMNS - 1)), tuple(codes), entries, bands),
        bridges=tuple(
            Bridge(code, 9_000, None, 12_000, 8_000, 200, 3_000, 1_680, 4_000, 11_000) for code in codes
        ),
        exits=tuple(ExitCost(code, 5_000, 4_000.0, 6_000.0, 24_000) for code in codes),
        exit_rule="Opzegtermijn.",
        worths=tuple(Worth(code, 2_000, "now", 0.07, None, (0.1, 0.2, 0.4), -1_000) for code in codes),
        incident=Incident(
            low=200_000.0,
            mode=1_000_000.0,
            high=4_000_000.0,
            status="assumption",
            example=4_000_000.0,
            example_label="een aanval",
            example_source="Krant",
        ),
        booking=None,
    )


CALENDAR = CalendarFinding(
    events=(Event(date(2027, 4, 30), "budget", "kadernota", "sourced", "Krant"),),
    joining=(
        JoiningFinding(
            service="a",
            label="dienst a",
            earliest=date(2027, 9, 1),
            months=(date(2028, 1, 1), date(2027, 9, 1)),
            told=None,
            vacancies=None,
            replacements=None,
        ),
    ),
)
