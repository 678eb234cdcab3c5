"""Arrays over all coalitions: what a game is, sums over members, sizes, savings, envelope, subgames."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from marke.games.errors import PLAYERS_AT_MOST, NotAGameError, TooManyPlayersError

Floats = NDArray[np.float64]

SMALL = 1 << 12
"""Up to this many entries numpy does the work, so that small games need no compiled code to be loaded."""


def shape_of(cost: Floats) -> int:
    """Return n for an array shaped like a game, without looking at its values beyond entry 0.

    Raises NotAGameError unless ``cost`` is a float64 array with 2^n entries, n >= 1, on its last axis and
    entry 0 equal to 0; TooManyPlayersError above 24 players.
    """
    if not isinstance(cost, np.ndarray):
        raise NotAGameError(f"a game is a numpy array, not {type(cost).__name__}")
    if cost.dtype != np.float64:
        raise NotAGameError(f"a game is an array of float64, not {cost.dtype}")
    size = cost.shape[-1] if cost.ndim else 0
    if size < 2 or size & (size - 1):
        raise NotAGameError(f"a game needs 2^n entries with n >= 1, not {size}")
    players = int(size).bit_length() - 1
    if players > PLAYERS_AT_MOST:
        raise TooManyPlayersError(players)
    if np.any(cost[..., 0] != 0):
        raise NotAGameError("entry 0, the empty coalition, must be 0")
    return players


def players_of(cost: Floats) -> int:
    """Return n for a game whose last axis has 2^n entries.

    Raises NotAGameError (a ValueError) when ``cost`` is not an array of float64, its length is not a power of
    two, a value is NaN or minus infinity, or entry 0 is not 0; TooManyPlayersError above 24 players. Plus
    infinity is a coalition that cannot form.
    """
    players = shape_of(cost)
    least = cost.min() if cost.size else 0.0
    if np.isnan(least):
        raise NotAGameError("a game cannot hold NaN")
    if least == -np.inf:
        raise NotAGameError("a game cannot hold minus infinity")
    return players


def one_game(cost: Floats) -> int:
    """Return n for a single game (2^n,); raises as ``players_of``, and NotAGameError for leading axes."""
    players = players_of(cost)
    if cost.ndim != 1:
        raise NotAGameError(f"this takes one game with one axis, not an array of shape {cost.shape}")
    return players


def allocation_of(allocation: Floats, players: int) -> Floats:
    """Return ``allocation`` as float64 (..., n); NotAGameError when it has another length."""
    result = np.asarray(allocation, dtype=np.float64)
    if result.ndim == 0 or result.shape[-1] != players:
        raise NotAGameError(f"the last axis needs {players} entries, one a player, not shape {result.shape}")
    return result


def rows_of(array: Floats) -> Floats:
    """Flatten the leading axes: (..., m) -> (k, m), contiguous and writable, copied only where needed."""
    flat = np.ascontiguousarray(array).reshape(-1, array.shape[-1])
    return flat if flat.flags.writeable else flat.copy()


def subset_sums(weights: Floats) -> Floats:
    """Sum of the members' weights for every coalition: (..., n) -> (..., 2^n), by doubling."""
    players = weights.shape[-1]
    if players > PLAYERS_AT_MOST:
        raise TooManyPlayersError(players)
    sums = np.zeros((*weights.shape[:-1], 1 << players))
    for player in range(players):
        size = 1 << player
        np.add(sums[..., :size], weights[..., player, None], out=sums[..., size : 2 * size])
    return sums


def sizes(players: int) -> NDArray[np.intp]:
    """Number of members of every coalition, shape (2^n,)."""
    if players > PLAYERS_AT_MOST:
        raise TooManyPlayersError(players)
    return np.bitwise_count(np.arange(1 << players)).astype(np.intp)


def alone(cost: Floats) -> Floats:
    """Cost of every player on its own, (..., 2^n) -> (..., n)."""
    return np.asarray(cost[..., 1 << np.arange(shape_of(cost))])


def separable(cost: Floats) -> Floats:
    """Separable cost c(N) - c(N without i), (..., 2^n) -> (..., n)."""
    rest = cost.shape[-1] - 1 - (1 << np.arange(shape_of(cost)))
    return np.asarray(cost[..., -1:] - cost[..., rest])


def savings(cost: Floats) -> Floats:
    """The savings game v(S) = sum over S of c(i) - c(S), (..., 2^n) -> (..., 2^n); profit, not cost.

    NaN where a player cannot stand alone (infinite cost). Raises as ``players_of``.
    """
    players_of(cost)
    with np.errstate(invalid="ignore"):
        result = subset_sums(alone(cost))
        return np.subtract(result, cost, out=result)


def lower_envelope(costs: Floats) -> Floats:
    """Cheapest of several games per coalition: (v, ..., 2^n), v games on the first axis -> (..., 2^n).

    Raises as ``players_of``, and NotAGameError when there is no first axis or it is empty.
    """
    players_of(costs)
    if costs.ndim < 2 or costs.shape[0] == 0:
        raise NotAGameError("the lower envelope needs games stacked on a first axis, at least one")
    return np.asarray(costs.min(axis=0))


def members_of(mask: int) -> list[int]:
    """Players in coalition ``mask``, in ascending order."""
    return [player for player in range(int(mask).bit_length()) if mask >> player & 1]


def subgame(cost: Floats, mask: int) -> Floats:
    """The game among the members of ``mask``, (..., 2^n) -> (..., 2^p), players in the same order.

    Raises as ``players_of``, and NotAGameError when ``mask`` is empty or no coalition of the game.
    """
    players_of(cost)
    if not 0 < mask < cost.shape[-1]:
        raise NotAGameError(f"{mask} is no coalition of a game with {cost.shape[-1]} entries")
    bits = np.array([1 << player for player in members_of(mask)], dtype=np.float64)
    return np.asarray(cost[..., subset_sums(bits).astype(np.intp)])


def check_structure(structure: Sequence[int], players: int) -> None:
    """Raise NotAGameError unless the masks of ``structure`` divide all players into disjoint groups."""
    seen = 0
    for mask in structure:
        if mask <= 0 or mask >> players or seen & mask:
            raise NotAGameError(f"group {mask} is empty, holds an unknown player or overlaps another group")
        seen |= mask
    if seen != (1 << players) - 1:
        raise NotAGameError(f"no group holds player {members_of(~seen & ((1 << players) - 1))[0]}")
