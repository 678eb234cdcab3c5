"""One page on one situation at the regional table: who takes part, what it costs whom, how sure that is.

For anyone to read: nothing about who would rather stand apart, and of nobody what it costs today.
"""

from marke.documents.kinds.context import COUNCIL
from marke.documents.measures import SHORT
from marke.documents.tree import Column, Document, Facts, Row, Section, Table, text
from marke.dutch import (
    GATES,
    capital,
    count_in_words,
    decimal,
    enumerate_names,
    euro_band,
    quantity,
)
from marke.ledger.rounding import apportion
from marke.situations.closely import Exact
from marke.situations.desk import Desk, Sheet
from marke.situations.look import Quick
from marke.situations.situation import Situation
from marke.situations.words import division, summary, winners

KIND = "situatie"
TITLE = "Oplegger: één situatie voor de regionale tafel"


def situation_sheet(
    desk: Desk, answer: Quick, exact: Exact | None, *, mark: str, place: str = ""
) -> Document:
    """Compose the page; ``mark`` is the hash of the findings, ``place`` where the situation can be seen."""
    sheet = desk.sheet(answer.situation.service)
    told = (text(_told(sheet, answer)), *([text(_sure(exact))] if exact else []), text(_conditions(answer)))
    sections = [
        Section("Wat er op tafel ligt", (_chosen(sheet, answer.situation, place),)),
        Section("Wat het betekent", told),
    ]
    if exact and exact.burdens:
        sections.append(Section("Wie betaalt wat", (_burdens(sheet, exact),)))
    return Document(
        kind=KIND,
        title=TITLE,
        subject=capital(sheet.case.service.label),
        organisation=sheet.region,
        day=sheet.findings.study.reference_date,
        sections=tuple(sections),
        category=COUNCIL,
        run=desk.run.folder.name,
        mark=mark,
    )


def _told(sheet: Sheet, answer: Quick) -> str:
    return " ".join(filter(None, (summary(sheet, answer), winners(answer))))


def _chosen(sheet: Sheet, situation: Situation, place: str) -> Facts:
    """The choices of the situation in words."""
    level = sheet.case.service.levels[situation.level or sheet.level].label
    form = sheet.variant(situation.variant).label
    rows = [
        ("Dienst en vorm", f"{capital(sheet.case.service.label)}, {level}; {form}"),
        ("Wie doet mee", _who(sheet, situation)),
        ("Verdeling", capital(division(situation))),
    ]
    if situation.figures:
        sliders = [(sheet.sliders[key], value) for key, value in situation.figures.items()]
        moved = (f"{each.label}: {quantity(value * each.scale, each.unit)}" for each, value in sliders)
        rows.append(("Anders dan in de studie", "; ".join(moved)))
    if place:
        rows.append(("Te zien op", place))
    return Facts(tuple(rows))


def _who(sheet: Sheet, situation: Situation) -> str:
    """Who takes part: by name, or who does not where that is shorter."""
    inside, outside = (
        sorted(name for code, name in sheet.names.items() if (code in situation.members) == taking_part)
        for taking_part in (True, False)
    )
    if not outside:
        return "alle gemeenten"
    if len(outside) < len(inside) / 2:
        return f"{count_in_words(len(inside))} gemeenten: alle behalve {enumerate_names(outside)}"
    return enumerate_names(inside) or "niemand"


def _sure(exact: Exact) -> str:
    group = exact.group
    sure = any(each.criterion == "continuity" and each.outcome == "better" for each in exact.qualities)
    better = "Ziekte en verlof zijn samen beter op te vangen. " if sure else ""
    return (
        f"In acht van de tien trekkingen kost het {euro_band(group.cost.p10, group.cost.p90)} per jaar. "
        f"Het gezamenlijke team telt {decimal(group.team.mean, 1)} fte. "
        f"{better}Wie vertrekt, betaalt: {exact.exit_rule}"
    )


def _burdens(sheet: Sheet, exact: Exact) -> Table:
    """Cost alone and together of every member, whole euros whose sum is that of the cells."""
    inside = sorted((line for line in exact.lines if line.inside), key=lambda line: line.name)
    alone = apportion([line.alone for line in inside])
    together = apportion([line.cost or 0.0 for line in inside])
    more = [b - a for a, b in zip(alone, together, strict=True)]
    cells = zip(alone, together, more, strict=True)
    rows = [Row(line.name, each) for line, each in zip(inside, cells, strict=True)]
    sums = (sum(alone), sum(together), sum(more))
    return Table(
        caption=f"Verwachte kosten per jaar, prijspeil {sheet.findings.study.price_year}",
        corner="Gemeente",
        columns=(Column("Alleen"), Column("Samen"), Column("Verschil")),
        rows=(*rows, Row("Samen", sums, total=True)),
        note=f"Een vergelijking: eenmalige kosten zijn over de jaren verdeeld. Alleen: uit openbare cijfers."
        f"{_grown(exact)}",
        dense=len(rows) > SHORT,
    )


def _grown(exact: Exact) -> str:
    years = exact.situation.dampening
    if not years:
        return ""
    return (
        " In het eerste jaar wordt verdeeld zoals de kosten nu zijn verdeeld; de bedragen hier gelden vanaf "
        f"jaar {years + 1}."
    )


def _conditions(answer: Quick) -> str:
    """What stands in the way and what is not known by name; what asks for attention is counted."""
    if not answer.allowed:
        return "Deze vorm laat deze groep niet toe."
    told = []
    for outcome in ("blocked", "unknown"):
        labels = [gate.label for gate in answer.gates if gate.outcome == outcome]
        if labels:
            told.append(f"{capital(GATES[outcome])}: {enumerate_names(labels)}.")
    if count := sum(gate.outcome == "attention" for gate in answer.gates):
        told.append(f"Let op bij {count_in_words(count)} {'voorwaarde' if count == 1 else 'voorwaarden'}.")
    return " ".join(told) or "Alle voorwaarden zijn in orde."
