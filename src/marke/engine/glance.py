"""A service as a few draws tell it: what every coalition is expected to cost, and nothing else of them."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from marke.engine.admission import admitted
from marke.engine.case import Case
from marke.engine.explore import Alone, Explored, Statistics, stack_programs, taken
from marke.engine.program import compile_variant
from marke.engine.sample import ROOM
from marke.engine.today import Now


def glance(case: Case, alone: Alone, now: Now, draws: NDArray[np.intp]) -> Explored:
    """Explore one service in the draws at ``draws`` (T,) only, keeping no more than its expected games.

    Spread and chances of its statistics are NaN.
    """
    from marke.engine.kernel import Terms
    from marke.engine.simulate import evaluate

    stacked = stack_programs([compile_variant(case, variant) for variant in case.variants])
    allowed = np.stack([admitted(case, variant) for variant in case.variants])
    games = np.zeros_like(allowed, dtype=np.float64)
    size = max(1, ROOM // allowed.size)
    for block in (draws[start : start + size] for start in range(0, len(draws), size)):
        terms = Terms(**taken(stacked, block), allowed=allowed)
        games += evaluate(terms, alone.cost[block]).sum(axis=1) / len(draws)
    unknown = np.full(games.shape[1], np.nan)
    return Explored(
        case=case,
        alone=replace(alone, cost=alone.cost[draws], second=alone.second[draws]),
        now=now,
        statistics={
            variant: Statistics(game, *[unknown] * 5)
            for variant, game in zip(case.variants, games, strict=True)
        },
    )
