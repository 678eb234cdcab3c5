"""Shapley value and potential: what players add, on average, to the cost of those before them."""

from functools import lru_cache
from math import comb

import numpy as np

from marke.games.lattice import SMALL, Floats, members_of, players_of, rows_of, shape_of, sizes


def shapley_weights(players: int) -> Floats:
    """u(T) = gamma(|T| - 1) + gamma(|T|), gamma(s) = s! (n - s - 1)! / n!, gamma(n) = 0; shape (2^n,).

    With these, phi_i = sum over T containing i of u(T) c(T) - b with one b for all i; u(empty) = 0.
    """
    gamma = np.array([1 / (players * comb(players - 1, s)) for s in range(players)] + [0.0])
    by_size = np.concatenate([[0.0], gamma[:-1] + gamma[1:]])
    return by_size[sizes(players)]


KEPT = 20
"""Up to this many players the weights are kept: making them takes longer than a fold."""

_kept_weights = lru_cache(maxsize=KEPT)(shapley_weights)


def _weights(players: int) -> Floats:
    """``shapley_weights`` that are not to be written in."""
    return _kept_weights(players) if players <= KEPT else shapley_weights(players)


def shapley(cost: Floats) -> Floats:
    """Shapley value of a cost game, (..., 2^n) -> (..., n) (Shapley 1953), by folding the lattice.

    Raises as ``players_of``; NaN for a game with infinite costs.
    """
    players = shape_of(cost)
    rows = rows_of(cost)
    value = _folded(rows, players) if cost.size <= SMALL else _folded_fast(rows, players)
    if not np.isfinite(value).all():
        players_of(cost)
        value[~np.isfinite(value).all(axis=-1)] = np.nan
    return value.reshape(*cost.shape[:-1], players)


def _folded(rows: Floats, players: int) -> Floats:
    rest = rows * _weights(players)
    value = np.empty((len(rows), players))
    for player in range(players - 1, -1, -1):
        lower, upper = np.split(rest, 2, axis=-1)
        value[:, player] = upper.sum(axis=-1)
        rest = lower + upper
    with np.errstate(invalid="ignore"):
        value -= (value.sum(axis=-1, keepdims=True) - rows[:, -1:]) / players
    return value


def _folded_fast(rows: Floats, players: int) -> Floats:
    from marke.games.compiled.fold import shapley_rows

    value = np.empty((len(rows), players))
    shapley_rows(rows, _weights(players), np.empty(rows.shape[1]), value)
    return value


def potential(cost: Floats) -> Floats:
    """Potential P of a cost game, (..., 2^n) -> (..., 2^n) (Hart and Mas-Colell 1989).

    P(S) = (c(S) + sum over i in S of P(S without i)) / |S|; the Shapley value of the subgame on S gives i
    P(S) - P(S without i). Raises as ``players_of``.
    """
    players = players_of(cost)
    rows = rows_of(cost)
    result = _layered(rows, players) if cost.size <= SMALL else _layered_fast(rows)
    return result.reshape(cost.shape)


def _layered(rows: Floats, players: int) -> Floats:
    size = sizes(players)
    result = np.zeros_like(rows)
    for count in range(1, players + 1):
        layer = np.flatnonzero(size == count)
        total = rows[:, layer].copy()
        for player in range(players):
            has = (layer >> player) & 1 == 1
            total[:, has] += result[:, layer[has] ^ (1 << player)]
        result[:, layer] = total / count
    return result


def _layered_fast(rows: Floats) -> Floats:
    from marke.games.compiled.fold import potential_rows

    result = np.empty_like(rows)
    potential_rows(rows, result)
    return result


def shapley_of(potentials: Floats, mask: int) -> Floats:
    """Shapley value of the subgame on coalition ``mask`` from its potential: (..., 2^n) -> (..., n).

    NaN for players outside it.
    """
    players = potentials.shape[-1].bit_length() - 1
    value = np.full((*potentials.shape[:-1], players), np.nan)
    for player in members_of(mask):
        value[..., player] = potentials[..., mask] - potentials[..., mask ^ (1 << player)]
    return value
