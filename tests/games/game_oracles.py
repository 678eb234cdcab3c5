"""Slow and plain counterparts of what the package computes, and games to try them on."""

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linprog

from marke.games import excess, sizes, subset_sums

whole = st.integers(-20, 20).map(float)
rough = st.floats(-100, 100, allow_nan=False).map(lambda value: round(value, 3))


def any_games(low=1, high=5, entries=None):
    """Games with any costs at all, ties included."""
    entry = entries if entries is not None else st.one_of(whole, rough)

    def array(players):
        row = st.lists(entry, min_size=2**players - 1, max_size=2**players - 1)
        return row.map(lambda values: np.array([0.0, *values]))

    return st.integers(low, high).flatmap(array)


def step_games(low=2, high=6):
    """Subadditive-looking step costs, as the package's users have them."""
    weights = st.lists(st.integers(1, 9).map(float), min_size=low, max_size=high)

    def array(row):
        load = subset_sums(np.array(row))
        cost = 10 + 3 * np.ceil(load / 4) + load**0.7
        cost[0] = 0
        return cost

    return weights.map(array)


def memberships(players):
    """Rows of proper coalitions, (2^n - 2, n)."""
    return ((np.arange(1, 2**players - 1)[:, None] >> np.arange(players)) & 1).astype(float)


def meets_kohlberg(game, allocation, *, per_capita=False, bounded=False, tolerance=1e-7):
    """Kohlberg's criterion (1971), by a linear program for every level of excess.

    For every level a, no direction y with y(N) = 0 that raises no excess of at least a (nor, when bounded,
    the share of a player at its limit) may lower one of them.
    """
    players = len(allocation)
    scale = max(1.0, np.abs(game).max())
    own = excess(game, allocation)[1:-1] / scale
    if per_capita:
        own = own / sizes(players)[1:-1]
    rows = memberships(players)
    limit = [i for i in range(players) if bounded and allocation[i] >= game[1 << i] - tolerance * scale]
    for level in np.unique(own):
        upper = rows[own >= level - tolerance]
        conditions = np.vstack([upper, np.eye(players)[limit]])
        found = linprog(
            upper.sum(axis=0), A_ub=conditions, b_ub=np.zeros(len(conditions)),
            A_eq=np.ones((1, players)), b_eq=[0.0], bounds=(-1, 1),
        )  # fmt: skip
        if found.fun < -1e-6:
            return False
    return True


def least_core_by_linear_program(game):
    """The least e for which x(S) - c(S) <= e has a solution, from all rows at once."""
    players = game.size.bit_length() - 1
    rows = memberships(players)
    found = linprog(
        [0.0] * players + [1.0], A_ub=np.hstack([rows, -np.ones((len(rows), 1))]), b_ub=game[1:-1],
        A_eq=[[1.0] * players + [0.0]], b_eq=[game[-1]], bounds=(None, None),
    )  # fmt: skip
    return found.fun


def partitions(items):
    """All partitions of a list into groups."""
    if not items:
        yield []
        return
    first, rest = items[0], items[1:]
    for chosen in range(2 ** len(rest)):
        group = [first, *[item for i, item in enumerate(rest) if chosen >> i & 1]]
        for others in partitions([item for i, item in enumerate(rest) if not chosen >> i & 1]):
            yield [group, *others]


def priced_partitions(game, mask):
    """Total cost and masks of every partition of the coalition ``mask``, cheapest first."""
    members = [i for i in range(mask.bit_length()) if mask >> i & 1]
    found = []
    for groups in partitions(members):
        masks = sorted(sum(1 << i for i in group) for group in groups)
        found.append((sum(game[m] for m in masks), masks))
    return sorted(found)
