"""`marke.games` against other libraries and plain ways, on one synthetic step game.

Peers are optional: `pip install coopgame-py shapley-numba coopgt "shapiq<1.5"` next to marke; a row without
its peer says "not installed". Results are compared with marke's before they are timed.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from itertools import chain, combinations
from math import ceil, comb
from types import ModuleType
from typing import Any

import numpy as np
from numba import float64
from scipy.optimize import LinearConstraint, linprog, milp

from game import FIXED, POWER, RATE, TEXT, Draws, costs, draw
from marke import games as mg
from timing import ROUNDS, Floats, Row, measure, on_one_core, shown, table

PLAYERS, DRAWS = 14, 256
GROWTH = range(8, 19, 2)
AGREE = 1e-6
MILP_LIMIT = 10
TRIALS = 20
PAGE = f"""## Games against peers

Median CPU time of at most {ROUNDS} interleaved repeats on one core (slow rows fewer), compiled code loaded
beforehand. Results agree within {AGREE:.0e} before they are timed; the largest difference is shown. Ratios
are to the last row with ratio 1. Costs are given in an array unless the row says that they are evaluated.
B is so small because coopgame-py fails on draw 0 at B = 0.6.

{TEXT}
"""


def plain_python(drawn: Draws) -> Floats:
    """Shapley value in a plain loop over coalitions and players; costs are computed once and kept."""
    weights, post, price = drawn.weights[0].tolist(), float(drawn.post[0]), float(drawn.price[0])
    n = len(weights)

    @cache
    def cost(mask: int) -> float:
        load = sum(weights[player] for player in range(n) if mask >> player & 1)
        return FIXED + post * ceil(RATE * load - 1e-9) + price * load**POWER if mask else 0.0

    value = [0.0] * n
    for mask in range((1 << n) - 1):
        share = 1 / (n * comb(n - 1, mask.bit_count()))
        for player in range(n):
            if not mask >> player & 1:
                value[player] += share * (cost(mask | 1 << player) - cost(mask))
    return np.array(value)


def optional(name: str) -> ModuleType | None:
    try:
        return import_module(name)
    except ImportError:
        return None


def with_shapiq(library: Any, cost: Floats, n: int) -> Floats:
    bits = 1 << np.arange(n)
    values = library.ExactComputer(lambda coalitions: cost[coalitions @ bits], n)("SV", 1)
    return np.array([values[(player,)] for player in range(n)])


def for_shapley_numba(library: Any, cost: Floats) -> Any:
    @library.numba_game([("table", float64[::1])])
    class Table:
        def __init__(self, table):
            self.table = table

        def value(self, subset):
            mask = 0
            for player in range(subset.size):
                mask |= subset[player] << player
            return self.table[mask]

    return Table(cost)


def for_coopgt(cost: Floats, n: int) -> dict[tuple[int, ...], float]:
    groups = (group for size in range(n + 1) for group in combinations(range(1, n + 1), size))
    return {group: float(cost[sum(1 << player - 1 for player in group)]) for group in groups}


def full_least_core(cost: Floats) -> Callable[[], float]:
    """One linear program with a row for every proper coalition, its matrix made beforehand."""
    players = mg.players_of(cost)
    rows = np.arange(1, cost.size - 1)[:, None] >> np.arange(players) & 1
    matrix = np.hstack([rows, -np.ones((len(rows), 1))])
    whole = np.array([[1.0] * players + [0.0]])
    aim, limit = np.eye(players + 1)[-1], cost[1:-1]
    return lambda: linprog(aim, matrix, limit, whole, cost[-1:], bounds=(None, None)).fun


def partitioning(cost: Floats) -> Callable[[], Any]:
    """Set partitioning with a binary for every coalition, to optimality or the limit."""
    players = mg.players_of(cost)
    holds = np.arange(1, cost.size) >> np.arange(players)[:, None] & 1
    options, once = {"mip_rel_gap": 0, "time_limit": MILP_LIMIT}, LinearConstraint(holds, 1, 1)
    return lambda: milp(cost[1:], integrality=1, bounds=(0, 1), constraints=once, options=options)


def agreement(gap: float) -> str:
    return f"agrees: {gap:.0e}" if gap <= AGREE else f"**differs by {gap:.1e}**, not timed"


def against(what: str, expected: Any, n: int, call: Callable[[], Any], per: int = 1, peer: Any = ...) -> Row:
    """Row of another way to ``expected``; without a call when the peer is absent, it fails or differs."""
    if peer is None:
        return Row(what, n, None, "not installed")
    try:
        gap = float(np.max(np.abs(call() - expected)))
    except (ArithmeticError, RuntimeError, TypeError, ValueError, AttributeError) as problem:
        return Row(what, n, None, f"failed: {type(problem).__name__}: {problem}")
    return Row(what, n, call if gap <= AGREE else None, agreement(gap), per)


def marke(name: str, game: Floats) -> Row:
    """Reference row of a function of ``marke.games``."""
    way = getattr(mg, name)
    return Row(f"`marke.games.{name}`", mg.players_of(game), lambda: way(game), "reference", first=True)


def shapley_rows(drawn: Draws, batch: Floats) -> list[Row]:
    n, game, small, ours = PLAYERS, batch[0], costs(draw(8, 1))[0], "`marke.games.shapley`"
    coop, numba_peer = optional("coopgame"), optional("shapley_numba")
    shapiq, coopgt = optional("shapiq"), optional("coopgt.shapley_value")
    given, listed = coop and coop.Game(game[1:]), for_coopgt(small, 8)
    jitted = numba_peer and for_shapley_numba(numba_peer, game)
    value, few, values = mg.shapley(game), mg.shapley(small), np.array([mg.shapley(one) for one in batch])
    return [
        replace(
            against(f"{ours}, batch of {DRAWS}, a game", values, n, lambda: mg.shapley(batch), DRAWS),
            first=True,
        ),
        against(f"{ours}, one game, arguments checked", value, n, lambda: mg.shapley(game)),
        against("coopgame-py", value, n, lambda: np.array(coop.shapley(given)), peer=coop),
        against("shapley-numba", value, n, lambda: numba_peer.shapley.shapley(jitted, n), peer=numba_peer),
        against("plain Python with memo, evaluation included", value, n, lambda: plain_python(drawn)),
        against("shapiq ExactComputer", value, n, lambda: with_shapiq(shapiq, game, n), peer=shapiq),
        marke("shapley", small),
        against("coopgt (permutations)", few, 8, lambda: coopgt.calculate(listed), peer=coopgt),
    ]


def peer_nucleolus(game: Floats, method: str = "cg") -> Floats:
    """The nucleolus of coopgame-py, by constraint generation or with full programs."""
    library, own = import_module("coopgame"), game[1 << np.arange(mg.players_of(game))]
    return own - np.array(library.nucleolus(library.Game(mg.savings(game)[1:]), method=method)["allocation"])


def coopgame_nucleolus(game: Floats, method: str = "cg") -> Row:
    return against(
        f"coopgame-py, method {method}", mg.nucleolus(game), PLAYERS,
        lambda: peer_nucleolus(game, method), peer=optional("coopgame"),
    )  # fmt: skip


def nucleolus_rows(drawn: Draws, game: Floats) -> list[Row]:
    tied = costs(Draws(np.ceil(drawn.weights[:1] / 2), drawn.post[:1], drawn.price[:1]))[0]
    return [
        marke("nucleolus", game),
        coopgame_nucleolus(game),
        coopgame_nucleolus(game, "full"),
        replace(marke("nucleolus", tied), note="reference; weights 1 to 5, so many ties"),
        coopgame_nucleolus(tied),
        marke("least_core", game),
        against("scipy HiGHS, full program", mg.least_core(game)[0], PLAYERS, full_least_core(game)),
    ]


def worse(game: Floats, mine: Floats, other: Floats) -> bool:
    """Whether an allocation's sorted excesses are larger where they first differ from the other's."""
    sorted_excesses = (np.sort(mg.excess(game, x)[1:-1])[::-1] for x in (mine, other))
    gap = np.subtract(*sorted_excesses)
    differs = np.flatnonzero(np.abs(gap) > AGREE)
    return bool(differs.size and gap[differs[0]] > 0)


def trials(batch: Floats) -> str:
    """Say on how many draws the peer finds the same nucleolus, a better one or none."""
    if optional("coopgame") is None:
        return ""
    same = better = failed = 0
    for game, mine in zip(batch, mg.nucleolus(batch), strict=True):
        try:
            other = peer_nucleolus(game)
        except RuntimeError:
            failed += 1
            continue
        same += int(np.abs(mine - other).max() <= AGREE)
        better += worse(game, mine, other)
    return (
        f"\nOf {len(batch)} draws coopgame-py gives the same nucleolus in {same}, an error in {failed};\n"
        f"marke's is lexicographically worse in {better}."
    )


def structure_rows(batch: Floats) -> list[Row]:
    """One game, a batch, and a set-partitioning program to optimality where it gets there."""
    game, small, what = batch[0], costs(draw(10, 1))[0], "scipy HiGHS, set partitioning"
    totals = np.array([mg.optimal_structure(one)[0] for one in batch])
    many, few = partitioning(game), partitioning(small)
    stopped = many()
    note = agreement(abs((stopped.fun or np.inf) - totals[0]))
    if stopped.status:
        above = f"{stopped.fun / totals[0] - 1:.1%} above the best of marke" if stopped.fun else "nothing"
        note = f"stopped at {MILP_LIMIT} s: gap {stopped.mip_gap or np.inf:.1%}, found {above}"
    return [
        marke("optimal_structure", game),
        against(
            f"`marke.games.optimal_structures`, batch of {len(batch)}, a game", totals, PLAYERS,
            lambda: mg.optimal_structures(batch)[0], len(batch),
        ),
        Row(what, PLAYERS, many, note, limited=stopped.status != 0),
        marke("optimal_structure", small),
        against(what, mg.optimal_structure(small)[0], 10, lambda: few().fun),
    ]  # fmt: skip


def growth() -> Iterator[str]:
    """Time by number of players, and what a player more costs."""
    ways = ("shapley", "nucleolus", "optimal_structure")
    yield "| players | " + " | ".join(f"{name} | a player more" for name in ways) + " |"
    yield "|---" * (1 + 2 * len(ways)) + "|"
    some = [costs(draw(n, 1))[0] for n in GROWTH]
    taken = np.array(measure([marke(way, game) for game in some for way in ways])).reshape(-1, len(ways))
    factor = (taken[1:] / taken[:-1]) ** (1 / GROWTH.step)
    for row, n in enumerate(GROWTH):
        more = [f"{one:.2f} x" for one in factor[row - 1]] if row else ["-"] * len(ways)
        cells = (f"{shown(seconds)} | {one}" for seconds, one in zip(taken[row], more, strict=True))
        yield f"| {n} | {' | '.join(cells)} |"


def main() -> None:
    """Measure everything on one core and print the section."""
    on_one_core()
    drawn = draw(PLAYERS, DRAWS)
    batch = costs(drawn)
    print(PAGE)
    sections = {
        "Exact Shapley value": table(shapley_rows(drawn, batch)),
        "Nucleolus": chain(table(nucleolus_rows(drawn, batch[0])), [trials(batch[:TRIALS])]),
        "Cheapest structure": table(structure_rows(batch)),
        "Growth with players": growth(),
    }
    for title, lines in sections.items():
        print(f"### {title}\n", *lines, "", sep="\n")


if __name__ == "__main__":
    main()
