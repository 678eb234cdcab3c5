"""The kadernota, in two forms: a table with subtotals, and one form for each proposal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marke.documents.kinds import amounts
from marke.documents.kinds.context import Told
from marke.documents.tree import Block, Cell, Column, Facts, Row, Table
from marke.dutch import capital
from marke.findings.model import ServiceFinding
from marke.ledger.book import Whole

LATER = "PM"
"""What stands where an amount is not known yet."""


@dataclass(frozen=True)
class Line:
    """One subject: its amounts in euro (an advantage is positive) and where these come from."""

    service: ServiceFinding
    subject: str
    cells: Whole
    origins: tuple[str, ...]

    def row(self) -> Row:
        """The line as it is printed."""
        return Row(
            self.subject, (*map(_or_later, self.cells), _mark(self.cells)), origins=(*self.origins, "")
        )


def framework(told: Told) -> tuple[Block, ...]:
    """The table that sets all proposals beside each other, and a form for each of them."""
    chosen = told.positive or told.services
    forms = (block for number, service in enumerate(chosen, 1) for block in _form(told, number, service))
    return (_overview(told, chosen), *forms)


def _overview(told: Told, chosen: Sequence[ServiceFinding]) -> Table:
    """What cannot be avoided and what can be weighed, x 1.000, with an advantage as a plus."""
    rest = [service for service in told.services if service not in chosen]
    rows = (
        *_group("Onvermijdelijk", [_alone(service) for service in rest]),
        *_group("Met afwegingsmogelijkheid", [_together(told, service) for service in chosen]),
    )
    return Table(
        caption="Kadernota: + is voordeel, − is nadeel",
        corner="Onderwerp",
        columns=(
            *(Column(c.label, "thousand") for c in amounts.years(chosen[0].ledger)),
            Column("V/N", "text"),
        ),
        rows=rows,
        note=f"{LATER}: nog niet bekend, omdat de gemeente haar begroting niet heeft opgegeven. "
        "Onvermijdelijk is het gevraagde niveau van wat niet samen gaat: dat kost ook alleen geld."
        + amounts.overlap(told.services),
    )


def _alone(service: ServiceFinding) -> Line:
    count = len(service.ledger.book.years)
    return Line(service, f"{capital(service.short)}, alleen", (None,) * count, ("",) * count)


def _together(told: Told, service: ServiceFinding) -> Line:
    effect = amounts.effect_row(told, service)[0][:-1]
    origins = amounts.in_ledger(service, told.code, "effect op de begroting", len(effect))
    cells = tuple(None if e is None else -e for e in effect)
    return Line(service, f"{capital(service.short)}, samen", cells, origins)


def _group(heading: str, lines: Sequence[Line]) -> Iterator[Row]:
    """Subjects in thousands with their subtotal, which is rounded by itself; the difference has a line.

    A service that overlaps others stands below the subtotal.
    """
    counted = [line for line in lines if not line.service.overlaps]
    yield from (line.row() for line in counted)
    if counted:
        columns = list(zip(*(line.cells for line in counted), strict=True))
        totals = [None if None in column else sum(filter(None, column)) for column in columns]
        spare = [_spare(total, column) for total, column in zip(totals, columns, strict=True)]
        if any(spare):
            origin = "afronding op duizend euro"
            yield Row("Afronding", (*spare, ""), origins=(*(origin for _ in spare), ""))
        yield Row(heading, (*map(_or_later, totals), _mark(totals)), total=True)
    yield from (line.row() for line in lines if line.service.overlaps)


def _spare(total: int | None, cells: Sequence[int | None]) -> int:
    """What rounding each cell to thousands leaves of rounding the total, in euro."""
    if total is None:
        return 0
    return 1000 * (round(total / 1000) - sum(round(cell / 1000) for cell in cells if cell is not None))


def _or_later(amount: int | None) -> Cell:
    return LATER if amount is None else amount


def _mark(cells: Sequence[int | None]) -> str:
    last = cells[-1]
    return "–" if not last else "V" if last > 0 else "N"


def _form(told: Told, number: int, service: ServiceFinding) -> tuple[Facts, Table]:
    """One proposal in the fields of Oldenzaal's kadernota."""
    facts = (
        ("Volgnummer", str(number)),
        ("Soort", "nieuw beleid"),
        ("Programma", "overhead (taakveld 0.4)"),
        ("Onderwerp", capital(service.label)),
        ("Doel (lange termijn)", service.summary),
        ("Relatie met het raadsprogramma", "in te vullen door de gemeente"),
        (
            "Inhoud",
            f"{capital(told.verdict(service))}, met {told.group(service)}, als {service.verdict.label}.",
        ),
    )
    return Facts(facts), _finance(told, number, service)


def _finance(told: Told, number: int, service: ServiceFinding) -> Table:
    """Expenditure and capital charges by kind of budget; what is joint is nobody's own asset."""
    book, code = service.ledger.book, told.code
    capital_charges = book.amounts(code, "structural", "capital")[:-1]
    running = tuple(
        None if total is None else total - (charge or 0)
        for total, charge in zip(book.burden("structural", [code])[:-1], capital_charges, strict=True)
    )
    once = book.burden("one_off", [code])[:-1]
    count = len(book.years)
    rows = [
        ("Exploitatie, structureel", "uitgaven", "doorlopend", running, "lasten, structureel"),
        ("Exploitatie, eenmalig", "uitgaven", "eenmalig", once, "lasten, eenmalig"),
        ("Investering", "uitgaven", "geen", (0,) * count, "geen investering"),
        ("Investering", "kapitaallasten", "wat er al staat", capital_charges, "kapitaallasten van nu"),
    ]
    told_rows = [
        Row(kind, (what, life, *cells), origins=("", "", *amounts.in_ledger(service, code, origin, count)))
        for kind, what, life, cells, origin in rows
    ]
    sums = amounts.summed("", [Row("", cells) for _, _, _, cells, _ in rows]).cells
    return Table(
        caption=f"Voorstel {number}, {service.short}: financiën",
        corner="Budgetsoort",
        columns=(
            Column("Soort bedrag", "text"),
            Column("Levensduur", "text"),
            *amounts.years(service.ledger),
        ),
        rows=(*told_rows, Row("Totaal", ("", "", *sums), total=True)),
        note="Hele euro’s, vóór aftrek van wat al in de begroting staat. De bijdrage aan de start is geen "
        "investering: zij wordt in het jaar zelf betaald.",
    )
