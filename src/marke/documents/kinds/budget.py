"""Passages for the planning and control cycle: the interim report and the budget."""

from marke.documents.kinds import parts
from marke.documents.kinds.context import COUNCIL, YEARLY, Told
from marke.documents.tree import Block, Column, Document, Facts, Money, Note, Row, Section, Table, text
from marke.dutch import capital, day, enumerate_names, percent
from marke.findings.model import ServiceFinding
from marke.ledger import BURDEN
from marke.ledger.words import LINE_WORDS
from marke.motion import BUDGET, INFORM

BODIES = ("body", "private_body")
"""Forms that are a party with an interest of the municipality in its board and its money."""

INDICATORS = (
    ("Formatie", "fte per 1.000 inwoners"),
    ("Bezetting", "fte per 1.000 inwoners"),
    ("Apparaatskosten", "euro per inwoner"),
    ("Externe inhuur", "deel van de loonsom en de inhuur"),
    ("Overhead", "deel van de totale lasten"),
)
"""The five indicators that every budget must have (BBV)."""


def interim_report(told: Told) -> Document:
    """Compose the passage for the Berap: the status of the motion, and the deviations."""
    motion = told.motion
    status = {
        "go": "in uitvoering",
        "data": "in uitvoering; er ontbreken gegevens",
        "stop": "kan worden afgedaan",
    }
    term = (
        f"De termijn ({motion.occasion}, {day(motion.due)}) "
        f"{'is verstreken' if motion.due < told.day else 'loopt nog'}."
        if motion
        else ""
    )
    return Document(
        kind="berap",
        title="Berap: samenwerking in de regio",
        subject="Status van de motie en afwijkingen",
        organisation=told.organisation,
        day=told.day,
        category=COUNCIL,
        run=told.run,
        mark=told.mark,
        answers=tuple(p.key for p in motion.points if p.asks == INFORM) if motion else (),
        sections=(
            Section(
                "Status van de motie",
                (text(f"Status: {status[told.course]}. {term}".strip()), *parts.answer(told)),
            ),
            Section("Afwijkingen", (_deviations(told), _unknown(told)), local=True),
            Section("Hoe het verder gaat", (parts.planning(told),)),
        ),
    )


def budget(told: Told) -> Document:
    """Compose the tables for the programme budget and the paragraphs that go with it."""
    chosen = told.positive or told.services
    bodies = [s for s in told.positive if s.verdict.variant in BODIES]
    linked = (
        text(
            f"Voor {enumerate_names([s.short for s in bodies])} wordt een organisatie voorgesteld "
            "waarin de gemeente meebestuurt en meebetaalt. Zij hoort in deze paragraaf, met doel, "
            "visie, belang, vermogen, resultaat en risico."
        )
        if bodies
        else text(
            "Er komt geen verbonden partij bij: een contract, een gezamenlijke aanbesteding en een "
            "centrumregeling zijn dat niet."
        )
    )
    return Document(
        kind="begroting",
        title="Begroting: samenwerking in de regio",
        subject="Tabellen en paragrafen voor de programmabegroting",
        organisation=told.organisation,
        day=told.day,
        category=YEARLY,
        run=told.run,
        mark=told.mark,
        answers=tuple(p.key for p in told.motion.points if p.asks == BUDGET) if told.motion else (),
        sections=(
            Section(
                "Lasten per dienst (overzicht overhead, taakveld 0.4)",
                (*(parts.burden_table(told, s) for s in chosen), _place(told)),
            ),
            Section("Begrotingswijziging", (_change(told), _unknown(told))),
            Section(
                "Kadernota",
                (
                    _framework(told),
                    *(_proposal(told, number, service) for number, service in enumerate(chosen, 1)),
                ),
            ),
            Section("Eenmalige lasten", (_one_off(told),)),
            Section("Paragraaf bedrijfsvoering", (_indicators(),)),
            Section("Paragraaf verbonden partijen", (linked,)),
            Section("Risico’s voor het weerstandsvermogen", _risks(told)),
        ),
    )


def _deviations(told: Told) -> Table:
    first = told.services[0].ledger
    rows = []
    for service in told.positive or told.services:
        effect, mark = parts.effect_row(told, service)
        rows.append(Row(capital(service.short), (*effect[:-1], "structureel", mark, told.verdict(service))))
        once = service.ledger.book.burden("one_off", [told.code])
        if any(once):
            rows.append(
                Row(
                    f"{capital(service.short)}, start", (*once[:-1], "eenmalig", "N", "bijdrage aan de start")
                )
            )
    return Table(
        caption="Afwijking van de begroting, euro (meer lasten is positief)",
        corner="Onderwerp",
        columns=(
            *(Column(str(year)) for year in first.book.years),
            Column("Soort", "text"),
            Column("V/N", "text"),
            Column("Toelichting", "text"),
        ),
        rows=tuple(rows),
        note="Een streep betekent dat de begroting van de gemeente voor deze dienst niet is opgegeven.",
    )


