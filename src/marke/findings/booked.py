"""The shape of a ledger as a finding: its cells in whole euros, with what stands beside them."""

from datetime import date

from marke.findings.part import Part
from marke.ledger import Book, Bridge, ExitCost, Worth


class Booking(Part):
    """Where a municipality books its contribution, and by which rule."""

    economic_category: str
    category_label: str
    task_field: str
    task_field_label: str
    paragraph: str
    known_from: date
    source: str
    note: str


class Incident(Part):
    """What an incident costs a municipality, euro once, and one case beside it with its source."""

    low: float
    mode: float
    high: float
    status: str
    example: float
    example_label: str
    example_source: str


class LedgerFinding(Part):
    """The ledger of one service for one group, form and key; ``names`` are those of ``book.codes``.

    ``bridges``, ``exits`` and ``worths`` have one row per municipality in the same order. A key counts in
    full after ``dampening`` years. ``leavers`` (codes) leave at the end of the year ``after``.
    """

    service: str
    label: str
    variant: str
    form: str
    key: str
    dampening: int
    start: date
    price_year: int
    names: tuple[str, ...]
    book: Book
    bridges: tuple[Bridge, ...]
    exits: tuple[ExitCost, ...]
    exit_rule: str
    worths: tuple[Worth | None, ...]
    incident: Incident
    booking: Booking | None
    leavers: tuple[str, ...] = ()
    after: int | None = None

    def name(self, code: str) -> str:
        """The name of a municipality of the group."""
        return self.names[self.book.codes.index(code)]
