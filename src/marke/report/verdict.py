"""A verdict in words: what it is, why, for whom, and what would change it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from marke.dutch import (
    CRITERIA_NOUNS,
    KEYS_SHORT,
    MOTION_ATTRACTIVE,
    MOTION_FEASIBLE,
    THRESHOLDS,
    VERDICTS,
    chance,
    chance_about,
    chance_of,
    count_in_words,
    day,
    decimal,
    enumerate_names,
    euro_about,
    month,
    percent,
    quantity,
)
from marke.findings.model import Findings, Part, ServiceFinding
from marke.findings.verdict import (
    STANCES,
    AnswerFinding,
    ConditionsFinding,
    MunicipalVerdict,
    ThresholdFinding,
    VerdictFinding,
)
from marke.report.certainty import dense, limit, within
from marke.report.names import members, short_form, who

SAME = 0.005
"""A difference below this part of the cost alone is told as none."""

LEAST = 0.001
"""A threshold is told in steps of this at the finest, and not below it: nobody would set that."""

FOR_REGION = {"good": "goed", "open": "nog niet zeker", "bad": "niet goed genoeg"}
FOR_US = {"good": "wel goed", "open": "nog niet zeker", "bad": "nadelig"}
"""What an outcome says for the region, and for us where that is something else."""


class Line(NamedTuple):
    """A label, what is told beside it, and the statement (a field of a part) that it rests on most."""

    label: str
    told: str
    part: Part
    field: str


def lines(findings: Findings, service: ServiceFinding) -> Iterator[Line]:
    """Explain a verdict in about ten lines that a layman can follow."""
    verdict, own = service.verdict, ours(findings, service.verdict)
    group = f"{about(findings, verdict)}, als {short_form(service, verdict.variant)}"
    yield Line("Oordeel", outcome(verdict), verdict, "outcome")
    yield Line("Over", group, verdict, "saving")
    yield Line("Haalbaar", feasible(findings, verdict), verdict, "feasible")
    yield Line("Financieel aantrekkelijk", attractive(findings, verdict), verdict, "attractive")
    yield Line("Vergeleken met", compared(service), verdict, "cheaper")
    yield Line("Kwaliteit", quality(verdict), verdict, "better")
    if verdict.conditions is not None:
        told = conditions(verdict.conditions, findings.study.draws)
        yield Line("Voorwaarden", told, verdict.conditions, "outcome")
    yield Line("Wat nog ontbreekt", missing(verdict), *_worth(verdict))
    yield Line(findings.study.viewpoint, municipal(findings, service, own), own, "outcome")
    yield Line("Wat het oordeel verandert", turning(verdict), *_turned(verdict))
    if service.verdict.levels:
        yield Line("Ander niveau", levels(service), service.verdict.levels[0], "outcome")


def _worth(verdict: VerdictFinding) -> tuple[Part, str]:
    return (verdict.answers[0], "value") if verdict.answers else (verdict, "ceiling")


def _turned(verdict: VerdictFinding) -> tuple[Part, str]:
    return (verdict.thresholds[0], "value") if verdict.thresholds else (verdict, "outcome")


def outcome(verdict: VerdictFinding) -> str:
    """Name the verdict, and what it waits for when it is undecided."""
    told = VERDICTS[verdict.outcome]
    if not verdict.deciding:
        return told
    return f"{told}: eerst moet duidelijk zijn: {enumerate_names(verdict.deciding)}"


def about(findings: Findings, verdict: VerdictFinding) -> str:
    """Name the group that a verdict is about, all its members where they are not everybody."""
    told = who(findings, verdict.codes)
    return told if len(verdict.codes) == len(findings.municipalities) else members(findings, verdict.codes)


def ours(findings: Findings, verdict: VerdictFinding) -> MunicipalVerdict:
    """The verdict of the municipality that the study looks from."""
    return next(m for m in verdict.municipalities if findings.study.viewpoint_code in m.codes)


def feasible(findings: Findings, verdict: VerdictFinding) -> str:
    """Say in the motion's word whether it can be done, and what is in the way."""
    word = MOTION_FEASIBLE[verdict.feasible]
    if verdict.forbidding:
        return f"{word}; dit staat in de weg: {enumerate_names(verdict.forbidding)}."
    wanted = findings.study.wanted_start
    when = (
        f"starten kan waarschijnlijk op {day(wanted)}"
        if verdict.start <= wanted
        else f"op {day(wanted)} lukt het niet, waarschijnlijk wel vanaf {month(verdict.start)}"
    )
    todo = f" Eerst uitzoeken: {enumerate_names(verdict.unsettled)}." if verdict.unsettled else ""
    return f"{word}; {when}.{todo}"


