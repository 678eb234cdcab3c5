"""Which possibility comes first over all weights and draws, and which weights favour it."""

from collections.abc import Mapping
from functools import cache

import numpy as np

from marke.acceptability import Acceptability, Floats, TooNarrowError, draw_weights, rank_acceptability
from marke.catalogue import Catalogue
from marke.catalogue.judgement import Criterion
from marke.dutch import enumerate_names
from marke.engine.explore import Explored
from marke.errors import InputError
from marke.findings.gates import forbidden
from marke.findings.judged import (
    AcceptabilityFinding,
    AlternativeFinding,
    CriterionFinding,
    GateFinding,
    ScoreFinding,
)
from marke.findings.scores import Alternative, Scored, alternatives, on_scale, score
from marke.study import REPLICATES, Study
from marke.weighing import WeightsTable

FAVOURED = 1.15
"""A criterion favours a possibility when it then weighs at least this many times its average weight."""


def acceptability_finding(
    explored: Explored, study: Study, gates: dict[str, tuple[GateFinding, ...]]
) -> AcceptabilityFinding:
    """Weigh all possibilities for one service; raises InputError when the study's weights leave no room."""
    criteria = explored.case.catalogue.criteria
    found = alternatives(explored, gates)
    scored = [[score(c, key, each, explored, study) for key, c in criteria.items()] for each in found]
    values = np.stack(
        [
            np.stack([on_scale(c, s.values) for c, s in zip(criteria.values(), row, strict=True)], axis=1)
            for row in scored
        ],
        axis=1,
    )
    weights = study_weights(study, explored.case.catalogue)
    result = rank_acceptability(values, weights, REPLICATES)
    means = values.mean(axis=0)
    rows = [
        _alternative(place, found[place], scored[place], means[place], result, weights, criteria)
        for place in np.argsort(-result.first, kind="stable")
    ]
    return AcceptabilityFinding(
        criteria=tuple(
            CriterionFinding(
                key=key,
                computed=criterion.measure is not None,
                **criterion.model_dump(
                    include={"label", "definition", "how", "unit", "worst", "best", "four_k"}
                ),
            )
            for key, criterion in criteria.items()
        ),
        alternatives=tuple(rows),
        samples=len(values),
        weights=_told(study.settings.weights, criteria),
    )


def study_weights(study: Study, catalogue: Catalogue) -> Floats:
    """The weights that a study leaves open, one set a draw: (D, criteria)."""
    table, keys = study.settings.weights, tuple(catalogue.criteria)
    order: tuple[int, ...] = ()
    bounds: tuple[tuple[float, float], ...] | None = None
    if table is not None:
        order = tuple(keys.index(key) for key in table.order)
        if table.bounds:
            bounds = tuple(table.bounds.get(key, (0.0, 1.0)) for key in keys)
    try:
        return _weights(study.settings.draws, len(keys), study.settings.seed, order, bounds)
    except TooNarrowError:
        raise InputError(
            "De grenzen en de volgorde van de gewichten laten bijna niets over.",
            where="[gewichten]",
            mend="Maak de grenzen ruimer, of laat de volgorde weg.",
        ) from None


@cache
def _weights(
    count: int,
    criteria: int,
    seed: int,
    order: tuple[int, ...],
    bounds: tuple[tuple[float, float], ...] | None,
) -> Floats:
    limits = None if bounds is None else np.array(bounds)
    return draw_weights(count, criteria, seed, order=order, bounds=limits)


def _alternative(
    place: int,
    each: Alternative,
    scored: list[Scored],
    means: Floats,
    result: Acceptability,
    weights: Floats,
    criteria: Mapping[str, Criterion],
) -> AlternativeFinding:
    central, average = result.central[place], weights.mean(axis=0)
    never = bool(np.isnan(central).any())
    keys = list(criteria)
    heavy = [] if never else [c for c in np.argsort(-central / average) if central[c] > FAVOURED * average[c]]
    bands = [np.quantile(s.values, [0.1, 0.9]) for s in scored]
    return AlternativeFinding(
        key=each.key,
        label=each.label,
        short=each.short,
        codes=each.codes,
        blocked=forbidden(each.gates),
        ranks=tuple(map(float, result.ranks[place])),
        error=float(result.error[place]),
        central=() if never else tuple(zip(keys, map(float, central), strict=True)),
        confidence=float(result.confidence[place]),
        favoured=tuple(keys[c] for c in heavy),
        scores=tuple(
            ScoreFinding(
                criterion=key,
                mean=float(s.values.mean()),
                p10=float(band[0]),
                p90=float(band[1]),
                value=float(value),
                reason=s.reason,
            )
            for key, s, band, value in zip(keys, scored, bands, means, strict=True)
        ),
    )


def _told(table: WeightsTable | None, criteria: Mapping[str, Criterion]) -> str:
    """Say in Dutch which weights were drawn."""
    if table is None or not (table.order or table.bounds):
        return "alle gewichten even vaak"
    said = []
    if table.order:
        said.append(f"van zwaar naar licht: {', '.join(criteria[key].label for key in table.order)}")
    if table.bounds:
        names = [criteria[key].label for key in table.bounds]
        said.append(f"met grenzen voor {enumerate_names(names)}")
    return "alleen gewichten " + " en ".join(said)
