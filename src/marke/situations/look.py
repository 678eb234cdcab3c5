"""The quick answer: what is stored of every coalition, and a few sums."""

from dataclasses import dataclass

import numpy as np

from marke.engine.draws import Floats
from marke.findings.model import GateFinding
from marke.games import members_of, most_blocking, subgame
from marke.situations.desk import Sheet
from marke.situations.division import shares_at_once
from marke.situations.lines import Line, by_today, lines_of
from marke.situations.situation import Situation


@dataclass(frozen=True)
class Chances:
    """Shares of the draws in which together is cheaper than alone, and by a saving that counts."""

    cheaper: float
    material: float


@dataclass(frozen=True)
class Apart:
    """Who would rather stand apart in expectation: the players (a mask) and what they gain, euro a year.

    ``stable``: that is no more than the tolerance. For members only.
    """

    mask: int
    gain: float
    stable: bool


@dataclass(frozen=True)
class Quick:
    """One situation as what is stored answers it; what is None is not known without more arithmetic.

    ``cost`` and ``alone`` are those of the members together, expected euro a year. ``allowed``: the form
    admits this group.
    """

    situation: Situation
    mask: int
    cost: float | None
    alone: float
    chances: Chances | None
    lines: tuple[Line, ...]
    apart: Apart | None
    allowed: bool
    gates: tuple[GateFinding, ...]

    @property
    def size(self) -> int:
        """How many municipalities take part."""
        return sum(line.inside for line in self.lines)

    @property
    def saving(self) -> float | None:
        """What the members save together, euro a year; negative where together is dearer."""
        return None if self.cost is None else self.alone - self.cost


def look(sheet: Sheet, situation: Situation) -> Quick:
    """Answer a situation from what is stored.

    Of a group of one nothing is divided. Of a moved figure, another level or a coalition that a sample does
    not hold, only who takes part is known; ``closely`` answers those.
    """
    mask = sheet.mask(situation.members)
    players = members_of(mask)
    place = sheet.place(mask) if situation.stored and len(players) > 1 else None
    cost, chances, paid, apart = _stored(sheet, situation, mask, place)
    alone = float(sheet.alone[players].sum())
    begin = None
    if len(players) < 2:
        cost, paid = alone, sheet.alone[players]
    elif cost is not None:
        own = sheet.own[situation.variant][players]
        begin = by_today(own, cost - own.sum(), sheet.today, players)
    return Quick(
        situation=situation,
        mask=mask,
        cost=cost,
        alone=alone,
        chances=chances,
        lines=lines_of(sheet, mask, paid, begin),
        apart=apart,
        allowed=len(players) < 2 or sheet.allows(situation.variant, mask),
        gates=sheet.gates(situation.variant),
    )


def _stored(
    sheet: Sheet, situation: Situation, mask: int, place: int | None
) -> tuple[float | None, Chances | None, Floats | None, Apart | None]:
    """Cost, chances, what each member pays (p,), and who would rather stand apart, as far as stored."""
    if place is None:
        return None, None, None, None
    statistics = sheet.explored.statistics[situation.variant]
    cost = float(statistics.mean[place])
    chances = Chances(float(statistics.chance[place]), float(statistics.material[place]))
    shares = shares_at_once(sheet, situation, mask, cost)
    if np.isnan(shares).any():
        return cost, chances, None, None
    own = sheet.own[situation.variant][members_of(mask)]
    paid = shares * (cost - own.sum()) + own
    return cost, chances, paid, apart_of(sheet, mask, paid, cost) if sheet.exact else None


def apart_of(sheet: Sheet, mask: int, paid: Floats, cost: float) -> Apart:
    """Who of a group that pays ``paid`` (p,) would rather stand apart; every coalition must be known."""
    inside, gain = most_blocking(subgame(sheet.explored.envelope, mask), paid)
    players = members_of(mask)
    blocking = sum(1 << players[place] for place in members_of(inside)) if gain > 0 else 0
    return Apart(blocking, max(gain, 0.0), gain <= sheet.study.settings.thresholds.stability * cost)
