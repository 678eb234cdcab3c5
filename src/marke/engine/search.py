"""A search among coalitions too many to see, by growth, exchange and single moves. It proves nothing."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from marke.engine.draws import Floats

ROUNDS = 20
"""A group is changed at most so often."""

Members = NDArray[np.bool_]
Worth = Callable[[Members], Floats]
"""Takes memberships (k, n) of k coalitions, none empty, and returns how good they are (k,)."""


def grow(worth: Worth, players: int, start: int | None = None) -> list[Members]:
    """Find a good group of every size from 2 to n: add the best player, then exchange as long as it helps.

    ``start`` is a player that stays in. Growth goes on from the exchanged group. Of equals the first wins.
    """
    group = np.zeros(players, np.bool_)
    if start is None:
        pairs = np.array([_of(players, i, j) for i in range(players) for j in range(i)])
        group = pairs[int(np.argmax(worth(pairs)))]
    else:
        group[start] = True
        group = _best(worth, _added(group))
    found = [group]
    while not group.all():
        group = _exchange(worth, _best(worth, _added(group)), start)
        found.append(group)
    return found


def climb(worth: Worth, group: Members) -> tuple[Members, float]:
    """Add or remove one player at a time as long as that improves; never none and never all of them."""
    best = float(worth(group[None])[0])
    for _ in range(ROUNDS):
        moves = np.logical_xor(group, np.eye(len(group), dtype=np.bool_))
        moves = moves[moves.any(axis=1) & ~moves.all(axis=1)]
        worths = worth(moves)
        place = int(np.argmax(worths))
        if not worths[place] > best:
            break
        group, best = moves[place], float(worths[place])
    return group, best


def _of(players: int, *members: int) -> Members:
    group = np.zeros(players, np.bool_)
    group[list(members)] = True
    return group


def _added(group: Members) -> Members:
    """All groups with one player more."""
    return np.logical_or(group, np.eye(len(group), dtype=np.bool_)[~group])


def _best(worth: Worth, groups: Members) -> Members:
    return np.asarray(groups[int(np.argmax(worth(groups)))])


def _exchange(worth: Worth, group: Members, stays: int | None) -> Members:
    """Exchange one member for one outsider as long as that improves."""
    best = float(worth(group[None])[0])
    for _ in range(ROUNDS):
        leaving = [i for i in np.flatnonzero(group) if i != stays]
        swaps = [
            np.logical_xor(group, _of(len(group), int(i), int(j)))
            for i in leaving
            for j in np.flatnonzero(~group)
        ]
        if not swaps:
            break
        worths = worth(np.array(swaps))
        place = int(np.argmax(worths))
        if not worths[place] > best:
            break
        group, best = swaps[place], float(worths[place])
    return group
