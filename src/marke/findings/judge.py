"""From what was explored to the facts that a verdict rests on, for one group and for one of its members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, singledispatch

import numpy as np
from numpy.typing import NDArray

from marke.engine.burden import Group, make_group
from marke.engine.draws import Floats
from marke.engine.explore import Explored
from marke.engine.glance import glance
from marke.engine.keys import Shares
from marke.engine.quality import Comparison, Measures, average, measure_together
from marke.engine.sample import SAMPLE_PLAYERS, standing_game
from marke.engine.uncertainty.points import figures_of
from marke.engine.uncertainty.prim import LEAST, Box, find_box, in_box
from marke.engine.uncertainty.sensitivity import first_order
from marke.findings.answers import worth_of_answers
from marke.findings.choices import best_group, cheapest_together
from marke.findings.compare import compare, measures_alone
from marke.findings.gates import forbidden, may_be_forbidden
from marke.findings.groups import mask_of, shares_of
from marke.findings.how_sure import LEADING, LIMITS
from marke.findings.judged import GateFinding
from marke.findings.verdict import AnswerFinding
from marke.games import least_core, subgame
from marke.study import Study
from marke.verdict import ATTRACTIVE, DEFENSIBLE, NO_CASE, TELLING, Facts, Limits, Row, decide

GROUNDS = ("continuity", "round_the_clock")
"""The criteria of quality that may carry a verdict; the level is the same alone and together."""

BOX_DRAWS = 64
"""Draws of a box in which the games of all groups are worked out, to see whether anybody would leave."""

Gates = Mapping[str, tuple[GateFinding, ...]]
"""The gates of every joint variant."""


def limits_of(study: Study) -> Limits:
    """The thresholds of a study."""
    return Limits(**study.settings.thresholds.model_dump())


@dataclass(frozen=True)
class Conditions:
    """The box in which row ``row`` would apply, among the draws of the ``leading`` figures."""

    row: Row
    leading: tuple[str, ...]
    box: Box
    held: NDArray[np.bool_]


@dataclass(frozen=True)
class Standing:
    """One choice judged: the group, its saving (D,) in euro a year, the facts, and what they rest on."""

    explored: Explored
    group: Group
    saving: Floats
    alone: Floats
    facts: Facts
    quality: tuple[Measures, Measures]
    """Alone and together."""
    chance: float
    """How sure a difference in quality must be."""
    answers: tuple[AnswerFinding, ...]
    together: tuple[Measures, ...]
    """The quality of every member in the group."""
    conditions: Conditions | None = None

    @cached_property
    def shares(self) -> Shares:
        """Every member's share of what is joint, under every key."""
        return shares_of(self.explored, self.group)

    def outcomes(self, outcome: str) -> tuple[str, ...]:
        """The criteria on which together is ``better``, or ``worse``."""
        return tuple(criterion for criterion, each in self._compared.items() if each.outcome == outcome)

    @cached_property
    def _compared(self) -> Mapping[str, Comparison]:
        return compare(self.explored.case, *self.quality, self.chance)


