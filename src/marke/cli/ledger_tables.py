"""What the command line shows of a ledger: one municipality's page of one service."""

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from marke.dutch import capital
from marke.report.ledger_page import Page

STYLES = {"line": "", "sum": "bold", "band": "dim", "effect": "bold", "beside": ""}
SETS = ("band", "effect")
"""A line below the last row of these."""


def show_page(page: Page) -> RenderableType:
    """Show the years, what they leave open, the reconciliation and what stands beside it."""
    sentences = (page.worth, page.leaving, page.booking)
    return Group(_years(page), Text(f"{page.notes}\n"), _steps(page), *map(Text, sentences), Text())


def _years(page: Page) -> Table:
    table = _table(f"{page.name}, {page.title}\n{page.form}\n{page.deal}")
    table.add_column("", overflow="fold")
    for head in page.heads:
        table.add_column(head, justify="right", no_wrap=True)
    for row, following in zip(page.rows, (*page.rows[1:], None), strict=True):
        last = following is None or (row.role in SETS and following.role != row.role)
        table.add_row(row.words, *row.cells(), style=STYLES[row.role], end_section=last)
    return table


def _steps(page: Page) -> Table:
    table = _table(f"Aansluiting, euro per jaar, prijspeil {page.price_year}")
    table.show_header = False
    table.add_column("", overflow="fold")
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for step in page.steps:
        words = capital(step.words) if step.level else f"  {step.words}"
        table.add_row(words, step.cell, step.mark, style="bold" if step.level else "")
    return table


def _table(title: str) -> Table:
    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        header_style="bold",
        box=SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 0, 0, 1),
    )
