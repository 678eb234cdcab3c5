"""Plain tables on the terminal, at least as wide as their numbers need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

WIDTH = 110
"""A table narrower than its numbers would lose them; then the terminal folds the line instead."""


def wide_console() -> Console:
    """Open the terminal for tables: no markup, and never narrower than ``WIDTH``."""
    from rich.console import Console

    console = Console(markup=False, highlight=False, emoji=False)
    console.width = max(console.width, WIDTH)
    return console


def agreed(question: str) -> bool:
    """Ask a question that is answered with j or ja; anything else is no."""
    answer: str = click.prompt(question, default="n", show_default=False)
    return answer.strip().casefold() in {"j", "ja"}


def show_table(console: Console, head: Sequence[str], rows: Iterable[Sequence[str]], *, right: int) -> None:
    """Print a table; the columns from number ``right`` on hold numbers and are never broken."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for place, title in enumerate(head):
        justify: Literal["left", "right"] = "right" if place >= right else "left"
        table.add_column(title, justify=justify, no_wrap=place >= right, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)
