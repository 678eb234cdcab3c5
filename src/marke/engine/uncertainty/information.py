"""What an answer is worth: how much better one would choose between together and alone when it is known."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from marke.engine.draws import Floats
from marke.engine.explore import standard_error

DEGREE = 3


@dataclass(frozen=True)
class Worth:
    """What knowing something is worth before a choice, with its standard error, in the unit of the saving."""

    value: float
    error: float


def value_of_knowing(known: Floats, saving: Floats) -> Worth:
    """Expected gain of knowing ``known`` (D,) before choosing between a ``saving`` (D,) and 0; never below 0.

    The expected value of partial perfect information. What is expected of the saving given the input is a
    cubic in the input's normal scores (a regression metamodel: Strong, Oakley and Brennan 2014). Nothing for
    an input that does not vary.
    """
    if np.ptp(known) == 0:
        return Worth(0.0, 0.0)
    scores = ndtri((_ranks(known) - 0.5) / known.size)
    powers = np.vander(scores, DEGREE + 1)
    weights, *_ = np.linalg.lstsq(powers, saving, rcond=None)
    return value_of_knowing_all(powers @ weights)


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


def value_of_knowing_all(saving: Floats) -> Worth:
    """Expected gain of knowing everything before choosing: the ceiling of any answer's value.

    It is what the choice that is best in expectation still loses: E[max(saving, 0)] - max(E[saving], 0).
    """
    lost = np.maximum(-saving if saving.mean() > 0 else saving, 0)
    return Worth(float(lost.mean()), float(standard_error(lost)))
