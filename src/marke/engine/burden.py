"""One group in one form, worked out over all draws, and how a bloc splits its part."""

from dataclasses import dataclass

import numpy as np

from marke.engine import trace
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.step import Step


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

    @property
    def outlay(self) -> Floats:
        """The one-off cost that is really paid, (D,): without what the members write off, each at home."""
        written_off = [part.values for part in self.one_off.parts if part.key == "book_value"]
        return np.asarray(self.one_off.values - sum(written_off, np.zeros_like(self.one_off.values)))


def make_group(case: Case, variant: str, members: tuple[int, ...]) -> Group:
    """Work out one coalition exactly, over all draws."""
    total = trace.joint(case, variant, members)
    return Group(variant, members, total, total.part("own").parts)


def within_player(case: Case, player: int) -> Floats:
    """How a bloc splits its share over its municipalities: by inhabitants, adding to 1."""
    counts = [case.origins[m.code, "inhabitants"].values[0] for m in case.players[player]]
    return np.asarray(np.array(counts) / np.sum(counts))
