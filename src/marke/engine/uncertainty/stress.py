"""Two plain questions to an outcome: what if half comes true, and what a wrong choice costs."""

from dataclasses import dataclass

import numpy as np

from marke.engine import trace
from marke.engine.burden import Group
from marke.engine.draws import Floats
from marke.engine.explore import Explored
from marke.engine.step import Step


@dataclass(frozen=True)
class Regret:
    """What one loses in a draw by having chosen what turned out dearer: (D,) euro a year."""

    together: Floats
    alone: Floats


def regret(saving: Floats) -> Regret:
    """Regret of choosing together and of choosing alone, from the saving (D,) of together."""
    return Regret(np.maximum(-saving, 0), np.maximum(saving, 0))


def price_of_working_together(explored: Explored, group: Group) -> Floats:
    """What is paid because several work together, and comes in full whatever it brings: (D,) euro a year.

    Steering with its setback, the client role and consultation beyond the client role alone, and the one-off
    cost by year; VAT on these is left with the rest.
    """
    case = explored.case
    steering = _keyed(group.charge.part("before"), "steering")
    setback = 1 + case.figure(case.service.disappointment)
    clients = sum((_keyed(own, "client") for own in group.own), np.zeros(case.draws.count))
    for player in group.members:
        chosen = explored.alone.variants[explored.alone.chosen[player]]
        clients = clients - _keyed(trace.alone(case, chosen, player), "client")
    return np.asarray(steering * setback + clients + group.total.part("annuity").values)


def realised_half(saving: Floats, price: Floats) -> Floats:
    """The saving (D,) if the advantage of working together comes for half and its price (D,) in full.

    The advantage is the saving before that price; where there is none, nothing is halved.
    """
    return np.asarray(saving - np.maximum(saving + price, 0) / 2)


def _keyed(step: Step, key: str) -> Floats:
    zero = np.zeros_like(step.values)
    return sum((part.values for part in step.parts if part.key == key), zero)
