"""The verdict on one service: for the region, at other levels, and for every municipality."""

from collections import Counter
from dataclasses import replace
from datetime import date

from marke.engine.case import Case
from marke.engine.explore import Explored, chance_error, compare_alone
from marke.engine.glance import glance
from marke.engine.sample import SAMPLE_PLAYERS, sampled_draws
from marke.engine.uncertainty.information import value_of_knowing_all
from marke.findings.choices import best_group_for
from marke.findings.gates import TIMED, forbidden
from marke.findings.groups import amount, codes_of
from marke.findings.how_sure import box_finding
from marke.findings.judge import Gates, Judge, Standing
from marke.findings.judged import GateFinding
from marke.findings.scores import lost_by_leaving
from marke.findings.verdict import (
    Attractive,
    ConditionsFinding,
    Feasible,
    LevelVerdict,
    MunicipalVerdict,
    Outcome,
    ThresholdFinding,
    VerdictFinding,
)
from marke.study import Study
from marke.verdict import ATTRACTIVE, UNDECIDED, Row, changes, decide, stable

OUTCOMES: dict[Row, Outcome] = {
    1: "blocked",
    2: "undecided",
    3: "attractive",
    4: "defensible",
    5: "conditional",
    6: "no_case",
}


def verdict_finding(
    explored: Explored, study: Study, gates: Gates, starts: dict[str, date], key: str
) -> VerdictFinding:
    """Judge one service under the thresholds of the study; ``key`` divides the cost for its members.

    ``starts`` holds the likely first day of every joint variant.
    """
    judge = Judge(explored, study, gates)
    best = judge.best()
    case, group = explored.case, best.group
    row = decide(best.facts, judge.limits)
    told, limits = gates[group.variant], judge.limits
    cheaper = group.total.values < explored.now.players[:, list(group.members)].sum(axis=1)
    enough = best.facts.saving >= limits.materiality
    conditions, ceiling = best.conditions, value_of_knowing_all(best.saving)
    return VerdictFinding(
        outcome=OUTCOMES[row],
        feasible=_feasible(told),
        attractive=_attractive(judge, best),
        variant=group.variant,
        label=case.catalogue.variant_label(case.key, group.variant),
        codes=codes_of(case, group.members),
        saving=amount(best.saving),
        saving_share=best.facts.mean,
        alone=amount(best.alone),
        material=float(enough.mean()),
        material_error=chance_error(enough),
        cheaper=float(cheaper.mean()),
        cheaper_error=chance_error(cheaper),
        slack=best.facts.slack,
        better=best.outcomes("better"),
        worse=best.outcomes("worse"),
        comparators=_comparators(explored, group.members),
        start=starts[group.variant],
        unsettled=tuple(g.label for g in told if g.outcome == "unknown"),
        deciding=_deciding(judge, best) if row == UNDECIDED else (),
        forbidding=tuple(g.label for g in told if g.outcome == "blocked" and not _late(g)),
        conditions=None
        if conditions is None
        else ConditionsFinding(
            outcome="attractive" if conditions.row == ATTRACTIVE else "defensible",
            box=box_finding(case, conditions.leading, conditions.box),
        ),
        ceiling=ceiling.value,
        ceiling_error=ceiling.error,
        answers=best.answers,
        thresholds=tuple(
            ThresholdFinding(
                threshold=each.threshold, now=each.now, value=each.value, outcome=OUTCOMES[each.row]
            )
            for each in changes(best.facts, limits)
        ),
        levels=_levels(explored, study, gates),
        lost=float(lost_by_leaving(explored, group).mean()),
        key=key,
        municipalities=tuple(_municipal(judge, best, player, key) for player in range(len(case.players))),
    )


def _late(gate: GateFinding) -> bool:
    return gate.gate in TIMED and gate.outcome == "blocked"


def _feasible(gates: tuple[GateFinding, ...]) -> Feasible:
    if forbidden(gates):
        return "no"
    return "not_yet" if any(g.outcome == "unknown" or _late(g) for g in gates) else "yes"


