"""One service with too many players for every coalition: a sample of coalitions and a search, and said so.

What is asked of one coalition stays exact over all draws; what is said about all of them rests on the sample.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marke.engine.admission import Rule, admission_rule, may_form
from marke.engine.burden import make_group
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.explore import Explored, Progress, Statistics, compare_alone
from marke.engine.keys import linear_shares
from marke.engine.program import Program, compile_variant
from marke.engine.search import Members, grow
from marke.engine.spread import Pool, in_order, threads
from marke.engine.today import look_at_today
from marke.games import SampledShapley, shapley_sampled
from marke.study import REPLICATES, Study

GROUPS_PER_SIZE = 400
"""Coalitions drawn of every size; all of them where there are fewer."""

CHUNK = 1 << 20
"""Numbers (coalitions x draws) that are worked out at a time."""

TOLERANCE = 0.005
MOST_ORDERS = 2000
"""The sampled Shapley value stops at a standard error of 0.5 % of the average share, or at 2,000 orders."""

PROPORTIONAL = "proportional_to_alone"
"""Of the keys that divide every draw's game, the only one that does not need all of that game."""

Masks = NDArray[np.int64]


@dataclass(frozen=True)
class Form:
    """One joint variant, ready to cost any coalition: its program, and which coalitions may form."""

    program: Program
    rule: Rule


@dataclass(frozen=True)
class Sampled(Explored):
    """An ``Explored`` whose statistics hold a sample: ``coalitions`` are its masks in ascending order.

    The first is the empty coalition and the last holds everybody; ``forms`` cost any other coalition.
    ``measured``: the statistics are those of this case, and not of the one that it was altered from.
    """

    coalitions: Masks = field(kw_only=True)
    forms: Mapping[str, Form] = field(kw_only=True)
    seed: int = field(kw_only=True)
    known: dict[tuple[str, int, int], SampledShapley] = field(default_factory=dict, kw_only=True)
    measured: bool = field(default=True, kw_only=True)

    @property
    def masks(self) -> Masks:
        """Bitmask of every coalition that the statistics hold."""
        return self.coalitions

    def sums(self, weights: Floats) -> Floats:
        """Sum of the members' weights (n,) for every coalition of ``masks``."""
        return np.asarray(membership(self.coalitions, len(weights)) @ weights)

    def expected(self, variant: str, members: Members) -> Floats:
        """Expected cost of k coalitions (k, n), none empty, in one variant: (k,)."""
        return _expected(self.forms[variant], self.alone.cost, members)

    def cheapest(self, members: Members) -> Floats:
        """Expected cost of k coalitions (k, n) in the cheapest form that admits each, else infinite: (k,)."""
        return np.asarray(
            np.min(
                [
                    np.where(may_form(form.rule, masks_of(members)), self.expected(variant, members), np.inf)
                    for variant, form in self.forms.items()
                ],
                axis=0,
            )
        )

    def cheapest_seen(self, places: NDArray[np.intp]) -> Floats:
        """The same for coalitions at k ``places`` of ``masks``, as the statistics have them: (k,)."""
        if not self.measured:
            return self.cheapest(membership(self.coalitions[places], len(self.case.players)))
        costs = [
            np.where(self.allowed[variant][places], each.mean[places], np.inf)
            for variant, each in self.statistics.items()
        ]
        return np.asarray(np.min(costs, axis=0))

    def shapley(self, variant: str, members: Sequence[int], orders: int = MOST_ORDERS) -> SampledShapley:
        """Estimate the Shapley value of the expected game among ``members``, from at most ``orders``."""
        places = list(members)
        key = (variant, sum(1 << player for player in places), orders)
        if key not in self.known:

            def evaluate(inside: Members) -> Floats:
                whole = np.zeros((len(inside), len(self.case.players)), np.bool_)
                whole[:, places] = inside
                return self.expected(variant, whole)

            total = float(evaluate(np.ones((1, len(places)), np.bool_))[0])
            tolerance = TOLERANCE * total / len(places)
            self.known[key] = shapley_sampled(
                evaluate, len(places), tolerance=tolerance, maximum=orders, seed=self.seed
            )
        return self.known[key]


