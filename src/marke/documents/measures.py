"""Widths on paper: how the columns of a table share a page, and how large a picture stands on it."""

from math import sqrt
from struct import unpack

from marke.documents import words
from marke.documents.tree import Table

WIDTH, HEIGHT = 16.6, 20.0
"""What text and pictures may take of an A4 page, in cm."""

LETTER, AROUND = 0.172, 0.5
"""The mean width of a letter of 9 points and the room around the text of a cell, in cm."""

LINES = 2.2
"""Over how many lines the label of a column of numbers may break, on average."""

SHORT = 14
"""Rows of a table that is kept on one page."""


def widths(table: Table) -> tuple[float, ...]:
    """Divide the width of the page over the column of row headers and the others, in cm.

    Columns of numbers get what they need; the rest goes to text, longer text more (its square root, since it
    breaks over lines).
    """
    texts = [[table.corner, *(row.header for row in table.rows)]]
    for place, column in enumerate(table.columns):
        texts.append(
            [words.label(column), *(words.cell(row.cells[place], column.kind) for row in table.rows)]
        )
    flexible = [True, *(column.kind == "text" for column in table.columns)]
    least = [max(_wide(word) for told in column for word in told.split(" ") or ("",)) for column in texts]
    wanted = [max(_wide(told) for told in column) for column in texts]
    numbers = [
        max([low, *(_wide(told) for told in column[1:])]) for low, column in zip(least, texts, strict=True)
    ]
    fixed = sum(need for need, bends in zip(numbers, flexible, strict=True) if not bends)
    pull = [sqrt(wish) if bends else 0.0 for wish, bends in zip(wanted, flexible, strict=True)]
    rest = WIDTH - fixed - sum(low for low, bends in zip(least, flexible, strict=True) if bends)
    shared = [
        low + max(rest, 0) * part / sum(pull) if bends else need
        for low, need, part, bends in zip(least, numbers, pull, flexible, strict=True)
    ]
    return tuple(round(width * WIDTH / sum(shared), 2) for width in shared)


def picture_size(png: bytes) -> tuple[float, float]:
    """Return the width and height in cm at which a PNG fits the page, in its own proportions."""
    across, down = unpack(">II", png[16:24])
    width = min(WIDTH, HEIGHT * across / down)
    return round(width, 2), round(width * down / across, 2)


def _wide(told: str) -> float:
    return len(told) * LETTER + AROUND
