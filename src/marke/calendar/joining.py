"""The months in which joining costs least: when little runs, before a replacement, in a new budget year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marke.baseline import lies_ahead
from marke.calendar.moments import Contract, Replacement

YEAR = 12


@dataclass(frozen=True)
class Month:
    """Joining on the first of a month: what still runs then, and what lies ahead.

    ``running`` counts contracts that still run and ``double`` the euro paid in vain until they end;
    ``avoided`` counts replacements that need not be bought anew.
    """

    first: date
    running: int = 0
    double: int = 0
    avoided: int = 0

    @property
    def january(self) -> bool:
        """Whether a budget year begins, so that no budget changes half-way."""
        return self.first.month == 1


def months(
    contracts: Sequence[Contract], replacements: Sequence[Replacement], firsts: Sequence[date]
) -> tuple[Month, ...]:
    """Look at every month: a contract that ends later is paid double until its end, if its cost is known."""
    return tuple(
        Month(
            first,
            running=sum(lies_ahead("contract_end", contract.end, first) for contract in contracts),
            double=round(sum((c.yearly or 0) / YEAR * _left(first, c.end) for c in contracts)),
            avoided=sum(lies_ahead("replacement", each.day, first) for each in replacements),
        )
        for first in firsts
    )


def cheapest(found: Sequence[Month], earliest: date, count: int = 3) -> tuple[Month, ...]:
    """The months from ``earliest`` in which joining costs least, best first.

    Least double payment first, then the fewest contracts that run, then most replacements avoided, then a
    month in which a budget year begins, then the earliest.
    """
    possible = [month for month in found if month.first >= earliest]
    return tuple(sorted(possible, key=_cost)[:count])


def _cost(month: Month) -> tuple[int, int, int, bool, date]:
    return month.double, month.running, -month.avoided, not month.january, month.first


def _left(first: date, end: date) -> int:
    """Whole or begun months from ``first`` to the end of a contract, not below 0."""
    return max(0, (end.year - first.year) * YEAR + end.month - first.month + (end.day > 1))
