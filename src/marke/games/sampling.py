"""Beyond the lattice: the Shapley value of a game that is only known as a function."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marke.games.errors import NotAGameError
from marke.games.lattice import Floats

LEAST_ORDERS = 30


@dataclass(frozen=True)
class SampledShapley:
    """An estimate: ``value`` and its standard ``error`` per player (n,), the number of ``orders`` drawn.

    ``reached`` tells whether every standard error is at most the tolerance asked for. The values add to c(N).
    """

    value: Floats
    error: Floats
    orders: int
    reached: bool


def shapley_sampled(
    evaluate: Callable[[NDArray[np.bool_]], Floats],
    players: int,
    *,
    tolerance: float,
    maximum: int = 10_000,
    batch: int = 16,
    seed: int = 0,
) -> SampledShapley:
    """Estimate the Shapley value from random orders of the players (Castro, Gomez and Tejada 2009).

    ``evaluate`` takes memberships (k, n) of k coalitions, none empty, and returns their costs (k,). Orders
    are drawn ``batch`` at a time (k = batch x n) until all standard errors are at most ``tolerance``
    (after 30 at least) or ``maximum`` orders are drawn. The same seed gives the same answer. Raises
    NotAGameError for senseless arguments and for costs that are NaN or of another shape.
    """
    if players < 1 or maximum < 2 or batch < 1 or not tolerance >= 0:
        raise NotAGameError("sampling needs players >= 1, maximum >= 2, batch >= 1 and tolerance >= 0")
    random = np.random.default_rng(seed)
    mean, squares, orders = np.zeros(players), np.zeros(players), 0
    error = np.full(players, np.inf)
    while orders < maximum:
        for added in _marginal(evaluate, players, min(batch, maximum - orders), random):
            orders += 1
            step = added - mean
            mean += step / orders
            squares += step * (added - mean)
        if orders > 1:
            error = np.sqrt(squares / (orders - 1) / orders)
        if orders >= min(LEAST_ORDERS, maximum) and error.max() <= tolerance:
            break
    return SampledShapley(mean, error, orders, bool(error.max() <= tolerance))


def _marginal(
    evaluate: Callable[[NDArray[np.bool_]], Floats], players: int, orders: int, random: np.random.Generator
) -> Floats:
    """What every player adds to those before it in random orders: (orders, n)."""
    turn = random.permuted(np.tile(np.arange(players), (orders, 1)), axis=1)
    place = np.argsort(turn, axis=1)
    members = place[:, None, :] <= np.arange(players)[:, None]
    cost = np.asarray(evaluate(members.reshape(-1, players)), dtype=np.float64)
    if cost.shape != (orders * players,):
        raise NotAGameError(f"the cost function returned shape {cost.shape}, not ({orders * players},)")
    if np.isnan(cost).any():
        raise NotAGameError("the cost function returned NaN")
    steps = np.diff(cost.reshape(orders, players), axis=1, prepend=0.0)
    return np.asarray(np.take_along_axis(steps, place, axis=1))
