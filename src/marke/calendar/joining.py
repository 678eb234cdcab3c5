"""The months in which joining costs least: when few contracts still run, and a budget year begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marke.calendar.moments import Contract

FEWEST = 5
"""Something about single municipalities is told to others only as a count of at least this many."""

YEAR = 12


@dataclass(frozen=True)
class Month:
    """Joining on the first of a month: contracts that still run, and euro paid in vain until they end.

    ``january`` tells that a budget year begins, so that no budget changes half-way.
    """

    first: date
    running: int
    double: int
    january: bool


def months(contracts: Sequence[Contract], firsts: Sequence[date]) -> tuple[Month, ...]:
    """Cost every month: a contract that ends later is paid double until its end."""
    return tuple(
        Month(
            first,
            sum(contract.end > first for contract in contracts),
            round(sum(contract.yearly / YEAR * _left(first, contract.end) for contract in contracts)),
            first.month == 1,
        )
        for first in firsts
    )


def cheapest(found: Sequence[Month], earliest: date, count: int = 3) -> tuple[Month, ...]:
    """The months from ``earliest`` in which joining costs least, best first.

    Least double payment first, then a month in which a budget year begins, then the earliest.
    """
    possible = [month for month in found if month.first >= earliest]
    return tuple(sorted(possible, key=lambda m: (m.double, not m.january, m.first))[:count])


def count_or_none(count: int) -> int | None:
    """A count that may be told to others: None below five."""
    return count if count >= FEWEST else None


def _left(first: date, end: date) -> int:
    """Whole or begun months from ``first`` to the end of a contract, not below 0."""
    return max(0, (end.year - first.year) * YEAR + end.month - first.month + (end.day > 1))
