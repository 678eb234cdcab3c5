"""Widths on paper: how the columns of a table share a page, and how large a picture stands on it."""

from struct import unpack

from marke.documents import words
from marke.documents.tree import Table

WIDTH, HEIGHT = 16.6, 20.0
"""What text and pictures may take of an A4 page, in cm."""

LETTER, AROUND = 0.175, 0.54
"""The mean width of a letter of 9 points and the room around the text of a cell, in cm."""

LINES = 2.2
"""Over how many lines the label of a column of numbers may break, on average."""

MOST, LEAST = 2.4, 3.0
"""What a column of text may claim in cm before it breaks over lines, and what the longest word may."""

SHORT = 14
"""Rows of a table that is kept on one page."""


LOGO = (1.4, 5.5)
"""How high and how wide a logo may be, in cm."""


def widths(table: Table) -> tuple[float, ...]:
    """Divide the width of the page over the column of row headers and the others, in cm.

    Columns of numbers and of short text get what they need; the rest goes to long text, longer text more.
    """
    texts = [[table.corner, *(row.header for row in table.rows)]]
    for place, column in enumerate(table.columns):
        texts.append(
            [words.label(column), *(words.cell(row.cells[place], column.kind) for row in table.rows)]
        )
    longest = [max(_wide(word) for told in column for word in told.split(" ")) for column in texts]
    least = [min(LEAST, word) for word in longest]
    usual = [sum(_wide(told) for told in column) / len(column) for column in texts]
    needed = [
        max([word, _wide(column[0]) / LINES, *(_wide(told) for told in column[1:])])
        for word, column in zip(longest, texts, strict=True)
    ]
    textual = [True, *(column.kind == "text" for column in table.columns)]
    flexible = [bends and need > MOST for bends, need in zip(textual, needed, strict=True)]
    if not any(flexible):
        flexible = [place == 0 for place in range(len(texts))]
    needed = _unbroken(needed, [_wide(column[0]) for column in texts], flexible)
    fixed = sum(need for need, bends in zip(needed, flexible, strict=True) if not bends)
    pull = [width if bends else 0.0 for width, bends in zip(usual, flexible, strict=True)]
    rest = WIDTH - fixed - sum(low for low, bends in zip(least, flexible, strict=True) if bends)
    shared = [
        low + max(rest, 0) * part / sum(pull) if bends else need
        for low, need, part, bends in zip(least, needed, pull, flexible, strict=True)
    ]
    return tuple(round(width * WIDTH / sum(shared), 2) for width in shared)


def logo_size(picture: bytes) -> tuple[float, float]:
    """Return the width and height in cm at which a PNG or JPEG fits a letter's head."""
    from docx.image.image import Image

    shown = Image.from_blob(picture)
    high, wide = LOGO
    width = min(wide, high * shown.px_width / shown.px_height)
    return round(width, 2), round(width * shown.px_height / shown.px_width, 2)


def picture_size(png: bytes) -> tuple[float, float]:
    """Return the width and height in cm at which a PNG fits the page, in its own proportions."""
    across, down = unpack(">II", png[16:24])
    width = min(WIDTH, HEIGHT * across / down)
    return round(width, 2), round(width * down / across, 2)


def _unbroken(needed: list[float], labels: list[float], flexible: list[bool]) -> list[float]:
    """Give columns of numbers what is to spare, up to a label on one line."""
    wanted = [
        0.0 if bends else max(0.0, label - need)
        for need, label, bends in zip(needed, labels, flexible, strict=True)
    ]
    spare = max(0.0, WIDTH - sum(needed))
    part = min(1.0, spare / sum(wanted)) if any(wanted) else 0.0
    return [need + part * more for need, more in zip(needed, wanted, strict=True)]


def _wide(told: str) -> float:
    return len(told) * LETTER + AROUND