def _unknown(told: Told) -> Note:
    missing = [s.short for s in told.services if s.ledger.book.effect(told.code)[-1] is None]
    if not missing:
        return Note(("De begroting van de gemeente is voor alle diensten opgegeven.",))
    return Note(
        (
            f"Wat er in de begroting staat, is niet opgegeven voor {enumerate_names(missing)}. Vul dat "
            "in de nulmeting in; daarna is het effect bekend.",
        )
    )


def _place(told: Told) -> Note:
    booking = next((s.ledger.booking for s in told.services if s.ledger.booking), None)
    if booking is None:
        return Note(("Waar de bijdrage wordt geboekt, hangt af van de vorm.",))
    return Note(
        (
            f"Boeken op taakveld {booking.task_field} ({booking.task_field_label}), categorie "
            f"{booking.economic_category} ({booking.category_label}). {booking.note}".strip(),
        )
    )


def _change(told: Told) -> Table:
    """Burdens that come, less those of today that go: lines that add up."""
    chosen = told.positive or told.services
    first = chosen[0].ledger
    rows = [Row(capital(s.short), s.ledger.book.burden("structural", [told.code])) for s in chosen]
    rows.append(_summed("Nieuwe lasten", rows))
    return Table(
        caption="Lasten die in de begroting komen, vóór aftrek van wat er al in staat",
        corner="Dienst",
        columns=tuple(Column(label) for label in parts.years(first)),
        rows=tuple(rows),
        note="Hele euro’s. Diensten die elkaar overlappen (inkoop) mogen niet met de andere worden "
        "opgeteld als beide doorgaan.",
    )


def _summed(header: str, rows: list[Row]) -> Row:
    columns = zip(*(row.cells for row in rows), strict=True)
    cells = tuple(
        None if None in column else sum(c for c in column if isinstance(c, int)) for column in columns
    )
    return Row(header, cells, total=True)


def _framework(told: Told) -> Table:
    """The kadernota: x 1.000, with an advantage as a plus, as the Heuvelrug form has it."""
    chosen = told.positive or told.services
    first = chosen[0].ledger
    rows = []
    for service in chosen:
        effect, mark = parts.effect_row(told, service)
        rows.append(Row(capital(service.short), (*(None if e is None else -e for e in effect[:-1]), mark)))
    return Table(
        caption="Nieuw beleid met afwegingsmogelijkheid (+ is voordeel, − is nadeel)",
        corner="Onderwerp",
        columns=(*(Column(str(year), "thousand") for year in first.book.years), Column("V/N", "text")),
        rows=tuple(rows),
        note="PM waar een streep staat: de begroting is niet opgegeven.",
    )


def _proposal(told: Told, number: int, service: ServiceFinding) -> Facts:
    """One proposal in the fields of Oldenzaal's kadernota."""
    content = f"{capital(told.verdict(service))}, met {told.group(service)}, als {service.verdict.label}."
    facts = (
        ("Volgnummer", str(number)),
        ("Soort", "nieuw beleid"),
        ("Programma", "overhead (taakveld 0.4)"),
        ("Onderwerp", capital(service.label)),
        ("Doel (lange termijn)", service.summary),
        ("Relatie met het raadsprogramma", "in te vullen door de gemeente"),
        ("Inhoud", content),
        ("Financiën", "zie de tabel met lasten hierboven; een investering is er niet"),
    )
    return Facts(facts)


def _one_off(told: Told) -> Table:
    chosen = told.positive or told.services
    first = chosen[0].ledger
    rows = []
    for service in chosen:
        for line in BURDEN["one_off"]:
            amounts = service.ledger.book.amounts(told.code, "one_off", line)
            if any(amounts):
                rows.append(Row(f"{capital(service.short)}: {LINE_WORDS[line]}", amounts[:-1]))
    if rows:
        rows.append(_summed("Eenmalig", rows))
    return Table(
        caption="Overzicht van eenmalige lasten",
        corner="Onderwerp",
        columns=tuple(Column(str(year)) for year in first.book.years),
        rows=tuple(rows),
    )


def _indicators() -> Table:
    return Table(
        caption="De vijf verplichte kengetallen",
        corner="Kengetal",
        columns=(Column("Eenheid", "text"), Column("Waarde", "text")),
        rows=tuple(Row(name, (unit, "in te vullen door de gemeente")) for name, unit in INDICATORS),
        note="Deze verkenning verandert de kengetallen niet vanzelf: overhead thuis verdwijnt niet als "
        "een taak verhuist.",
    )


def _risks(told: Told) -> tuple[Block, ...]:
    return tuple(
        text(
            f"{capital(service.short)}: de kans dat samen voor ons duurder is dan alleen, is "
            f"{percent(1 - told.ours(service).chance)}; uittreden na het eerste jaar kost ",
            Money(next(e.cost for e in service.ledger.exits if e.code == told.code)),
            f" ({parts.exit_rule(service)}).",
        )
        for service in told.positive or told.services
    )