def difference(verdict: VerdictFinding) -> str:
    """Say what together costs beside alone, in expectation."""
    share = verdict.saving_share
    if abs(share) < SAME:
        return "samen kost naar verwachting ongeveer evenveel als alleen"
    amount = euro_about(abs(verdict.saving.mean), verdict.saving.error)
    word = "minder" if share > 0 else "meer"
    return f"samen kost naar verwachting {amount} per jaar {word} dan alleen ({percent(abs(share))})"


def attractive(findings: Findings, verdict: VerdictFinding) -> str:
    """Say in the motion's word whether it is financially attractive, with the chance behind it."""
    study = findings.study
    return (
        f"{MOTION_ATTRACTIVE[verdict.attractive]}; {difference(verdict)}. De kans op een besparing van ten "
        f"minste {percent(study.materiality)} is {chance_about(verdict.material, verdict.material_error)}; "
        f"gevraagd is {percent(study.chance)}."
    )


def compared(service: ServiceFinding) -> str:
    """Name what each would do alone, and today; advise it where sharing is not worth it."""
    verdict = service.verdict
    ways = [f"{label} ({_municipalities(count)})" for label, count in verdict.comparators]
    first = verdict.comparators[0][0]
    told = enumerate_names(ways) if len(ways) > 1 else f"{first}, voor allemaal"
    advice = f" Advies: {first}." if STANCES[verdict.outcome] == "bad" else ""
    return (
        f"de goedkoopste weg alleen: {told}. De kans dat samen goedkoper is dan nu, is "
        f"{chance(verdict.cheaper, verdict.cheaper_error)}.{advice}"
    )


def _municipalities(count: int) -> str:
    return "één gemeente" if count == 1 else f"{count_in_words(count)} gemeenten"


def quality(verdict: VerdictFinding) -> str:
    """Say what becomes clearly better and what clearly worse."""
    better = enumerate_names([CRITERIA_NOUNS[key] for key in verdict.better])
    worse = enumerate_names([CRITERIA_NOUNS[key] for key in verdict.worse])
    told = [f"duidelijk beter: {better}" if better else "niets wordt duidelijk beter"]
    if worse:
        told.append(f"duidelijk slechter: {worse}")
    return f"{'; '.join(told)}."


def conditions(found: ConditionsFinding, draws: int) -> str:
    """Tell the box in which the verdict would be better."""
    when = enumerate_names([limit(each) for each in found.box.limits])
    return (
        f"als {when}, is samen {VERDICTS[found.outcome]} in {dense(found.box, draws)} van de "
        f"doorrekeningen. Aan deze voorwaarden voldoet {within(found.box, draws)} van alle doorrekeningen."
    )


def missing(verdict: VerdictFinding) -> str:
    """Say which answer is worth most before a choice, and what knowing everything would be worth."""
    if verdict.ceiling < LEAST / 2 * verdict.alone.mean:
        return "geen antwoord dat de keuze tussen samen en alleen nog kan veranderen."
    ceiling = (
        "wie alle antwoorden had, kon beter kiezen; dat scheelt gemiddeld "
        f"{euro_about(verdict.ceiling, verdict.ceiling_error)} per jaar."
    )
    if not verdict.answers:
        return f"{ceiling} Geen enkel antwoord verandert de keuze in zijn eentje."
    first = verdict.answers[0]
    worth = euro_about(first.value, first.error)
    return f"{ceiling} Het meest scheelt ‘{first.label}’: {worth} per jaar. {how_to_find_out(first)}"


def how_to_find_out(answer: AnswerFinding) -> str:
    """Say how a missing answer can be had."""
    return answer.find_out or "Vraag het in de nulmeting."


