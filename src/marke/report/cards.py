"""The verdict on every service as a card, for the first screen."""

from dataclasses import dataclass

from marke.dutch import VERDICTS, capital, chance_about, euro_about, month, percent
from marke.findings.model import Findings, ServiceFinding
from marke.report.groups import SAME
from marke.report.names import name, who

TONES = {"attractive": "attractive", "no_case": "dearer", "blocked": "dearer"}
"""How the card of a verdict looks; the other verdicts are ``uncertain``."""


@dataclass(frozen=True)
class Card:
    """The verdict on one service: ``tone`` is how it looks, the rest is text."""

    key: str
    tone: str
    name: str
    words: str
    amount: str
    chance: str
    start: str


def cards(findings: Findings) -> list[Card]:
    """Give the verdict on every service, for the cards on the first screen."""
    return [_card(findings, service) for service in findings.services]


def _card(findings: Findings, service: ServiceFinding) -> Card:
    verdict = service.verdict
    subject = capital(who(findings, verdict.codes))
    saving = verdict.saving.mean
    if abs(saving) < SAME * verdict.alone.mean:
        amount = f"{subject}: samen ongeveer even duur als alleen."
    else:
        word = "goedkoper" if saving > 0 else "duurder"
        amount = (
            f"{subject}: samen {euro_about(abs(saving), verdict.saving.error)} per jaar {word} dan alleen."
        )
    sure = chance_about(verdict.material, verdict.material_error)
    return Card(
        key=service.key,
        tone=TONES.get(verdict.outcome, "uncertain"),
        name=capital(name(service)),
        words=capital(VERDICTS[verdict.outcome]),
        amount=amount,
        chance=f"Kans op een besparing van {percent(findings.study.materiality)} of meer: {sure}.",
        start=start(findings, service),
    )


def start(findings: Findings, service: ServiceFinding) -> str:
    """Say whether the wanted start can be met in the form that the verdict is about."""
    wanted, likely = findings.study.wanted_start, service.verdict.start
    soon = next(v.earliest[0] for v in service.variants if v.key == service.verdict.variant)
    if likely <= wanted:
        return f"Starten in {month(wanted)} kan waarschijnlijk."
    how = "lukt alleen als alles meezit" if soon <= wanted else "lukt niet"
    return f"Starten in {month(wanted)} {how}; waarschijnlijk kan het vanaf {month(likely)}."
