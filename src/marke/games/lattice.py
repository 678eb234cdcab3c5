"""Arrays over all coalitions: sums, sizes, the Shapley value and its potential, blocking groups."""

from math import comb

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def players_of(cost: Floats) -> int:
    """Return n for a game whose last axis has 2^n entries.

    Raises ValueError when the length is not a power of two, a value is NaN, or entry 0 is not 0.
    """
    size = cost.shape[-1]
    if size < 2 or size & (size - 1):
        raise ValueError(f"a game needs 2^n entries with n >= 1, not {size}")
    if np.isnan(cost).any():
        raise ValueError("a game cannot hold NaN")
    if np.any(cost[..., 0] != 0):
        raise ValueError("entry 0, the empty coalition, must be 0")
    return size.bit_length() - 1


def subset_sums(weights: Floats) -> Floats:
    """Sum of the members' weights for every coalition: (..., n) -> (..., 2^n), by doubling."""
    sums = np.zeros((*weights.shape[:-1], 1))
    for player in range(weights.shape[-1]):
        sums = np.concatenate([sums, sums + weights[..., player, None]], axis=-1)
    return sums


def sizes(players: int) -> NDArray[np.intp]:
    """Number of members of every coalition, shape (2^n,)."""
    return subset_sums(np.ones(players)).astype(np.intp)


def shapley_weights(players: int) -> Floats:
    """u(T) = gamma(|T| - 1) + gamma(|T|), gamma(s) = s! (n - s - 1)! / n!, gamma(n) = 0; shape (2^n,).

    With these, phi_i = sum over T containing i of u(T) c(T) - b with one b for all i; u(empty) = 0.
    """
    gamma = np.array([1 / (players * comb(players - 1, s)) for s in range(players)] + [0.0])
    by_size = np.concatenate([[0.0], gamma[:-1] + gamma[1:]])
    return by_size[sizes(players)]


def shapley(cost: Floats) -> Floats:
    """Shapley value of a cost game, (..., 2^n) -> (..., n) (Shapley 1953), by folding the lattice.

    Raises ValueError for an array that is no game.
    """
    players = players_of(cost)
    rest = cost * shapley_weights(players)
    value = np.empty((*cost.shape[:-1], players))
    for player in range(players - 1, -1, -1):
        lower, upper = np.split(rest, 2, axis=-1)
        value[..., player] = upper.sum(axis=-1)
        rest = lower + upper
    surplus = (value.sum(axis=-1) - cost[..., -1]) / players
    return np.asarray(value - surplus[..., None])


def potential(cost: Floats) -> Floats:
    """Potential P of a cost game, (2^n,) -> (2^n,) (Hart and Mas-Colell 1989).

    P(S) = (c(S) + sum over i in S of P(S without i)) / |S|; the Shapley value of the subgame on S gives i
    P(S) - P(S without i). Raises ValueError for an array that is no game.
    """
    players = players_of(cost)
    size = sizes(players)
    result = np.zeros_like(cost)
    masks = np.arange(cost.size)
    for count in range(1, players + 1):
        layer = masks[size == count]
        total = cost[layer].copy()
        for player in range(players):
            has = (layer >> player) & 1 == 1
            total[has] += result[layer[has] ^ (1 << player)]
        result[layer] = total / count
    return result


def shapley_of(potentials: Floats, mask: int) -> Floats:
    """Shapley value of the subgame on coalition ``mask`` from its potential: shape (n,), NaN outside it."""
    players = potentials.size.bit_length() - 1
    value = np.full(players, np.nan)
    for player in range(players):
        if mask >> player & 1:
            value[player] = potentials[mask] - potentials[mask ^ (1 << player)]
    return value


def most_blocking(cost: Floats, allocation: Floats) -> tuple[int, float]:
    """The proper coalition that gains most by standing apart: its mask and x(S) - c(S).

    ``cost`` (2^n,), ``allocation`` (n,), both in euro. A gain of at most 0 means that nobody blocks.
    Raises ValueError for an array that is no game; a one-player game has no proper coalition: (0, 0.0).
    """
    if players_of(cost) == 1:
        return 0, 0.0
    excess = subset_sums(allocation) - cost
    mask = 1 + int(np.argmax(excess[1:-1]))
    return mask, float(excess[mask])
