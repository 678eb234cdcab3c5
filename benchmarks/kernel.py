"""The engine's compiled kernel against `np.exp`, memory and numpy, and its growth with players."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import numpy as np
from numba import njit

from game import FIXED, POWER, RATE, TEXT, Draws, costs, draw
from marke import games as mg
from marke.engine import kernel, rows, simulate
from marke.games.compiled import fold
from timing import Floats, Row, measure, on_one_core, ratio, shown, table

PLAYERS, DRAWS, REPLICATES, FEW = 14, 8192, 16, 512
GROWTH = range(8, 23, 2)
WORK = 2**23  # coalitions times draws of a row of growth
LARGE = 2**24  # numbers of an array that fits no cache


def inputs(drawn: Draws) -> tuple[kernel.Terms, Floats, Floats]:
    """One variant of the synthetic game as the kernel takes it; a single player costs what it costs there."""
    draws, players = drawn.weights.shape
    none, units = np.zeros((1, draws)), drawn.weights[None]
    terms = kernel.Terms(
        base=none + FIXED, linear=np.zeros((1, draws, players)), own=np.zeros((1, draws, players)),
        fte_once=none, fte=RATE * units, largest=np.zeros((1, 0, draws, players)),
        step=none + 1, least=none, post=drawn.post[None], lead=none, threshold=none + np.inf,
        price=drawn.price[None, None], units=units[None], power=none[None] + (POWER - 1),
        allowed=np.ones((1, 2**players), np.bool_),
    )  # fmt: skip
    alone = FIXED + drawn.post[:, None] * np.ceil(RATE * drawn.weights - 1e-9)
    alone += drawn.price[:, None] * drawn.weights**POWER
    return terms, alone, mg.shapley_weights(players)


def engine(drawn: Draws) -> Callable[[], tuple[kernel.Totals, kernel.Divided]]:
    """The engine's own loop: five keys, each with its core check, and all totals."""
    terms, alone, weights = inputs(drawn)
    shares = np.full((1, 2, alone.shape[1]), 1 / alone.shape[1])
    return lambda: simulate.simulate(terms, alone, alone, shares, weights, 0.05)


@njit(nogil=True, error_model="numpy", _nrt=False)
def one_key(terms, alone, apart, mixed, weights, tables, scratch, value, gain):
    """Only the costs, the Shapley value (D, n) and its core check, from the kernel's own parts."""
    for d in range(len(alone)):
        kernel._prepare(terms, alone, alone, d, tables, 0)
        scratch.low_sums[:] = 0.0
        low, high = tables.low[0], tables.high[0]
        for h in range(high.shape[1]):
            cost, envelope = scratch.cost, scratch.envelope[0, h]
            envelope[:] = np.inf
            kernel._cost_of_row(terms, d, tables, 0, 0, h, scratch.steps, scratch.volumes, scratch.room, cost)
            if mixed[0, h]:
                rows.add(low[kernel.ALONE], high[kernel.ALONE, h], scratch.alone)
                rows.stand_apart(apart[0, h], scratch.alone, cost, envelope)
            else:
                rows.lower(cost, envelope)
            scratch.high_sums[0, 0, h] = rows.add_weighted(
                weights[kernel._bits(h)], cost, scratch.low_sums[0, 0]
            )
        small = alone.shape[1] if high.shape[1] == 1 else kernel.ROW_PLAYERS
        fold.member_sums(scratch.low_sums[0, 0], value[d, :small])
        fold.member_sums(scratch.high_sums[0, 0], value[d, small:])
        fold.make_efficient(scratch.cost[-1], value[d])
        kernel._end_envelope(alone[d], scratch.envelope[0])
        gain[d], _ = kernel._most_blocking(
            value[d], scratch.envelope[0], scratch.low, scratch.high, scratch.best
        )


def bare(drawn: Draws) -> Callable[[], tuple[Floats, Floats]]:
    """``one_key`` on the arrays that the engine gives the kernel."""
    terms, alone, weights = inputs(drawn)
    prepared = simulate.prepare(terms, weights, keys=1)
    value, gain = np.empty_like(alone), np.empty(len(alone))

    def call() -> tuple[Floats, Floats]:
        one_key(terms, alone, *prepared, value, gain)
        return value, gain

    return call


def agree(drawn: Draws) -> str:
    """Say how far the kernel is from plain numpy and `marke.games`."""
    cost = costs(drawn)
    value, gain = bare(drawn)()
    totals, divided = engine(drawn)()
    expected = mg.shapley(cost)
    gaps = (
        np.abs(totals.sums[0, 1:] / cost[:, 1:].sum(axis=0) - 1),
        np.abs(value - expected),
        np.abs(divided.allocation[0, -1] - expected),
        np.abs(gain - mg.most_blocking_each(cost, expected)[1]),
    )
    return f"{max(gap.max() for gap in gaps):.0e}"


