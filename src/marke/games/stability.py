"""Who would rather stand apart: excesses, core, blocking groups."""

import numpy as np
from numpy.typing import NDArray

from marke.games.lattice import SMALL, Floats, allocation_of, one_game, players_of, rows_of, subset_sums
from marke.games.lexicographic import least_core

TOLERANCE = 1e-6
"""Default for amounts that count as nothing, in the game's own unit (a euro's millionth part)."""


def excess(cost: Floats, allocation: Floats) -> Floats:
    """x(S) - c(S), what coalition S would gain by standing apart: (..., 2^n), (..., n) -> (..., 2^n).

    Leading axes are broadcast. Raises as ``players_of``, and NotAGameError for an allocation of another
    length.
    """
    players = players_of(cost)
    return np.asarray(subset_sums(allocation_of(allocation, players)) - cost)


Scan = tuple[NDArray[np.int64], Floats, NDArray[np.int64]]


def _scan(cost: Floats, allocation: Floats, tolerance: float) -> Scan:
    """Mask and gain of the most blocking proper coalition and the number of blocking ones, each (...)."""
    players = players_of(cost)
    shares = allocation_of(allocation, players)
    lead = np.broadcast_shapes(cost.shape[:-1], shares.shape[:-1])
    one = cost.size == cost.shape[-1]
    games = rows_of(
        cost if one or cost.shape[:-1] == lead else np.broadcast_to(cost, (*lead, cost.shape[-1]))
    )
    shares = rows_of(np.broadcast_to(shares, (*lead, players)))
    if players == 1:
        nothing = np.zeros(lead, dtype=np.int64)
        return nothing, np.zeros(lead), nothing
    scan = _scan_small if len(shares) * games.shape[-1] <= SMALL else _scan_fast
    masks, gains, counts = scan(games, shares, tolerance)
    return masks.reshape(lead), gains.reshape(lead), counts.reshape(lead)


def _scan_small(games: Floats, shares: Floats, tolerance: float) -> Scan:
    gains = (subset_sums(shares) - games)[:, 1:-1]
    masks = 1 + gains.argmax(axis=-1)
    return masks, gains.max(axis=-1), np.count_nonzero(gains > tolerance, axis=-1)


def _scan_fast(games: Floats, shares: Floats, tolerance: float) -> Scan:
    from marke.games.compiled.fold import scan_rows

    masks, counts = np.zeros(len(shares), dtype=np.int64), np.zeros(len(shares), dtype=np.int64)
    gains = np.zeros(len(shares))
    width = min(games.shape[1], 256)
    rows = games.reshape(len(games), -1, width)
    low, high, largest, blocking = (np.empty(size) for size in (width, rows.shape[1], width, width))
    scan_rows(rows, shares, tolerance, low, high, largest, blocking, masks, gains, counts)
    return masks, gains, counts


def most_blocking(cost: Floats, allocation: Floats) -> tuple[int, float]:
    """The proper coalition that gains most by standing apart: its mask and x(S) - c(S).

    ``cost`` (2^n,), ``allocation`` (n,). A gain of at most 0 means that nobody blocks. Of equal gains the
    lowest mask is given. A one-player game has no proper coalition: (0, 0.0). Raises as ``one_game``.
    """
    one_game(cost)
    mask, gain, _ = _scan(cost, allocation, TOLERANCE)
    return int(mask), float(gain)


def most_blocking_each(cost: Floats, allocation: Floats) -> tuple[NDArray[np.int64], Floats]:
    """``most_blocking`` over leading axes: (..., 2^n), (..., n) -> masks (...), gains (...), broadcast.

    Raises as ``players_of``.
    """
    mask, gain, _ = _scan(cost, allocation, TOLERANCE)
    return mask, gain


def blocking_count(cost: Floats, allocation: Floats, tolerance: float = TOLERANCE) -> NDArray[np.int64]:
    """Number of proper coalitions that gain more than ``tolerance``: (..., 2^n), (..., n) -> (...).

    Raises as ``players_of``.
    """
    return _scan(cost, allocation, tolerance)[2]


def in_core(cost: Floats, allocation: Floats, tolerance: float = TOLERANCE) -> NDArray[np.bool_]:
    """Whether c(N) is divided and no coalition gains more than ``tolerance``: (..., 2^n), (..., n) -> (...).

    The core of Gillies (1959) for tolerance 0, a strong epsilon-core (Shapley and Shubik 1966) above; of
    c(N), a difference of 1e-9 times its size is always allowed as rounding. Raises as ``players_of``.
    """
    _, gain, _ = _scan(cost, allocation, tolerance)
    total = cost[..., -1]
    paid = np.asarray(allocation, dtype=np.float64).sum(axis=-1)
    close = np.abs(paid - total) <= np.maximum(tolerance, 1e-9 * np.abs(total))
    return np.asarray((gain <= tolerance) & close)


def core_is_empty(cost: Floats, tolerance: float = TOLERANCE) -> NDArray[np.bool_]:
    """Whether every division leaves some coalition more than ``tolerance`` to gain, (..., 2^n) -> (...).

    By the least core, which is never empty (Bondareva 1963; Shapley 1967 give the dual). False for infinite
    costs, where it is not computed. Raises as ``players_of``.
    """
    return np.asarray(least_core(cost)[0] > tolerance)


def is_concave(cost: Floats, tolerance: float = TOLERANCE) -> NDArray[np.bool_]:
    """Whether what a player adds never rises with the group it joins, (..., 2^n) -> (...) (Shapley 1971).

    A concave cost game has a core, and its Shapley value lies in it. Raises as ``players_of``.
    """
    from marke.games.compiled.fold import concave_rows

    players_of(cost)
    rows = rows_of(cost)
    result = np.empty(len(rows), dtype=np.bool_)
    concave_rows(rows, tolerance, result)
    return result.reshape(cost.shape[:-1])
