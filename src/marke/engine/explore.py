"""One service explored: alone costs, then every coalition of every joint variant over all draws."""

from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import cached_property
from os import cpu_count

import numpy as np
from numpy.typing import NDArray

from marke.engine import trace
from marke.engine.admission import admitted
from marke.engine.burden import make_group
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.keys import EACH_DRAW, LINEAR, linear_shares
from marke.engine.program import Program, compile_variant
from marke.engine.sample import Sample, take_sample
from marke.engine.today import Now, look_at_today
from marke.games import shapley_weights, subset_sums
from marke.study import REPLICATES, Study

PROGRAM_FIELDS = (
    "base", "linear", "own", "fte_once", "fte", "largest", "step", "least", "post", "lead", "threshold",
    "price", "units", "power", "allowed",
)  # fmt: skip
DRAW_AXIS = {"largest": 2, "price": 2, "units": 2, "power": 2}
WITHOUT_DRAWS = "allowed"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Alone:
    """Alone costs of n players: ``means`` (A, n) per alone variant; the chosen and the second cheapest.

    ``cost`` and ``second`` are (D, n): the cheapest variant *in expectation*, chosen once per player.
    """

    variants: tuple[str, ...]
    means: Floats
    chosen: NDArray[np.intp]
    runner_up: NDArray[np.intp]
    cost: Floats
    second: Floats
    error: Floats


@dataclass(frozen=True)
class Statistics:
    """What is kept of all coalitions of one joint variant: every array (2^n,), euro a year or a share.

    ``error`` is the standard error of the mean over replicates; ``spread`` the standard deviation of the
    saving; ``chance`` P(cheaper than alone), ``material`` P(saving of at least the materiality),
    ``cheaper`` P(cheaper than today).
    """

    mean: Floats
    error: Floats
    spread: Floats
    chance: Floats
    material: Floats
    cheaper: Floats


@dataclass(frozen=True)
class Explored:
    """All results of one service.

    With the k ``keys``: ``allocation[variant]`` is (k, D, n); ``gain[variant]`` (k, D), what the most
    blocking group would gain in that draw, and ``blocking[variant]`` (k, D), its mask (0: nobody gains).
    """

    case: Case
    alone: Alone
    now: Now
    statistics: Mapping[str, Statistics]
    keys: tuple[str, ...] = ()
    allocation: Mapping[str, Floats] = field(default_factory=dict)
    gain: Mapping[str, Floats] = field(default_factory=dict)
    blocking: Mapping[str, NDArray[np.int32]] = field(default_factory=dict)
    sample: Sample | None = None

    @cached_property
    def allowed(self) -> Mapping[str, NDArray[np.bool_]]:
        """Per variant which coalitions may form, (2^n,)."""
        return {variant: admitted(self.case, variant) for variant in self.statistics}


def standard_error(values: Floats) -> Floats:
    """Standard error of the mean over draws (axis 0), from the spread of the replicates' means."""
    means = values.reshape(REPLICATES, -1, *values.shape[1:]).mean(axis=1)
    return np.asarray(means.std(axis=0, ddof=1) / np.sqrt(REPLICATES))


def chance_error(happened: NDArray[np.bool_]) -> float:
    """Standard error of a chance from what happened in every draw (D,).

    At least 1.5 / D: what was never seen in D draws has a chance of up to 3 / D (Hanley and Lippman-Hand
    1983).
    """
    return max(float(standard_error(happened.astype(np.float64))), 1.5 / happened.size)


def compare_alone(case: Case) -> Alone:
    """Cost every alone variant for every player, and choose the cheapest in expectation."""
    variants = tuple(case.service.alone)
    count = len(case.players)
    costs = np.stack(
        [
            np.stack([trace.alone(case, variant, i).values for i in range(count)], axis=1)
            for variant in variants
        ]
    )
    means = costs.mean(axis=1)
    order = np.argsort(means, axis=0, kind="stable")
    chosen, runner_up = order[0], order[min(1, len(variants) - 1)]
    cost = np.stack([costs[chosen[i], :, i] for i in range(count)], axis=1)
    second = np.stack([costs[runner_up[i], :, i] for i in range(count)], axis=1)
    return Alone(variants, means, chosen, runner_up, cost, second, standard_error(second - cost))


def memory_needed(players: int, variants: int, draws: int) -> int:
    """Bytes that exploring one service takes at most, besides the program (docs/model.md, section 9)."""
    workers = cpu_count() or 1
    lattice = (variants * (24 + 8 * workers) + 8 * workers) * 2**players
    per_draw = variants * (len(LINEAR) + len(EACH_DRAW) + 12) * players * draws
    return int(8 * (lattice + per_draw))


