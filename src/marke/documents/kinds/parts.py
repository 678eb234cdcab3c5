"""Pieces of text that several documents share: the regional core, the same for all."""

from collections.abc import Sequence
from datetime import date

from marke.documents.kinds.context import Told
from marke.documents.tree import Column, Listing, Money, Note, Paragraph, Row, Table, text
from marke.dutch import (
    CRITERIA_NOUNS,
    MOTION_ATTRACTIVE,
    MOTION_FEASIBLE,
    capital,
    chance_in_words,
    count_in_words,
    day,
    decimal,
    enumerate_names,
    month,
    percent,
)
from marke.findings.model import ServiceFinding
from marke.report.names import name, who
from marke.report.path import path
from marke.report.verdict import SAME

STEPS = 5
"""Steps that a letter tells; the exploration tells all."""


def names(services: Sequence[ServiceFinding]) -> str:
    """Name services as the motion does."""
    return enumerate_names([name(service) for service in services])


def answer(told: Told) -> tuple[Paragraph, ...]:
    """The answer in a few sentences, in the motion's words."""
    lines = []
    if told.positive:
        each = [f"{name(s)} ({told.verdict(s)})" for s in told.positive]
        lines.append(text(f"Wij kunnen verder met {enumerate_names(each)}."))
    if told.undecided:
        lines.append(text(f"Van {names(told.undecided)} weten we nog niet genoeg om te kiezen."))
    return (*lines, *map(text, _declined(told)))


def _declined(told: Told) -> list[str]:
    """Advise against services, each group for its own reason."""
    no_case = [s for s in told.declined if s.verdict.outcome == "no_case"]
    dearer = [s for s in no_case if s.verdict.saving.mean < 0]
    unsure = [s for s in no_case if s.verdict.saving.mean >= 0]
    lines = []
    if dearer:
        lines.append(
            f"Wij raden {names(dearer)} af: dat wordt naar verwachting duurder dan alleen, en de kwaliteit "
            "maakt dat verschil niet goed."
        )
    if unsure:
        lines.append(
            f"Wij raden {names(unsure)} af: een besparing die telt, is niet zeker genoeg, en de kwaliteit "
            "geeft de doorslag niet."
        )
    lines += [
        f"{capital(name(s))} kan zo niet. {_not_in_order(s)}"
        for s in told.declined
        if s.verdict.outcome == "blocked"
    ]
    return lines


def _not_in_order(service: ServiceFinding) -> str:
    return f"Dit is niet in orde: {enumerate_names(service.verdict.forbidding)}."


def instead(told: Told) -> tuple[Paragraph, ...]:
    """Where nothing is done together: what each does alone, which is never nothing."""
    if told.positive:
        return ()
    ways = [f"{s.short}: {s.verdict.comparators[0][0]}" for s in told.services]
    return (
        text(
            "Niets doen is geen keuze: het gevraagde niveau kost ook alleen geld. De goedkoopste weg alleen "
            f"is voor {'; voor '.join(ways)}."
        ),
    )


def unchanged(told: Told) -> tuple[Paragraph, ...]:
    """Where nothing is done together: that the tables which follow are for comparison."""
    if told.positive:
        return ()
    return (
        text("De begroting verandert hierdoor niet. Ter vergelijking staat hieronder wat samen zou kosten."),
    )


def reason(told: Told) -> tuple[Paragraph | Listing, ...]:
    """Why there is an exploration: what the motion asked."""
    motion = told.motion
    if motion is None:
        return (text("De gemeenten in de regio onderzoeken welke taken zij samen kunnen doen."),)
    opening = text(f"De {motion.council} vroeg het college bij motie van {day(motion.day)} om:")
    return (opening, Listing(tuple(text(f"{point.told}.") for point in motion.points), numbered=True))


def yardstick(told: Told) -> Paragraph:
    """What it takes to be called attractive."""
    study = told.findings.study
    return text(
        f"Geen enkele uitspraak is zeker. Een dienst heet aantrekkelijk als de kans op een besparing van ten "
        f"minste {percent(study.materiality)} minstens {percent(study.chance)} is."
    )


def verdict_table(told: Told) -> Table:
    """The verdict on every service for the region, in the motion's words."""
    return Table(
        caption="Het oordeel per dienst",
        corner="Dienst",
        columns=tuple(
            Column(label, "text")
            for label in ("Oordeel voor de regio", "Haalbaar", "Financieel aantrekkelijk")
        ),
        rows=tuple(
            Row(
                capital(service.short),
                (
                    told.verdict(service),
                    MOTION_FEASIBLE[service.verdict.feasible],
                    MOTION_ATTRACTIVE[service.verdict.attractive],
                ),
            )
            for service in told.services
        ),
    )


