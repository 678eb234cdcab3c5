"""What spreadsheets share: names of sheets, which rows a total adds up, and where it all comes from."""

import re
from collections.abc import Sequence

from marke.documents import words
from marke.documents.tree import Document, Table
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
        ("Herleiden", "marke herleid, met de naam van het getal"),
        ("Bedragen", "Verwachtingen in euro. Totalen zijn de som van de cellen erboven."),
    ]
