"""Tables of amounts that several documents share; every amount says where it comes from."""

from collections.abc import Sequence

from marke.documents.kinds.context import Told
from marke.documents.tree import Column, Row, Table
from marke.dutch import KEYS_SHORT, NBSP, VERDICTS, capital, chance_of, chance_short, month
from marke.findings.booked import LedgerFinding
from marke.findings.model import ServiceFinding, VariantFinding
from marke.ledger import BURDEN
from marke.ledger.words import LINE_WORDS, favour


def everyone(service: ServiceFinding) -> VariantFinding:
    """The form that is cheapest for all together."""
    return next(v for v in service.variants if v.key == service.everyone)


def fact(service: ServiceFinding, *parts: str) -> str:
    """The name by which ``marke herleid`` derives a number of a service."""
    return ".".join((service.key, *parts))


def joint_fact(service: ServiceFinding, variant: str, *parts: str) -> str:
    """The name of a number of everyone together in one form."""
    return fact(service, "variants", variant, "everyone", *parts)


def three_facts(service: ServiceFinding) -> tuple[str, str, str]:
    """The names of what a service costs now, alone and together."""
    return fact(service, "today"), fact(service, "alone"), joint_fact(service, service.everyone, "cost")


def in_ledger(service: ServiceFinding, code: str, what: str, count: int) -> tuple[str, ...]:
    """Where a row of the ledger is found."""
    return (f"marke grootboek --dienst {service.key} --gemeente {code}: {what}",) * count


def money_table(told: Told) -> Table:
    """What every service costs now, alone and together, expected euro a year x 1.000."""
    return Table(
        caption="Verwachte kosten per jaar, alle gemeenten samen, prijspeil "
        f"{told.findings.study.price_year}",
        corner="Dienst",
        columns=(
            Column("Nu (schatting)", "thousand"),
            Column("Alleen", "thousand"),
            Column("Samen", "thousand"),
            Column("Kans op besparing", "text"),
        ),
        rows=tuple(_costs(service) for service in told.services),
        note="Een vergelijking, geen rekening: eenmalige kosten zijn over de jaren verdeeld. Samen is met "
        "alle gemeenten in de goedkoopste vorm. Afgerond op duizend euro; daardoor kunnen sommen duizend "
        "euro verschillen.",
    )


def _costs(service: ServiceFinding) -> Row:
    group = everyone(service).everyone
    sure = chance_short(group.chance, group.chance_error)
    cells = (service.today.mean, service.alone.mean, group.cost.mean, sure)
    return Row(capital(service.short), cells, origins=(*three_facts(service), ""))


def own_table(told: Told) -> Table:
    """What every service does for the municipality itself, beside doing it alone."""
    rows = []
    for service in told.services:
        own = told.ours(service)
        sure = chance_of(own.chance, told.findings.study.draws)
        cells = (VERDICTS[own.outcome], own.saving.mean, sure, f"{len(own.gains)} van {own.keys}")
        origin = fact(service, "verdict", "municipalities", f"{own.variant}-{'+'.join(own.codes)}", "saving")
        rows.append(Row(capital(service.short), cells, origins=("", origin, "", "")))
    return Table(
        caption=f"Samen in plaats van alleen, voor {told.name}, verdeeld per inwoner",
        corner="Dienst",
        columns=(
            Column("Oordeel voor ons", "text"),
            Column(f"Minder{NBSP}(+) of meer{NBSP}(−) per jaar", "thousand"),
            Column("Kans op een besparing", "text"),
            Column("Sleutels met voordeel", "text"),
        ),
        rows=tuple(rows),
        note="Buiten de groep van de regio geldt de groep die voor ons het voordeligst is.",
    )


def years(ledger: LedgerFinding) -> tuple[Column, ...]:
    """The columns of the multi-year budget."""
    return tuple(Column(str(year)) for year in ledger.book.years)


def burden_table(told: Told, service: ServiceFinding) -> Table:
    """What a service does in the municipality's own budget: every line, exact, with the sum of the cells."""
    ledger = service.ledger
    book, code = ledger.book, told.code
    rows = []
    for line in BURDEN["structural"]:
        cells = book.amounts(code, "structural", line)
        if any(cells):
            origins = in_ledger(service, code, LINE_WORDS[line], len(cells))
            rows.append(Row(capital(LINE_WORDS[line]), cells, origins=origins))
    rows.append(Row("Lasten per jaar", book.burden("structural", [code]), total=True))
    return Table(
        caption=f"{capital(service.short)}: lasten van {told.name}, verdeeld {KEYS_SHORT[ledger.key]}",
        corner="Regel",
        columns=(*years(ledger), Column("structureel")),
        rows=tuple(rows),
        note=f"Alle gemeenten doen mee, als {ledger.form}; start {month(ledger.start)}. Hele euro’s, "
        "naar verwachting.",
    )


def burden_row(told: Told, service: ServiceFinding) -> Row:
    """The structural burden of one service in the municipality's budget, as one line."""
    cells = service.ledger.book.burden("structural", [told.code])
    origins = in_ledger(service, told.code, "lasten, structureel", len(cells))
    return Row(capital(service.short), cells, origins=origins)


def effect_row(told: Told, service: ServiceFinding) -> tuple[tuple[int | None, ...], str]:
    """The effect of a service on the municipality's budget per column, and V, N or onbekend."""
    effect = service.ledger.book.effect(told.code)
    mark = favour(effect[-1]) if effect[-1] is not None else "onbekend"
    return effect, mark or "–"


def summed(header: str, rows: Sequence[Row]) -> Row:
    """The total of rows of amounts; not known where one of them is not."""
    columns = zip(*(row.cells for row in rows), strict=True)
    cells = tuple(
        None if None in column else sum(c for c in column if isinstance(c, int)) for column in columns
    )
    return Row(header, cells, total=True)


def with_total(header: str, rows: Sequence[tuple[ServiceFinding, Row]]) -> tuple[Row, ...]:
    """Rows with their total; a service that overlaps others stands below it, since it never adds to them."""
    counted = [row for service, row in rows if not service.overlaps]
    apart = [row for service, row in rows if service.overlaps]
    if not counted:
        return tuple(apart)
    return (*counted, summed(header, counted), *apart)


def overlap(services: Sequence[ServiceFinding]) -> str:
    """Say which rows are left out of a total, as a sentence to follow another; "" when none is."""
    apart = [service.short for service in services if service.overlaps]
    if not apart or len(apart) == len(services):
        return ""
    return f" {capital(', '.join(apart))} telt niet mee: die kosten staan deels al bij de andere diensten."
