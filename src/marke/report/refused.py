"""What follows when one says no, in sentences for members of the region: it names who is hit."""

from collections.abc import Iterator, Mapping

from marke.dutch import enumerate_names, euro_about, percent
from marke.findings.model import ServiceFinding
from marke.findings.refusal import Refusal, Remaining

UNKNOWN = "Wat dit voor de anderen betekent, is niet doorgerekend: maak een nieuwe berekening zonder hen."


def refused(found: Refusal, service: ServiceFinding, names: Mapping[str, str]) -> Iterator[str]:
    """Tell who goes on, what changes for them, and which groups are left; ``names`` by CBS code."""
    gone = _names(found.gone, names)
    verb = "doet" if len(found.gone) == 1 else "doen"
    if found.needed:
        yield f"Zonder {_names(found.needed, names)} kan deze vorm niet: het pad van de regio stopt hier."
    elif found.stops:
        yield f"{gone} {verb} niet mee en er blijft geen groep over: het pad van de regio stopt hier."
    else:
        yield f"{gone} {verb} niet mee. Verder gaan: {_names(found.remains, names)}."
        yield from _moved(found, names)
    if found.groups:
        best = "; ".join(_group(each, service, names) for each in found.groups)
        yield f"Groepen zonder {gone} die naar verwachting besparen: {best}."
    else:
        yield f"Zonder {gone} bespaart geen doorgerekende groep naar verwachting geld."


def _moved(found: Refusal, names: Mapping[str, str]) -> Iterator[str]:
    move = found.move
    if move is None:
        yield UNKNOWN
        return
    if move.others > 0:
        hit = f"; het meest {_names(move.hit, names)}, {euro_about(max(move.most, 0))}"
        yield f"De anderen betalen samen {euro_about(move.others)} per jaar meer{hit}."
    else:
        yield f"De anderen betalen samen {euro_about(-move.others)} per jaar minder."
    word = "meer" if move.own > 0 else "minder"
    yield f"{_names(found.gone, names)} alleen: {euro_about(abs(move.own))} per jaar {word} dan samen."


def _group(each: Remaining, service: ServiceFinding, names: Mapping[str, str]) -> str:
    variant = next(v for v in service.variants if v.key == each.variant)
    return f"{_names(each.codes, names)} ({variant.short}, {percent(each.saving)} van de kosten alleen)"


def _names(codes: tuple[str, ...], names: Mapping[str, str]) -> str:
    return enumerate_names([names[code] for code in codes])
