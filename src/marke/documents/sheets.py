"""What spreadsheets share: names of sheets, which rows a total adds up, and where it all comes from."""

import re
from collections.abc import Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from marke.documents import words
from marke.documents.tree import MONEY, Document, Row, Table
from marke.dutch import day

HEAD = 3
"""Rows above the first row of a table: its caption, an empty one, and the labels of the columns."""


def names(tables: Sequence[Table]) -> list[str]:
    """A name for each sheet: its number and as much of the caption as fits."""
    return [
        f"{place} {re.sub(r'[^0-9A-Za-zÀ-ÿ ]', ' ', table.caption)}"[:31].strip()
        for place, table in enumerate(tables, 1)
    ]


def total_over(table: Table, number: int) -> int | None:
    """The first row that the total in row ``number`` adds up; None for a row that is no total."""
    if not table.rows[number].total:
        return None
    earlier = [place for place in range(number) if table.rows[place].total]
    return earlier[-1] + 1 if earlier else 0


TRACED = "Herkomst bedragen"
"""The sheet that says of every amount where it comes from."""


def traced(document: Document, sheets: Sequence[str], tables: Sequence[Table]) -> list[tuple[str, ...]]:
    """Say of every amount where it comes from: sheet, cell, subject, column, and its origin, with a head."""
    rows: list[tuple[str, ...]] = [("Blad", "Cel", "Regel", "Kolom", "Herkomst")]
    for sheet, table in zip(sheets, tables, strict=True):
        for number, row in enumerate(table.rows):
            for place, (value, column) in enumerate(zip(row.cells, table.columns, strict=True)):
                if column.kind in MONEY and isinstance(value, int | float):
                    cell = xl_rowcol_to_cell(HEAD + number, place + 1)
                    rows.append((sheet, cell, row.header, column.label, _origin(document, row, place)))
    return rows


def _origin(document: Document, row: Row, place: int) -> str:
    if row.total:
        return "som van de cellen erboven"
    told = row.origins[place] if row.origins else ""
    if re.fullmatch(r"[\w.+-]+", told):
        return f"marke herleid {document.run} {told}"
    return told.replace("marke grootboek", f"marke grootboek {document.run}")


def provenance(document: Document) -> list[tuple[str, str]]:
    """What a spreadsheet says of itself."""
    marked = words.marking(document)
    return [
        *([("Let op", marked)] if marked else []),
        ("Document", document.title),
        ("Gemeente", document.organisation),
        ("Datum", day(document.day)),
        ("Run", document.run),
        ("Kenmerk van de uitkomsten", document.mark),
        *([("Logboek van besluiten", document.log)] if document.log else []),
        ("Herleiden", f"Het blad ‘{TRACED}’ zegt van iedere cel waar het bedrag vandaan komt."),
        ("Bedragen", "Verwachtingen. Totalen zijn de som van de cellen erboven."),
    ]
