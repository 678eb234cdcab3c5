"""The ordered table from what is known to a verdict: plain values in, a row of the table out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Row = Literal[1, 2, 3, 4, 5, 6]
BLOCKED: Final = 1
UNDECIDED: Final = 2
ATTRACTIVE: Final = 3
DEFENSIBLE: Final = 4
CONDITIONAL: Final = 5
NO_CASE: Final = 6
POSITIVE = frozenset({ATTRACTIVE, DEFENSIBLE, CONDITIONAL})
TELLING: tuple[Row, ...] = (3, 2, 4, 5, 6, 1)
"""Rows in the order in which one group is preferred over another."""


@dataclass(frozen=True)
class Limits:
    """The thresholds of the table, shares of the cost alone (``chance``: of the draws).

    ``premium`` is the extra cost that better quality may have, ``answer`` what one answer must be worth
    before it is waited for.
    """

    materiality: float
    chance: float
    stability: float
    premium: float
    answer: float


@dataclass(frozen=True)
class Facts:
    """What is known of one choice.

    ``saving`` (D,) is the saving in every draw and ``mean`` the expected one, as parts of the cost alone.
    ``slack`` is what the most discontented smaller group gains at best, as a part of the cost together; None
    where that is not known. ``better``: a quality that counts is clearly better. ``answer`` is the most that
    one answer is worth, a part of the cost alone. ``open_gate``: what is not settled could still forbid it.
    ``boxed``: there are conditions under which row 3 or 4 holds.
    """

    blocked: bool
    open_gate: bool
    answer: float
    saving: NDArray[np.float64]
    mean: float
    slack: float | None
    better: bool
    boxed: bool = False

    def chance(self, materiality: float) -> float:
        """The share of draws that save at least ``materiality``."""
        return float((self.saving >= materiality).mean())


@dataclass(frozen=True)
class Change:
    """The nearest value of one threshold with which another row of the table applies."""

    threshold: str
    now: float
    value: float
    row: Row


def decide(facts: Facts, limits: Limits) -> Row:
    """Return the first row of the table that applies (docs/verdict.md)."""
    if facts.blocked:
        return BLOCKED
    row = _on_merit(facts, limits)
    if facts.answer >= limits.answer or (facts.open_gate and row in POSITIVE):
        return UNDECIDED
    return row


def stable(facts: Facts, limits: Limits) -> bool:
    """Whether no smaller group gains more than the tolerance, as far as that is known."""
    return facts.slack is None or facts.slack <= limits.stability


def _on_merit(facts: Facts, limits: Limits) -> Row:
    if facts.chance(limits.materiality) >= limits.chance and stable(facts, limits):
        return ATTRACTIVE
    if facts.better and -facts.mean <= limits.premium:
        return DEFENSIBLE
    return CONDITIONAL if facts.boxed else NO_CASE


def changes(facts: Facts, limits: Limits) -> tuple[Change, ...]:
    """For every threshold the value at which the verdict turns, when only that threshold moves.

    Conditions that were searched for keep the thresholds they were found with.
    """
    row = decide(facts, limits)
    found = []
    for name, critical in _critical(facts, limits):
        for value in (critical, float(np.nextafter(critical, -1)), float(np.nextafter(critical, 2))):
            other = decide(facts, replace(limits, **{name: value}))
            if other != row and 0 < value < 1:
                found.append(Change(name, getattr(limits, name), value, other))
                break
    return tuple(found)


def _critical(facts: Facts, limits: Limits) -> Iterator[tuple[str, float]]:
    yield "chance", facts.chance(limits.materiality)
    rank = min(int(np.ceil(limits.chance * facts.saving.size)), facts.saving.size)
    yield "materiality", float(np.sort(facts.saving)[facts.saving.size - rank])
    if facts.slack is not None:
        yield "stability", facts.slack
    yield "premium", -facts.mean
    yield "answer", facts.answer
