"""Allocation keys from few coalitions, and any key within the groups of a structure."""

from collections.abc import Callable, Sequence

import numpy as np

from marke.games.lattice import (
    Floats,
    allocation_of,
    alone,
    check_structure,
    members_of,
    players_of,
    rows_of,
    separable,
    subgame,
)

ROUNDING = 1e-9


def equal(cost: Floats) -> Floats:
    """The same share of c(N) for everyone, (..., 2^n) -> (..., n). Raises as ``players_of``."""
    players = players_of(cost)
    return np.repeat(cost[..., -1:] / players, players, axis=-1)


def proportional(cost: Floats, weights: Floats) -> Floats:
    """c(N) in proportion to ``weights`` (..., n), (..., 2^n) -> (..., n).

    NaN where the weights add to 0. Raises as ``players_of``, and NotAGameError for weights of another length.
    """
    share = allocation_of(weights, players_of(cost))
    total = share.sum(axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(total != 0, cost[..., -1:] * (share / total), np.nan)


def proportional_to_alone(cost: Floats) -> Floats:
    """c(N) in proportion to everybody's cost alone, (..., 2^n) -> (..., n); NaN where those add to 0.

    Raises as ``players_of``.
    """
    return proportional(cost, alone(cost))


def separable_costs_remaining_benefits(cost: Floats) -> Floats:
    """SCRB: separable cost, and the rest in proportion to alone minus separable, (..., 2^n) -> (..., n).

    The rule of the U.S. Inter-Agency Committee (1950; Straffin and Heaney 1981), also called alternate cost
    avoided. Remaining benefits are not cut off at 0. NaN where they add to 0 and something is left to divide.
    Raises as ``players_of``.
    """
    players_of(cost)
    own = separable(cost)
    with np.errstate(divide="ignore", invalid="ignore"):
        benefit = alone(cost) - own
        rest = cost[..., -1:] - own.sum(axis=-1, keepdims=True)
        total = benefit.sum(axis=-1, keepdims=True)
        nothing = np.abs(rest) <= ROUNDING * np.abs(cost[..., -1:])
        return np.where(total != 0, own + rest * (benefit / total), np.where(nothing, own, np.nan))


def tau_value(cost: Floats) -> Floats:
    """Tau value of a cost game, (..., 2^n) -> (..., n) (Tijs 1981; for costs Driessen and Tijs 1985).

    The efficient point between m, the separable costs, and a, where a_i is the least c(S) - m(S without i)
    over S holding i. NaN where undefined: m_i > a_i for some i, or c(N) not between m(N) and a(N).
    Raises as ``players_of``.
    """
    from marke.games.compiled.fold import least_remainder_rows

    players = players_of(cost)
    total = cost[..., -1:]
    least = separable(cost)
    found = np.empty((least.size // players, players))
    least_remainder_rows(rows_of(cost), rows_of(least), np.empty(cost.shape[-1]), found)
    with np.errstate(invalid="ignore", divide="ignore"):
        most = found.reshape(least.shape) + least
        slack = ROUNDING * np.maximum(np.abs(most).max(axis=-1, keepdims=True), np.abs(total))
        room = (most - least).sum(axis=-1, keepdims=True)
        rest = total - least.sum(axis=-1, keepdims=True)
        defined = (
            (most - least >= -slack).all(axis=-1, keepdims=True) & (rest >= -slack) & (rest <= room + slack)
        )
        step = np.where(room > slack, rest / room, 0.0)
        return np.where(defined & np.isfinite(room), least + step * (most - least), np.nan)


def within_structure(
    cost: Floats,
    structure: Sequence[int],
    allocate: Callable[..., Floats],
    weights: Floats | None = None,
) -> Floats:
    """Divide every group's own cost among its members, (..., 2^n) -> (..., n) (Aumann and Dreze 1974).

    ``structure`` holds a mask for each group; ``allocate`` is any of the allocations, called with the
    group's subgame and, when ``weights`` (..., n) is given, the members' weights. Raises as ``players_of``,
    and NotAGameError when the masks do not divide the players.
    """
    players = players_of(cost)
    check_structure(structure, players)
    result = np.empty((*cost.shape[:-1], players))
    for mask in structure:
        members = members_of(mask)
        extra = () if weights is None else (allocation_of(weights, players)[..., members],)
        result[..., members] = allocate(subgame(cost, mask), *extra)
    return result
