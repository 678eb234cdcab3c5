"""For the regional table: one page on where it stands, and who would pay what under each key."""

from marke.documents.kinds import amounts, parts, talks
from marke.documents.kinds.context import Told
from marke.documents.tree import Column, Document, Facts, Row, Section, Table, text
from marke.dutch import KEYS_SHORT, MAIN_KEYS, capital, decimal, enumerate_names, month
from marke.findings.model import ServiceFinding
from marke.ledger.rounding import apportion
from marke.motion import TALK


def cover_sheet(told: Told) -> Document:
    """Compose the oplegger of one page."""
    return told.document(
        "oplegger",
        "Oplegger voor de regionale tafel",
        "Waar staan we, en wat ligt er voor",
        (
            Section("De vraag", (text(told.question),)),
            Section("Waar staan we", (parts.verdict_table(told),)),
            Section("Wat ligt er voor", (*parts.answer(told), parts.planning(told))),
            Section("Gesprekken", talks.in_short(told)),
        ),
        asked=(TALK,),
    )


def contributions(told: Told) -> Document:
    """Compose the contribution table per municipality for each key, with the bargaining sheet."""
    chosen = told.positive or told.services
    each = (
        Section(capital(service.label), (_by_key(told, service), _by_year(service), _agreements(service)))
        for service in chosen
    )
    apart = Section(
        "Alleen voor de deelnemers: wie zou liever apart gaan",
        tuple(_apart(told, service) for service in chosen),
        members=True,
    )
    return told.document(
        "bijdragen",
        "Bijdragen en onderhandelblad",
        "Wie betaalt wat, bij iedere verdeelsleutel",
        (*each, apart),
    )


def _apart(told: Told, service: ServiceFinding) -> Table:
    """Under every key the group that gains most by standing apart. Never for a public text."""
    names = {m.code: m.name for m in told.findings.municipalities}
    return Table(
        caption=f"{capital(service.short)}: de groep die het meest wint door apart te gaan",
        corner="Verdeelsleutel",
        columns=(Column("Voordeel per jaar"), Column("Wie", "text")),
        rows=tuple(
            Row(
                capital(KEYS_SHORT[key.key]),
                (
                    round(key.gain),
                    enumerate_names([names.get(code, code) for code in key.blocking]) or "niemand",
                ),
                origins=(f"findings.json: sleutel {key.key} van {service.key}, gain", ""),
            )
            for key in amounts.everyone(service).everyone.keys
            if key.defined
        ),
        note="Met alle gemeenten in de goedkoopste vorm, naar verwachting.",
    )


def _by_key(told: Told, service: ServiceFinding) -> Table:
    """The burden of every municipality under the main keys, beside its cost alone."""
    variant = amounts.everyone(service)
    group = variant.everyone
    cells = {(b.code, b.key): b.equivalent for b in group.burdens}
    alone = {b.code: b.alone for b in group.burdens}
    keys = [key for key in MAIN_KEYS if any((code, key) in cells for code in group.codes)]
    towns = [m for m in told.findings.municipalities if m.code in alone]
    columns = [apportion([alone[m.code] for m in towns])]
    columns += [apportion([cells[m.code, key] for m in towns]) for key in keys]
    rows = [
        Row(
            town.name,
            cells_of,
            origins=(
                amounts.joint_fact(service, variant.key, "burdens", f"{keys[0]}-{town.code}", "alone"),
                *(
                    amounts.joint_fact(service, variant.key, "burdens", f"{key}-{town.code}", "equivalent")
                    for key in keys
                ),
            ),
        )
        for town, cells_of in zip(towns, zip(*columns, strict=True), strict=True)
    ]
    return Table(
        caption=f"{capital(service.short)}: jaarkosten per gemeente bij vijf verdeelsleutels",
        corner="Gemeente",
        columns=(Column("Alleen"), *(Column(capital(KEYS_SHORT[key])) for key in keys)),
        rows=(*rows, amounts.summed("Samen", rows)),
        note="Een vergelijking: eenmalige kosten zijn over de jaren verdeeld. Het totaal is steeds gelijk.",
    )


def _by_year(service: ServiceFinding) -> Table:
    """The contribution of every municipality in every year of the ledger."""
    ledger = service.ledger
    rows = []
    for code in ledger.book.codes:
        cells = ledger.book.amounts(code, "structural", "contribution")
        origins = amounts.in_ledger(service, code, "bijdrage", len(cells))
        rows.append(Row(ledger.name(code), cells, origins=origins))
    return Table(
        caption=f"{capital(service.short)}: bijdrage per gemeente en jaar, verdeeld {KEYS_SHORT[ledger.key]}",
        corner="Gemeente",
        columns=(*amounts.years(ledger), Column("structureel")),
        rows=(*rows, amounts.summed("Samen", rows)),
        note="Hele euro’s, eenmaal afgerond; de som is die van de cellen.",
    )


def _agreements(service: ServiceFinding) -> Facts:
    """The bargaining sheet: what must be agreed, with where it stands now."""
    ledger, open_yet = service.ledger, "nog af te spreken"
    ramp = f"{ledger.dampening} jaar" if ledger.dampening else "geen"
    return Facts(
        (
            ("Verdeelsleutel", KEYS_SHORT[ledger.key]),
            ("Vaste voet", open_yet),
            ("Index", open_yet),
            ("Maximum", open_yet),
            ("Ingroei", ramp),
            ("Stemmen", open_yet),
            ("Gastheer", open_yet),
            ("Start", month(ledger.start)),
            ("Toetreden", open_yet),
            ("Uittreden", ledger.exit_rule),
            ("Terugdraaien na een jaar", f"{decimal(service.verdict.lost, 1)} keer de jaarkosten"),
            ("Evaluatie", open_yet),
        )
    )
