"""What a public document may carry of the findings: typed, and by name, so that nothing new slips in.

Left out are who would rather stand apart, who is indispensable, what one municipality pays today or has
answered, and how groups are offered to members (docs/documents.md).
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from marke.calendar import Event
from marke.findings.judged import EvidenceStudyFinding, GateFinding
from marke.findings.model import (
    FigureFinding,
    Findings,
    MunicipalityFinding,
    RuleFinding,
    ServiceFinding,
    StudyFinding,
    VariantFinding,
)
from marke.findings.part import Amount, Given, Part
from marke.findings.uncertainty import Influence
from marke.findings.verdict import Attractive, Feasible, Outcome, VerdictFinding

SCHEMA_VERSION = 1

FOUND = Given("de bevindingen van de run, die zeggen hoe het is berekend")
"""What is stated here is stated there, and derived there."""


class PublicVariant(Part):
    """One joint form with all municipalities: euro a year, and ``one_off`` once."""

    key: str
    label: str
    basis: str
    earliest: Annotated[tuple[date, date, date], FOUND]
    cost: Annotated[Amount, FOUND]
    saving: Annotated[Amount, FOUND]
    chance: Annotated[float, FOUND]
    chance_error: Annotated[float, FOUND]
    one_off: Annotated[Amount, FOUND]


class PublicShare(Part):
    """What one municipality bears under one key beside its cost alone, euro a year."""

    code: str
    key: str
    equivalent: Annotated[float, FOUND]
    alone: Annotated[float, FOUND]


class PublicContribution(Part):
    """What one municipality contributes: whole euros in the years of the budget, and in a structural year."""

    code: str
    amounts: Annotated[tuple[int | None, ...], FOUND]


class PublicVerdict(Part):
    """The verdict for the region; fields as in ``VerdictFinding``."""

    outcome: Annotated[Outcome, FOUND]
    feasible: Annotated[Feasible, FOUND]
    attractive: Annotated[Attractive, FOUND]
    variant: str
    label: str
    codes: Annotated[tuple[str, ...], FOUND]
    saving: Annotated[Amount, FOUND]
    saving_share: Annotated[float, FOUND]
    material: Annotated[float, FOUND]
    material_error: Annotated[float, FOUND]
    cheaper: Annotated[float, FOUND]
    better: Annotated[tuple[str, ...], FOUND]
    worse: Annotated[tuple[str, ...], FOUND]
    start: Annotated[date, FOUND]
    unsettled: Annotated[tuple[str, ...], FOUND]
    deciding: Annotated[tuple[str, ...], FOUND]
    forbidding: Annotated[tuple[str, ...], FOUND]
    lost: Annotated[float, FOUND]
    key: str


class PublicService(Part):
    """One service: totals of the region, every form, shares under every key, and contributions by year."""

    key: str
    label: str
    level: str
    norm: str
    overlaps: Annotated[bool, FOUND]
    today: Annotated[Amount, FOUND]
    alone: Annotated[Amount, FOUND]
    everyone: str
    variants: tuple[PublicVariant, ...]
    shares: tuple[PublicShare, ...]
    contribution_key: str
    contribution_years: Annotated[tuple[int, ...], FOUND]
    contributions: tuple[PublicContribution, ...]
    verdict: PublicVerdict
    gates: tuple[GateFinding, ...]
    influences: tuple[Influence, ...]


class PublicFindings(Part):
    """The findings as anyone may see them."""

    public_schema_version: Annotated[int, FOUND]
    marke_version: str
    study: StudyFinding
    municipalities: tuple[MunicipalityFinding, ...]
    services: tuple[PublicService, ...]
    figures: tuple[FigureFinding, ...]
    rules: tuple[RuleFinding, ...]
    evidence: tuple[EvidenceStudyFinding, ...]
    events: Annotated[tuple[Event, ...], FOUND]
    answers_given: Annotated[int, FOUND]
    answers_possible: Annotated[int, FOUND]
    assumed: Annotated[float, FOUND]


def public_findings(findings: Findings) -> PublicFindings:
    """Take from the findings what anyone may see.

    Raises ValueError for findings that rest on one municipality's own answers: these have no public part.
    """
    if findings.study.viewer:
        raise ValueError("findings of one viewer have no public extract")
    return PublicFindings(
        public_schema_version=SCHEMA_VERSION,
        marke_version=findings.marke_version,
        study=findings.study,
        municipalities=findings.municipalities,
        services=tuple(map(_service, findings.services)),
        figures=findings.figures,
        rules=findings.rules,
        evidence=findings.evidence.studies,
        events=tuple(event for event in findings.calendar.events if not event.code),
        answers_given=findings.answers_given,
        answers_possible=findings.answers_possible,
        assumed=findings.assumed,
    )


def _service(service: ServiceFinding) -> PublicService:
    ledger = service.ledger
    judged = next(v for v in service.variants if v.key == service.verdict.variant)
    return PublicService(
        key=service.key,
        label=service.label,
        level=service.level,
        norm=service.norm,
        overlaps=service.overlaps,
        today=service.today,
        alone=service.alone,
        everyone=service.everyone,
        variants=tuple(map(_variant, service.variants)),
        shares=tuple(_shares(service)),
        contribution_key=ledger.key,
        contribution_years=ledger.book.years,
        contributions=tuple(
            PublicContribution(code=code, amounts=ledger.book.amounts(code, "structural", "contribution"))
            for code in ledger.book.codes
        ),
        verdict=_verdict(service.verdict),
        gates=judged.gates,
        influences=service.uncertainty[0].influences,
    )


def _variant(variant: VariantFinding) -> PublicVariant:
    group = variant.everyone
    return PublicVariant(
        key=variant.key,
        label=variant.label,
        basis=variant.basis,
        earliest=variant.earliest,
        cost=group.cost,
        saving=group.saving,
        chance=group.chance,
        chance_error=group.chance_error,
        one_off=group.one_off,
    )


def _shares(service: ServiceFinding) -> Iterator[PublicShare]:
    everyone = next(v.everyone for v in service.variants if v.key == service.everyone)
    for burden in everyone.burdens:
        yield PublicShare(code=burden.code, key=burden.key, equivalent=burden.equivalent, alone=burden.alone)


def _verdict(verdict: VerdictFinding) -> PublicVerdict:
    return PublicVerdict(**{name: getattr(verdict, name) for name in PublicVerdict.model_fields})
