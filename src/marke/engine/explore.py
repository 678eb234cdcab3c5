"""One service explored: alone costs, then every coalition of every joint variant over all draws."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property, lru_cache
from os import cpu_count
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from marke.engine import trace
from marke.engine.admission import Rule, admission_rule, admitted, may_form
from marke.engine.burden import make_group
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.keys import EACH_DRAW, LINEAR, linear_shares
from marke.engine.program import Program, compile_variant
from marke.engine.sample import Sample, cheapest_forms, take_sample
from marke.engine.spread import Pool, in_order, threads
from marke.engine.today import Now, look_at_today
from marke.games import potential, shapley_weights, subset_sums
from marke.study import REPLICATES, Study

if TYPE_CHECKING:
    from marke.engine.kernel import Divided, Totals

DRAW_AXIS = {"largest": 2, "price": 2, "units": 2, "power": 2}

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
        """Per variant which coalitions of ``masks`` may form."""
        rules = {variant: admission_rule(self.case, variant) for variant in self.statistics}
        return {variant: may_form(rule, self.masks) for variant, rule in rules.items()}

    @cached_property
    def games(self) -> Mapping[str, Floats]:
        """The game of expected costs of each variant: a single player stands alone, a group is in it."""
        found = {variant: statistics.mean.copy() for variant, statistics in self.statistics.items()}
        for game in found.values():
            game[0] = 0.0
        return found

    @cached_property
    def envelope(self) -> Floats:
        """The game in which every group takes its cheapest form in expectation (2^n,)."""
        costs, allowed = np.stack(list(self.games.values())), np.stack(list(self.allowed.values()))
        return cheapest_forms(costs, allowed, self.alone.cost.mean(axis=0))

    @cached_property
    def potentials(self) -> Mapping[str, Floats]:
        """Potential of each of the ``games`` (2^n,)."""
        return {variant: potential(game) for variant, game in self.games.items()}

    @property
    def masks(self) -> NDArray[np.int64]:
        """Bitmask of every coalition that the statistics hold: all of them, the empty one first."""
        return np.arange(1 << len(self.case.players))

    def sums(self, weights: Floats) -> Floats:
        """Sum of the members' weights (n,) for every coalition of ``masks``."""
        return subset_sums(weights)


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


def memory_needed(players: int, variants: int, draws: int, workers: int) -> int:
    """Bytes that exploring one service takes at most, besides the program (docs/model.md, section 9)."""
    lattice = (variants * (24 + 8 * workers) + 8 * workers) * 2**players
    per_draw = variants * (len(LINEAR) + len(EACH_DRAW) + 12) * players * draws
    return int(8 * (lattice + per_draw))


def explore(case: Case, study: Study, progress: Progress | None = None, pool: Pool | None = None) -> Explored:
    """Compute every coalition of every joint variant of one service over all draws.

    Memory is bounded (``memory_needed``): nothing of size 2^n x D exists. Without a ``pool``, a thread for
    every processor is used. The same seed gives the same bytes whatever the pool: replicates are added in
    their own order.
    """
    if pool is None:
        with threads(cpu_count() or 1) as pool:
            return explore(case, study, progress, pool)
    alone = compare_alone(case)
    now = look_at_today(case, study)
    everyone = tuple(range(len(case.players)))
    stacked = stack_programs([compile_variant(case, variant) for variant in case.variants])
    rules = [admission_rule(case, variant) for variant in case.variants]
    linear = [linear_shares(case, make_group(case, variant, everyone)) for variant in case.variants]
    shares = np.array([list(each.values()) for each in linear])
    folded = _run_replicates(study, stacked, rules, shares, alone.cost, now.players, pool, progress)
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
        sample=_take_sample(case, stacked, alone.cost, pool.here),
    )


def _take_sample(case: Case, stacked: Mapping[str, Floats], alone: Floats, workers: int) -> Sample:
    from marke.engine.kernel import Terms
    from marke.engine.simulate import evaluate

    allowed = np.stack([admitted(case, variant) for variant in case.variants])

    def costs(draws: NDArray[np.intp]) -> Floats:
        return evaluate(Terms(**taken(stacked, draws), allowed=allowed), alone[draws])

    return take_sample(case.variants, allowed, alone, costs, workers)


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

    def add(self, replicate: int, totals: "Totals", divided: "Divided") -> None:
        block = self.draws // REPLICATES
        part = slice(replicate * block, (replicate + 1) * block)
        self.total += totals.sums
        self.square_of_means += (totals.sums / block) ** 2
        self.squares += totals.squares
        self.counts += (totals.saves, totals.material, totals.cheaper)
        self.allocation[:, :, part] = divided.allocation
        self.gain[:, :, part] = divided.gain
        self.blocking[:, :, part] = divided.blocking

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
    rules: list[Rule],
    shares: Floats,
    alone: Floats,
    today: Floats,
    pool: Pool,
    progress: Progress | None,
) -> _Folded:
    draws, players = alone.shape
    block = draws // REPLICATES
    variants, linear = shares.shape[:2]
    materiality = study.settings.thresholds.materiality
    folded = _Folded(variants, linear + len(EACH_DRAW), players, draws)

    def tasks() -> Iterator[_Task]:
        for start in range(0, draws, block):
            part = np.arange(start, start + block)
            yield _Task(taken(stacked, part), alone[part], today[part], shares, rules, materiality)

    for replicate, (totals, divided) in enumerate(in_order(pool, _run_replicate, tasks())):
        folded.add(replicate, totals, divided)
        if progress:
            progress(replicate + 1, REPLICATES)
    return folded


_weights = lru_cache(maxsize=1)(shapley_weights)


class _Task(NamedTuple):
    """One replicate, ready to be sent: its programs without what follows from ``rules``, and its draws."""

    programs: Mapping[str, Floats]
    alone: Floats
    today: Floats
    shares: Floats
    rules: list[Rule]
    materiality: float


def _run_replicate(task: _Task) -> "tuple[Totals, Divided]":
    """Run the kernel on one replicate, wherever this is: its draws go in, its totals come out.

    What was sent from elsewhere is read-only: the kernel would be compiled anew for it, and round otherwise.
    """
    from marke.engine.kernel import Terms
    from marke.engine.simulate import simulate

    def own(array: Floats) -> Floats:
        return np.require(array, requirements=["C", "W"])

    players = task.alone.shape[1]
    allowed = np.stack([may_form(rule, np.arange(1 << players)) for rule in task.rules])
    terms = Terms(**{name: own(array) for name, array in task.programs.items()}, allowed=allowed)
    alone, today, shares = map(own, (task.alone, task.today, task.shares))
    return simulate(terms, alone, today, shares, _weights(players), task.materiality)


def stack_programs(programs: list[Program]) -> dict[str, Floats]:
    """Stack the programs of the variants of one service, field by field."""
    return {
        field.name: _stack([getattr(program, field.name) for program in programs])
        for field in fields(Program)
    }


def taken(stacked: Mapping[str, Floats], draws: NDArray[np.intp]) -> dict[str, Floats]:
    """Some of the draws of all programs."""
    return {
        name: np.ascontiguousarray(np.take(array, draws, axis=DRAW_AXIS.get(name, 1)))
        for name, array in stacked.items()
    }


def _stack(arrays: list[Floats]) -> Floats:
    """Stack variants, padding those with fewer extra terms (the first axis) with terms of zero."""
    most = max(len(array) for array in arrays)
    return np.stack([np.pad(a, [(0, most - len(a)), *[(0, 0)] * (a.ndim - 1)]) for a in arrays])
