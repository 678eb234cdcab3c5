"""The passage for the interim report: the status of the motion, and the deviations."""

from marke.documents.kinds import amounts, parts
from marke.documents.kinds.context import Told
from marke.documents.tree import Block, Column, Document, Note, Row, Section, Table, text
from marke.dutch import capital, day, enumerate_names
from marke.motion import INFORM

STATUS = {
    "go": "in uitvoering",
    "data": "in uitvoering; er ontbreken gegevens",
    "stop": "onderzocht; het advies is om het niet samen te doen",
}


def interim_report(told: Told) -> Document:
    """Compose the passage for the Berap."""
    return told.document(
        "berap",
        "Berap: samenwerking in de regio",
        "Status van de motie en afwijkingen",
        (
            Section("Status van de motie", (text(_status(told)), *parts.answer(told), parts.yardstick(told))),
            Section("Afwijkingen", _deviations(told), local=True),
            Section("Hoe het verder gaat", (parts.planning(told),)),
        ),
        asked=(INFORM,),
    )


def _status(told: Told) -> str:
    status = f"Status: {STATUS[told.course]}."
    motion = told.motion
    if motion is None:
        return status
    whose = "" if told.asked_by_us else f"De motie is van de {motion.council}. "
    past = "is verstreken" if motion.due < told.day else "loopt nog"
    return f"{whose}{status} De termijn ({motion.occasion}, {day(motion.due)}) {past}."


def unknown(told: Told) -> Note:
    """Name the services of which the municipality's budget is not known."""
    missing = [s.short for s in told.services if s.ledger.book.effect(told.code)[-1] is None]
    if not missing:
        return Note(("De begroting van de gemeente is voor alle diensten opgegeven.",))
    return Note(
        (
            f"Wat er in de begroting staat, is niet opgegeven voor {enumerate_names(missing)}. Vul dat in de "
            "nulmeting in; daarna is het effect bekend.",
        )
    )


def _deviations(told: Told) -> tuple[Block, ...]:
    if not told.positive:
        return (text("Er is geen afwijking van de begroting: er wordt nu niets samen gedaan."),)
    return (_table(told), unknown(told))


def _table(told: Told) -> Table:
    rows = []
    for service in told.positive:
        effect, mark = amounts.effect_row(told, service)
        origins = amounts.in_ledger(service, told.code, "effect op de begroting", len(effect) - 1)
        cells = (*effect[:-1], "structureel", mark, told.verdict(service))
        rows.append(Row(capital(service.short), cells, origins=(*origins, "", "", "")))
        once = service.ledger.book.burden("one_off", [told.code])[:-1]
        if any(once):
            origins = amounts.in_ledger(service, told.code, "lasten, eenmalig", len(once))
            cells = (*once, "eenmalig", "N", "bijdrage aan de start")
            rows.append(Row(f"{capital(service.short)}, start", cells, origins=(*origins, "", "", "")))
    return Table(
        caption="Afwijking van de begroting (meer lasten is positief)",
        corner="Onderwerp",
        columns=(
            *amounts.years(told.services[0].ledger),
            Column("I/S", "text"),
            Column("V/N", "text"),
            Column("Toelichting", "text"),
        ),
        rows=tuple(rows),
        note="Hele euro’s. Een streep of leeg vak: de begroting van de gemeente is niet opgegeven.",
    )
