"""One service with too many players for every coalition: a sample of coalitions, and a search, said so.

What is asked of one coalition stays exact over all draws; what is said about all of them rests on the sample.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.explore import Explored, Progress, Statistics, compare_alone
from marke.engine.keys import LINEAR_KEYS, linear_shares
from marke.engine.program import Program, compile_variant
from marke.engine.search import grow
from marke.engine.spread import Pool, in_order
from marke.engine.today import look_at_today
from marke.games import SampledShapley, shapley_sampled
from marke.study import REPLICATES, Study

GROUPS_PER_SIZE = 400
"""Coalitions drawn of every size; all of them where there are fewer."""

CHUNK = 1 << 21
"""Numbers (coalitions x draws) that are worked out at a time."""

TOLERANCE = 0.005
MOST_ORDERS = 2000
"""The sampled Shapley value stops at a standard error of 0.5 % of the average share, or at 2,000 orders."""

KEYS = (*LINEAR_KEYS, "proportional_to_alone")
"""The keys whose stability is looked at in every draw; a game-based key would need every draw's whole game."""

Masks = NDArray[np.int64]


@dataclass(frozen=True)
class Sampled(Explored):
    """An ``Explored`` whose statistics hold a sample: ``coalitions`` are its masks in ascending order.

    The first is the empty coalition and the last holds everybody. ``programs`` cost any other coalition.
    """

    coalitions: Masks = field(kw_only=True)
    programs: Mapping[str, Program] = field(kw_only=True)
    seed: int = field(kw_only=True)
    known: dict[tuple[str, int], SampledShapley] = field(default_factory=dict, kw_only=True, compare=False)

    @property
    def masks(self) -> Masks:
        """Bitmask of every coalition that the statistics hold."""
        return self.coalitions

    def sums(self, weights: Floats) -> Floats:
        """Sum of the members' weights (n,) for every coalition of ``masks``."""
        return np.asarray(membership(self.coalitions, len(weights)) @ weights)

    def expected(self, variant: str, members: NDArray[np.bool_]) -> Floats:
        """Expected cost of k coalitions (k, n) in one variant, (k,); a single player stands alone."""
        return expected_cost(self.programs[variant], self.alone.cost, members)

    def cheapest(self, members: NDArray[np.bool_]) -> Floats:
        """Expected cost of k coalitions (k, n), each in its cheapest variant, (k,)."""
        return np.min([self.expected(variant, members) for variant in self.programs], axis=0)

    def shapley(self, variant: str, members: Sequence[int], orders: int = MOST_ORDERS) -> SampledShapley:
        """Estimate the Shapley value of the expected game among ``members``, from at most ``orders`` orders."""
        mask = sum(1 << player for player in members)
        if (variant, mask) not in self.known:
            places = list(members)
            count = len(self.case.players)

            def evaluate(inside: NDArray[np.bool_]) -> Floats:
                whole = np.zeros((len(inside), count), np.bool_)
                whole[:, places] = inside
                return self.expected(variant, whole)

            total = float(evaluate(np.ones((1, len(places)), np.bool_))[0])
            self.known[variant, mask] = shapley_sampled(
                evaluate,
                len(places),
                tolerance=TOLERANCE * total / len(places),
                maximum=orders,
                seed=self.seed,
            )
        return self.known[variant, mask]


def membership(masks: Masks, players: int) -> NDArray[np.bool_]:
    """Who is in each coalition: (k,) masks -> (k, n)."""
    return np.asarray((masks[:, None] >> np.arange(players)) & 1 == 1)


def cost_of(program: Program, alone: Floats, members: NDArray[np.bool_]) -> Floats:
    """Cost of k coalitions (k, n), none empty, in every draw: (k, D); one player costs what it costs alone."""
    inside = members.astype(np.float64)
    load = program.fte_once + inside @ program.fte.T
    for largest in program.largest:
        most = np.zeros_like(load)
        for player in range(members.shape[1]):
            rows = members[:, player]
            most[rows] = np.maximum(most[rows], largest[:, player])
        load += most
    team = np.maximum(program.step * np.ceil(load / program.step - 1e-9), program.least)
    lead = np.where(team >= program.threshold, program.lead, 0.0)
    cost = program.base + inside @ program.linear.T + team * (program.post + lead)
    for price, units, power in zip(program.price, program.units, program.power, strict=True):
        amount = inside @ units.T
        cost += price * amount * np.maximum(amount, 1.0) ** power
    single = members.sum(axis=1) == 1
    cost[single] = alone.T[members[single].argmax(axis=1)]
    return np.asarray(cost)


