"""The shape of a ledger as a finding: its cells in whole euros, with what stands beside them."""

from datetime import date
from typing import Annotated

from marke.findings.part import By, Given, Part
from marke.ledger import Book, Bridge, ExitCost, Worth


class Booking(Part):
    """Where a municipality books its contribution, and by which rule."""

    economic_category: str
    category_label: str
    task_field: str
    task_field_label: str
    paragraph: str
    known_from: Annotated[date, Given("de genoemde regel")]
    source: str
    note: str


class Incident(Part):
    """What an incident costs a municipality, euro once, and one case beside it with its source."""

    low: Annotated[float, Given("de catalogus: kosten van een incident")]
    mode: Annotated[float, Given("de catalogus: kosten van een incident")]
    high: Annotated[float, Given("de catalogus: kosten van een incident")]
    status: str
    example: Annotated[float, Given("de genoemde bron")]
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
    dampening: Annotated[int, Given("de studie")]
    start: Annotated[
        date, By("eerste maand waarin de vorm kan beginnen", "study.wanted_start", step="months")
    ]
    price_year: Annotated[int, By("het prijspeil van de studie", "study.price_year")]
    names: Annotated[tuple[str, ...], Given("CBS")]
    book: Annotated[
        Book,
        By(
            "bedrag × deel van het jaar × index, per regel op hele euro’s",
            "start",
            "price_year",
            "dampening",
            step="joint",
        ),
    ]
    bridges: Annotated[
        tuple[Bridge, ...], By("nu, begroot, alleen, samen en rekening, per gemeente", "book", step="alone")
    ]
    exits: Annotated[tuple[ExitCost, ...], By("uittreden volgens de regel van de vorm, na een jaar", "book")]
    exit_rule: str
    worths: Annotated[
        tuple[Worth | None, ...],
        By("meerkosten per inwoner; omslagkans = meerkosten / kosten van een incident", "book", "incident"),
    ]
    incident: Incident
    booking: Booking | None
    leavers: Annotated[tuple[str, ...], Given("de vraag die wordt doorgerekend")] = ()
    after: Annotated[int | None, Given("de vraag die wordt doorgerekend")] = None

    def name(self, code: str) -> str:
        """The name of a municipality of the group."""
        return self.names[self.book.codes.index(code)]
