"""Nucleolus and least core: make the most discontented coalition as content as can be, and so on."""

import numpy as np

from marke.games.errors import PLAYERS_AT_MOST
from marke.games.lattice import Floats, alone, players_of, rows_of, subset_sums

ROUNDING = 1e-12


def _normal(cost: Floats, own: Floats) -> tuple[Floats, float]:
    """A game with every player's own cost taken off, scaled to largest absolute entry 1, and the scale."""
    work = subset_sums(own)
    np.subtract(cost, work, out=work)
    scale = float(max(work.max(), -work.min()))
    if scale > 0 and np.isfinite(scale):
        work /= scale
    return work, scale


def _solve(cost: Floats, *, per_capita: bool, bounded: bool, levels: int) -> tuple[Floats, Floats]:
    """Allocation (..., n) and largest excess (...) after ``levels`` linear programs; NaN where undefined."""
    from marke.games.compiled.room import make_room
    from marke.games.compiled.simplex import nucleolus_row

    players = players_of(cost)
    rows = rows_of(cost)
    weights = np.arange(players + 1.0) if per_capita else np.ones(players + 1)
    noise = np.random.default_rng(1969).standard_normal((2, players))
    room = make_room(players, weights)
    values = np.full((len(rows), players), np.nan)
    largest = np.full(len(rows), np.nan)
    for row, game in enumerate(rows):
        own = alone(game)
        if not np.isfinite(game.max()):
            continue
        work, scale = _normal(game, own)
        rounding = ROUNDING * float(max(game.max(), -game.min()))
        if bounded and work[-1] * scale > rounding:
            continue
        if bounded:
            work[-1] = min(work[-1], 0.0)
        if scale <= rounding:
            values[row], largest[row] = own, 0.0
            continue
        excess = nucleolus_row(work, weights, bounded, levels, noise, room, values[row])
        if np.isnan(excess):
            raise ArithmeticError(f"the simplex method found no optimum in game {row}; rescale its costs")
        values[row] = values[row] * scale + own
        largest[row] = excess * scale
    lead = cost.shape[:-1]
    return values.reshape(*lead, players), largest.reshape(lead)


def nucleolus(cost: Floats) -> Floats:
    """Nucleolus of a cost game, (..., 2^n) -> (..., n) (Schmeidler 1969).

    Among all divisions of c(N) in which nobody pays more than alone, the one whose excesses x(S) - c(S),
    sorted from large to small, are lexicographically least. NaN where c(N) exceeds the sum of the costs alone
    (no such division; ``prenucleolus`` exists even then) and for infinite costs. Linear programs one after
    another (Kopelowitz 1967; Maschler, Peleg and Shapley 1979), settling the coalitions with non-zero dual
    only (Guajardo and Jornsten 2015). Raises as ``players_of``.
    """
    return _solve(cost, per_capita=False, bounded=True, levels=PLAYERS_AT_MOST)[0]


def prenucleolus(cost: Floats) -> Floats:
    """Nucleolus over all divisions of c(N), (..., 2^n) -> (..., n); equal to it on subadditive games.

    Always exists; NaN only for infinite costs (Sobolev 1975). Raises as ``players_of``.
    """
    return _solve(cost, per_capita=False, bounded=False, levels=PLAYERS_AT_MOST)[0]


def per_capita_nucleolus(cost: Floats) -> Floats:
    """Nucleolus of the excess per member (x(S) - c(S)) / |S|, (..., 2^n) -> (..., n) (Grotte 1970).

    Nobody pays more than alone; NaN as for ``nucleolus``. Raises as ``players_of``.
    """
    return _solve(cost, per_capita=True, bounded=True, levels=PLAYERS_AT_MOST)[0]


def per_capita_prenucleolus(cost: Floats) -> Floats:
    """Per-capita nucleolus over all divisions of c(N), (..., 2^n) -> (..., n); NaN for infinite costs only.

    Young, Okada and Hashimoto (1982) call it the weak nucleolus. Raises as ``players_of``.
    """
    return _solve(cost, per_capita=True, bounded=False, levels=PLAYERS_AT_MOST)[0]


def least_core(cost: Floats, *, finest: bool = False) -> tuple[Floats, Floats]:
    """Least e for which some division of c(N) leaves no proper coalition more than e to gain, and one such.

    (..., 2^n) -> e (...), allocation (..., n) (Maschler, Peleg and Shapley 1979). The core is empty where
    e > 0. A one-player game has no proper coalition: e = 0. NaN for infinite costs. With ``finest`` the
    allocation is the ``prenucleolus``. Raises as ``players_of``.
    """
    levels = PLAYERS_AT_MOST if finest else 1
    values, largest = _solve(cost, per_capita=False, bounded=False, levels=levels)
    return largest, values