def why(told: Told, service: ServiceFinding) -> Paragraph:
    """Why a verdict is what it is, with the amount and the chance."""
    verdict = service.verdict
    opening = (
        f"{capital(name(service))}: {told.verdict(service)}. Met {who(told.findings, verdict.codes)} kost "
    )
    opening += "samen naar verwachting "
    sure = chance_in_words(verdict.material, verdict.material_error)
    tail = f" dan alleen. Een besparing die telt, is {sure}."
    tail += becomes("Beter", verdict.better) + becomes("Slechter", verdict.worse)
    if verdict.deciding:
        tail += f" Eerst moet duidelijk zijn: {enumerate_names(verdict.deciding)}."
    if verdict.forbidding:
        tail += f" {_not_in_order(service)}"
    if abs(verdict.saving_share) < SAME:
        return text(f"{opening}ongeveer evenveel als alleen.{tail.removeprefix(' dan alleen.')}")
    word = "minder" if verdict.saving.mean > 0 else "meer"
    return text(opening, Money(abs(verdict.saving.mean)), f" per jaar {word}{tail}")


def better_and_worse(service: ServiceFinding) -> Paragraph:
    """Say of a service what becomes better and worse."""
    verdict = service.verdict
    told = becomes("Beter", verdict.better) + becomes("Slechter", verdict.worse)
    told = told.strip() or "De kwaliteit verandert niet duidelijk."
    return text(f"{capital(service.short)}: {told[:1].lower()}{told[1:]}")


def becomes(word: str, criteria: Sequence[str]) -> str:
    """Say what becomes better or worse, as a sentence to follow another; "" when nothing does."""
    if not criteria:
        return ""
    verb = "wordt" if len(criteria) == 1 else "worden"
    return f" {word} {verb} {enumerate_names([CRITERIA_NOUNS[key] for key in criteria])}."


def first_steps(told: Told) -> tuple[Paragraph | Listing, ...]:
    """What is settled first, for a letter that must stay short."""
    todo = to_settle(told)
    if not todo:
        return (text("Er hoeft niets meer te worden uitgezocht."),)
    told_first = [text(step) for step in todo[:STEPS]]
    if len(todo) > STEPS:
        more = len(todo) - STEPS
        rest = "één ander punt" if more == 1 else f"{count_in_words(more)} andere punten"
        told_first.append(text(f"en nog {rest}; zie de verkenning."))
    return (text("Eerst zoeken wij dit uit:"), Listing(tuple(told_first)))


def to_settle(told: Told) -> list[str]:
    """What must be settled before a choice, step by step."""
    return next((steps for head, steps in path(told.findings) if head == "Eerst uitzoeken"), [])


def next_steps(told: Told) -> tuple[Paragraph | Listing, ...]:
    """The region's path: what first, what then."""
    blocks: list[Paragraph | Listing] = []
    for head, steps in path(told.findings):
        blocks += [text(f"{head}:"), Listing(tuple(text(step) for step in steps))]
    return tuple(blocks)


def planning(told: Told) -> Paragraph:
    """When the services that are worth it can start: never before the start that is wanted."""
    if not told.positive:
        if told.undecided:
            return text("Een planning volgt zodra de antwoorden er zijn die nu ontbreken.")
        return text("Er is niets te plannen: het advies is om het niet samen te doen.")
    wanted = told.findings.study.wanted_start
    late = all(s.verdict.start > wanted for s in told.positive)
    opening = f"De gewenste start op {day(wanted)} lukt niet. " if late else ""
    return text(f"{opening}Beginnen kan waarschijnlijk {_starts(told.positive, wanted)}.")


def _starts(services: Sequence[ServiceFinding], wanted: date) -> str:
    """Services by the month in which they can start, the first month first."""
    by_month: dict[str, list[ServiceFinding]] = {}
    for service in sorted(services, key=lambda each: each.verdict.start):
        by_month.setdefault(month(max(service.verdict.start, wanted)), []).append(service)
    if len(by_month) == 1:
        return "".join(f"in {when} met {names(these)}" for when, these in by_month.items())
    return "; ".join(f"met {names(these)} in {when}" for when, these in by_month.items())


def assumed(told: Told) -> Note:
    """What all numbers rest on."""
    found = told.findings
    given = decimal(found.answers_given) if found.answers_given else "nog geen"
    return Note(
        (
            f"{percent(found.assumed)} van de onzekere cijfers is een aanname; de gemeenten gaven "
            f"{given} van de {decimal(found.answers_possible)} gevraagde antwoorden. Bedragen zijn "
            "verwachtingen; iedere aanname staat met haar bandbreedte in de technische bijlage.",
        )
    )


def same_for_all(told: Told) -> Paragraph:
    """Say that all municipalities read the same, so that they can read it at the same moment."""
    return text(
        f"Deze tekst is voor alle gemeenten van {told.findings.study.region} gelijk, op het deel over de "
        "eigen gemeente na. Zo kunnen de raden hem op hetzelfde moment krijgen."
    )


def exit_rule(service: ServiceFinding) -> str:
    """What leaving costs by the form's rule, as part of a sentence."""
    rule = service.ledger.exit_rule.rstrip(".")
    return rule[:1].lower() + rule[1:]
