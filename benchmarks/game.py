"""The synthetic game of the benchmarks: c(S) = F + A ceil(R W(S)) + B W(S)^g, draw by draw."""

from typing import NamedTuple

import numpy as np

from marke.games import subset_sums
from timing import Floats

SEED = 14
FIXED, POST, RATE, PRICE, POWER = 40.0, 25.0, 0.35, 0.3, 1.5  # F, A, R, B, g
TEXT = f"""Game: c(S) = F + A ceil(R W(S)) + B W(S)^g with weights from 1 to 10, F = {FIXED:g}, A = {POST:g},
R = {RATE:g}, B = {PRICE:g} and g = {POWER:g}; other draws vary A, B and the weights by a tenth."""


class Draws(NamedTuple):
    """Weights (D, n), A and B (D,)."""

    weights: Floats
    post: Floats
    price: Floats


def draw(players: int, draws: int) -> Draws:
    """Weights of 1 to 9 and prices that vary by a tenth; draw 0 has the stated prices."""
    random = np.random.default_rng(SEED)
    weights = random.uniform(1, 9, 24)[:players] * random.uniform(0.9, 1.1, (draws, 24))[:, :players]
    spread = random.uniform(0.9, 1.1, (2, draws))
    spread[:, 0] = 1.0
    return Draws(np.maximum(weights, 1.0), POST * spread[0], PRICE * spread[1])


def costs(drawn: Draws) -> Floats:
    """All costs of every draw in plain numpy: (D, 2^n)."""
    load = subset_sums(drawn.weights)
    cost = FIXED + drawn.post[:, None] * np.ceil(RATE * load - 1e-9) + drawn.price[:, None] * load**POWER
    cost[:, 0] = 0.0
    return cost
