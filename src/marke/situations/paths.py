"""Searches over all coalitions on plain arrays: who can join without hurting, and what lies nearest.

Everything works on expected games (2^n,) by bitmask, divided by Shapley from the potential (Hart and
Mas-Colell 1989).
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from marke.engine.draws import Floats
from marke.games import members_of, subset_sums

Masks = NDArray[np.int64]
Allowed = NDArray[np.bool_]

TOLERANCE = 1e-6
"""Euro a year that count as no difference."""


def costs_for(potentials: Floats, player: int) -> Floats:
    """What one player pays in every coalition, (2^n,); infinite where it takes no part."""
    bit = 1 << player
    halves = potentials.reshape(-1, 2, bit)
    paid = np.full_like(potentials, np.inf)
    paid.reshape(-1, 2, bit)[:, 1] = halves[:, 1] - halves[:, 0]
    return paid


def gaining(potentials: Floats, alone: Floats) -> NDArray[np.intp]:
    """How many players of every coalition pay no more than alone (n,), in expectation: (2^n,)."""
    count = np.zeros(potentials.size, np.intp)
    for player, cost in enumerate(alone):
        count += costs_for(potentials, player) <= cost + TOLERANCE
    return count


def welcome(potentials: Floats, newcomer: int) -> Allowed:
    """The coalitions with ``newcomer`` in which nobody else pays more than in the one without it, (2^n,)."""
    bit = 1 << newcomer
    count = potentials.size.bit_length() - 1
    good = np.zeros(potentials.size, np.bool_)
    good.reshape(-1, 2, bit)[:, 1] = True
    for other in range(count):
        if other == newcomer:
            continue
        paid = costs_for(potentials, other)
        halves = paid.reshape(-1, 2, bit)
        with np.errstate(invalid="ignore"):
            hurt = halves[:, 1] - halves[:, 0] > TOLERANCE
        good.reshape(-1, 2, bit)[:, 1] &= ~hurt
    return good


def order_of_joining(potentials: Floats, alone: Floats, fine: Allowed, game: Floats) -> list[int]:
    """Masks from a pair to the largest group that can be reached while nobody pays more for who joins.

    Only groups of ``fine`` (2^n,) are passed. Of the largest groups that one with the largest saving; on the
    way the groups that save most. Empty when no pair is fine.
    """
    count = potentials.size.bit_length() - 1
    size = np.bitwise_count(np.arange(potentials.size))
    reached = fine & (size == 2)
    if not reached.any():
        return []
    welcomes = [welcome(potentials, player) for player in range(count)]
    for layer in range(3, count + 1):
        masks = np.flatnonzero(fine & (size == layer))
        for player in range(count):
            bit = 1 << player
            those = masks[(masks & bit) != 0]
            reached[those] |= welcomes[player][those] & reached[those ^ bit]
    saving = subset_sums(alone) - game
    last = np.flatnonzero(reached & (size == size[reached].max()))
    path = [int(last[np.argmax(saving[last])])]
    while path[-1].bit_count() > 2:
        now = path[-1]
        before = [now ^ 1 << p for p in members_of(now) if welcomes[p][now] and reached[now ^ 1 << p]]
        path.append(max(before, key=lambda mask: float(saving[mask])))
    return path[::-1]


def nearest_first(masks: Masks, mask: int) -> Iterator[int]:
    """The masks in order of how many players differ from ``mask``; of equals the lowest."""
    order = np.lexsort((masks, np.bitwise_count(masks ^ mask)))
    yield from (int(each) for each in masks[order])
