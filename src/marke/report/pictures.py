"""The pictures of one service, each drawn with a Dutch title and a description in words."""

from collections.abc import Callable
from dataclasses import dataclass

from marke import charts
from marke.dutch import (
    capital,
    chance,
    decimal,
    enumerate_names,
    euro,
    euro_band,
    euro_supported,
    month,
    number,
    percent,
    supported,
)
from marke.findings.model import About, Amount, GroupFinding, ServiceFinding, VariantFinding
from marke.findings.uncertainty import BoxFinding, UncertaintyFinding
from marke.report.certainty import about, dense, event, limit, share, within
from marke.report.names import everyone, who


@dataclass(frozen=True)
class Picture:
    """A chart: ``draw`` gives markup in which all text is escaped, ``caption`` says what to look for."""

    draw: Callable[[], str]
    title: str
    caption: str


def drawn(spec: charts.Spec, title: str, caption: str, description: str) -> Picture:
    """Draw a chart with its title, what to look for, and its description in words."""
    return Picture(charts.start(spec, title, description), title, caption)


def band(amount: Amount) -> str:
    """Format an amount's band from P10 to P90."""
    return euro_band(amount.p10, amount.p90)


def yardsticks(findings: About, service: ServiceFinding, group: GroupFinding) -> Picture:
    """Draw today, alone and together of one group with their bands."""
    kind = "best" if group.codes != everyone(service).everyone.codes else "together"
    rows = [
        charts.Row("nu (schatting)", "today", group.today),
        charts.Row("alleen", "alone", group.alone),
        charts.Row("samen", kind, group.cost),
    ]
    people = who(findings, group.codes)
    told = "; ".join(
        f"{r.label} {euro_supported(r.amount.mean, r.amount.error)}, P10 tot P90 {band(r.amount)}"
        for r in rows
    )
    return drawn(
        charts.intervals(rows),
        f"{capital(service.short)}: nu, alleen en samen voor {people}",
        f"{capital(people)}, samen als {group.label}. De stip is de verwachting. De streep loopt van P10 tot "
        "P90: in acht van de tien doorrekeningen ligt het bedrag daarbinnen.",
        f"Euro per jaar. {told}.",
    )


def coalitions(service: ServiceFinding, variant: VariantFinding) -> Picture:
    """Draw all coalitions of one variant behind the best and the middle one of each size."""
    total = sum(size.count for size in variant.sizes if size.size > 1)
    best = max((s for s in variant.sizes if s.size > 1), key=lambda s: s.best_saving)
    saves = share_that_saves(variant)
    sampled = service.method.kind == "sampled"
    which = "een steekproef van de" if sampled else "alle"
    return drawn(
        charts.coalitions(variant),
        f"{capital(service.short)}: {which} groepen, als {variant.short}",
        f"{capital(which)} groepen van twee of meer spelers ({decimal(total)}), als {variant.label}. Hoe "
        "donkerder een vakje, hoe meer groepen daar uitkomen. Boven de lijn is samen goedkoper dan alleen: "
        f"dat geldt voor {saves}.",
        f"Besparing als deel van de kosten alleen, tegen het aantal spelers. De beste groep telt {best.size} "
        f"spelers en bespaart {percent(best.best_saving)}.",
    )


def costs(service: ServiceFinding, variant: VariantFinding) -> Picture:
    """Draw cost per inhabitant against group size, with all coalitions as a band."""
    one, every = variant.sizes[0], variant.sizes[-1]
    return drawn(
        charts.costs(variant),
        f"{capital(service.short)}: kosten per inwoner en omvang van de groep, als {variant.short}",
        f"Wat het per inwoner kost, tegen het aantal spelers, als {variant.label}. In het grijze vlak "
        "liggen alle bekeken groepen van die omvang, van de goedkoopste tot de duurste; de vierkantjes zijn "
        "de middelste groep.",
        f"De middelste speler alleen kost {euro(one.median, decimals=2)} per inwoner; iedereen samen kost "
        f"{euro(every.median, decimals=2)}.",
    )


def share_that_saves(variant: VariantFinding) -> str:
    """Say in words which part of all coalitions has an expected saving."""
    share = variant.saving_positive
    if share == 0:
        return "geen enkele groep"
    if share == 1:
        return "alle groepen"
    return f"{chance(share)} van de groepen"


def burdens(service: ServiceFinding, group: GroupFinding) -> Picture:
    """Draw what every municipality pays under every key, against alone."""
    return drawn(
        charts.burdens(group.burdens),
        f"{capital(service.short)}: kosten per gemeente bij vijf sleutels",
        f"Samen als {group.label}. Links van de zwarte streep is een gemeente goedkoper uit dan alleen, "
        "rechts duurder. De eenmalige kosten zijn hier over de jaren verdeeld.",
        "Per gemeente de jaarlijkse kosten samen bij vijf verdeelsleutels en de kosten alleen; de getallen "
        "staan in de tabel eronder.",
    )


