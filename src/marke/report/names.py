"""How services, forms, groups and municipalities are named."""

from collections.abc import Sequence

from marke.dutch import enumerate_names
from marke.findings.model import About, Findings, GroupFinding, ServiceFinding, VariantFinding

MOST_NAMES = 4
"""A group of more municipalities is told by its number."""


def name(service: ServiceFinding) -> str:
    """Name a service the way the motion does, or else by its label."""
    return service.motion or service.label


def everyone(service: ServiceFinding) -> VariantFinding:
    """Return the variant that is cheapest for all together."""
    return next(variant for variant in service.variants if variant.key == service.everyone)


def told(service: ServiceFinding) -> GroupFinding:
    """Return the group the answer is about: all together when nobody gains, else the best group."""
    return everyone(service).everyone if service.answer == "dearer" else service.best


def who(findings: About, codes: Sequence[str]) -> str:
    """Name a group: ``alle 14 gemeenten``, up to four names, or their number."""
    count = len(codes)
    if count == len(findings.municipalities):
        return f"alle {count} gemeenten"
    if count > MOST_NAMES:
        return f"een groep van {count} gemeenten"
    return members(findings, codes)


def members(findings: About, codes: Sequence[str]) -> str:
    """Name all municipalities of a group."""
    return enumerate_names([m.name for m in findings.municipalities if m.code in codes])


def short_form(service: ServiceFinding, variant: str) -> str:
    """Name the form of a variant in a word or two."""
    return next(each.short for each in service.variants if each.key == variant)


def seen_from(findings: Findings, code: str) -> Findings:
    """Return findings as another municipality of the region reads them: what is called ours is its own."""
    name = next(m.name for m in findings.municipalities if m.code == code)
    study = findings.study.model_copy(update={"viewpoint": name, "viewpoint_code": code})
    return findings.model_copy(update={"study": study})
