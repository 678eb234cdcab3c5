"""Stochastic multicriteria acceptability analysis on plain arrays.

Which alternative comes first depends on the weights of the criteria and on uncertain scores. SMAA does not
ask for weights: it draws them all, and says how often each alternative comes first (Lahdelma, Hokkanen and
Salminen 1998), at which rank (SMAA-2: Lahdelma and Salminen 2001), and which weights favour it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TRIES = 64
"""Batches of weights that are tried before bounds are called too narrow."""


class TooNarrowError(ValueError):
    """The bounds and the order of the weights leave next to nothing."""


@dataclass(frozen=True)
class Acceptability:
    """The analysis of A alternatives on C criteria.

    ``ranks`` (A, A): share of draws in which an alternative has a rank, first to last; ``error`` (A,) the
    standard error of the first; ``central`` (A, C): the mean of the weights with which it comes first, NaN
    where it never does; ``confidence`` (A,): the share of draws in which it comes first with those weights.
    """

    ranks: Floats
    error: Floats
    central: Floats
    confidence: Floats

    @property
    def first(self) -> Floats:
        """How often each alternative comes first, (A,)."""
        return np.asarray(self.ranks[:, 0])


def draw_weights(
    count: int,
    criteria: int,
    seed: int,
    *,
    order: Sequence[int] = (),
    bounds: Floats | None = None,
) -> Floats:
    """Draw weights, (count, criteria), evenly over all that add to 1.

    Scrambled Sobol' points become exponentials that are made to add to 1, which is even on the simplex, and
    are put in random order, so that they pair with other quasi-random draws without pattern. ``order`` lists
    criteria from heavy to light; ``bounds`` (criteria, 2) are the least and largest weights. What the lower
    bounds leave over is divided evenly; weights above a bound or out of order are drawn again.
    Raises TooNarrowError when fewer than one in about 64 fits.
    """
    from scipy.stats import qmc  # heavy, and not needed to read a run

    generator = np.random.default_rng(seed)
    sobol = qmc.Sobol(criteria, rng=generator)
    low, high = (np.zeros(criteria), np.ones(criteria)) if bounds is None else bounds.T
    rest = 1.0 - low.sum()
    kept: list[Floats] = []
    found = 0
    for _ in range(TRIES):
        points = np.clip(sobol.random(_power_of_two(count)), np.finfo(float).tiny, None)
        weights = -np.log(points)
        weights = low + rest * weights / weights.sum(axis=1, keepdims=True)
        if bounds is None:
            weights[:, order] = -np.sort(-weights[:, order], axis=1)
        else:
            inside = (weights <= high + 1e-12).all(axis=1)
            falling = (np.diff(weights[:, order], axis=1) <= 1e-12).all(axis=1)
            weights = weights[inside & falling]
        kept.append(weights)
        found += len(weights)
        if found >= count:
            return np.asarray(generator.permutation(np.concatenate(kept))[:count])
    raise TooNarrowError(f"{found} of {count} weights fit")


def _power_of_two(count: int) -> int:
    return 1 << (count - 1).bit_length()


def rank_acceptability(values: Floats, weights: Floats, parts: int = 16) -> Acceptability:
    """Analyse partial values (D, A, C) in [0, 1], more is better, with one set of weights (D, C) a draw.

    An alternative's value is the weighted sum over the criteria. Of equal ones the first listed ranks higher.
    The standard error is that of the means of ``parts`` equal stretches of draws.
    """
    draws, alternatives, criteria = values.shape
    rank = _ranks(np.einsum("dac,dc->da", values, weights))
    ranks = np.stack([(rank == place).mean(axis=0) for place in range(alternatives)], axis=1)
    leads = (rank == 0).astype(np.float64)
    stretches = leads[: draws // parts * parts].reshape(parts, -1, alternatives).mean(axis=1)
    times = leads.sum(axis=0)
    central = np.full((alternatives, criteria), np.nan)
    some = times > 0
    central[some] = (leads.T @ weights)[some] / times[some, None]
    confidence = np.zeros(alternatives)
    for place in np.flatnonzero(some):
        score = values @ central[place]
        confidence[place] = (score.argmax(axis=1) == place).mean()
    return Acceptability(
        ranks, np.asarray(stretches.std(axis=0, ddof=1) / np.sqrt(parts)), central, confidence
    )


def _ranks(score: Floats) -> NDArray[np.intp]:
    """Rank (D, A) of every alternative in every draw, 0 for the best."""
    order = np.argsort(-score, axis=1, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(score.shape[1])[None, :], axis=1)
    return rank
