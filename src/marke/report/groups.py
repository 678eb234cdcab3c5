"""What is told of groups: how they divide the region, how many were seen, and what they cost."""

from marke.dutch import chance_of, decimal, euro, euro_about
from marke.findings.model import Amount, Findings, GroupFinding, MethodFinding, ServiceFinding
from marke.findings.standing import StructureFinding
from marke.report.names import members, short_form, who

SAME = 0.01
"""Two amounts that differ by at most this share are told as about equal."""


def division(findings: Findings, service: ServiceFinding) -> str:
    """Tell in a sentence how the municipalities are divided into groups at the lowest expected cost.

    Empty where there are too many divisions to search.
    """
    structure = service.structure
    if structure is None:
        return ""
    joined = [group for group in structure.groups if group.variant]
    if not joined:
        return f"De goedkoopste verdeling in groepen is: niemand samen. {how_often(structure)}".rstrip()
    named = "; ".join(f"{members(findings, g.codes)} (als {short_form(service, g.variant)})" for g in joined)
    if len(joined[0].codes) == len(findings.municipalities):
        named = f"{who(findings, joined[0].codes)} samen (als {short_form(service, joined[0].variant)})"
    elif len(structure.groups) > len(joined):
        named += "; de andere gemeenten ieder voor zich"
    gain = euro_about(structure.alone - structure.cost)
    told = f"De goedkoopste verdeling in groepen is: {named}. Dat scheelt {gain} per jaar met alleen."
    return f"{told} {how_often(structure)}".rstrip()


def how_often(structure: StructureFinding) -> str:
    """Say in what share of the sampled draws the division is the cheapest one; empty without a sample."""
    if structure.frequency is None:
        return ""
    return (
        f"Van {structure.sample} doorrekeningen is dit in {chance_of(structure.frequency, structure.sample)} "
        "de goedkoopste verdeling."
    )


def seen(method: MethodFinding) -> str:
    """Say that the groups are a sample, and how large it is; empty when all groups were computed."""
    if method.kind == "exact":
        return ""
    return (
        f"Dit is een steekproef: {decimal(method.groups)} van de {decimal(method.possible)} groepen, ten "
        f"hoogste {method.per_size} willekeurige van iedere omvang en wat een zoektocht vond; een betere "
        f"groep kan zijn gemist. Shapley is geschat uit {decimal(method.orders or 0)} volgordes; de "
        f"standaardfout voor één deelnemer is ten hoogste {euro(method.error or 0)}."
    )


def combinations(service: ServiceFinding) -> int:
    """Count the combinations of group and form that were computed."""
    return sum(size.count for variant in service.variants for size in variant.sizes if size.size > 1)


def _compare(cost: Amount, other: Amount) -> str:
    if abs(cost.mean - other.mean) <= SAME * abs(other.mean):
        return "ongeveer even duur als"
    return "duurder dan" if cost.mean > other.mean else "goedkoper dan"


def compared(group: GroupFinding) -> str:
    """Put a group against both yardsticks: ``duurder dan nu, maar goedkoper dan alleen``."""
    today, alone = _compare(group.cost, group.today), _compare(group.cost, group.alone)
    return f"{today} nu{' en ook' if today == alone else ', maar'} {alone} alleen"
