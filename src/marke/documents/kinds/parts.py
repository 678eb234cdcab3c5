"""Pieces of text and tables that several documents share: the regional core, the same for all."""

from marke.documents.kinds.context import Told
from marke.documents.tree import Column, Listing, Money, Note, Paragraph, Row, Table, text
from marke.dutch import (
    CRITERIA_SHORT,
    KEYS_SHORT,
    MOTION_ATTRACTIVE,
    MOTION_FEASIBLE,
    VERDICTS,
    capital,
    chance_about,
    count_in_words,
    day,
    enumerate_names,
    month,
    percent,
)
from marke.findings.booked import LedgerFinding
from marke.findings.model import ServiceFinding
from marke.ledger import BURDEN
from marke.ledger.words import LINE_WORDS, favour
from marke.report.answer import name, who
from marke.report.verdict import path

STEPS = 5
"""Steps that a letter tells; the exploration tells all."""

NOT_SPOKEN = (
    "Met de andere gemeenten is nog niet gesproken; de cijfers zijn openbare schattingen. Zodra er "
    "gesprekken "
    "zijn, staan zij hier met datum en uitkomst."
)


def names(services: tuple[ServiceFinding, ...]) -> str:
    """Name services as the motion does."""
    return enumerate_names([name(service) for service in services])


def answer(told: Told) -> tuple[Paragraph, ...]:
    """The answer in a few sentences, in the motion's words."""
    study = told.findings.study
    lines = []
    if told.positive:
        each = [f"{name(s)} ({told.verdict(s)})" for s in told.positive]
        lines.append(text(f"Wij kunnen verder met {enumerate_names(each)}."))
    if told.undecided:
        lines.append(text(f"Van {names(told.undecided)} weten we nog niet genoeg om te kiezen."))
    if told.declined:
        lines.append(
            text(
                f"Wij raden af om {names(told.declined)} samen te doen: dat wordt duurder dan alleen, "
                "en de kwaliteit maakt dat verschil niet goed."
            )
        )
    lines.append(
        text(
            f"Geen enkele uitspraak is zeker. Een dienst heet aantrekkelijk als de besparing met "
            f"{percent(study.chance)} zekerheid ten minste {percent(study.materiality)} is."
        )
    )
    return tuple(lines)


def verdict_table(told: Told) -> Table:
    """The verdict on every service, in the motion's words, for the region and for the municipality."""
    kinds = ("Oordeel voor de regio", "Haalbaar", "Financieel aantrekkelijk", f"Oordeel voor {told.name}")
    return Table(
        caption="Het oordeel per dienst",
        corner="Dienst",
        columns=tuple(Column(label, "text") for label in kinds),
        rows=tuple(
            Row(
                capital(service.short),
                (
                    told.verdict(service),
                    MOTION_FEASIBLE[service.verdict.feasible],
                    MOTION_ATTRACTIVE[service.verdict.attractive],
                    VERDICTS[told.ours(service).outcome],
                ),
            )
            for service in told.services
        ),
    )


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
            Column("Kans op besparing", "percent"),
        ),
        rows=tuple(_costs(service) for service in told.services),
        note="Een vergelijking, geen rekening: eenmalige kosten zijn over de jaren verdeeld. Samen is "
        "met alle "
        "gemeenten in de goedkoopste vorm. Afgerond op duizend euro; daardoor kunnen sommen een euro "
        "verschillen.",
    )


def _costs(service: ServiceFinding) -> Row:
    group = next(v.everyone for v in service.variants if v.key == service.everyone)
    return Row(
        capital(service.short), (service.today.mean, service.alone.mean, group.cost.mean, group.chance)
    )


def why(told: Told, service: ServiceFinding) -> Paragraph:
    """Why a verdict is what it is, with the amount and the chance."""
    verdict = service.verdict
    word = "minder" if verdict.saving.mean > 0 else "meer"
    better = enumerate_names([CRITERIA_SHORT[key] for key in verdict.better])
    worse = enumerate_names([CRITERIA_SHORT[key] for key in verdict.worse])
    tail = f" Beter wordt: {better}." if better else ""
    tail += f" Slechter wordt: {worse}." if worse else ""
    if verdict.deciding:
        tail += f" Eerst moet duidelijk zijn: {enumerate_names(verdict.deciding)}."
    return text(
        f"{capital(name(service))}: {told.verdict(service)}. Met {who(told.findings, verdict.codes)} kost "
        "samen naar verwachting ",
        Money(abs(verdict.saving.mean)),
        f" per jaar {word} dan alleen. De kans op een besparing die telt, is "
        f"{chance_about(verdict.material, verdict.material_error)}.{tail}",
    )