def in_threads(
    drawn: Draws, way: Callable[[Draws], Callable[[], object]], threads: int
) -> tuple[float, float]:
    """Wall and CPU seconds of all replicates, median of five, as the engine spreads them over threads."""
    parts = (np.split(array, REPLICATES) for array in drawn)
    calls = [way(Draws(*part)) for part in zip(*parts, strict=True)]
    taken = []
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(6):
            wall, cpu = time.perf_counter(), time.process_time()
            list(pool.map(lambda call: call(), calls))
            taken.append((time.perf_counter() - wall, time.process_time() - cpu))
    return median(one for one, _ in taken[1:]), median(one for _, one in taken[1:])


def headline() -> Iterator[str]:
    """The whole job on two threads, against one exponential a coalition."""
    drawn = draw(PLAYERS, DRAWS)
    inside, room = simulate.aligned((2**PLAYERS,)), simulate.aligned((2**PLAYERS,))
    inside[:] = np.linspace(0, 1, inside.size)
    source, target = np.linspace(0, 1, LARGE), np.ones(LARGE)
    size = 2**PLAYERS * DRAWS
    limits = [
        Row("`np.exp`, in cache", PLAYERS, lambda: np.exp(inside, out=room), per=inside.size / size),
        Row("`np.exp`, in memory", PLAYERS, lambda: np.exp(source, out=target), per=LARGE / size),
        Row("copy of 8 bytes, in memory", PLAYERS, lambda: np.copyto(target, source), per=LARGE / size),
        Row("numpy, costs alone", PLAYERS, lambda: costs(Draws(*(a[:64] for a in drawn))), per=64 / DRAWS),
    ]
    seconds = measure(limits)
    yield f"| {2**PLAYERS:,} coalitions, {DRAWS:,} draws | wall, 2 threads | CPU | ratio to `np.exp` |"
    yield "|---|---|---|---|"
    for name, way in (
        ("**costs, exact Shapley, core check**", bare),
        ("engine: costs, totals, five keys with core check", engine),
    ):
        wall, cpu = in_threads(drawn, way, 2)
        yield f"| {name} | **{shown(wall)}** | {shown(cpu)} | {ratio(cpu / seconds[0])} |"
    for row, cpu in zip(limits, seconds, strict=True):
        yield f"| {row.what} | - | {shown(cpu)} | {ratio(cpu / seconds[0])} |"
    yield f"\nMemory copies {16 * size / seconds[2] / 1e9:.0f} GB/s (read and write), arrays of 128 MiB."


def parts() -> list[Row]:
    """What one draw costs, part by part, on one core."""
    drawn = draw(PLAYERS, FEW)
    terms, alone, weights = inputs(drawn)
    none = np.zeros((1, 0, FEW))
    steps = terms._replace(price=none, power=none, units=np.zeros((1, 0, FEW, PLAYERS)))
    shares = np.empty((1, 0, PLAYERS))
    return [
        Row("costs, Shapley, core check, a draw", PLAYERS, bare(drawn), agree(drawn), FEW, first=True),
        Row("engine, five keys, a draw", PLAYERS, engine(drawn), per=FEW),
        Row(
            "engine, three keys", PLAYERS,
            lambda: simulate.simulate(terms, alone, alone, shares, weights, 0.05), per=FEW,
        ),
        Row(
            "the same without the power term", PLAYERS,
            lambda: simulate.simulate(steps, alone, alone, shares, weights, 0.05), per=FEW,
        ),
    ]  # fmt: skip


def growth() -> Iterator[str]:
    """CPU time a draw by number of players."""
    yield "| players | engine, a draw | a coalition | costs, Shapley, core check, a draw | a coalition |"
    yield "|---|---|---|---|---|"
    for n in GROWTH:
        draws = max(kernel.BATCH, WORK >> n)
        drawn = draw(n, draws)
        taken = measure([Row("", n, engine(drawn), per=draws), Row("", n, bare(drawn), per=draws)])
        cells = " | ".join(f"{shown(seconds)} | {shown(seconds / 2**n)}" for seconds in taken)
        yield f"| {n} | {cells} |"


def main() -> None:
    """Measure and print the section."""
    print("## The kernel\n")
    print(TEXT)
    print("\nThe engine has one variant here. CPU time on all cores; the largest difference from numpy and")
    print("`marke.games` stands in the last column of the second table.\n")
    print(*headline(), "", sep="\n")
    on_one_core()
    print(*table(parts()), "", sep="\n")
    print(f"### Growth with players ({WORK:,} coalitions times draws, one core)\n")
    print(*growth(), sep="\n")


if __name__ == "__main__":
    main()