def influences(service: ServiceFinding, finding: UncertaintyFinding) -> Picture:
    """Draw which figures carry the spread of the saving."""
    first = finding.influences[0]
    return drawn(
        charts.influences(finding.influences),
        f"{capital(service.short)}: welke cijfers de uitkomst bepalen",
        "Hoe verder de stip naar rechts, hoe meer de besparing van dit cijfer afhangt; de streep is de marge "
        "van deze schatting. Sommige cijfers hangen samen; daarom tellen de delen niet op tot "
        "100\N{NO-BREAK SPACE}%.",
        f"Het belangrijkste cijfer is {first.label}, met {share(first)} van de spreiding.",
    )


def tornado(service: ServiceFinding, finding: UncertaintyFinding) -> Picture:
    """Draw what each figure does alone to the saving when all others are at their likeliest value."""
    error = finding.saving.error
    told = "; ".join(
        f"{row.label}: van {euro_supported(row.at_low, error)} tot {euro_supported(row.at_high, error)}"
        for row in finding.swings[:3]
    )
    return drawn(
        charts.tornado(finding),
        f"{capital(service.short)}: wat één cijfer met de besparing doet",
        "Alle cijfers staan op hun meest waarschijnlijke waarde (de stippellijn), op één na: dat gaat van "
        "laag naar hoog. Links van 0 is samen duurder dan alleen. Dit is geen verwachting: tegenvallers zijn "
        "groter dan meevallers, en dat telt hier niet mee.",
        f"Besparing in euro per jaar. {told}.",
    )


@dataclass(frozen=True)
class Boxed:
    """A box with its picture and the caption of its table."""

    found: BoxFinding
    picture: Picture
    caption: str


def boxed(findings: About, service: ServiceFinding, finding: UncertaintyFinding) -> tuple[Boxed, ...]:
    """Draw every box of figures in which together pays, or costs more."""
    found, draws = [], findings.study.draws
    for each in finding.searches:
        for box in each.boxes:
            held = event(each, inside=True)
            inside = f"{event(each)} in {dense(box, draws)} van de doorrekeningen"
            when = enumerate_names([limit(row) for row in box.limits])
            picture = drawn(
                charts.boxes(box),
                f"{capital(service.short)}: wanneer geldt dat {held}",
                "Het dikke deel van iedere lijn hoort erbij. Ligt alles daarin, dan "
                f"{inside}. Dat komt in {within(box, draws)} van alle doorrekeningen voor.",
                f"Als {when}, dan {inside}.",
            )
            found.append(Boxed(box, picture, f"De grenzen waarbinnen {held}"))
    return tuple(found)


def lead_times(findings: About, service: ServiceFinding) -> Picture:
    """Draw when every form could start."""
    study = findings.study
    told = "; ".join(f"{v.short} waarschijnlijk {month(v.earliest[1])}" for v in service.variants)
    return drawn(
        charts.lead_time(service.variants, study.reference_date, study.wanted_start),
        f"{capital(service.short)}: wanneer elke vorm kan beginnen",
        "De ruit is de waarschijnlijke start. De streep loopt van de vroegste tot de laatste start.",
        f"{capital(told)}; gewenst {month(study.wanted_start)}.",
    )


def weighing(service: ServiceFinding) -> Picture:
    """Draw how often each possibility comes first, second and so on over all weights."""
    found = service.acceptability
    told = "; ".join(f"{each.short} {chance(each.ranks[0], each.error)}" for each in found.alternatives)
    return drawn(
        charts.acceptability(found),
        f"{capital(service.short)}: hoe vaak iedere mogelijkheid vooraan komt",
        "Iedere balk is een mogelijkheid. Hoe langer het donkere deel links, hoe vaker zij eerste wordt. "
        "Het lichtste deel is de laatste plaats.",
        f"Hoe vaak op de eerste plaats: {told}.",
    )


@dataclass(frozen=True)
class Pictures:
    """All pictures of one service; of ``clouds`` there is one a variant."""

    yardsticks: tuple[Picture, ...]
    clouds: tuple[tuple[VariantFinding, Picture], ...]
    costs: Picture
    burdens: Picture
    influences: Picture | None
    tornado: Picture | None
    boxes: tuple[Boxed, ...]
    lead_times: Picture
    weighing: Picture


def draw_all(findings: About, service: ServiceFinding) -> Pictures:
    """Begin to draw all pictures of one service."""
    together, best, sure = everyone(service), service.best, about(service)
    groups = [together.everyone] if best.codes == together.everyone.codes else [together.everyone, best]
    shown = [v for v in service.variants if v.key == best.variant and v != together]
    return Pictures(
        yardsticks=tuple(yardsticks(findings, service, group) for group in groups),
        clouds=tuple((variant, coalitions(service, variant)) for variant in (together, *shown)),
        costs=costs(service, together),
        burdens=burdens(service, together.everyone),
        influences=influences(service, sure) if sure.influences else None,
        tornado=tornado(service, sure) if sure.swings else None,
        boxes=boxed(findings, service, sure),
        lead_times=lead_times(findings, service),
        weighing=weighing(service),
    )


def per_inhabitant(group: GroupFinding) -> float:
    """Return the cost per inhabitant in the digits that the draws support."""
    return supported(group.per_inhabitant, group.cost.error * group.per_inhabitant / group.cost.mean)


def fte(group: GroupFinding) -> str:
    """Format the size of the joint team."""
    return f"{number(round(supported(group.team.mean, group.team.error), 1))}\N{NO-BREAK SPACE}fte"
