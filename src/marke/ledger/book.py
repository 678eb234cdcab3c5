"""The ledger as it is printed: whole euros per municipality, year, type and line, and sums of those alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from marke.ledger.accounts import Account
from marke.ledger.lines import BURDEN, LINES, Kind, Line
from marke.ledger.rounding import apportion
from marke.ledger.years import COLUMNS

Whole = tuple[int | None, ...]
"""Whole euros per column, None where it is not known."""


@dataclass(frozen=True)
class Entry:
    """One line of one municipality: whole euros per column."""

    code: str
    kind: Kind
    line: str
    amounts: Whole


@dataclass(frozen=True)
class Band:
    """Where the known burden of one municipality and kind lies in eight of ten draws, per column.

    A band stands beside an amount and is never added to another.
    """

    code: str
    kind: Kind
    low: Whole
    high: Whole


@dataclass(frozen=True)
class Book:
    """The printed ledger of one service: entries by municipality (CBS code) and line, with bands."""

    service: str
    years: tuple[int, ...]
    codes: tuple[str, ...]
    entries: tuple[Entry, ...]
    bands: tuple[Band, ...]

    def amounts(self, code: str, kind: Kind, line: str) -> Whole:
        """One line of one municipality; raises KeyError for one that is not there."""
        for entry in self.entries:
            if (entry.code, entry.kind, entry.line) == (code, kind, line):
                return entry.amounts
        raise KeyError((code, kind, line))

    def column(self, kind: Kind, line: str) -> Whole:
        """One line of all municipalities together; unknown as soon as one of them is unknown."""
        return _add([self.amounts(code, kind, line) for code in self.codes])

    def burden(self, kind: Kind, codes: Sequence[str] | None = None) -> Whole:
        """The sum of the printed lines that make up a burden, over some municipalities (default: all).

        A line that is not known is left out, and ``unknown`` names it. Where what is known is nothing, as in
        a year before the start without a budget, or of a municipality that has left, there is no sum.
        """
        chosen = self.codes if codes is None else codes
        cells = [self.amounts(code, kind, line) for code in chosen for line in BURDEN[kind]]
        return tuple(
            sum(cell or 0 for cell in column) if any(column) or None not in column else None
            for column in zip(*cells, strict=True)
        )

    def effect(self, code: str) -> Whole:
        """Structural burden less the budget: *meerkosten* positive, unknown where the budget is unknown."""
        return _less(self.burden("structural", [code]), self.amounts(code, "memo", "budgeted"))

    def more_than_now(self, code: str) -> Whole:
        """Structural burden since the start less today's cost over the same months."""
        before = tuple(amount or 0 for amount in self.amounts(code, "structural", "before"))
        since = _less(self.burden("structural", [code]), before)
        return _less(since, self.amounts(code, "memo", "now"))

    def effect_of_all(self) -> Whole:
        """The effects of all municipalities together; unknown as soon as one is unknown."""
        return _add([self.effect(code) for code in self.codes])

    def unknown(self, code: str) -> tuple[str, ...]:
        """The lines of a municipality of which an amount is missing, in the order of ``LINES``."""
        return tuple(e.line for e in self.entries if e.code == code and None in e.amounts)


def make_book(service: str, years: tuple[int, ...], accounts: Sequence[Account]) -> Book:
    """Round the expected amounts once and put them in a book.

    The cells of one line and column over all municipalities (code order) are rounded to whole euros that add
    up to their rounded total (``apportion``).
    """
    columns = {line: [_round(accounts, line, column) for column in range(COLUMNS)] for line in LINES}
    entries = [
        Entry(account.code, *line, tuple(columns[line][column][place] for column in range(COLUMNS)))
        for place, account in enumerate(accounts)
        for line in LINES
    ]
    bands = [_band(account, kind) for account in accounts for kind in BURDEN]
    codes = tuple(account.code for account in accounts)
    return Book(service, years, codes, tuple(entries), tuple(bands))


def _round(accounts: Sequence[Account], line: Line, column: int) -> list[int | None]:
    values = [account.lines[line][column] for account in accounts]
    known = iter(apportion([float(value.mean()) for value in values if value is not None]))
    return [None if value is None else next(known) for value in values]


def _band(account: Account, kind: Kind) -> Band:
    ends: list[tuple[int | None, int | None]] = []
    for column in range(COLUMNS):
        lines = [account.lines[kind, line][column] for line in BURDEN[kind]]
        known = [values for values in lines if values is not None]
        if len(known) == len(lines) or any(values.any() for values in known):
            low, high = np.quantile(np.sum(known, axis=0), [0.1, 0.9])
            ends.append((round(low), round(high)))
        else:
            ends.append((None, None))
    return Band(account.code, kind, tuple(low for low, _ in ends), tuple(high for _, high in ends))


def _less(left: Whole, right: Whole) -> Whole:
    """Subtract column by column; what is unknown on either side is unknown."""
    pairs = zip(left, right, strict=True)
    return tuple(None if a is None or b is None else a - b for a, b in pairs)


def _add(rows: Sequence[Whole]) -> Whole:
    """Add rows column by column; a column with something unknown is unknown."""
    found: list[int | None] = []
    for cells in zip(*rows, strict=True):
        known = [cell for cell in cells if cell is not None]
        found.append(sum(known) if len(known) == len(cells) else None)
    return tuple(found)
