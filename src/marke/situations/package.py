"""Several services with the same members: each in its own form, and what they cost together."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from marke.situations.desk import Desk
from marke.situations.look import Quick, look
from marke.situations.situation import Situation


@dataclass(frozen=True)
class Package:
    """The answers for every service of a package; ``overlapping`` (keys) are shown and not added up.

    ``cost`` and ``alone`` are sums of expected amounts, euro a year; None as long as one is not known. A
    chance of the sum is not told: that asks for all services in one draw.
    """

    parts: tuple[Quick, ...]
    overlapping: frozenset[str]

    @property
    def counted(self) -> list[Quick]:
        """The answers that are added up."""
        return [part for part in self.parts if part.situation.service not in self.overlapping]

    @property
    def cost(self) -> float | None:
        """What the services cost together."""
        costs = [part.cost for part in self.counted if part.cost is not None]
        return sum(costs) if len(costs) == len(self.counted) else None

    @property
    def alone(self) -> float:
        """What they cost every member alone, added up."""
        return sum(part.alone for part in self.counted)


def package(desk: Desk, answer: Quick) -> Package:
    """Add to an answer those for the further services of its situation, by the same key.

    A further service takes the form that is cheapest for this group among those that admit it.
    """
    situation = answer.situation
    parts = [answer, *(_cheapest(desk, replace(situation, service=each)) for each in situation.also)]
    keys = (part.situation.service for part in parts)
    return Package(tuple(parts), frozenset(key for key in keys if desk.sheet(key).finding.overlaps))


def _cheapest(desk: Desk, situation: Situation) -> Quick:
    found = list(_in_every_form(desk, replace(situation, level="", figures={}, also=())))
    admitted = [each for each in found if each.allowed] or found
    return min(admitted, key=lambda each: float("inf") if each.cost is None else each.cost)


def _in_every_form(desk: Desk, situation: Situation) -> Iterator[Quick]:
    sheet = desk.sheet(situation.service)
    members = sheet.codes(sheet.mask(situation.members))
    for variant in sheet.case.variants:
        yield look(sheet, replace(situation, variant=variant, members=members))
