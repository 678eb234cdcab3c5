"""Which figures matter: first-order sensitivity from the draws that are there already."""

from collections.abc import Mapping

import numpy as np

from marke.engine.draws import Draws, Floats

BINS = 32


def first_order(draws: Draws, outcome: Floats) -> Mapping[str, float]:
    """Share of the outcome's variance, (D,), that each drawn figure explains on its own, largest first."""
    drawn = [key for key, figure in draws.figures.items() if figure.dim is not None]
    shares = {key: explained(draws[key], outcome) for key in drawn}
    return dict(sorted(shares.items(), key=lambda item: -item[1]))


def explained(values: Floats, outcome: Floats) -> float:
    """Share of the variance of ``outcome`` (D,) that an input with draws ``values`` (D,) explains on its own.

    Var(E[Y | X]) / Var(Y) over 32 equally filled bins of X, fewer below 512 draws (Plischke, Borgonovo and
    Smith 2013), corrected for what pure chance gives that many bins; never below 0.
    """
    total = outcome.var()
    bins = min(BINS, outcome.size // 16)
    if total == 0 or bins < 2:
        return 0.0
    count = outcome.size // bins
    ordered = outcome[np.argsort(values, kind="stable")][: count * bins]
    between = ordered.reshape(bins, count).mean(axis=1).var() / total
    return max(0.0, float((between - bins / outcome.size) / (1 - bins / outcome.size)))
