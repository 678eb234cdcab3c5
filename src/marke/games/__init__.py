"""Cost games on plain arrays: index = bitmask, entry 0 = 0, cost and never profit."""

from marke.games.lattice import (
    most_blocking,
    players_of,
    potential,
    shapley,
    shapley_of,
    shapley_weights,
    sizes,
    subset_sums,
)

__all__ = [
    "most_blocking",
    "players_of",
    "potential",
    "shapley",
    "shapley_of",
    "shapley_weights",
    "sizes",
    "subset_sums",
]
