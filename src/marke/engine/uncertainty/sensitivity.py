"""Which figures matter: first-order sensitivity, with intervals, from the draws that are there already."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from marke.engine.draws import Draws, Floats
from marke.study import REPLICATES

BINS = 32
SURE = 0.95
"""The part of repeated runs in which an interval holds the truth."""


@dataclass(frozen=True)
class Effect:
    """The share of the outcome's variance that a figure explains on its own, with its interval."""

    figure: str
    share: float
    low: float
    high: float


def first_order(draws: Draws, outcome: Floats, figures: Iterable[str]) -> list[Effect]:
    """Work out the effect of each drawn figure on an outcome (D,), largest first.

    Figures without draws of their own are left out; of an outcome that does not vary nothing is explained.
    """
    drawn = [key for key in figures if draws.figures[key].dim is not None]
    if outcome.size < 8 * REPLICATES or np.ptp(outcome) == 0:
        return []
    effects = [Effect(key, *effect(draws.order(key), outcome)) for key in drawn]
    return sorted(effects, key=lambda each: -each.share)


def explained(values: Floats, outcome: Floats) -> float:
    """Share of the variance of an outcome (D,) that an input with draws ``values`` (D,) explains on its own.

    Nothing of one that does not vary, or of too few draws to tell.
    """
    if outcome.size < 8 * REPLICATES or np.ptp(outcome) == 0:
        return 0.0
    order = np.argsort(values.reshape(REPLICATES, -1), axis=1, kind="stable").astype(np.int32)
    return effect(order, outcome)[0]


def effect(order: NDArray[np.int32], outcome: Floats) -> tuple[float, float, float]:
    """Share of the variance of an outcome (D,) that one figure explains, and its interval.

    ``order`` (REPLICATES, D / REPLICATES) sorts the figure's draws within every replicate.
    Var(E[Y | X]) / Var(Y) over 32 equally filled bins of X, fewer below 2,048 draws (Plischke, Borgonovo and
    Smith 2013), less what the means of the bins vary by chance, as they do between replicates; never below 0.
    The interval is that of Student's t on the jackknife over replicates (Tukey 1958).
    """
    block = order.shape[1]
    bins = min(BINS, block // 4)
    size = block // bins
    ordered = np.take_along_axis(outcome.reshape(REPLICATES, -1), order, axis=1)[:, : bins * size]
    means = ordered.reshape(REPLICATES, bins, size).mean(axis=2) - outcome.mean()
    sums, squares = means.sum(axis=0), (means**2).sum(axis=0)
    whole = float(_between(sums, squares, REPLICATES)) / outcome.var()
    without = _between(sums - means, squares - means**2, REPLICATES - 1) / outcome.var()
    error = np.sqrt((REPLICATES - 1) * np.mean((without - without.mean()) ** 2))
    reach = float(error * stdtrit(REPLICATES - 1, (1 + SURE) / 2))
    return max(0.0, whole), max(0.0, whole - reach), min(1.0, max(0.0, whole + reach))


def _between(sums: Floats, squares: Floats, count: int) -> Floats:
    """Variance between bins from the sums and squares (..., bins) of ``count`` replicates' means of each.

    What the mean of a bin varies between replicates is taken off.
    """
    means = sums / count
    noise = (squares / count - means**2) / (count - 1)
    return np.asarray(means.var(axis=-1) - noise.mean(axis=-1))
