"""Which figures matter: first-order sensitivity from the draws that are there already."""

from collections.abc import Mapping

import numpy as np

from marke.engine.draws import Draws, Floats

BINS = 32


def first_order(draws: Draws, outcome: Floats) -> Mapping[str, float]:
    """Share of the outcome's variance that each drawn figure explains on its own, largest first.

    Var(E[Y | X]) / Var(Y) over 32 equally filled bins of X, fewer below 512 draws (Plischke, Borgonovo and
    Smith 2013), corrected for what pure chance gives that many bins; never below 0. ``outcome`` is (D,).
    """
    total = outcome.var()
    bins = min(BINS, outcome.size // 16)
    if total == 0 or bins < 2:
        return {}
    count = outcome.size // bins
    shares: dict[str, float] = {}
    for key, figure in draws.figures.items():
        if figure.dim is None:
            continue
        ordered = outcome[np.argsort(draws[key], kind="stable")][: count * bins]
        between = ordered.reshape(bins, count).mean(axis=1).var() / total
        shares[key] = max(0.0, float((between - bins / outcome.size) / (1 - bins / outcome.size)))
    return dict(sorted(shares.items(), key=lambda item: -item[1]))
