"""Who gains and loses when a group changes: leaving, two leaving, entering, growing, choosing.

Everything works on expected games (2^n,) by bitmask, divided by Shapley from the potential (Hart and
Mas-Colell 1989), so that any group is a few subtractions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from marke.engine.draws import Floats
from marke.games import members_of, shapley_of, sizes, subset_sums

Allowed = NDArray[np.bool_]
"""Which coalitions are groups that may form, (2^n,)."""


@dataclass(frozen=True)
class Move:
    """Players (a mask) that leave or enter a group, in euro a year.

    ``others`` is what the rest of the group pays more together, ``most`` what the hardest hit of them
    (``hit``) pays more; both may be negative. ``own`` is what the movers themselves pay more.
    """

    movers: int
    others: float
    most: float
    hit: int
    own: float


def leaving(game: Floats, potentials: Floats, group: int, together: int) -> Iterator[Move]:
    """Every way in which ``together`` players leave a group that goes on without them.

    They then stand alone. Groups that would be left with nobody are skipped.
    """
    players = members_of(group)
    alone = game[1 << np.arange(game.size.bit_length() - 1)]
    before = shapley_of(potentials, group)
    for gone in combinations(players, together):
        movers = sum(1 << player for player in gone)
        if rest := group ^ movers:
            own = sum(float(alone[player] - before[player]) for player in gone)
            yield _move(movers, before, shapley_of(potentials, rest), rest, own)


def entering(game: Floats, potentials: Floats, group: int) -> Iterator[Move]:
    """Every single player outside that joins a group."""
    before = shapley_of(potentials, group)
    for player in members_of((game.size - 1) ^ group):
        after = shapley_of(potentials, group | 1 << player)
        own = float(after[player] - game[1 << player])
        yield _move(1 << player, before, after, group, own)


def _move(movers: int, before: Floats, after: Floats, rest: int, own: float) -> Move:
    stay = members_of(rest)
    more = after[stay] - before[stay]
    worst = int(np.argmax(more))
    return Move(movers, float(more.sum()), float(more[worst]), stay[worst], own)


def growth_path(game: Floats, allowed: Allowed) -> list[int]:
    """Masks from the best pair to the largest group, each the best group that adds one player to the last.

    Best is the largest expected saving against alone as a share of alone. Only coalitions that may form are
    passed; the path ends where none can be added.
    """
    count = game.size.bit_length() - 1
    alone = subset_sums(game[1 << np.arange(count)])
    with np.errstate(invalid="ignore", divide="ignore"):
        worth = np.where(allowed, 1 - game / alone, -np.inf)
    pairs = np.flatnonzero((sizes(count) == 2) & allowed)
    path = [int(pairs[np.argmax(worth[pairs])])] if pairs.size else []
    while path and path[-1] != game.size - 1:
        larger = [path[-1] | 1 << player for player in members_of((game.size - 1) ^ path[-1])]
        best = max(larger, key=lambda mask: worth[mask])
        if worth[best] == -np.inf:
            break
        path.append(best)
    return path


def best_groups(
    potentials: Mapping[str, Floats], allowed: Mapping[str, Allowed], player: int, most: int
) -> list[tuple[float, str, int]]:
    """The ``most`` groups that leave one player cheapest off: (its cost under Shapley, variant, mask).

    ``potentials`` are those of each variant's game. A group is offered once, in the variant that is cheapest
    for the player.
    """
    bit = 1 << player
    offers: dict[int, tuple[float, str, int]] = {}
    for variant, values in potentials.items():
        without, joined = np.moveaxis(values.reshape(-1, 2, bit), 1, 0)
        may = allowed[variant].reshape(-1, 2, bit)[:, 1]
        share = np.where(may, joined - without, np.inf).ravel()
        share[0] = np.inf  # the player by itself
        for place in np.argpartition(share, min(most, share.size - 1))[:most].tolist():
            mask = (place // bit * 2 + 1) * bit + place % bit
            if np.isfinite(share[place]):
                offers[mask] = min(offers.get(mask, (np.inf, "", 0)), (float(share[place]), variant, mask))
    return sorted(offers.values())[:most]
