"""Who bears what: a group's cost divided over its municipalities under every key, in expectation."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from marke.engine import trace
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.step import Step
from marke.games import shapley

KEYS = ("equal", "per_inhabitant", "proportional_to_alone", "shapley")
"""The keys under which a group's expected cost is divided and told."""

Shares = Mapping[str, Floats]
"""Per key, each player's share of what is joint: (n,), adding to 1; a share may be negative."""


@dataclass(frozen=True)
class Group:
    """A coalition in one joint variant, with its cost worked out over all draws.

    ``members`` are player numbers in bit order; arrays per member are (p,). ``own`` has a step per member.
    """

    variant: str
    members: tuple[int, ...]
    total: Step
    own: tuple[Step, ...]

    @property
    def charge(self) -> Step:
        """The yearly charge before VAT."""
        return self.total.part("charge")

    @property
    def vat(self) -> Step:
        """The net VAT on the charge."""
        return self.total.part("vat")

    @property
    def one_off(self) -> Step:
        """The one-off cost."""
        return self.total.part("annuity").part("one_off")


def make_group(case: Case, variant: str, members: tuple[int, ...]) -> Group:
    """Work out one coalition exactly, over all draws."""
    total = trace.joint(case, variant, members)
    return Group(variant, members, total, total.part("own").parts)


def divide(case: Case, group: Group, alone: Floats, subgame: Floats) -> Shares:
    """Shares of the joint cost under each key of ``KEYS``.

    ``alone`` (p,) and ``subgame`` (2^p,) are expected costs of the members and of their coalitions. Equal and
    per inhabitant split what is joint directly; proportional to alone and Shapley split the whole, and the
    share of what is joint is what remains after the member's own cost.
    """
    own = np.array([step.mean for step in group.own])
    total = subgame[-1]
    joint = total - own.sum()
    count = case.inhabitants[list(group.members)]
    linear = {KEYS[0]: np.full(len(own), 1 / len(own)), KEYS[1]: count / count.sum()}
    whole = {KEYS[2]: total * alone / alone.sum(), KEYS[3]: shapley(subgame)}
    return {**linear, **{key: (value - own) / joint for key, value in whole.items()}}


def within_player(case: Case, player: int) -> Floats:
    """How a bloc splits its share over its municipalities: by inhabitants, adding to 1."""
    counts = [case.origins[m.code, "inhabitants"].values[0] for m in case.players[player]]
    return np.asarray(np.array(counts) / np.sum(counts))
