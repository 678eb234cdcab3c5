"""How alike the municipalities work, from the names of the suites that they named."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from marke.catalogue import Catalogue
from marke.files import fold
from marke.study import Study

SUITES = tuple(f"suites.{kind}" for kind in ("zaken", "burgerzaken", "sociaal", "financien", "kantoor"))
"""The questions of the intake that ask for the name of a suite."""

Suites = Mapping[str, str]
"""The suites of one municipality: product name by kind of suite."""


def suites_of(study: Study, code: str) -> Suites:
    """The suites that a municipality named, as far as they may be seen."""
    found = ((kind, study.baseline.text(code, kind)) for kind in SUITES)
    return {kind: name for kind, name in found if name}


def likeness(named: Sequence[Suites]) -> float | None:
    """Share of equal pairs of municipalities, in [0, 1], over the kinds of suite that all of them named.

    Names are compared without capitals and accents. None when there is no pair, or no kind that all named.
    """
    pairs = len(named) * (len(named) - 1) / 2
    if not pairs:
        return None
    kinds = set.intersection(*({kind for kind, name in each.items() if name} for each in named))
    if not kinds:
        return None
    shares = []
    for kind in kinds:
        counts = Counter(fold(each[kind]) for each in named)
        shares.append(sum(count * (count - 1) / 2 for count in counts.values()) / pairs)
    return sum(shares) / len(shares)


def with_likeness(catalogue: Catalogue, share: float | None) -> Catalogue:
    """Move the mode of homogeneity to the place in its range that the share of equal pairs says.

    The range stays: suites of the same name can still be set up in different ways.
    """
    if share is None:
        return catalogue
    key = catalogue.common.homogeneity
    figure = catalogue.figures[key]
    moved = figure.model_copy(
        update={
            "mode": figure.low + share * (figure.high - figure.low),
            "status": "derived",
            "note": f"Volgt uit de genoemde pakketten: {share:.0%} van de paren gemeenten heeft hetzelfde.",
        }
    )
    return replace(catalogue, figures={**catalogue.figures, key: moved})


def as_alike_as(study: Study, catalogue: Catalogue) -> Catalogue:
    """The catalogue with the homogeneity that follows from the suites of the study's municipalities."""
    named = [suites_of(study, m.code) for m in study.region.municipalities]
    return with_likeness(catalogue, likeness(named))
