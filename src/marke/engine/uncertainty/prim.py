"""Scenario discovery with the patient rule induction method: the box of inputs in which a case is common.

Friedman and Fisher (1999) peel a little off a box at a time; Bryant and Lempert (2010) judge the boxes on
that path by *coverage* (the part of all cases that lies in the box), *density* (the part of the box that is a
case) and the number of inputs it restricts. Works on plain arrays.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtrc

from marke.engine.draws import Floats

PEEL = 0.05
"""The part of a box that one step peels off."""
LEAST = 0.05
"""A box holds at least this part of all draws: a smaller one says little."""
QUASI_P = 0.05
"""A restriction that chance would explain more often than this is dropped."""
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Limit:
    """A restriction of input ``place`` to [low, high]; an end that does not bind is infinite.

    ``quasi_p`` is how often chance alone would make the box as dense as it is without this restriction.
    """

    place: int
    low: float
    high: float
    quasi_p: float


@dataclass(frozen=True)
class Box:
    """Limits that hold together, the part of all cases inside, and the part of the inside that is one."""

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    support: float


def in_box(inputs: Floats, box: Box) -> Truths:
    """Which of the draws of ``inputs`` (J, N) lie in a box: (N,)."""
    bounds = np.tile([-np.inf, np.inf], (len(inputs), 1))
    for limit in box.limits:
        bounds[limit.place] = limit.low, limit.high
    return _inside(inputs, bounds)


def find_box(inputs: Floats, case: Truths, *, density: float, most: int) -> Box:
    """Find the box that covers most cases at a ``density`` or more, restricting at most ``most`` inputs.

    ``inputs`` is (J, N), ``case`` (N,). Where peeling does not get that dense, the densest box on its path
    is given instead. Limits that this density does not need, or that chance would explain, are dropped; they
    are told, and therefore judged, in the decade of one peel.
    """
    densest, wanted = np.tile([-np.inf, np.inf], (len(inputs), 1)), float(case.mean())
    units = _units(inputs)
    for exact in _peel(inputs, case, most):
        bounds = np.round(exact / units) * units
        inside = _inside(inputs, bounds)
        if inside.mean() >= LEAST and _dense(inside, case) > wanted:
            densest, wanted = bounds, min(_dense(inside, case), density)
        if wanted >= density:
            break
    return _told(inputs, case, _without_idle(inputs, case, densest, wanted))


def _peel(inputs: Floats, case: Truths, most: int) -> Iterator[Floats]:
    """Yield bounds (J, 2), each a little narrower than the one before: always the densest step.

    Once ``most`` inputs are restricted, only these are restricted further.
    """
    bounds = np.tile([-np.inf, np.inf], (len(inputs), 1))
    orders = np.argsort(inputs, axis=1, kind="stable")
    yield bounds.copy()
    while orders.shape[1] * (1 - PEEL) >= LEAST * case.size:
        restricted = np.isfinite(bounds).any(axis=1)
        free = np.flatnonzero(restricted) if restricted.sum() >= most else np.arange(len(inputs))
        steps = [step for j in free for step in _steps(inputs[j][orders[j]], case[orders[j]], int(j))]
        if not steps:
            return
        _, place, end, limit = max(steps)
        bounds[place, end] = limit
        row = inputs[place]
        kept = row >= limit if end == 0 else row <= limit
        orders = np.stack([order[kept[order]] for order in orders])
        yield bounds.copy()


def _steps(row: Floats, case: Truths, place: int) -> Iterator[tuple[float, int, int, float]]:
    """The two ways to peel a box along one input, sorted: (density after, input, low or high end, limit).

    Equal values are peeled together, and never all of them.
    """
    count, cut = row.size, max(1, int(PEEL * row.size))
    start = int(np.searchsorted(row, row[cut], "left")) or int(np.searchsorted(row, row[cut], "right"))
    stop = int(np.searchsorted(row, row[-1 - cut], "right"))
    if stop == count:
        stop = int(np.searchsorted(row, row[-1 - cut], "left"))
    if start < count:
        yield float(case[start:].mean()), place, 0, float(row[start])
    if stop > 0:
        yield float(case[:stop].mean()), place, 1, float(row[stop - 1])


def _inside(inputs: Floats, bounds: Floats) -> Truths:
    bound = np.flatnonzero(np.isfinite(bounds).any(axis=1))
    within = (inputs[bound] >= bounds[bound, :1]) & (inputs[bound] <= bounds[bound, 1:])
    return np.asarray(within.all(axis=0))


def _dense(inside: Truths, case: Truths) -> float:
    return float(case[inside].mean()) if inside.any() else 0.0


def _without_idle(inputs: Floats, case: Truths, bounds: Floats, density: float) -> Floats:
    """Drop ends that the density does not need, the one that then covers most first, and chance's doing."""
    while True:
        wider = []
        for place, end in np.argwhere(np.isfinite(bounds)):
            freed = bounds.copy()
            freed[place, end] = (-np.inf, np.inf)[end]
            inside = _inside(inputs, freed)
            if _dense(inside, case) >= density or _quasi_p(inputs, case, bounds, place) > QUASI_P:
                wider.append((int(case[inside].sum()), freed))
        if not wider:
            return bounds
        bounds = max(wider, key=lambda pair: pair[0])[1]


def _quasi_p(inputs: Floats, case: Truths, bounds: Floats, place: int) -> float:
    """Chance of at least as many cases in the box if it were no denser than without one input's limits.

    A one-sided binomial test; *quasi*, since the box was chosen on the same draws (Bryant and Lempert 2010).
    """
    freed = bounds.copy()
    freed[place] = -np.inf, np.inf
    inside = _inside(inputs, bounds)
    found, base = int(case[inside].sum()), _dense(_inside(inputs, freed), case)
    return 1.0 if found == 0 else float(bdtrc(found - 1, int(inside.sum()), base))


def _told(inputs: Floats, case: Truths, bounds: Floats) -> Box:
    inside = _inside(inputs, bounds)
    limits = tuple(
        Limit(int(j), float(bounds[j, 0]), float(bounds[j, 1]), _quasi_p(inputs, case, bounds, int(j)))
        for j in np.flatnonzero(np.isfinite(bounds).any(axis=1))
    )
    coverage = float(case[inside].sum() / case.sum())
    return Box(limits, coverage, _dense(inside, case), float(inside.mean()))


def _units(inputs: Floats) -> Floats:
    """The decade of the part of every input's range that one peel takes: (J, 1); no limit is finer known."""
    ranges = np.ptp(inputs, axis=1, keepdims=True)
    return np.asarray(10.0 ** np.floor(np.log10(np.where(ranges > 0, PEEL * ranges, 1.0))))
