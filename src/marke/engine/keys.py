"""The keys that divide the cost of all players in every draw, in the order of the kernel's results."""

import numpy as np

from marke.engine.case import Case
from marke.engine.draws import Floats

LINEAR_KEYS = ("equal", "per_inhabitant")
"""Split what is joint by shares that are the same in every draw; the member's own cost stays its own."""

GAME_KEYS = ("proportional_to_alone", "scrb", "shapley")
"""Split the whole by the game of the draw; the kernel knows these three, in this order."""


def linear_shares(case: Case) -> dict[str, Floats]:
    """Shares of the joint cost under each linear key: every array (n,) adds to 1."""
    count = case.inhabitants
    found = {"equal": np.full(len(count), 1 / len(count)), "per_inhabitant": count / count.sum()}
    return {key: found[key] for key in LINEAR_KEYS}
