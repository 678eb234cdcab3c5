"""What every possibility scores on every criterion, over all draws, and why."""

from dataclasses import dataclass

import numpy as np

from marke.catalogue.judgement import ALONE, NOTHING, Criterion, Scale
from marke.dutch import CRITERIA, NO_FORM, capital, decimal, number, percent
from marke.engine.burden import Group, make_group
from marke.engine.draws import Floats
from marke.engine.explore import Explored
from marke.engine.step import Step
from marke.findings.choices import groups_of
from marke.findings.compare import measures_of
from marke.findings.gates import TIMED, forbidden
from marke.findings.groups import codes_of, expected_game
from marke.findings.judged import GateFinding
from marke.games import members_of
from marke.ledger import owed_by_rule
from marke.study import Study
from marke.terms import DAYS_A_MONTH


@dataclass(frozen=True)
class Alternative:
    """One possibility: ``kind`` is its form, ``alone`` or ``nothing``; ``cost`` (D,) euro a year for all.

    A joint one has its ``group`` (those who stay out stand alone) and its ``gates``.
    """

    key: str
    kind: str
    label: str
    short: str
    cost: Floats
    codes: tuple[str, ...] = ()
    group: Group | None = None
    gates: tuple[GateFinding, ...] = ()


@dataclass(frozen=True)
class Scored:
    """A score over the draws in the criterion's unit, (D,), and why."""

    values: Floats
    reason: str


def alternatives(explored: Explored, gates: dict[str, tuple[GateFinding, ...]]) -> tuple[Alternative, ...]:
    """All joint variants, the cheapest way alone, and going on as now."""
    case, alone = explored.case, explored.alone.cost
    found = []
    for variant in case.variants:
        members = _members(explored, variant)
        rest = [i for i in range(len(case.players)) if i not in members]
        group = make_group(case, variant, members)
        form = case.service.joint[variant].form
        found.append(
            Alternative(
                key=variant,
                kind=form,
                label=case.catalogue.variant_label(case.key, variant),
                short=case.catalogue.forms[form].short,
                cost=group.total.values + alone[:, rest].sum(axis=1),
                codes=codes_of(case, members),
                group=group,
                gates=gates[variant],
            )
        )
    chosen = dict.fromkeys(explored.alone.variants[a] for a in explored.alone.chosen)
    ways = " of ".join(case.service.alone[name].label for name in chosen)
    now = explored.now.players.sum(axis=1)
    return (
        *found,
        Alternative(ALONE, ALONE, f"ieder voor zich: {ways}", NO_FORM[ALONE], alone.sum(axis=1)),
        Alternative(NOTHING, NOTHING, "doorgaan zoals nu", NO_FORM[NOTHING], now),
    )


def _members(explored: Explored, variant: str) -> tuple[int, ...]:
    """Everyone, or where that may not be the group that may with the largest expected saving."""
    if explored.allowed[variant][-1]:
        return tuple(range(len(explored.case.players)))
    saving = explored.sums(explored.alone.cost.mean(axis=0)) - expected_game(explored, variant)
    best = np.argmax(np.where(groups_of(explored, variant), saving, -np.inf))
    return tuple(members_of(int(explored.masks[best])))


def score(criterion: Criterion, key: str, each: Alternative, explored: Explored, study: Study) -> Scored:
    """Score one possibility on one criterion: by judgement where there is one, else by its measure."""
    if each.kind in criterion.scores:
        judged = criterion.scores[each.kind]
        return Scored(explored.case.figure(judged.score), judged.reason)
    if criterion.measure == "cost":
        return _cost(each, explored)
    if criterion.parts:
        return _measured(criterion, each, explored)
    if criterion.measure == "feasibility":
        return _feasibility(criterion, each, explored, study)
    if criterion.measure == "reversibility":
        return _reversibility(each, explored)
    if criterion.measure == "legal":
        return _legal(each, explored)
    raise KeyError(f"criterion {key} neither judges nor computes {each.kind}")


def _cost(each: Alternative, explored: Explored) -> Scored:
    ratio = each.cost / explored.alone.cost.sum(axis=1)
    return Scored(
        ratio, f"Kost naar verwachting {number(round(float(ratio.mean()), 2))} keer zoveel als alleen."
    )


def _legal(each: Alternative, explored: Explored) -> Scored:
    if each.kind != NOTHING:
        return Scored(np.ones_like(each.cost), "Berekend op het gevraagde niveau.")
    share = np.minimum(each.cost / explored.alone.cost.sum(axis=1), 1.0)
    told = f"Nu wordt naar schatting {decimal(100 * float(share.mean()))} % betaald van wat het niveau kost."
    return Scored(share, told)


def _measured(criterion: Criterion, each: Alternative, explored: Explored) -> Scored:
    """The mean of the criteria of quality that make up a criterion and that the service knows."""
    measures = measures_of(explored, each.key, each.group.members if each.group else ())
    found = {part: measures[part] for part in criterion.parts if part in measures}
    values = [on_scale(criterion.parts[part], step.values) for part, step in found.items()]
    told = "; ".join(f"{CRITERIA[part].split(' (')[0]}: {_rounded(step)}" for part, step in found.items())
    return Scored(np.mean(values, axis=0), f"{capital(told)}.")


def _rounded(step: Step) -> str:
    if step.unit.startswith("deel"):
        return percent(step.mean)
    return decimal(step.mean, 0 if step.mean >= 10 else 1)


def on_scale(scale: Scale, values: Floats) -> Floats:
    """Place values from 0 (worst) to 1 (best)."""
    return np.asarray(np.clip((values - scale.worst) / (scale.best - scale.worst), 0, 1))


def _feasibility(criterion: Criterion, each: Alternative, explored: Explored, study: Study) -> Scored:
    """Ten points, less for delay against the wanted start and for every gate that is not settled."""
    case, settings = explored.case, study.settings
    available = (settings.wanted_start - settings.reference_date).days / DAYS_A_MONTH
    delay = np.maximum(case.figure(case.catalogue.forms[each.kind].months) - available, 0.0)
    points = 10 * np.maximum(1 - delay / case.figure(criterion.settings["limit"]), 0.0)
    others = [gate for gate in each.gates if gate.gate not in TIMED]  # the delay tells of those
    if forbidden(each.gates):
        return Scored(np.zeros_like(points), "Een voorwaarde laat deze vorm zo niet toe.")
    count = {kind: sum(gate.outcome == kind for gate in others) for kind in ("attention", "unknown")}
    for kind, times in count.items():
        points = points * case.figure(criterion.settings[kind]) ** times
    return Scored(
        points,
        f"Naar verwachting {decimal(float(delay.mean()))} maanden na de gewenste start; {count['attention']} "
        f"keer let op en {count['unknown']} keer nog uitzoeken.",
    )


def _reversibility(each: Alternative, explored: Explored) -> Scored:
    assert each.group is not None  # noqa: S101  # alone and nothing are judged
    lost = lost_by_leaving(explored, each.group)
    return Scored(
        lost, f"Na een jaar weg kost ongeveer {decimal(float(lost.mean()), 1)} keer de jaarbijdrage."
    )


def lost_by_leaving(explored: Explored, group: Group) -> Floats:
    """What leaving after a year costs and the one-off cost that is gone then, in yearly charges (D,)."""
    return np.asarray((owed(explored, group) + group.one_off.values) / group.charge.values)


def owed(explored: Explored, group: Group) -> Floats:
    """What all members together would owe by the form's exit rule, (D,) euro, without the one-off cost."""
    case = explored.case
    return owed_by_rule(case, group, case.catalogue.forms[case.service.joint[group.variant].form].exit_rule)
