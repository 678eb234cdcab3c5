"""What a situation means for each municipality: its cost together beside its cost alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from marke.engine.draws import Floats
from marke.games import members_of
from marke.situations.desk import Sheet

EVEN = 0.005
"""A difference of less than this part of the cost alone counts as none."""


@dataclass(frozen=True)
class Line:
    """One municipality, expected euro a year; ``cost`` is None as long as it is not known.

    Outside the group ``cost`` is what it costs alone. ``low`` and ``high`` are P10 and P90 over all draws and
    ``chance`` that of paying less than alone, where these were worked out.
    """

    code: str
    name: str
    inside: bool
    alone: float
    cost: float | None
    low: float | None = None
    high: float | None = None
    chance: float | None = None

    @property
    def more(self) -> float | None:
        """What together costs more than alone; negative where it is cheaper."""
        return None if self.cost is None else self.cost - self.alone

    @property
    def gains(self) -> bool:
        """Whether it takes part and pays clearly less than alone."""
        return self.inside and self.more is not None and self.more < -EVEN * self.alone

    @property
    def loses(self) -> bool:
        """Whether it takes part and pays clearly more than alone."""
        return self.inside and self.more is not None and self.more > EVEN * self.alone


def lines_of(sheet: Sheet, mask: int, paid: Floats | None) -> tuple[Line, ...]:
    """Every municipality of the region in order of code, when the members of ``mask`` pay ``paid`` (p,)."""
    members = members_of(mask)
    share = dict(zip(members, np.full(len(members), np.nan) if paid is None else paid, strict=True))
    found = []
    for code, player, part in sheet.parts:
        alone = float(sheet.alone[player] * part)
        cost: float | None = alone
        if player in share:
            cost = None if np.isnan(share[player]) else float(share[player] * part)
        found.append(Line(code, sheet.names[code], player in share, alone, cost))
    return tuple(found)


def turns(lines: Sequence[Line]) -> tuple[int, int, int]:
    """How many municipalities of the group gain, lose, and pay as much as alone."""
    gaining, losing = sum(each.gains for each in lines), sum(each.loses for each in lines)
    return gaining, losing, sum(each.inside for each in lines) - gaining - losing
