"""How values are written, the same in every format."""

from collections.abc import Iterable

from marke.documents.tree import Cell, Column, Kind, Money, Run
from marke.dutch import NBSP, decimal, euro, euro_about, percent


def amount(money: Money) -> str:
    """Write an amount in prose: ``€ 1.234``, or ``ongeveer € 1.200``."""
    return euro(money.value) if money.exact else euro_about(money.value)


def prose(runs: Iterable[Run]) -> str:
    """Write running text."""
    return "".join(amount(run) if isinstance(run, Money) else run for run in runs)


def cell(value: Cell, kind: Kind) -> str:
    """Write a cell of a table; what is not known is a dash."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if kind == "thousand":
        return decimal(value / 1000)
    if kind == "percent":
        return percent(value)
    return decimal(value)


def unit(kind: Kind) -> str:
    """The unit that a column's label carries; empty where the label says it."""
    return {"euro": "€", "thousand": f"€{NBSP}×{NBSP}1.000"}.get(kind, "")


def label(column: Column) -> str:
    """The label of a column with its unit."""
    found = unit(column.kind)
    return f"{column.label} ({found})" if found else column.label
