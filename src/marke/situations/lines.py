"""What a situation means for each municipality: its cost together beside its cost alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from marke.engine.draws import Floats
from marke.games import members_of
from marke.ledger import grown, today_shares
from marke.situations.desk import Sheet

EVEN = 0.005
"""A difference of less than this part of the cost alone counts as none."""


@dataclass(frozen=True)
class Line:
    """One municipality, expected euro a year; ``cost`` is None as long as it is not known.

    Outside the group ``cost`` is what it costs alone. ``begin`` is what it would pay in the group by the
    division of what all bear today, from which contributions grow. ``low`` and ``high`` are P10 and P90 over
    all draws and ``chance`` that of paying less than alone, where these were worked out.
    """

    code: str
    name: str
    inside: bool
    alone: float
    cost: float | None
    low: float | None = None
    high: float | None = None
    chance: float | None = None
    begin: float | None = None

    @property
    def more(self) -> float | None:
        """What together costs more than alone; negative where it is cheaper."""
        return None if self.cost is None else self.cost - self.alone

    def growing(self, years: int) -> tuple[float, ...]:
        """What it pays in each of the ``years`` of growing, and then by the key; () where not known."""
        if self.begin is None or self.cost is None:
            return ()
        return tuple(
            self.begin + grown(since, years) * (self.cost - self.begin) for since in range(years + 1)
        )

    @property
    def gains(self) -> bool:
        """Whether it takes part and pays clearly less than alone."""
        return self.inside and self.more is not None and self.more < -EVEN * self.alone

    @property
    def loses(self) -> bool:
        """Whether it takes part and pays clearly more than alone."""
        return self.inside and self.more is not None and self.more > EVEN * self.alone


def lines_of(sheet: Sheet, mask: int, paid: Floats | None, begin: Floats | None = None) -> tuple[Line, ...]:
    """Every municipality of the region in order of code, when the members of ``mask`` pay ``paid`` (p,).

    ``begin`` (p,): what they would pay by the division of today.
    """
    place = {player: number for number, player in enumerate(members_of(mask))}

    def of(amounts: Floats | None, player: int, part: float) -> float | None:
        amount = np.nan if amounts is None else amounts[place[player]]
        return None if np.isnan(amount) else float(amount * part)

    found = []
    for code, player, part in sheet.parts:
        line = Line(code, sheet.names[code], player in place, float(sheet.alone[player] * part), None)
        if not line.inside:
            found.append(replace(line, cost=line.alone))
            continue
        found.append(replace(line, cost=of(paid, player, part), begin=of(begin, player, part)))
    return tuple(found)


def by_today(own: Floats, joint: float, today: Floats, members: Sequence[int]) -> Floats:
    """What the members pay, (p,), when what is ``joint`` is divided as what all bear ``today`` (n,).

    ``own`` (p,) is what each pays itself.
    """
    return np.asarray(own + joint * today_shares(today, tuple(members)))


def turns(lines: Sequence[Line]) -> tuple[int, int, int]:
    """How many municipalities of the group gain, lose, and pay as much as alone."""
    gaining, losing = sum(each.gains for each in lines), sum(each.loses for each in lines)
    return gaining, losing, sum(each.inside for each in lines) - gaining - losing
