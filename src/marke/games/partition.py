"""Who with whom: cheapest partitions of the players, and games in which groups may split."""

import heapq
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from marke.games.lattice import Floats, members_of, one_game, players_of, rows_of, subset_sums
from marke.games.stability import TOLERANCE

Node = tuple[float, int, int, int, tuple[int, ...], Floats, NDArray[np.intp]]
"""Bound, ticket (breaks ties), place among the choices, players left, groups, choices: totals and masks."""


def subadditive_cover(cost: Floats) -> Floats:
    """Cost of every coalition when it may split as it likes, (..., 2^n) -> (..., 2^n).

    f(S) = min over T in S holding S's lowest player of c(T) + f(S without T) (Yeh 1986): 3^n / 2 steps a
    game. Raises as ``players_of``.
    """
    from marke.games.compiled.partition import cover_rows

    players_of(cost)
    rows = rows_of(cost)
    result = np.empty_like(rows)
    cover_rows(rows, result)
    return result.reshape(cost.shape)


def is_subadditive(cost: Floats, tolerance: float = TOLERANCE) -> NDArray[np.bool_]:
    """Whether no coalition costs more than two parts of it together, (..., 2^n) -> (...).

    Raises as ``players_of``.
    """
    from marke.games.compiled.partition import subadditive_rows

    players_of(cost)
    rows = rows_of(cost)
    result = np.empty(len(rows), dtype=np.bool_)
    subadditive_rows(rows, tolerance, result)
    return result.reshape(cost.shape[:-1])


def optimal_structures(cost: Floats) -> tuple[Floats, list[list[int]]]:
    """Cheapest partition of every game: totals (...), and its masks for each game in order of the rows.

    (..., 2^n). Groups come in order of their lowest player; 3^(n-1) / 2 steps a game (Yeh 1986; the coalition
    of the lowest player first, so that two thirds of the lattice are never asked). Raises as ``players_of``.
    """
    from marke.games.compiled.partition import structure_rows

    players = players_of(cost)
    rows = rows_of(cost)
    totals, counts = np.empty(len(rows)), np.empty(len(rows), dtype=np.int64)
    groups = np.empty((len(rows), players), dtype=np.int64)
    structure_rows(rows, np.empty(rows.shape[1]), totals, groups, counts)
    found = [row[:count].tolist() for row, count in zip(groups, counts.tolist(), strict=True)]
    return totals.reshape(cost.shape[:-1]), found


def optimal_structure(cost: Floats) -> tuple[float, list[int]]:
    """Cheapest partition of the players of one game (2^n,): its total and its masks.

    ``optimal_structures`` does many games. Raises as ``one_game``.
    """
    one_game(cost)
    totals, found = optimal_structures(cost)
    return float(totals), found[0]


def structures_within(cost: Floats, gap: float, most: int = 10_000) -> Iterator[tuple[float, list[int]]]:
    """Partitions of one game (2^n,) that cost at most (1 + gap) times the best, cheapest first.

    Yields (total, masks), at most ``most`` of them, and works only for those asked for: the half cover gives
    every unfinished partition its exact best completion. The gap is relative to the absolute best total.
    Raises as ``one_game``.
    """
    from marke.games.compiled.partition import half_cover

    one_game(cost)
    best = np.empty_like(rows_of(cost)[0])
    half_cover(rows_of(cost)[0], best)
    limit = best[-1] + gap * abs(best[-1]) + 1e-12 * abs(best[-1])
    return _cheapest_first(cost, best, float(limit), most)


def _choices(
    cost: Floats, best: Floats, left: int, spent: float, limit: float
) -> tuple[Floats, NDArray[np.intp]]:
    """Groups for the lowest player of ``left`` that lead to a total within the limit, cheapest first."""
    bits = np.array([1 << player for player in members_of(left & (left - 1))], dtype=np.float64)
    rest = subset_sums(bits).astype(np.intp)
    totals = cost[left ^ rest] + best[rest] + spent
    kept = np.flatnonzero(totals <= limit)
    kept = kept[np.argsort(totals[kept], kind="stable")]
    return totals[kept], left ^ rest[kept]


def _cheapest_first(cost: Floats, best: Floats, limit: float, most: int) -> Iterator[tuple[float, list[int]]]:
    """Best-first search; an entry stands for a node's choices from its place on (Lawler 1972)."""
    full = cost.size - 1
    ticket = given = 0
    heap: list[Node] = [(float(best[-1]), 0, 0, full, (), *_choices(cost, best, full, 0.0, limit))]
    while heap and given < most:
        total, _, place, left, groups, totals, masks = heapq.heappop(heap)
        if left == 0:
            given += 1
            yield total, list(groups)
            continue
        chosen = (*groups, int(masks[place]))
        if place + 1 < len(totals):
            ticket += 1
            heapq.heappush(heap, (float(totals[place + 1]), ticket, place + 1, left, groups, totals, masks))
        rest = left ^ int(masks[place])
        spent = float(sum(cost[mask] for mask in chosen))
        ticket += 1
        deeper = _choices(cost, best, rest, spent, limit) if rest else (totals[:0], masks[:0])
        heapq.heappush(heap, (total if rest else spent, ticket, 0, rest, chosen, *deeper))
