"""What leaving costs: by the rule of the form, and by the case law where nothing was arranged."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from marke.catalogue.forms import ExitRule
from marke.engine.burden import Group, within_player
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.ledger.answers import JOINT
from marke.ledger.deal import form_of
from marke.ledger.rounding import apportion

MONTHS = 12


@dataclass(frozen=True)
class ExitCost:
    """What one municipality pays when it leaves after the first year, whole euros of the price year.

    ``cost`` follows the form's own rule, with its band P10-P90; ``case_law`` is what the case law grants
    where nothing was arranged.
    """

    code: str
    cost: int
    low: float
    high: float
    case_law: int


def exit_costs(case: Case, group: Group, shares: Floats) -> tuple[ExitCost, ...]:
    """Work out what leaving after the first year costs every municipality of a group, in code order."""
    rule = form_of(case, group.variant).exit_rule
    whole = _whole(case, group, rule)
    law = group.charge.values * _sum(case, case.catalogue.ledger.case_law)
    owed = []
    for place, player in enumerate(group.members):
        for part, municipality in zip(within_player(case, player), case.players[player], strict=True):
            owed.append((municipality.code, float(shares[place] * part)))
    owed.sort()
    costs = apportion([share * float(whole.mean()) for _, share in owed])
    laws = apportion([share * float(law.mean()) for _, share in owed])
    found = []
    for (code, share), cost, granted in zip(owed, costs, laws, strict=True):
        low, high = np.quantile(share * whole, [0.1, 0.9])
        found.append(ExitCost(code, cost, float(low), float(high), granted))
    return tuple(found)


def largest(costs: Sequence[ExitCost]) -> ExitCost:
    """The largest cost of leaving; of equals the first in code order."""
    return max(costs, key=lambda each: each.cost)


def _whole(case: Case, group: Group, rule: ExitRule) -> Floats:
    """What all members together would owe by a rule, (D,): each owes its share of it."""
    owed = owed_by_rule(case, group, rule)
    if rule.kind != "staff_return_plus_book_value":
        return owed
    life = case.draws.of_municipality(case.catalogue.ledger.asset_life, JOINT)
    return owed + group.outlay * np.clip(1 - 1 / life, 0, None)


def owed_by_rule(case: Case, group: Group, rule: ExitRule) -> Floats:
    """What a rule asks of all members together, (D,) euro, without book value that is left."""
    charge = group.charge.values
    if rule.kind == "notice_plus_committed":
        return charge * (_figure(case, rule.notice_months) / MONTHS + _figure(case, rule.committed))
    if rule.kind == "remaining_term":
        return charge * _figure(case, rule.remaining_years)
    if rule.kind == "exit_sum":
        return charge * _sum(case, rule.schedule)
    people = group.charge.part("before").part("people").values
    return people * _figure(case, rule.staff_months) / MONTHS


def _figure(case: Case, figure: str | None) -> Floats:
    if figure is None:
        raise ValueError("the exit rule lacks a figure of its kind")
    return case.figure(figure)


def _sum(case: Case, figures: Sequence[str]) -> Floats:
    return np.asarray(np.sum([case.figure(figure) for figure in figures], axis=0))
