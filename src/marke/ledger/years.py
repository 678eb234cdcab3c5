"""The years of a ledger: which months are shared, how far benefits and release have come, and prices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from marke.engine.draws import Floats

YEARS = 4
"""Years of a multi-year budget: the budget year and three more."""

COLUMNS = YEARS + 1
"""The years, then the structural column: a whole year in which everything has been reached."""


def budget_year(day: date, settled: date) -> int:
    """The first year of the multi-year budget that stands on ``day``.

    ``settled`` is the day of that year on which the budget of the next is settled at the latest.
    """
    return day.year + (day >= settled)


@dataclass(frozen=True)
class Timeline:
    """The columns of a ledger: four years from ``first``, then structural; ``start`` begins a month."""

    first: int
    start: date
    price_year: int

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years of the multi-year budget."""
        return tuple(range(self.first, self.first + YEARS))

    def year(self, column: int) -> int:
        """The calendar year of a column; the structural column has the prices of the last year."""
        return self.first + min(column, YEARS - 1)

    def months(self, column: int) -> range:
        """Months since the start, from 0, that fall in a column; the structural column has none."""
        if column == YEARS:
            return range(0)
        begin = (self.year(column) - self.start.year) * 12 + 1 - self.start.month
        return range(max(begin, 0), max(begin + 12, 0))

    def shared(self, column: int) -> float:
        """The part of a column's year that lies after the start."""
        return 1.0 if column == YEARS else len(self.months(column)) / 12

    def starts_in(self, column: int) -> bool:
        """Whether the start falls in this column; one after the last year counts as structural."""
        if column == YEARS:
            return self.start.year >= self.first + YEARS
        return self.year(column) == self.start.year

    def reached(self, column: int, ramp: Sequence[Floats]) -> Floats | float:
        """The part of the benefits reached in a column: the mean over its months of the ``ramp`` per year.

        ``ramp`` holds (D,) per year since the start; after the last of them all is reached.
        """
        months = self.months(column)
        if not months:
            return 1.0
        parts = [ramp[month // 12] if month // 12 < len(ramp) else 1.0 for month in months]
        return sum(parts) / len(months)

    def released(self, column: int, years: Floats) -> Floats | float:
        """The part of the final release reached in a column, when it grows evenly over ``years`` (D,)."""
        months = self.months(column)
        if not months:
            return 1.0
        since = (np.array(months)[:, None] + 0.5) / 12
        grown = np.divide(since, years, out=np.ones((len(months), years.size)), where=years > 0)
        return np.asarray(np.minimum(grown, 1.0).mean(axis=0))

    def prices(self, column: int, index: Floats) -> Floats:
        """The price level of a column relative to the price year, for a yearly ``index`` (D,)."""
        return np.asarray((1 + index) ** (self.year(column) - self.price_year))

    def dampened(self, column: int, years: int) -> float:
        """The part of a key that counts in a column when it grows in over ``years`` from the start.

        See ``grown``.
        """
        return 1.0 if column == YEARS else grown(self.year(column) - self.start.year, years)


def grown(since: int, years: int) -> float:
    """The part of a key that counts ``since`` years after the first, when it grows in over ``years``.

    In the first year nothing of it, after ``years`` all of it; 0 years is all of it at once.
    """
    return min(max(since, 0) / years, 1.0) if years else 1.0


def add_months(day: date, months: float) -> date:
    """The first day of a month at least ``months`` after ``day``."""
    whole = int(np.ceil(months)) + (day.day > 1)
    year, month = divmod(day.month - 1 + whole, 12)
    return date(day.year + year, month + 1, 1)
