"""When joining costs least, in words: for everyone, and for one municipality itself."""

from collections.abc import Iterator

from marke.calendar import Month
from marke.dutch import enumerate_names, euro, month
from marke.findings.calendar import JoiningFinding, OwnMonths


def rests_on(joining: JoiningFinding) -> str:
    """Say what the shared months rest on."""
    found = []
    if joining.told is not None:
        found.append(f"{joining.told} gemeenten met een contract dat afloopt")
    if joining.replacements is not None:
        found.append(f"{joining.replacements} gemeenten die iets moeten vervangen")
    told = enumerate_names([*found, "het begrotingsjaar"]) if found else "het begrotingsjaar alleen"
    return told if joining.vacancies is None else f"{told}; {joining.vacancies} gemeenten met een vacature"


def own_months(joining: OwnMonths) -> str:
    """Say which months are cheapest for a municipality, and why as far as it told."""
    firsts = [month(each.first) for each in joining.months]
    told = f"{enumerate_names(firsts)}; er is geen contract of vervanging bekend"
    if joining.known:
        told = "; ".join(", ".join(_month(each)) for each in joining.months)
    return f"{told}. U hebt een vacature." if joining.vacancy else f"{told}."


def _month(each: Month) -> Iterator[str]:
    yield month(each.first)
    yield f"{euro(each.double)} dubbel" if each.double else "niets dubbel"
    if each.running:
        yield f"{each.running} {'contract loopt' if each.running == 1 else 'contracten lopen'} nog"
    if each.avoided:
        yield "voor een vervanging"
