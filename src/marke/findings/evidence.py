"""The evidence as it is told, and what each reading of it would make of the answer."""

from collections.abc import Iterator

import numpy as np
from scipy.special import ndtri

from marke.catalogue import Catalogue, Figure
from marke.engine.burden import Group, make_group
from marke.engine.draws import Floats, quantile
from marke.engine.explore import Explored
from marke.findings.groups import amount, codes_of
from marke.findings.judged import (
    EvidenceFinding,
    EvidenceStudyFinding,
    PriorFinding,
    PriorOutcome,
    TensionFinding,
)
from marke.study import Study

Members = tuple[str, tuple[int, ...]]
"""A joint variant and the players in it."""


def evidence_finding(catalogue: Catalogue) -> EvidenceFinding:
    """Tell every study with its source, and both sides of every disagreement."""
    studies = catalogue.evidence.studies
    return EvidenceFinding(
        studies=tuple(
            EvidenceStudyFinding(
                key=key, source=catalogue.sources[each.source].title, **each.model_dump(exclude={"source"})
            )
            for key, each in studies.items()
        ),
        tensions=tuple(
            TensionFinding(
                one=tuple(studies[key].label for key in each.one),
                other=tuple(studies[key].label for key in each.other),
                **each.model_dump(exclude={"one", "other"}),
            )
            for each in catalogue.evidence.tensions
        ),
    )


def priors_finding(
    explored: Explored, study: Study, everyone: Members, best: Members
) -> tuple[PriorFinding, ...]:
    """What all together and the best group would save under every reading of the evidence."""
    case = explored.case
    groups = [make_group(case, *each) for each in (everyone, best)]
    found = []
    for key, label, reason, figure, used in _readings(explored, study):
        setback = setback_draws(explored, figure)
        outcomes = [_outcome(explored, group, setback) for group in groups]
        found.append(
            PriorFinding(
                key=key,
                label=label,
                reason=reason,
                low=figure.low,
                mode=figure.mode,
                high=figure.high,
                source=case.catalogue.sources[figure.source].title,
                used=used,
                everyone=outcomes[0],
                best=outcomes[1],
            )
        )
    return tuple(found)


def _readings(explored: Explored, study: Study) -> Iterator[tuple[str, str, str, Figure, bool]]:
    """Yield key, label, reason and figure of the service's own setback, the study's own, and each prior."""
    catalogue, key = explored.case.catalogue, explored.case.service.disappointment
    now, own = catalogue.figures[key], catalogue.replaced.get(key)
    table = study.settings.setback
    chosen = own is not None and now.status != "own answer"
    named = table.evidence if table is not None and chosen else ""
    yield "default", "de catalogus van marke", (own or now).note, own or now, own is None
    if own is not None and not named:
        yield "own", "eigen getallen van deze studie", now.note, now, True
    for name, prior in catalogue.evidence.priors.items():
        yield name, prior.label, prior.reason, catalogue.figures[prior.setback], name == named


def setback_draws(explored: Explored, figure: Figure) -> Floats:
    """The draws that a setback would have with another figure: each draw keeps its rank, (D,)."""
    from scipy.stats import rankdata  # heavy, and not needed to read a run

    drawn = explored.case.figure(explored.case.service.disappointment)
    if drawn.min() == drawn.max():
        drawn = np.random.default_rng(explored.case.draws.seed).random(drawn.size)
    return quantile(figure, ndtri((rankdata(drawn, "ordinal") - 0.5) / drawn.size))


def saving_with(explored: Explored, group: Group, setback: Floats) -> Floats:
    """A group's saving with another setback, (D,): only the charge and its VAT grow with 1 + setback."""
    case = explored.case
    before = 1 + case.figure(case.service.disappointment)
    grown = (group.charge.values + group.vat.values) * ((1 + setback) / before - 1)
    alone = explored.alone.cost[:, list(group.members)].sum(axis=1)
    return np.asarray(alone - group.total.values - grown)


def _outcome(explored: Explored, group: Group, setback: Floats) -> PriorOutcome:
    saving = saving_with(explored, group, setback)
    return PriorOutcome(
        codes=codes_of(explored.case, group.members),
        variant=group.variant,
        saving=amount(saving),
        chance=float((saving > 0).mean()),
    )
