"""How sure an outcome is, in sentences: what it hangs on, where it turns, when it holds, and two stresses."""

from collections.abc import Iterator

from marke.dutch import (
    chance_about,
    chance_of,
    enumerate_names,
    euro_about,
    per,
    percent,
    quantity,
    significant,
    supported,
)
from marke.findings.model import ServiceFinding
from marke.findings.uncertainty import BoxFinding, BoxLimit, BreakEven, Influence, Search, UncertaintyFinding

MATTERS = 0.05
"""A figure that explains less of the spread than this is not named."""
NAMED = 4


def about(service: ServiceFinding) -> UncertaintyFinding:
    """Return how sure the answer's own group is: all together when nobody gains, else the best group."""
    return service.uncertainty[0] if service.answer == "dearer" else service.uncertainty[-1]


def sentences(finding: UncertaintyFinding, draws: int) -> Iterator[str]:
    """Tell everything but the tables: ranking, boxes, stress and regret."""
    yield ranking(finding.influences)
    yield from (told for each in finding.searches if (told := search(each, draws)))
    yield half(finding)
    yield regret(finding)


def ranking(influences: tuple[Influence, ...]) -> str:
    """Rank the figures in words; those whose intervals overlap weigh about the same."""
    leading = [row for row in influences if row.share >= MATTERS][:NAMED]
    if not leading:
        return "Geen enkel cijfer bepaalt op zichzelf de uitkomst; het is de optelsom van vele."
    steps = [[leading[0]]]
    for row in leading[1:]:
        if row.high >= min(each.low for each in steps[-1]):
            steps[-1].append(row)
        else:
            steps.append([row])
    said = [_together(step) for step in steps]
    return f"De spreiding van de uitkomst hangt het meest af van {', daarna van '.join(said)}."


def _together(step: list[Influence]) -> str:
    each = enumerate_names([f"‘{row.label}’ ({share(row)})" for row in step])
    return each if len(step) == 1 else f"{each}, die ongeveer even zwaar wegen"


def share(row: Influence) -> str:
    """Tell an explained share with the digits that its interval supports."""
    return chance_about(row.share, row.error)


def search(found: Search, draws: int) -> str:
    """Tell in which box of figures together pays, or costs more; empty where that says nothing new."""
    pays, told = found.case == "pays", event(found)
    often = chance_of(found.share, draws)
    if found.outcome == "everywhere":
        return f"In {often} van de doorrekeningen {told}: dat hangt niet van één cijfer af."
    if found.outcome == "hardly":
        return f"Bijna nooit {told}: in {often} van de doorrekeningen. Geen voorwaarde helpt."
    if not found.boxes:
        return ""
    box = found.boxes[0]
    when = enumerate_names([limit(each) for each in box.limits])
    inside = f"dan {told} in {dense(box, draws)} van de doorrekeningen"
    cases = "met een besparing die telt" if pays else "waarin samen duurder is"
    tail = f"{inside}. Daarbinnen valt {covered(box, draws)} van alle doorrekeningen {cases}."
    if found.outcome == "none":
        return (
            f"Geen enkele combinatie van ten hoogste drie cijfers geeft {percent(found.wanted)} zekerheid. "
            f"Het dichtst daarbij: als {when}, {tail}"
        )
    return f"Als {when}, {tail}"


def dense(box: BoxFinding, draws: int) -> str:
    """The part of a box that is a case, as so few draws as lie in it support."""
    return chance_of(box.density, max(round(box.support * draws), 1))


def covered(box: BoxFinding, draws: int) -> str:
    """The part of all cases that lies in a box."""
    cases = box.density * box.support / box.coverage if box.coverage else 1.0
    return chance_of(box.coverage, max(round(cases * draws), 1))


def within(box: BoxFinding, draws: int) -> str:
    """The part of all draws that lies in a box."""
    return chance_of(box.support, draws)


def event(found: Search, *, inside: bool = False) -> str:
    """Name what a box is sought for; ``inside`` a sentence the verb comes last."""
    if found.case == "pays":
        return "samen een besparing oplevert die telt" if inside else "levert samen een besparing op die telt"
    return "samen duurder is dan alleen" if inside else "is samen duurder dan alleen"


def limit(row: BoxLimit) -> str:
    """Tell one limit of a box: ``‘tegenvaller’ onder 3 % ligt``."""
    low, high = (None if end is None else quantity(end, row.unit) for end in (row.low, row.high))
    if low and high:
        return f"‘{row.label}’ tussen {low} en {high}{per(row.unit)} ligt"
    return f"‘{row.label}’ {'boven' if low else 'onder'} {low or high}{per(row.unit)} ligt"


def turning(row: BreakEven, error: float) -> str:
    """Tell where the expected saving becomes 0 as one figure moves; ``error`` is the standard error of it."""
    if row.pays == "always":
        return "nergens tussen laag en hoog: samen blijft goedkoper"
    if row.pays == "never" or row.value is None:
        return "nergens tussen laag en hoog: samen blijft duurder"
    side = "boven" if row.pays == "above" else "onder"
    slope = abs(row.at_high - row.at_low) / (row.high - row.low)
    value = supported(significant(row.value, 2), error / slope)
    return f"samen is goedkoper {side} {quantity(value, row.unit)}{per(row.unit)}"


def half(finding: UncertaintyFinding) -> str:
    """Tell the stress in which the advantage comes for half and its price in full."""
    amount = finding.half
    word = "goedkoper" if amount.mean > 0 else "duurder"
    return (
        "Komt het voordeel van samenwerken maar voor de helft uit, en de prijs ervan (aansturing, "
        "opdrachtgeven, eenmalige kosten) helemaal, dan is samen "
        f"{euro_about(abs(amount.mean), amount.error)} per jaar {word} dan alleen; de kans op een "
        f"besparing is dan {chance_about(finding.half_chance, finding.half_chance_error)}."
    )


def regret(finding: UncertaintyFinding) -> str:
    """Tell what the wrong choice costs on average, and which choice is the safer one."""
    together, alone = finding.regret_together, finding.regret_alone
    safer = "samen" if together.mean < alone.mean else "alleen"
    return (
        "Spijt achteraf: wie voor samen kiest, betaalt gemiddeld "
        f"{euro_about(together.mean, together.error)} per jaar te veel; wie voor alleen kiest "
        f"{euro_about(alone.mean, alone.error)}. De veiligste keus voor het geld is {safer}."
    )