def expected_cost(program: Program, alone: Floats, members: NDArray[np.bool_]) -> Floats:
    """Expected cost of k coalitions (k, n), none empty: (k,), worked out in chunks."""
    at_once = max(1, CHUNK // len(alone))
    parts = [
        cost_of(program, alone, members[start : start + at_once]).mean(axis=1)
        for start in range(0, len(members), at_once)
    ]
    return np.concatenate(parts)


def memory_needed(players: int, variants: int, draws: int, workers: int) -> int:
    """Bytes that exploring one service by sampling takes at most, besides the program."""
    chunks = workers * (variants + 8) * max(CHUNK, draws)
    return 8 * (chunks + variants * (12 * players * draws + 8 * GROUPS_PER_SIZE * players))


def explore_sampled(
    case: Case, study: Study, progress: Progress | None = None, pool: Pool | None = None
) -> Sampled:
    """Explore one service by a sample of coalitions of every size, and the best that a search finds.

    The search grows a group one player at a time and then exchanges players; it proves nothing about groups
    it did not see. ``gain`` and ``blocking`` know only the coalitions of the sample, so that they are a lower
    bound on discontent. The same seed gives the same bytes whatever the pool.
    """
    alone, now = compare_alone(case), look_at_today(case, study)
    programs = {variant: compile_variant(case, variant) for variant in case.variants}
    players = len(case.players)
    ours = next(i for i, player in enumerate(case.players) if study.viewpoint in player)
    drawn = draw_coalitions(players, study.settings.seed)
    found = [_search(program, alone.cost, ours) for program in programs.values()]
    masks = np.unique(np.concatenate([drawn, *found]))
    measured = _measure_all(
        case, study, list(programs.values()), alone.cost, now.players, masks, pool, progress
    )
    variants = dict(enumerate(programs))
    return Sampled(
        case=case,
        alone=alone,
        now=now,
        statistics={name: Statistics(*measured.statistics[v]) for v, name in variants.items()},
        keys=KEYS,
        gain={name: measured.gain[v] for v, name in variants.items()},
        coalitions=masks,
        programs=programs,
        seed=study.settings.seed,
    )


def draw_coalitions(players: int, seed: int) -> Masks:
    """Draw masks of every size from 0 to n: all of a size, or ``GROUPS_PER_SIZE`` different ones at random."""
    random = np.random.default_rng([seed, players])
    masks: set[int] = set()
    for size in range(players + 1):
        wanted = min(comb(players, size), GROUPS_PER_SIZE)
        of_size: set[int] = set()
        while len(of_size) < wanted:
            chosen = random.choice(players, size, replace=False)
            of_size.add(sum(1 << int(player) for player in chosen))
        masks |= of_size
    return np.array(sorted(masks), dtype=np.int64)


def _search(program: Program, alone: Floats, ours: int) -> Masks:
    """Masks of the best group of every size: by saving, by saving relative to alone, and with one player."""
    mean = alone.mean(axis=0)

    def saving(members: NDArray[np.bool_]) -> Floats:
        return np.asarray(members @ mean - expected_cost(program, alone, members))

    def relative(members: NDArray[np.bool_]) -> Floats:
        return np.asarray(saving(members) / (members @ mean))

    players = alone.shape[1]
    groups = [*grow(saving, players), *grow(relative, players), *grow(relative, players, start=ours)]
    weights = 1 << np.arange(players, dtype=np.int64)
    return np.array([int(weights[group].sum()) for group in groups], dtype=np.int64)


@dataclass
class _Measured:
    """Statistics (V, 6, m) in the order of ``Statistics``, and the largest gains (V, k, D)."""

    statistics: Floats
    gain: Floats


def _measure_all(
    case: Case,
    study: Study,
    programs: list[Program],
    alone: Floats,
    today: Floats,
    masks: Masks,
    pool: Pool | None,
    progress: Progress | None,
) -> _Measured:
    draws, players = alone.shape
    members = membership(masks, players)
    paid = _allocations(case, programs, alone)
    at_once = max(1, CHUNK // draws)
    starts = range(1, len(masks), at_once)
    measured = _Measured(
        np.zeros((len(programs), 6, len(masks))), np.full((len(programs), len(KEYS), draws), -np.inf)
    )
    materiality = study.settings.thresholds.materiality

    def tasks() -> Iterator[tuple[Any, ...]]:
        for start in starts:
            yield programs, alone, today, paid, members[start : start + at_once], materiality

    run: Iterator[tuple[Floats, Floats]]
    run = map(_measure, tasks()) if pool is None else in_order(pool, _measure, tasks())
    for number, (statistics, gain) in enumerate(run):
        start = starts[number]
        measured.statistics[:, :, start : start + at_once] = statistics
        np.maximum(measured.gain, gain, out=measured.gain)
        if progress:
            progress(number + 1, len(starts))
    return measured


def _allocations(case: Case, programs: list[Program], alone: Floats) -> Floats:
    """What every player pays of the cost of all together in every draw: (V, k, D, n)."""
    everyone = np.ones((1, alone.shape[1]), np.bool_)
    shares = np.stack(list(linear_shares(case).values()))
    found = []
    for program in programs:
        total = cost_of(program, alone, everyone)[0][:, None]
        joint = total - program.own.sum(axis=1, keepdims=True)
        linear = [share * joint + program.own for share in shares]
        found.append(np.stack([*linear, total * alone / alone.sum(axis=1, keepdims=True)]))
    return np.stack(found)


def _measure(task: tuple[Any, ...]) -> tuple[Floats, Floats]:
    """Statistics (V, 6, k) of k coalitions, and what the most blocking of them would gain (V, k, D)."""
    programs, alone, today, paid, members, materiality = task
    inside = members.astype(np.float64)
    apart, now = inside @ alone.T, inside @ today.T
    envelope = np.full(apart.shape, np.inf)
    statistics = np.empty((len(programs), 6, len(members)))
    for v, program in enumerate(programs):
        cost = cost_of(program, alone, members)
        np.minimum(envelope, cost, out=envelope)
        saving = apart - cost
        means = cost.reshape(len(members), REPLICATES, -1).mean(axis=2)
        statistics[v] = (
            cost.mean(axis=1),
            means.std(axis=1, ddof=1) / np.sqrt(REPLICATES),
            saving.std(axis=1),
            (saving > 0).mean(axis=1),
            (saving >= materiality * apart).mean(axis=1),
            (cost < now).mean(axis=1),
        )
    proper = ~members.all(axis=1)
    gain = np.full(paid.shape[:3], -np.inf)
    if proper.any():
        for v, key in np.ndindex(paid.shape[:2]):
            gain[v, key] = (inside[proper] @ paid[v, key].T - envelope[proper]).max(axis=0)
    return statistics, gain