def explore(case: Case, study: Study, progress: Progress | None = None) -> Explored:
    """Compute every coalition of every joint variant of one service over all draws.

    Memory is bounded (``memory_needed``): nothing of size 2^n x D exists. The same seed gives the same bytes
    whatever the number of processors: replicates are added up in their own order.
    """
    alone = compare_alone(case)
    now = look_at_today(case, study)
    everyone = tuple(range(len(case.players)))
    stacked = _stack_programs([compile_variant(case, variant) for variant in case.variants])
    linear = [linear_shares(case, make_group(case, variant, everyone)) for variant in case.variants]
    shares = np.array([list(each.values()) for each in linear])
    folded = _run_replicates(study, stacked, shares, alone.cost, now.players, progress)
    variants = dict(enumerate(case.variants))
    return Explored(
        case=case,
        alone=alone,
        now=now,
        statistics={name: folded.statistics(v, alone.cost) for v, name in variants.items()},
        keys=(*linear[0], *EACH_DRAW),
        allocation={name: folded.allocation[v] for v, name in variants.items()},
        gain={name: folded.gain[v] for v, name in variants.items()},
        blocking={name: folded.blocking[v] for v, name in variants.items()},
        sample=_take_sample(case, stacked, alone.cost),
    )


def _take_sample(case: Case, stacked: Mapping[str, Floats], alone: Floats) -> Sample:
    from marke.engine.kernel import evaluate

    inputs = [array for name, array in stacked.items() if name != "own"]

    def costs(draw: int) -> Floats:
        cost = np.empty((len(case.variants), 2 ** len(case.players)))
        evaluate(draw, *inputs, alone, cost)  # type: ignore[call-arg]  # as for simulate
        return cost

    return take_sample(case.variants, stacked["allowed"] > 0, alone, costs)


class _Folded:
    """Running totals over replicates, added in replicate order."""

    def __init__(self, variants: int, keys: int, players: int, draws: int) -> None:
        shape = (variants, 2**players)
        self.draws = draws
        self.total = np.zeros(shape)
        self.square_of_means = np.zeros(shape)
        self.squares = np.zeros(shape)
        self.counts = np.zeros((3, *shape))
        self.allocation = np.empty((variants, keys, draws, players))
        self.gain = np.empty((variants, keys, draws))
        self.blocking = np.empty((variants, keys, draws), np.int32)

    def add(self, sums: Floats, squares: Floats, counts: Floats) -> None:
        self.total += sums
        self.square_of_means += (sums / (self.draws // REPLICATES)) ** 2
        self.squares += squares
        self.counts += counts

    def statistics(self, variant: int, alone: Floats) -> Statistics:
        mean = self.total[variant] / self.draws
        between = np.maximum(self.square_of_means[variant] / REPLICATES - mean**2, 0)
        saving = subset_sums(alone.mean(axis=0)) - mean
        spread = np.sqrt(np.maximum(self.squares[variant] / self.draws - saving**2, 0))
        chance, material, cheaper = self.counts[:, variant] / self.draws
        return Statistics(mean, np.sqrt(between / (REPLICATES - 1)), spread, chance, material, cheaper)


def _run_replicates(
    study: Study,
    stacked: Mapping[str, Floats],
    shares: Floats,
    alone: Floats,
    today: Floats,
    progress: Progress | None,
) -> _Folded:
    from marke.engine.kernel import simulate

    draws, players = alone.shape
    block = draws // REPLICATES
    variants, linear = shares.shape[:2]
    weights = shapley_weights(players)
    folded = _Folded(variants, linear + len(EACH_DRAW), players, draws)

    def run(replicate: int) -> tuple[Floats, Floats, Floats]:
        part = slice(replicate * block, (replicate + 1) * block)
        inputs = [
            array
            if name == WITHOUT_DRAWS
            else np.ascontiguousarray(
                np.take(array, range(part.start, part.stop), axis=DRAW_AXIS.get(name, 1))
            )
            for name, array in stacked.items()
        ]
        sums, squares, *counts = (np.zeros((variants, 2**players)) for _ in range(5))
        kept = [array[:, :, part] for array in (folded.allocation, folded.gain, folded.blocking)]
        found = [np.empty_like(array, order="C") for array in kept]
        simulate(  # type: ignore[call-arg]  # its stub counts an unpacked list as one argument
            *inputs, alone[part], today[part], shares, weights,
            study.settings.thresholds.materiality, sums, squares, *counts, *found,
        )  # fmt: skip
        for array, values in zip(kept, found, strict=True):
            np.copyto(array, values)
        return sums, squares, np.stack(counts)

    workers = cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        try:
            pending = {pool.submit(run, r): r for r in range(min(workers, REPLICATES))}
            waiting: dict[int, tuple[Floats, Floats, Floats]] = {}
            submitted, added = len(pending), 0
            while pending:
                done, _ = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    waiting[pending.pop(future)] = future.result()
                    if submitted < REPLICATES:
                        pending[pool.submit(run, submitted)] = submitted
                        submitted += 1
                while added in waiting:
                    folded.add(*waiting.pop(added))
                    added += 1
                    if progress:
                        progress(added, REPLICATES)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return folded


def _stack_programs(programs: list[Program]) -> dict[str, Floats]:
    return {name: _stack([getattr(program, name) for program in programs]) for name in PROGRAM_FIELDS}


def _stack(arrays: list[Floats]) -> Floats:
    """Stack variants, padding those with fewer extra terms (the first axis) with terms of zero."""
    most = max(len(array) for array in arrays)
    return np.stack([np.pad(a, [(0, most - len(a)), *[(0, 0)] * (a.ndim - 1)]) for a in arrays])
