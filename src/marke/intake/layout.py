"""Where everything stands in a workbook: writing and reading follow the same plan."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from marke.catalogue.intake import ONCE, Asked, Question, asked_fields
from marke.catalogue.schema import Catalogue
from marke.dutch import capital

COVER = "Voorblad"
CODE_CELL = "C5"
NAME_CELL = "C4"

COLUMNS = (
    "nr", "vraag", "antwoord", "eenheid", "weet ik niet", "schatting", "bron of toelichting", "prijspeil",
    "wie vult in", "kenmerk",
)  # fmt: skip
NUMBER, LABEL, ANSWER, UNIT, UNKNOWN, ESTIMATE, NOTE, PRICES, WHO, MARK = range(len(COLUMNS))
HEADER = 2
"""Row (from 0) with the names of the columns; what is above it stays in view."""


@dataclass(frozen=True)
class Line:
    """A question and the row (from 0) of its answer."""

    row: int
    question: Question


@dataclass(frozen=True)
class Block:
    """A field: its number, the row (from 0) of its heading, its explanation one below, then its lines."""

    number: int
    row: int
    asked: Asked
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Sheet:
    """One section of the intake: ``once`` or a service."""

    name: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def lines(self) -> Iterator[Line]:
        """Every answer of the sheet, from top to bottom."""
        for block in self.blocks:
            yield from block.lines


def sheets(catalogue: Catalogue) -> tuple[Sheet, ...]:
    """Plan the sheets of a workbook; fields are numbered through."""
    by_section: dict[str, list[Asked]] = {}
    for asked in asked_fields(catalogue):
        by_section.setdefault(asked.section, []).append(asked)
    found: list[Sheet] = []
    number = 1
    for place, (section, fields) in enumerate(by_section.items(), start=1):
        service = None if section == ONCE else catalogue.services[section]
        short, title = ("Algemeen", "Uw gemeente") if service is None else (service.short, service.label)
        blocks, row = [], HEADER + 1
        for asked in fields:
            cells = tuple(Line(row + 2 + i, question) for i, question in enumerate(asked.questions))
            blocks.append(Block(number, row, asked, cells))
            number, row = number + 1, row + 3 + len(cells)
        found.append(Sheet(_sheet_name(place, short), capital(title), tuple(blocks)))
    return tuple(found)


def _sheet_name(place: int, short: str) -> str:
    """Name a sheet within the 31 letters and the characters that a worksheet allows."""
    allowed = re.sub(r"[^\w -]", "", capital(short))
    return f"{place} {allowed}"[:31].strip()


def cell_name(row: int, column: int) -> str:
    """Name a cell, both counted from 0, as a spreadsheet shows it."""
    return f"{chr(ord('A') + column)}{row + 1}"
