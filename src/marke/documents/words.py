"""How values are written, the same in every format."""

from collections.abc import Iterable

from marke.documents.tree import Cell, Column, Document, Kind, Money, Run
from marke.dutch import NBSP, decimal, euro, euro_about, percent


def amount(money: Money) -> str:
    """Write an amount in prose: ``€ 1.234``, or ``ongeveer € 1.200``."""
    return euro(money.value) if money.exact else euro_about(money.value)


def prose(runs: Iterable[Run]) -> str:
    """Write running text."""
    return "".join(amount(run) if isinstance(run, Money) else run for run in runs)


def kept(value: float, kind: Kind) -> float:
    """Return a number as it is printed: whole euros, whole thousands, whole percents of a share.

    Spreadsheets hold this number, so that their sums are those of printed cells.
    """
    if kind == "percent":
        return round(value, 2)
    return round(value / 1000) if kind == "thousand" else round(value)


def cell(value: Cell, kind: Kind) -> str:
    """Write a cell of a table; what is not known is a dash."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    shown = kept(value, kind)
    return percent(shown) if kind == "percent" else decimal(shown)


def marking(document: Document) -> str:
    """What stands on every page of a copy that not all may read; empty for a public one."""
    if document.only_for:
        return f"Vertrouwelijk: alleen voor {document.only_for}"
    return "Vertrouwelijk: alleen voor de leden van de regio" if document.confidential else ""


def unit(kind: Kind) -> str:
    """The unit that a column's label carries; empty where the label says it."""
    return {"euro": "€", "thousand": f"€{NBSP}×{NBSP}1.000"}.get(kind, "")


def label(column: Column) -> str:
    """The label of a column with its unit."""
    found = unit(column.kind)
    return f"{column.label} ({found})" if found else column.label