def own_table(told: Told) -> Table:
    """What every service does for the municipality itself, beside doing it alone."""
    rows = []
    for service in told.services:
        own = told.ours(service)
        cells = (VERDICTS[own.outcome], own.saving.mean, own.chance, f"{len(own.gains)} van {own.keys}")
        rows.append(Row(capital(service.short), cells))
    return Table(
        caption=f"Samen in plaats van alleen, voor {told.name}, verdeeld per inwoner",
        corner="Dienst",
        columns=(
            Column("Oordeel voor ons", "text"),
            Column("Minder (+) of meer (−) per jaar", "thousand"),
            Column("Kans op een besparing", "percent"),
            Column("Sleutels met voordeel", "text"),
        ),
        rows=tuple(rows),
        note="Buiten de groep van de regio geldt de groep die voor ons het voordeligst is.",
    )


def first_steps(told: Told) -> tuple[Paragraph | Listing, ...]:
    """What is settled first, for a letter that must stay short."""
    heads = path(told.findings)
    todo = next((steps for head, steps in heads if head == "Eerst uitzoeken"), [])
    if not todo:
        return (text("Er hoeft niets meer te worden uitgezocht."),)
    told_first = [text(step) for step in todo[:STEPS]]
    if len(todo) > STEPS:
        more = len(todo) - STEPS
        rest = "één ander punt" if more == 1 else f"{count_in_words(more)} andere punten"
        told_first.append(text(f"en nog {rest}; zie de verkenning."))
    return (text("Eerst zoeken wij dit uit:"), Listing(tuple(told_first)))


def next_steps(told: Told) -> tuple[Paragraph | Listing, ...]:
    """The region's path: what first, what then."""
    blocks: list[Paragraph | Listing] = []
    for head, steps in path(told.findings):
        blocks += [text(f"{head}:"), Listing(tuple(text(step) for step in steps))]
    return tuple(blocks)


def planning(told: Told) -> Paragraph:
    """When the services that are worth it can start."""
    wanted = told.findings.study.wanted_start
    if not told.positive:
        return text("Er is nu niets te plannen: geen dienst is het samen waard.")
    starts = [f"{s.short} waarschijnlijk in {month(s.verdict.start)}" for s in told.positive]
    late = all(s.verdict.start > wanted for s in told.positive)
    opening = f"De gewenste start op {day(wanted)} lukt niet. " if late else ""
    return text(f"{opening}Beginnen kan met {enumerate_names(starts)}.")


def assumed(told: Told) -> Note:
    """What all numbers rest on."""
    found = told.findings
    return Note(
        (
            f"{percent(found.assumed)} van de onzekere cijfers is een aanname; de gemeenten gaven "
            f"{found.answers_given} van de {found.answers_possible} gevraagde antwoorden. Bedragen zijn "
            "verwachtingen; iedere aanname staat met haar bandbreedte in de technische bijlage.",
        )
    )


def years(ledger: LedgerFinding) -> tuple[str, ...]:
    """The columns of a ledger: its years, and the structural one."""
    return (*map(str, ledger.book.years), "structureel")


def burden_table(told: Told, service: ServiceFinding) -> Table:
    """What a service does in the municipality's own budget: every line, exact, with the sum of the cells."""
    ledger = service.ledger
    book, code = ledger.book, told.code
    rows = [
        Row(capital(LINE_WORDS[line]), book.amounts(code, "structural", line))
        for line in BURDEN["structural"]
        if any(book.amounts(code, "structural", line))
    ]
    rows.append(Row("Lasten per jaar", book.burden("structural", [code]), total=True))
    return Table(
        caption=f"{capital(service.short)}: lasten van {told.name}, verdeeld {KEYS_SHORT[ledger.key]}",
        corner="Regel",
        columns=tuple(Column(label) for label in years(ledger)),
        rows=tuple(rows),
        note=f"Alle gemeenten doen mee, als {ledger.form}; start {month(ledger.start)}. Hele euro's, "
        "naar verwachting.",
    )


def effect_row(told: Told, service: ServiceFinding) -> tuple[tuple[int | None, ...], str]:
    """The effect of a service on the municipality's budget per column, and V, N or onbekend."""
    effect = service.ledger.book.effect(told.code)
    mark = favour(effect[-1]) if effect[-1] is not None else "onbekend"
    return effect, mark or "–"


def exit_rule(service: ServiceFinding) -> str:
    """What leaving costs by the form's rule, as part of a sentence."""
    rule = service.ledger.exit_rule.rstrip(".")
    return rule[:1].lower() + rule[1:]
