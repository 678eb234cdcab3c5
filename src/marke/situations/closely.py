"""The exact answer: one situation worked out over all draws, with bands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from marke.engine.burden import make_group
from marke.engine.draws import Floats
from marke.engine.explore import Explored
from marke.engine.quality import average, measure_alone, measure_together
from marke.findings.compare import compare
from marke.findings.groups import finding_of, mask_of
from marke.findings.model import Burden, GroupFinding
from marke.games import members_of
from marke.ledger import ExitCost, exit_costs, form_of
from marke.situations.altered import altered
from marke.situations.desk import Sheet
from marke.situations.division import each_draw, shares_exactly
from marke.situations.lines import Line, by_today, lines_of
from marke.situations.look import Apart, Chances, Quick, look
from marke.situations.situation import Situation

SHOWN = ("continuity", "round_the_clock")
"""The criteria of quality that stand at the table: those that may carry a verdict."""


@dataclass(frozen=True)
class Quality:
    """One criterion, alone against together, in expectation; ``days``: counted in working days a year."""

    criterion: str
    alone: float
    together: float
    outcome: str
    days: bool


@dataclass(frozen=True)
class Exact:
    """One situation over all draws.

    ``burdens`` are those of the situation's own division by CBS code; empty where the key does not exist for
    this group. ``stable`` is None then. ``paid`` is what each of them pays in every draw, (D,) euro a year.
    ``few``: what a smaller group would cost was worked out in a few draws only, because a figure or the level
    was changed.
    """

    situation: Situation
    group: GroupFinding
    lines: tuple[Line, ...]
    burdens: Mapping[str, Burden]
    paid: Mapping[str, Floats]
    blocking: tuple[str, ...]
    gain: float
    stable: bool | None
    qualities: tuple[Quality, ...]
    exits: Mapping[str, ExitCost]
    exit_rule: str
    few: bool


def closely(sheet: Sheet, situation: Situation) -> Exact | None:
    """Work a situation out exactly; None for a group of fewer than two."""
    members = tuple(members_of(sheet.mask(situation.members)))
    if len(members) < 2:
        return None
    explored = altered(sheet, situation)
    group = make_group(explored.case, situation.variant, members)
    shares = shares_exactly(explored, sheet, situation, group)
    found = finding_of(explored, sheet.study, group, {situation.key: shares})
    key, defined = found.keys[0], found.keys[0].defined
    own, joint = each_draw(group)
    paid = _paid(sheet, members, own + joint[:, None] * shares)
    begin = by_today(own.mean(axis=0), joint.mean(), explored.now.players.mean(axis=0), members)
    tolerance = sheet.study.settings.thresholds.stability
    return Exact(
        situation=situation,
        group=found,
        lines=_lines(explored, sheet, paid, lines_of(sheet, mask_of(members), None, begin)),
        burdens={burden.code: burden for burden in found.burdens},
        paid=paid,
        blocking=key.blocking,
        gain=key.gain,
        stable=key.gain <= tolerance * found.cost.mean if defined else None,
        qualities=_qualities(explored, sheet, situation, members),
        exits={each.code: each for each in exit_costs(explored.case, group, shares)} if defined else {},
        exit_rule=form_of(explored.case, situation.variant).exit,
        few=not situation.stored,
    )


def _paid(sheet: Sheet, members: tuple[int, ...], paid: Floats) -> Mapping[str, Floats]:
    """What every municipality of the group pays, (D,), from what its members do, (D, p); none if NaN."""
    if np.isnan(paid).any():
        return {}
    place = {player: number for number, player in enumerate(members)}
    return {code: paid[:, place[player]] * part for code, player, part in sheet.parts if player in place}


def _lines(
    explored: Explored, sheet: Sheet, paid: Mapping[str, Floats], known: tuple[Line, ...]
) -> tuple[Line, ...]:
    """The lines with what is paid and its bands, over all draws."""
    found = []
    for (code, player, part), line in zip(sheet.parts, known, strict=True):
        alone = explored.alone.cost[:, player] * part
        line = replace(line, alone=float(alone.mean()), cost=None if line.inside else float(alone.mean()))
        if code in paid:
            low, high = np.quantile(paid[code], [0.1, 0.9])
            line = replace(line, cost=float(paid[code].mean()), low=float(low), high=float(high))
            line = replace(line, chance=float((paid[code] < alone).mean()))
        found.append(line)
    return tuple(found)


def _qualities(
    explored: Explored, sheet: Sheet, situation: Situation, members: tuple[int, ...]
) -> tuple[Quality, ...]:
    case, alone = explored.case, explored.alone
    apart = average([measure_alone(case, alone.variants[alone.chosen[i]], i) for i in members])
    together = average(measure_together(case, situation.variant, members))
    told = compare(case, apart, together, sheet.study.settings.thresholds.chance, SHOWN)
    return tuple(
        Quality(
            criterion,
            apart[criterion].mean,
            together[criterion].mean,
            each.outcome,
            apart[criterion].unit.startswith("werkdag"),
        )
        for criterion, each in told.items()
    )


def worked_out(sheet: Sheet, situation: Situation) -> tuple[Quick, Exact | None]:
    """A situation with all that can be told of it, and its exact answer; None where it has none."""
    exact = closely(sheet, situation)
    return refined(sheet, look(sheet, situation), exact), exact


def refined(sheet: Sheet, quick: Quick, exact: Exact | None) -> Quick:
    """The quick answer with what was worked out exactly in its place."""
    if exact is None:
        return quick
    group = exact.group
    apart = None
    if exact.stable is not None:
        apart = Apart(sheet.mask(frozenset(exact.blocking)), exact.gain, exact.stable)
    return replace(
        quick,
        cost=group.cost.mean,
        alone=group.alone.mean,
        chances=Chances(group.chance, group.material),
        lines=exact.lines,
        apart=apart,
    )