def municipal(findings: Findings, service: ServiceFinding, own: MunicipalVerdict) -> str:
    """Tell one municipality's verdict beside the region's."""
    same = own.group == service.verdict.codes
    where = (
        "" if same else f", in de groep die voor ons volgens Shapley het best is ({who(findings, own.group)})"
    )
    share = abs(own.saving_share)
    word = "goedkoper" if own.saving_share > 0 else "duurder"
    cost = f"{percent(share)} {word} dan" if share >= SAME else "ongeveer even duur als"
    return (
        f"{VERDICTS[own.outcome]}{where}: {aloud(service.verdict, own)}. Bij de sleutel "
        f"‘{KEYS_SHORT[service.verdict.key]}’ is samen voor ons {cost} alleen. Bij "
        f"{len(own.gains) or 'geen'} van de {own.keys} sleutels is samen voor ons goedkoper."
    )


def aloud(verdict: VerdictFinding, own: MunicipalVerdict) -> str:
    """Set a municipality's verdict beside the region's: ``goed voor de regio, nadelig voor ons``."""
    region, us = STANCES[verdict.outcome], STANCES[own.outcome]
    told = f"{FOR_REGION[region]} voor de regio"
    return f"{told} en voor ons" if region == us else f"{told}, {FOR_US[us]} voor ons"


def turning(verdict: VerdictFinding) -> str:
    """Say how far each threshold must move, by itself, before the verdict is another."""
    moved = [(each, _far_enough(each, verdict)) for each in verdict.thresholds]
    told = [
        f"als {THRESHOLDS[each.threshold].format(quantity(value, 'deel'))} "
        f"(nu {quantity(each.now, 'deel')}): {VERDICTS[each.outcome]}"
        for each, value in moved
        if value >= LEAST
    ]
    if not told:
        return "geen van de drempels verandert dit oordeel in zijn eentje."
    return f"{'; '.join(told)}."


def _far_enough(each: ThresholdFinding, verdict: VerdictFinding) -> float:
    """The threshold's value in the digits that the draws support, rounded away from what it is now."""
    alone = verdict.alone.mean
    error = {
        "chance": verdict.material_error,
        "materiality": (verdict.saving.p90 - verdict.saving.p10) / 40 / alone,
        "answer": max((answer.error for answer in verdict.answers), default=0.0) / alone,
    }.get(each.threshold, verdict.saving.error / alone)
    finest = 0.01 if each.threshold == "chance" or each.value > 0.1 else LEAST
    unit = 10.0 ** math.floor(math.log10(max(2 * error, finest)))
    steps = round(each.value / unit, 9)
    return (math.floor(steps) if each.value < each.now else math.ceil(steps)) * unit


def levels(service: ServiceFinding) -> str:
    """Say whether the verdict is another at another level."""
    verdict = service.verdict
    other = [each for each in verdict.levels if each.outcome != verdict.outcome]
    if not other:
        return "bij de andere niveaus is het oordeel hetzelfde."
    return f"{'; '.join(f'{each.label}: {VERDICTS[each.outcome]}' for each in other)}."


@dataclass(frozen=True)
class Summary:
    """One service's verdict in the motion's words, for the region and for the study's viewpoint."""

    key: str
    short: str
    words: str
    feasible: str
    attractive: str
    ours: str


def summary(findings: Findings) -> list[Summary]:
    """The verdicts on all services, side by side."""
    return [
        Summary(
            key=service.key,
            short=service.short,
            words=VERDICTS[service.verdict.outcome],
            feasible=MOTION_FEASIBLE[service.verdict.feasible],
            attractive=MOTION_ATTRACTIVE[service.verdict.attractive],
            ours=VERDICTS[ours(findings, service.verdict).outcome],
        )
        for service in findings.services
    ]


def rows(findings: Findings, service: ServiceFinding) -> list[tuple[str, str, str, str, str]]:
    """Every player's verdict: name, verdict, what together does to its cost, its chance, and the keys."""
    return [
        (
            members(findings, each.codes),
            VERDICTS[each.outcome],
            f"{decimal(100 * each.saving_share, sign=True)} %",
            chance_of(each.chance, findings.study.draws),
            f"{len(each.gains)} van {each.keys}",
        )
        for each in service.verdict.municipalities
    ]
