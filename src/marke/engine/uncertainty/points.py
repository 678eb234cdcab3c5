"""The saving of a group at chosen values of figures: by the same formulas, over a few made draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from marke.engine import trace
from marke.engine.case import Case, Values, once, with_draws
from marke.engine.draws import Draws, Floats
from marke.study import REPLICATES, Study

POINTS = 9
"""Values of a figure, from low to high, at which the saving is worked out to find where it turns."""
EACH = 4
"""Draws of every replicate over which that saving is averaged; the first of a Sobol' sequence are even."""

Overrides = Mapping[str, Floats]
"""Figures whose draws are replaced: (K,) values each."""


@dataclass(frozen=True)
class Swing:
    """The saving in the base case with one figure at its low and at its high, euro a year."""

    figure: str
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """How far the figure moves the saving."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class Turn:
    """Where the expected saving becomes 0 as one figure moves from low to high; ``value`` None: nowhere.

    ``at_low`` and ``at_high`` are the expected savings at the ends, euro a year.
    """

    figure: str
    value: float | None
    at_low: float
    at_high: float


def figures_of(case: Case, variant: str, members: Sequence[int]) -> frozenset[str]:
    """The figures with draws of their own on which the saving of a group rests."""
    return _figures(case, variant, members[0])


@once
def _figures(case: Case, variant: str, member: int) -> frozenset[str]:
    one = among_draws(case, np.zeros(1, np.intp), {})
    alone = (trace.alone(one, name, member).behind() for name in case.service.alone)
    together = trace.joint(one, variant, (member,)).behind()
    return frozenset(key for key in together.union(*alone) if case.draws.figures[key].dim is not None)


def base_case(case: Case, study: Study, count: int, overrides: Overrides) -> Case:
    """The same service with ``count`` draws in which every figure is at its mode, save what is replaced.

    What is guessed per municipality is at its mode too.
    """
    fixed = {
        key: figure.model_copy(update={"low": figure.mode, "high": figure.mode})
        for key, figure in case.draws.figures.items()
    }
    values = {key: np.full(count, figure.mode) for key, figure in fixed.items()} | dict(overrides)
    return with_draws(case, study, Draws(count, case.draws.seed, values, fixed))


def among_draws(case: Case, places: NDArray[np.intp], overrides: Overrides) -> Case:
    """The same service with the draws at ``places`` (K,), in which some figures are replaced."""
    draws = case.draws
    values = {key: each[places] for key, each in draws.values.items()} | dict(overrides)
    return replace(
        case,
        draws=Draws(len(places), draws.seed, values, draws.figures),
        drivers={key: each[places] for key, each in case.drivers.items()},
        origins={
            key: Values(each.values[places], each.origin, each.figure) for key, each in case.origins.items()
        },
    )


def savings(case: Case, variant: str, members: Sequence[int], blocks: int) -> Floats:
    """Expected saving of a group in each of ``blocks`` equal blocks of a case's draws: (blocks,) euro a year.

    Every member's cost alone is that of the way that is cheapest for it in the block.
    """

    def expected(values: Floats) -> Floats:
        return np.asarray(values.reshape(blocks, -1).mean(axis=1))

    alone = sum(
        np.min([expected(trace.alone(case, name, i).values) for name in case.service.alone], axis=0)
        for i in members
    )
    return np.asarray(alone - expected(trace.joint(case, variant, members).values))


def swings(
    case: Case, study: Study, variant: str, members: Sequence[int], figures: Sequence[str]
) -> tuple[float, list[Swing]]:
    """The saving in the base case, and what each figure does to it alone (a tornado), widest first.

    Figures move one at a time, also those that are correlated.
    """
    count = 1 + 2 * len(figures)
    moved = {}
    for place, key in enumerate(figures):
        figure = case.draws.figures[key]
        moved[key] = np.full(count, figure.mode)
        moved[key][1 + 2 * place : 3 + 2 * place] = figure.low, figure.high
    found = savings(base_case(case, study, count, moved), variant, members, count)
    pairs = found[1:].reshape(-1, 2)
    rows = [Swing(key, float(low), float(high)) for key, (low, high) in zip(figures, pairs, strict=True)]
    return float(found[0]), sorted(rows, key=lambda row: -row.width)


def turns(
    case: Case, variant: str, members: Sequence[int], figures: Sequence[str], expected: float
) -> list[Turn]:
    """Where the expected saving turns as each figure moves, in the order of ``figures``.

    The other figures keep their draws, of which a few of every replicate are used; what these differ from the
    ``expected`` saving over all draws is taken off again (common random numbers make that difference small).
    """
    block = case.draws.count // REPLICATES
    chosen = np.concatenate([r * block + np.arange(min(EACH, block)) for r in range(REPLICATES)])
    blocks = 1 + POINTS * len(figures)
    places = np.tile(chosen, blocks)
    grids = [
        np.linspace(case.draws.figures[key].low, case.draws.figures[key].high, POINTS) for key in figures
    ]
    moved = {}
    for place, (key, grid) in enumerate(zip(figures, grids, strict=True)):
        moved[key] = case.draws[key][places]
        first = (1 + POINTS * place) * len(chosen)
        moved[key][first : first + POINTS * len(chosen)] = np.repeat(grid, len(chosen))
    found = savings(among_draws(case, places, moved), variant, members, blocks)
    curves = found[1:].reshape(-1, POINTS) + (expected - found[0])
    return [
        Turn(key, crossing(grid, curve, case.draws.figures[key].mode), float(curve[0]), float(curve[-1]))
        for key, grid, curve in zip(figures, grids, curves, strict=True)
    ]


def crossing(grid: Floats, curve: Floats, near: float) -> float | None:
    """Where a curve over a grid passes 0, between its points linearly; the place nearest to ``near``.

    None where it does not.
    """
    at = np.flatnonzero(np.signbit(curve[1:]) != np.signbit(curve[:-1]))
    if not at.size:
        return None
    passed = grid[at] + (grid[at + 1] - grid[at]) * curve[at] / (curve[at] - curve[at + 1])
    return float(passed[np.argmin(np.abs(passed - near))])