@dataclass(frozen=True)
class Judge:
    """Judges the groups of one service under the thresholds of the study."""

    explored: Explored
    study: Study
    gates: Gates

    @cached_property
    def limits(self) -> Limits:
        """The thresholds."""
        return limits_of(self.study)

    @cached_property
    def apart(self) -> tuple[Measures, ...]:
        """The quality of every player alone."""
        return measures_alone(self.explored)

    def best(self) -> Standing:
        """The group and form for which most can be said; of equals the one that saves most."""
        judged = [self.of_group(*each) for each in self._candidates()]
        judged.sort(key=lambda each: -each.facts.mean)
        rows = [decide(each.facts, self.limits) for each in judged]
        place = min(range(len(rows)), key=lambda i: TELLING.index(rows[i]))
        if rows[place] != NO_CASE:
            return judged[place]
        under = [self._under_conditions(each) for each in judged]
        return next((each for each in under if each.conditions), judged[place])

    def _candidates(self) -> list[tuple[str, tuple[int, ...]]]:
        """The best group and all together, among forms that are certain to be allowed, and that may be."""
        explored = self.explored
        may = [v for v in explored.statistics if not forbidden(self.gates[v])]
        free = [v for v in may if not may_be_forbidden(self.gates[v])]
        found = []
        for pool in (free, may) if may else (list(explored.statistics),):
            if not pool:
                continue
            found.append(best_group(explored, pool))
            whole = cheapest_together(explored, pool)
            if explored.allowed[whole][-1]:
                found.append((whole, tuple(range(len(explored.case.players)))))
        return list(dict.fromkeys(found))

    def of_group(self, variant: str, members: tuple[int, ...]) -> Standing:
        """Judge one group in one form, without looking for conditions."""
        explored, case = self.explored, self.explored.case
        group = make_group(case, variant, members)
        alone = explored.alone.cost[:, list(members)].sum(axis=1)
        together = measure_together(case, variant, members)
        figures = figures_of(case, variant, members)
        return self._standing(
            group,
            alone - group.total.values,
            alone,
            members,
            (average([self.apart[i] for i in members]), average(together)),
            together,
            figures,
            slack_of(explored, group),
        )

    def of_member(self, whole: Standing, player: int, key: str) -> Standing:
        """Judge a group from one member's seat: its part of the cost under a key, its quality, its answers.

        The conditions of the whole count where they are enough for the member too.
        """
        explored, group = self.explored, whole.group
        place = group.members.index(player)
        share = float(whole.shares[key][place])
        joint = group.total.values - sum(step.values for step in group.own)
        alone = explored.alone.cost[:, player]
        mine = self._standing(
            group,
            alone - share * joint - group.own[place].values,
            alone,
            (player,),
            (self.apart[player], whole.together[place]),
            whole.together,
            (),
            whole.facts.slack,
        )
        found = whole.conditions
        if found is None or self._share(mine, found.row)[found.held].mean() < self.limits.chance:
            return mine
        return replace(mine, facts=replace(mine.facts, boxed=True), conditions=found)

    def _standing(
        self,
        group: Group,
        saving: Floats,
        alone: Floats,
        members: Sequence[int],
        quality: tuple[Measures, Measures],
        together: tuple[Measures, ...],
        figures: Sequence[str] | frozenset[str],
        slack: float | None,
    ) -> Standing:
        gates = self.gates[group.variant]
        chance = self.limits.chance
        grounds = compare(self.explored.case, *quality, chance, GROUNDS)
        answers = worth_of_answers(self.explored.case, members, figures, saving, float(alone.mean()))
        facts = Facts(
            blocked=forbidden(gates),
            open_gate=may_be_forbidden(gates),
            answer=max((each.share for each in answers), default=0.0),
            saving=saving / alone,
            mean=float(saving.mean() / alone.mean()),
            slack=slack,
            better=any(each.outcome == "better" for each in grounds.values()),
        )
        return Standing(self.explored, group, saving, alone, facts, quality, chance, answers, together)

    def _share(self, standing: Standing, row: Row) -> NDArray[np.bool_]:
        """In which draws a saving is enough for a row of the table."""
        least = self.limits.materiality if row == ATTRACTIVE else -self.limits.premium
        return standing.facts.saving >= least

    def _under_conditions(self, standing: Standing) -> Standing:
        """Look for a box of few figures in which the saving is enough, first for money, then for quality."""
        case, group = self.explored.case, standing.group
        figures = sorted(figures_of(case, group.variant, group.members))
        leading = tuple(each.figure for each in first_order(case.draws, standing.saving, figures)[:LEADING])
        if not leading:
            return standing
        inputs = np.stack([case.draws[key] for key in leading])
        rows: tuple[Row, ...] = (ATTRACTIVE, DEFENSIBLE) if standing.facts.better else (ATTRACTIVE,)
        for row in rows:
            happened = self._share(standing, row)
            if happened.mean() < LEAST * self.limits.chance:
                continue
            box = find_box(inputs, happened, density=self.limits.chance, most=LIMITS)
            held = in_box(inputs, box)
            if box.limits and box.density >= self.limits.chance and self._holds(row, group, held):
                found = Conditions(row, leading, box, held)
                return replace(standing, facts=replace(standing.facts, boxed=True), conditions=found)
        return standing

    def _holds(self, row: Row, group: Group, held: NDArray[np.bool_]) -> bool:
        """Whether a group that saves in a box also stays together there."""
        if row != ATTRACTIVE or len(self.explored.case.players) > SAMPLE_PLAYERS:
            return True
        draws = np.flatnonzero(held)
        chosen = draws[np.linspace(0, len(draws) - 1, min(BOX_DRAWS, len(draws))).astype(np.intp)]
        slack = slack_of(glance(self.explored.case, self.explored.alone, self.explored.now, chosen), group)
        return slack is None or slack <= self.limits.stability


@singledispatch
def slack_of(explored: Explored, group: Group) -> float | None:
    """What the most discontented smaller group gains at best, as a part of the group's expected cost.

    The least core's epsilon against the cheapest form of every smaller group (Maschler, Peleg and Shapley
    1979); None for a sample of groups.
    """
    mask = mask_of(group.members)
    cost = float(explored.games[group.variant][mask])
    game = standing_game(subgame(explored.envelope, mask), np.asarray(cost))
    return float(least_core(game)[0]) / cost
