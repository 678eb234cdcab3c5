"""How a situation divides what is joint: by a key or own percentages, after a foot that is equal for all."""

from collections.abc import Callable, Mapping

import numpy as np

from marke.engine.burden import Group, make_group
from marke.engine.draws import Floats
from marke.engine.explore import Explored
from marke.engine.keys import scaled
from marke.findings.groups import shares_of
from marke.games import members_of, shapley_of
from marke.situations.desk import Sheet
from marke.situations.situation import OWN_KEY, Situation


def shares_exactly(explored: Explored, sheet: Sheet, situation: Situation, group: Group) -> Floats:
    """Shares (p,) of what is joint, adding to 1; NaN where the key does not exist for this group."""
    if situation.key == OWN_KEY:
        return _with_foot(situation, _stated(sheet, situation, group.members))
    found = shares_of(explored, group, (situation.key,))
    if situation.key not in found:
        return np.full(len(group.members), np.nan)
    return _with_foot(situation, found[situation.key])


def each_draw(group: Group) -> tuple[Floats, Floats]:
    """What each member pays itself (D, p), and what is joint (D,), in every draw."""
    own = np.stack([step.values for step in group.own], axis=1)
    return own, group.total.values - own.sum(axis=1)


def shares_at_once(sheet: Sheet, situation: Situation, mask: int, cost: float) -> Floats:
    """The same shares at a cost of ``cost``, from what is stored where that tells them.

    Other keys are divided as in the exact answer: this one group in every draw, and stored games.
    """
    members = members_of(mask)
    own = sheet.own[situation.variant][members]
    joint = cost - own.sum()
    linear: Mapping[str, Callable[[], Floats]] = {
        "equal": lambda: np.full(len(members), 1 / len(members)),
        "per_inhabitant": lambda: scaled(sheet.case.inhabitants[members]),
        "per_use": lambda: scaled(sheet.drivers[members]),
        OWN_KEY: lambda: _stated(sheet, situation, members),
        "proportional_to_alone": lambda: (cost * scaled(sheet.alone[members]) - own) / joint,
    }
    if situation.key in linear:
        return _with_foot(situation, linear[situation.key]())
    if situation.key == "shapley" and sheet.exact:
        value = shapley_of(sheet.explored.potentials[situation.variant], mask)[members]
        return _with_foot(situation, (value - own) / joint)
    group = make_group(sheet.case, situation.variant, tuple(members))
    return shares_exactly(sheet.explored, sheet, situation, group)


def _stated(sheet: Sheet, situation: Situation, members: object) -> Floats:
    """The percentages that were filled in, else the study's, else by inhabitants; scaled to the members."""
    players = np.asarray(members)
    if situation.percentages:
        whole = np.zeros(len(sheet.case.players))
        for code, value in situation.percentages.items():
            whole[sheet.player_of[code]] += value
    elif sheet.case.percentages is not None:
        whole = sheet.case.percentages
    else:
        whole = sheet.case.inhabitants
    return scaled(whole[players])


def _with_foot(situation: Situation, shares: Floats) -> Floats:
    return np.asarray(situation.foot / len(shares) + (1 - situation.foot) * shares)