def membership(masks: Masks, players: int) -> Members:
    """Who is in each coalition: (k,) masks -> (k, n)."""
    return np.asarray((masks[:, None] >> np.arange(players)) & 1 == 1)


def masks_of(members: Members) -> Masks:
    """Bitmask of each coalition: (k, n) -> (k,)."""
    return np.asarray(members @ (1 << np.arange(members.shape[1], dtype=np.int64)))


def cost_of(form: Form, alone: Floats, members: Members) -> Floats:
    """Cost of k coalitions (k, n), none empty, in every draw: (k, D).

    The same as ``Program`` states. A single player costs what it costs alone (``alone`` is (D, n)), and so
    do the members of a coalition that may not form.
    """
    program = form.program
    inside = members.astype(np.float64)
    load = program.fte_once + inside @ program.fte.T
    for largest in program.largest:
        most = np.zeros_like(load)
        for player, fte in enumerate(largest.T):
            rows = members[:, player]
            most[rows] = np.maximum(most[rows], fte)
        load += most
    team = np.maximum(program.step * np.ceil(load / program.step - 1e-9), program.least)
    lead = np.where(team >= program.threshold, program.lead, 0.0)
    cost = program.base + inside @ program.linear.T + team * (program.post + lead)
    for price, units, power in zip(program.price, program.units, program.power, strict=True):
        amount = inside @ units.T
        cost += price * amount * np.maximum(amount, 1.0) ** power
    apart = (members.sum(axis=1) == 1) | ~may_form(form.rule, masks_of(members))
    cost[apart] = inside[apart] @ alone.T
    return np.asarray(cost)


