"""What an answer is worth: how much better one would choose between together and alone when it is known."""

import numpy as np
from scipy.special import ndtri

from marke.engine.draws import Floats

DEGREE = 3


def value_of_knowing(known: Floats, saving: Floats) -> float:
    """Expected gain of knowing ``known`` (D,) before choosing, in the unit of ``saving`` (D,); never below 0.

    The expected value of partial perfect information of the choice between saving and 0. What is expected of
    the saving given the input is a cubic in the input's normal scores (a regression metamodel: Strong, Oakley
    and Brennan 2014). Nothing for an input that does not vary.
    """
    if np.ptp(known) == 0:
        return 0.0
    scores = ndtri((_ranks(known) - 0.5) / known.size)
    powers = np.vander(scores, DEGREE + 1)
    weights, *_ = np.linalg.lstsq(powers, saving, rcond=None)
    return max(0.0, float(np.maximum(powers @ weights, 0).mean() - max(saving.mean(), 0)))


def _ranks(values: Floats) -> Floats:
    """Ranks from 1, equal values at their average."""
    order = np.argsort(values)
    ordered = values[order]
    if (ordered[1:] == ordered[:-1]).any():
        from scipy.stats import rankdata  # heavy, and rarely needed

        return np.asarray(rankdata(values))
    ranks = np.empty(values.size)
    ranks[order] = np.arange(1.0, values.size + 1)
    return ranks


def value_of_knowing_all(saving: Floats) -> float:
    """Expected gain of knowing everything before choosing: the ceiling of any answer's value."""
    return float(np.maximum(saving, 0).mean() - max(saving.mean(), 0))
