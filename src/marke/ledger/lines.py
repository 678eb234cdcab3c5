"""What a ledger consists of: the deal it follows from, and its lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from marke.engine.burden import Group, make_group
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.ledger.years import YEARS, Timeline
from marke.study import Study

Kind = Literal["structural", "one_off", "memo"]
Line = tuple[Kind, str]

BURDEN: Mapping[Kind, tuple[str, ...]] = {
    "structural": (
        "before",
        "contribution",
        "dampening",
        "vat",
        "vat_difference",
        "own_vat_difference",
        "local",
        "client",
        "purchases",
        "kept",
        "capital",
    ),
    "one_off": ("one_off", "leaving"),
}
"""The lines that add up to the burden of a year."""

MEMO = ("budgeted", "avoided", "cover", "state_money", "now")
"""Lines that stand beside the burden and are never netted with it."""

LINES: tuple[Line, ...] = (
    *((kind, line) for kind, lines in BURDEN.items() for line in lines),
    *(("memo", line) for line in MEMO),
)
"""Every line, in the order in which it is shown."""

Values = Floats | None
"""(D,) euro, or None where a municipality did not answer."""


@dataclass(frozen=True)
class Phase:
    """A group from 1 January of ``since``, and its division: the members' shares of what is joint, (p,).

    ``begin`` (p,) is where dampening starts from: shares that add to 1. ``full`` is the group with all its
    benefits, ``bare`` the same group as long as no work is yet done once for all.
    """

    full: Group
    bare: Group
    shares: Floats
    begin: Floats
    since: int = 0

    @property
    def members(self) -> tuple[int, ...]:
        """Player numbers in the order of the shares."""
        return self.full.members


@dataclass(frozen=True)
class Departure:
    """Players that leave after the year ``after``.

    They owe ``schedule``, (D,) parts of a yearly contribution in the first, second ... year that follows; the
    others receive it by their new shares.
    """

    players: tuple[int, ...]
    after: int
    schedule: tuple[Floats, ...]


@dataclass(frozen=True)
class Deal:
    """What was agreed: phases in order of year, the calendar, and over how many years a key grows in."""

    case: Case
    study: Study
    timeline: Timeline
    ramp: tuple[Floats, ...]
    phases: tuple[Phase, ...]
    dampening: int = 0
    departure: Departure | None = None

    def phase_number(self, column: int) -> int:
        """Which of the phases holds in a column."""
        year = self.timeline.year(column) + (column == YEARS)
        return max(number for number, phase in enumerate(self.phases) if phase.since <= year)


def make_phase(case: Case, group: Group, shares: Floats, begin: Floats, since: int = 0) -> Phase:
    """Work out a group with and without the benefits of doing work once."""
    apart = case.with_figure(case.common.homogeneity, 0.0)
    return Phase(group, make_group(apart, group.variant, group.members), shares, begin, since)


def today_shares(today: Floats, members: tuple[int, ...]) -> Floats:
    """The members' shares of what they bear today, (p,), from today's expected cost of all players, (n,).

    Equal shares when nobody bears anything today.
    """
    borne = today[list(members)]
    total = borne.sum()
    return np.asarray(borne / total if total else np.full(len(members), 1 / len(members)))