def _expected(form: Form, alone: Floats, members: Members) -> Floats:
    at_once = max(1, CHUNK // len(alone))
    starts = range(0, len(members), at_once)
    return np.concatenate([cost_of(form, alone, members[s : s + at_once]).mean(axis=1) for s in starts])


def memory_needed(players: int, variants: int, draws: int, workers: int) -> int:
    """Bytes that exploring one service by sampling takes at most, besides the program."""
    chunks = workers * 10 * max(CHUNK, draws)
    per_draw = variants * (4 * workers + 16) * players * draws
    return 8 * (chunks + per_draw + variants * 12 * GROUPS_PER_SIZE * players)


def explore_sampled(
    case: Case, study: Study, progress: Progress | None = None, pool: Pool | None = None
) -> Sampled:
    """Explore one service by a sample of coalitions of every size, and the best that a search finds.

    The search grows a group one player at a time and exchanges players; it proves nothing about groups it did
    not see. ``gain`` and ``blocking`` know only the coalitions of the sample, so that they are a lower bound
    on discontent. The same seed gives the same bytes whatever the pool.
    """
    if pool is None:
        with threads(1) as pool:
            return explore_sampled(case, study, progress, pool)
    alone, now = compare_alone(case), look_at_today(case, study)
    forms = make_forms(case)
    ours = next(i for i, player in enumerate(case.players) if study.viewpoint in player)
    drawn = draw_coalitions(len(case.players), study.settings.seed)
    found = [_search(form, alone.cost, ours) for form in forms.values()]
    masks = np.unique(np.concatenate([drawn, *found]))
    everyone = tuple(range(len(case.players)))
    shares = [linear_shares(case, make_group(case, variant, everyone)) for variant in forms]
    paid = _allocations(forms, [np.stack(list(each.values())) for each in shares], alone.cost)
    tasks = _tasks(forms, alone.cost, now.players, paid, masks, study.settings.thresholds.materiality)
    statistics = np.zeros((len(forms), 6, len(masks)))
    gain = np.full(paid.shape[:3], -np.inf)
    blocking = np.zeros(paid.shape[:3], np.int64)
    done = 1  # the empty coalition, whose statistics stay 0
    for part, gained, blockers in in_order(pool, _measure, tasks):
        statistics[:, :, done : done + part.shape[2]] = part
        done += part.shape[2]
        blocking = np.where(gained > gain, blockers, blocking)
        gain = np.maximum(gain, gained)
        if progress:
            progress(done, len(masks))
    names = dict(enumerate(forms))
    return Sampled(
        case=case,
        alone=alone,
        now=now,
        statistics={name: Statistics(*statistics[v]) for v, name in names.items()},
        keys=(*shares[0], PROPORTIONAL),
        gain={name: gain[v] for v, name in names.items()},
        blocking={name: blocking[v] for v, name in names.items()},
        coalitions=masks,
        forms=forms,
        seed=study.settings.seed,
    )


def make_forms(case: Case) -> dict[str, Form]:
    """Get every joint variant ready to cost any coalition."""
    return {v: Form(compile_variant(case, v), admission_rule(case, v)) for v in case.variants}


def draw_coalitions(players: int, seed: int) -> Masks:
    """Draw masks of every size from 0 to n: all of a size, or ``GROUPS_PER_SIZE`` of them at random."""
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


def _search(form: Form, alone: Floats, ours: int) -> Masks:
    """Masks of the best group of every size: by saving, by saving relative to alone, and with one player."""
    mean = alone.mean(axis=0)

    def saving(members: Members) -> Floats:
        gained = members @ mean - _expected(form, alone, members)
        return np.where(may_form(form.rule, masks_of(members)), gained, -np.inf)

    def relative(members: Members) -> Floats:
        return np.asarray(saving(members) / (members @ mean))

    players = alone.shape[1]
    groups = [*grow(saving, players), *grow(relative, players), *grow(relative, players, start=ours)]
    return masks_of(np.array(groups))


def _allocations(forms: Mapping[str, Form], shares: Sequence[Floats], alone: Floats) -> Floats:
    """What every player pays of the cost of all together in every draw, linear keys first: (V, k, D, n)."""
    everyone = np.ones((1, alone.shape[1]), np.bool_)
    found = []
    for form, linear in zip(forms.values(), shares, strict=True):
        own = form.program.own
        total = cost_of(form, alone, everyone)[0][:, None]
        joint = total - own.sum(axis=1, keepdims=True)
        proportional = total * alone / alone.sum(axis=1, keepdims=True)
        found.append(np.stack([*(share * joint + own for share in linear), proportional]))
    return np.stack(found)


def _tasks(
    forms: Mapping[str, Form], alone: Floats, today: Floats, paid: Floats, masks: Masks, materiality: float
) -> Iterator[tuple[Any, ...]]:
    """Cut the sample, without the empty coalition, into chunks that can be measured anywhere."""
    at_once = max(1, CHUNK // len(alone))
    for start in range(1, len(masks), at_once):
        yield list(forms.values()), alone, today, paid, masks[start : start + at_once], materiality


def _measure(task: tuple[Any, ...]) -> tuple[Floats, Floats, Masks]:
    """Statistics (V, 6, k) of k coalitions; what the most blocking gains, and its mask: (V, keys, D) each."""
    forms, alone, today, paid, masks, materiality = task
    members = membership(masks, alone.shape[1])
    inside = members.astype(np.float64)
    apart, now = inside @ alone.T, inside @ today.T
    envelope = np.full(apart.shape, np.inf)
    statistics = np.empty((len(forms), 6, len(masks)))
    for v, form in enumerate(forms):
        cost = cost_of(form, alone, members)
        formed = may_form(form.rule, masks) & ~members.all(axis=1)
        envelope[formed] = np.minimum(envelope[formed], cost[formed])
        saving = apart - cost
        means = cost.reshape(len(masks), REPLICATES, -1).mean(axis=2)
        statistics[v] = (
            cost.mean(axis=1),
            means.std(axis=1, ddof=1) / np.sqrt(REPLICATES),
            saving.std(axis=1),
            (saving > 0).mean(axis=1),
            (saving >= materiality * apart).mean(axis=1),
            (cost < now).mean(axis=1),
        )
    gain, blocking = np.empty(paid.shape[:3]), np.empty(paid.shape[:3], np.int64)
    for v, key in np.ndindex(paid.shape[:2]):
        excess = inside @ paid[v, key].T - envelope
        first = excess.argmax(axis=0)
        gain[v, key] = excess[first, np.arange(len(alone))]
        blocking[v, key] = masks[first]
    return statistics, gain, blocking
