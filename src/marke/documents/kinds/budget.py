"""The tables for the programme budget, and the paragraphs that go with it."""

from collections.abc import Iterator, Sequence

from marke.documents.kinds import amounts, parts, talks
from marke.documents.kinds.context import YEARLY, Told
from marke.documents.kinds.framework import framework
from marke.documents.kinds.interim import unknown
from marke.documents.tree import Block, Column, Document, Facts, Money, Note, Row, Section, Table, text
from marke.dutch import capital, chance_of, euro
from marke.findings.model import ServiceFinding
from marke.ledger import BURDEN
from marke.ledger.words import LINE_WORDS
from marke.motion import BUDGET

BODIES = ("body", "private_body")
"""Forms that are a party with an interest of the municipality in its board and its money."""

OWN = "in te vullen door de gemeente"

INDICATORS = (
    ("Formatie", "fte per 1.000 inwoners"),
    ("Bezetting", "fte per 1.000 inwoners"),
    ("Apparaatskosten", "euro per inwoner"),
    ("Externe inhuur", "deel van de loonsom en de inhuur"),
    ("Overhead", "deel van de totale lasten"),
)
"""The five indicators that every budget must have (BBV)."""


def budget(told: Told) -> Document:
    """Compose the begroting; all of it is the municipality's own."""
    chosen = told.positive or told.services
    return told.document(
        "begroting",
        f"Begroting van {told.name}: samenwerking in de regio",
        "Tabellen en paragrafen voor de programmabegroting",
        tuple(Section(heading, tuple(blocks)) for heading, blocks in _each(told, chosen)),
        category=YEARLY,
        asked=(BUDGET,),
    )


def _each(told: Told, chosen: Sequence[ServiceFinding]) -> Iterator[tuple[str, Sequence[Block]]]:
    yield (
        "Lasten per dienst",
        (
            *talks.our_own(told),
            *parts.unchanged(told),
            *(amounts.burden_table(told, service) for service in chosen),
        ),
    )
    yield "Overzicht overhead (taakveld 0.4)", (_overhead(told, chosen), _place(chosen))
    yield "Begrotingswijziging", (_change(told, chosen), unknown(told))
    yield "Kadernota", framework(told)
    yield "Eenmalige lasten", (_one_off(told, chosen),)
    yield "Paragraaf bedrijfsvoering", (_indicators(),)
    bodies = [service for service in told.positive if service.verdict.variant in BODIES]
    if bodies:
        yield "Paragraaf verbonden partijen", [_party(told, service) for service in bodies]
    yield "Risico’s voor het weerstandsvermogen", _risks(told, chosen)


def _overhead(told: Told, chosen: Sequence[ServiceFinding]) -> Table:
    """Burdens of all services: the municipality's overhead, which is told apart from programmes."""
    rows = [(service, amounts.burden_row(told, service)) for service in chosen]
    return Table(
        caption=f"Overhead: lasten van {told.name}",
        corner="Dienst",
        columns=(*amounts.years(chosen[0].ledger), Column("structureel")),
        rows=amounts.with_total("Overhead", rows),
        note="Hele euro’s, vóór aftrek van wat al in de begroting staat." + amounts.overlap(chosen),
    )


def _place(chosen: Sequence[ServiceFinding]) -> Note:
    booking = next((s.ledger.booking for s in chosen if s.ledger.booking), None)
    if booking is None:
        return Note(("Waar de bijdrage wordt geboekt, hangt af van de vorm.",))
    return Note(
        (
            f"Boeken op taakveld {booking.task_field} ({booking.task_field_label}), categorie "
            f"{booking.economic_category} ({booking.category_label}). {booking.note}".strip(),
        )
    )


def _change(told: Told, chosen: Sequence[ServiceFinding]) -> Table:
    """Burdens that come, less what stands in the budget for the same: a balance for each service."""
    rows: list[Row] = []
    for service in chosen:
        book, short = service.ledger.book, capital(service.short)
        comes = amounts.burden_row(told, service)
        goes = book.amounts(told.code, "memo", "budgeted")
        origins = amounts.in_ledger(service, told.code, LINE_WORDS["budgeted"], len(goes))
        less = Row(
            f"{short}: vervalt, staat in de begroting",
            tuple(None if amount is None else -amount for amount in goes),
            origins=origins,
        )
        rows += [Row(f"{short}: nieuwe lasten", comes.cells, origins=comes.origins), less]
        rows.append(amounts.summed(f"{short}: saldo (+ is nadeel)", [comes, less]))
    return Table(
        caption="Lasten die erbij komen, en lasten die vervallen",
        corner="Regel",
        columns=(*amounts.years(chosen[0].ledger), Column("structureel")),
        rows=tuple(rows),
        note="Hele euro’s. Een streep of leeg vak: niet opgegeven.",
    )


def _one_off(told: Told, chosen: Sequence[ServiceFinding]) -> Table:
    rows = []
    for service in chosen:
        for line in BURDEN["one_off"]:
            cells = service.ledger.book.amounts(told.code, "one_off", line)[:-1]
            if any(cells):
                origins = amounts.in_ledger(service, told.code, LINE_WORDS[line], len(cells))
                subject = f"{capital(service.short)}: {LINE_WORDS[line]}"
                rows.append((service, Row(subject, cells, origins=origins)))
    return Table(
        caption="Overzicht van eenmalige lasten",
        corner="Onderwerp",
        columns=amounts.years(chosen[0].ledger),
        rows=amounts.with_total("Eenmalig", rows),
        note="Hele euro’s." + amounts.overlap([service for service, _ in rows]),
    )


def _indicators() -> Table:
    return Table(
        caption="De vijf verplichte kengetallen",
        corner="Kengetal",
        columns=(Column("Eenheid", "text"), Column("Waarde", "text")),
        rows=tuple(Row(name, (unit, OWN)) for name, unit in INDICATORS),
        note="Deze verkenning verandert de kengetallen niet vanzelf: overhead thuis verdwijnt niet als een "
        "taak verhuist.",
    )


def _party(told: Told, service: ServiceFinding) -> Facts:
    """What a budget says of a body in which the municipality has a say and pays."""
    contribution = service.ledger.book.amounts(told.code, "structural", "contribution")[-1]
    money = (
        "nog niet bekend"
        if contribution is None
        else f"bijdrage van {euro(contribution)} per jaar, structureel"
    )
    return Facts(
        (
            ("Partij", f"{capital(service.short)}: {service.verdict.label}"),
            ("Doel", service.summary),
            ("Visie", OWN),
            ("Bestuurlijk belang", f"zetel in het bestuur, met {told.group(service)}"),
            ("Financieel belang", money),
            ("Vermogen", "bij de oprichting nog niet bekend"),
            ("Resultaat", "bij de oprichting nog niet bekend"),
            ("Risico", f"uittreden: {parts.exit_rule(service)}"),
        )
    )


def _risks(told: Told, chosen: Sequence[ServiceFinding]) -> tuple[Block, ...]:
    draws = told.findings.study.draws
    return tuple(
        text(
            f"{capital(service.short)}: de kans dat samen voor ons duurder is dan alleen, is "
            f"{chance_of(1 - told.ours(service).chance, draws)}; uittreden na het eerste jaar kost ",
            Money(next(e.cost for e in service.ledger.exits if e.code == told.code)),
            f" ({parts.exit_rule(service)}).",
        )
        for service in chosen
    )