def _attractive(judge: Judge, best: Standing) -> Attractive:
    facts, limits = best.facts, judge.limits
    if facts.answer >= limits.answer:
        return "unknown"
    if facts.chance(limits.materiality) >= limits.chance and stable(facts, limits):
        return "yes"
    return "on_conditions" if best.conditions and best.conditions.row == ATTRACTIVE else "no"


def _deciding(judge: Judge, best: Standing) -> tuple[str, ...]:
    """What keeps a verdict undecided: answers that are worth waiting for, or else open gates."""
    answers = tuple(each.label for each in best.answers if each.share >= judge.limits.answer)
    gates = judge.gates[best.group.variant]
    return answers or tuple(g.label for g in gates if g.outcome == "unknown" and g.forbids)


def _comparators(explored: Explored, members: tuple[int, ...]) -> tuple[tuple[str, int], ...]:
    case, alone = explored.case, explored.alone
    chosen: Counter[str] = Counter()
    for i in members:
        chosen[case.service.alone[alone.variants[alone.chosen[i]]].label] += len(case.players[i])
    return tuple(chosen.most_common())


def _levels(explored: Explored, study: Study, gates: Gates) -> tuple[LevelVerdict, ...]:
    """The verdict at the other levels; groups are chosen by a few draws, and judged by all.

    None where the players are too many.
    """
    case = explored.case
    if len(case.players) > SAMPLE_PLAYERS:
        return ()
    found = []
    for key in case.service.levels:
        if key == study.settings.services[case.key].level:
            continue
        other = at_level(case, key)
        alone = compare_alone(other)
        draws = sampled_draws(case.draws.count, len(case.players))
        judge = Judge(replace(glance(other, alone, explored.now, draws), alone=alone), study, gates)
        best = judge.best()
        found.append(
            LevelVerdict(
                key=key,
                label=case.service.levels[key].label,
                outcome=OUTCOMES[decide(best.facts, judge.limits)],
                variant=best.group.variant,
                codes=codes_of(case, best.group.members),
                saving_share=best.facts.mean,
            )
        )
    return tuple(found)


def at_level(case: Case, key: str) -> Case:
    """The same service at another level."""
    level = case.service.levels[key]
    return replace(
        case, effort=level.effort, persons=level.minimum_persons or case.service.team.minimum_persons
    )


def _municipal(judge: Judge, whole: Standing, player: int, key: str) -> MunicipalVerdict:
    """Judge a player about the region's group, or about the best group for it where it is not in that."""
    explored = judge.explored
    group = whole.group
    inside = player in group.members
    if not inside:
        whole = judge.of_group(*best_group_for(explored, player))
        group = whole.group
    mine = judge.of_member(whole, player, key)
    own = decide(mine.facts, judge.limits)
    gains, keys = _gains(judge, whole, player)
    return MunicipalVerdict(
        codes=codes_of(explored.case, (player,)),
        outcome=OUTCOMES[own],
        variant=group.variant,
        group=codes_of(explored.case, group.members),
        saving=amount(mine.saving),
        saving_share=mine.facts.mean,
        chance=mine.facts.chance(1e-12),
        material=mine.facts.chance(judge.limits.materiality),
        gains=gains,
        keys=keys,
        better=mine.outcomes("better"),
        worse=mine.outcomes("worse"),
        answers=mine.answers,
    )


def _gains(judge: Judge, whole: Standing, player: int) -> tuple[tuple[str, ...], int]:
    """The keys under which a player saves in expectation, and how many divide the group."""
    group = whole.group
    place = group.members.index(player)
    joint = group.total.mean - sum(step.mean for step in group.own)
    room = float(judge.explored.alone.cost[:, player].mean()) - group.own[place].mean
    shares = {key: float(each[place]) for key, each in whole.shares.items() if each[place] == each[place]}
    return tuple(key for key, share in shares.items() if share * joint < room), len(shares)
