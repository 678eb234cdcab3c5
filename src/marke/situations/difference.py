"""What changes between two situations of one service."""

from collections.abc import Mapping
from dataclasses import dataclass

from marke.situations.look import Quick


@dataclass(frozen=True)
class Difference:
    """From one situation to another; amounts are euro a year, None where one of both is not known.

    ``joined`` and ``left`` are CBS codes. ``more`` is what every municipality pays more, in the group or
    alone; ``cost`` adds that up over all, ``rest`` over who was in before and still is. ``gates`` holds the
    outcomes that changed (before, now) by the label of the gate.
    """

    joined: frozenset[str]
    left: frozenset[str]
    cost: float | None
    chance: float | None
    more: Mapping[str, float]
    gates: Mapping[str, tuple[str, str]]
    rest: float | None


def difference(before: Quick, now: Quick) -> Difference:
    """Compare two situations of the same service."""
    old, new = before.situation.members, now.situation.members
    was = {line.code: line.cost for line in before.lines if line.cost is not None}
    more = {
        line.code: line.cost - was[line.code]
        for line in now.lines
        if line.cost is not None and line.code in was
    }
    known = len(more) == len(now.lines)
    gates = {gate.label: gate.outcome for gate in before.gates}
    after = {gate.label: gate.outcome for gate in now.gates}
    return Difference(
        joined=new - old,
        left=old - new,
        cost=sum(more.values()) if known else None,
        chance=now.chances.cheaper - before.chances.cheaper if now.chances and before.chances else None,
        more=more,
        gates={
            label: (gates.get(label, "ok"), after.get(label, "ok"))
            for label in (*gates, *(each for each in after if each not in gates))
            if gates.get(label, "ok") != after.get(label, "ok")
        },
        rest=sum(more[code] for code in old & new) if known else None,
    )
