"""Rounding once, at the smallest cell: every total that is printed is the sum of printed cells."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


def apportion(amounts: Sequence[float]) -> tuple[int, ...]:
    """Round amounts to whole numbers that add up to their rounded total, each by less than one.

    Largest remainder (Hamilton 1792): all are rounded down, and the units that are then missing from the
    total go to the largest remainders; of equal remainders the first in order gets it. Negative amounts are
    rounded down as well (-1.2 becomes -2 with remainder 0.8). Raises ValueError for what is not finite.
    """
    if not all(math.isfinite(amount) for amount in amounts):
        raise ValueError("amounts must be finite")
    down = [math.floor(amount) for amount in amounts]
    rest = [amount - floor for amount, floor in zip(amounts, down, strict=True)]
    # a sum of remainders carries less rounding error than a sum of large amounts
    missing = math.floor(math.fsum(rest) + 0.5)
    order = sorted(range(len(rest)), key=lambda place: (-round(rest[place], 9), place))
    lucky = set(order[:missing])
    return tuple(floor + (place in lucky) for place, floor in enumerate(down))


@dataclass(frozen=True)
class Thousands:
    """A column of whole euros told in thousands: the rows, the line *afronding*, and their total."""

    rows: tuple[int, ...]
    rounding: int
    total: int


def in_thousands(amounts: Sequence[int]) -> Thousands:
    """Tell whole euros in thousands: rows and total each rounded, and the difference beside them."""
    rows = tuple(_thousand(amount) for amount in amounts)
    total = _thousand(sum(amounts))
    return Thousands(rows, total - sum(rows), total)


def _thousand(amount: int) -> int:
    """Round half away from zero, so that an amount and its opposite stay opposite."""
    whole = (abs(amount) + 500) // 1000
    return whole if amount >= 0 else -whole
