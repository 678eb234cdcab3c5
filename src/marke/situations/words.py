"""A situation in sentences: what is told first, and what a change does."""

from marke.dutch import (
    KEYS_SHORT,
    capital,
    chance_of,
    count_in_words,
    enumerate_names,
    euro_rounded,
    percent,
)
from marke.situations.desk import Desk, Sheet
from marke.situations.difference import Difference
from marke.situations.lines import turns
from marke.situations.look import Quick
from marke.situations.situation import OWN_KEY, Situation

NAMED = 3
"""So many municipalities are named; more are counted."""


def summary(sheet: Sheet, quick: Quick) -> str:
    """What a situation costs and saves, how sure that is, and who gains: one or two sentences."""
    if quick.size < 2 or quick.mask.bit_count() < 2:
        return "Niemand werkt samen: ieder betaalt wat het alleen kost. Kies ten minste twee gemeenten."
    who = "alle gemeenten" if quick.mask == sheet.everyone else f"{count_in_words(quick.size)} gemeenten"
    head = f"{capital(sheet.case.service.short)} met {who}, {sheet.variant(quick.situation.variant).short}"
    if quick.cost is None or quick.saving is None:
        return f"{head}: wordt doorgerekend."
    share = percent(abs(quick.saving) / quick.alone, 1)
    turn = "minder" if quick.saving > 0 else "meer"
    told = f"{head}: {euro_rounded(abs(quick.saving))} per jaar {turn} dan ieder apart ({share})."
    if quick.chances:
        told += f" Kans dat samen goedkoper is: {chance_of(quick.chances.cheaper, sheet.draws)}."
    return told


def winners(quick: Quick) -> str:
    """How many gain and lose; "" as long as that is not known."""
    if quick.size < 2 or any(line.cost is None for line in quick.lines):
        return ""
    gaining, losing, even = turns(quick.lines)
    if quick.size in (gaining, losing):
        turn = "minder" if gaining else "meer"
        return f"Alle {count_in_words(quick.size)} deelnemers betalen {turn} dan alleen."
    parts = ((gaining, "minder dan alleen"), (losing, "meer dan alleen"), (even, "ongeveer evenveel"))
    told = [f"{count_in_words(count)} {_pay(count)} {turn}" for count, turn in parts if count]
    return f"{capital(enumerate_names(told))}."


def _pay(count: int) -> str:
    return "betaalt" if count == 1 else "betalen"


def changed(sheet: Sheet, found: Difference) -> str:
    """What the last change does to those who were in and still are; "" when nothing is known to change."""
    parts = []
    if found.left:
        parts.append(f"{_names(sheet, found.left)} {_does(found.left)} niet meer mee")
    if found.joined:
        parts.append(f"{_names(sheet, found.joined)} {_does(found.joined)} nu mee")
    head = capital(" en ".join(parts))
    amount = found.rest if parts else found.cost
    if amount is None:
        return f"{head}." if parts else ""
    if abs(amount) < 1:
        return f"{head}. Dat maakt voor de anderen geen verschil." if parts else ""
    told = f"samen {euro_rounded(abs(amount))} per jaar {'meer' if amount > 0 else 'minder'}"
    return f"{head}: de anderen betalen dan {told}." if parts else f"Met deze keuze betalen allen {told}."


def described(desk: Desk, situation: Situation) -> str:
    """A situation in a line: the service, how many take part, in which form, and how it is divided."""
    sheet = desk.sheet(situation.service)
    count = len(situation.members)
    who = "alle gemeenten" if situation.members == sheet.codes(sheet.everyone) else f"{count} gemeenten"
    form = sheet.variant(situation.variant).short
    return f"{capital(sheet.case.service.short)} met {who}, {form}; {division(situation)}"


def division(situation: Situation) -> str:
    """How a situation divides what is joint."""
    key = "eigen percentages" if situation.key == OWN_KEY else KEYS_SHORT[situation.key]
    foot = f", na een vaste voet van {percent(situation.foot)}" if situation.foot else ""
    grown = f", met {situation.dampening} jaar ingroei" if situation.dampening else ""
    return key + foot + grown


def _names(sheet: Sheet, codes: frozenset[str]) -> str:
    if len(codes) > NAMED:
        return f"{count_in_words(len(codes))} gemeenten"
    return enumerate_names([sheet.names[code] for code in sorted(codes)])


def _does(codes: frozenset[str]) -> str:
    return "doet" if len(codes) == 1 else "doen"
