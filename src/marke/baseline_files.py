"""The table of a baseline as a file: csv or a worksheet, cell by cell, without knowing what is asked."""

import csv
import io
import itertools
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from marke.errors import InputError
from marke.files import fold, read_bytes, read_text, suggest, unreadable_line, write_atomically

COLUMNS = ("code", "gemeente", "vraag", "omschrijving", "eenheid", "antwoord", "toelichting")
DEFINITION_COLUMNS = ("vraag", "omschrijving", "eenheid", "uitleg")
SHEET = "Antwoorden"
SHEET_DEFINITIONS = "Uitleg"
EXTENSIONS = (".csv", ".xlsx")

MOST_BYTES = 20_000_000
MOST_UNPACKED_BYTES = 100_000_000
MOST_ROWS = 50_000

_FORMULA_STARTS = ("=", "+", "-", "@")
_Cells = Sequence[tuple[str, ...]]


class NoResult:
    """Stands in a cell whose formula was never computed."""


@dataclass(frozen=True)
class Row:
    """One line of a table: a text file or (``sheet``) a worksheet; its number counts from 1."""

    number: int
    cells: tuple[Any, ...]
    sheet: bool

    def place(self, column: int) -> str:
        """Name the cell in the given column (from 0)."""
        if self.sheet:
            return f"blad {SHEET}, cel {chr(ord('A') + column)}{self.number}"
        name = COLUMNS[column] if column < len(COLUMNS) and self.number > 1 else str(column + 1)
        return f"regel {self.number}, kolom {name}"

    def error(self, column: str, what: str, mend: str) -> InputError:
        """Return an error about the cell in this column."""
        return InputError(what, where=self.place(COLUMNS.index(column)), mend=mend)

    def check_width(self) -> None:
        """Refuse a row with too few or too many cells."""
        if len(self.cells) != len(COLUMNS):
            raise InputError(
                f"Deze regel heeft {len(self.cells)} cellen; het moeten er {len(COLUMNS)} zijn.",
                where=f"regel {self.number}",
                mend="Zet tekst of een getal met een scheidingsteken tussen dubbele aanhalingstekens.",
            )

    def value(self, column: str) -> Any:
        """Return the cell: text, and in a worksheet also a number, date, bool or None."""
        value = self.cells[COLUMNS.index(column)]
        if isinstance(value, NoResult):
            raise self.error(
                column,
                "De formule in deze cel heeft geen uitkomst.",
                "Vul de uitkomst zelf in, of open en bewaar het bestand eerst in een rekenprogramma.",
            )
        return value

    def text(self, column: str) -> str:
        """Return the cell as text, "" when it is empty."""
        value = self.value(column)
        return "" if value is None else str(value).strip()


def read_table(path: Path) -> list[Row]:
    """Return the rows below the header, in order; empty rows are left out.

    Raises InputError for a file that cannot be used, or a header that is not ``COLUMNS``.
    """
    _check_file(path)
    rows = _read_sheet(path) if path.suffix.lower() == ".xlsx" else _read_csv(path)
    try:
        _check_header(rows[0] if rows else Row(1, (), sheet=path.suffix.lower() == ".xlsx"))
    except InputError as error:
        raise InputError(error.what, where=f"{path}, {error.where}", mend=error.mend) from None
    return rows[1:]


def write_table(path: Path, rows: _Cells, definitions: _Cells) -> None:
    """Write rows (``COLUMNS``) as .csv or .xlsx; a workbook gets the definitions on a second sheet.

    Raises InputError for another extension or when the file cannot be written.
    """
    _check_file(path)
    write_atomically(path, _csv(rows) if path.suffix.lower() == ".csv" else _workbook(rows, definitions))


def _check_file(path: Path) -> None:
    if path.suffix.lower() not in EXTENSIONS:
        raise InputError(
            f"Een nulmeting is een bestand dat eindigt op .csv of .xlsx, niet op '{path.suffix}'.",
            where=str(path),
            mend="Bewaar het als Excel-werkmap (.xlsx) of als csv (UTF-8).",
        )
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        return  # reading it tells what is wrong
    if size > MOST_BYTES:
        raise _too_large(path)


def _too_large(path: Path) -> InputError:
    return InputError(
        "Het bestand is te groot voor een nulmeting.",
        where=str(path),
        mend="Begin opnieuw met een lege nulmeting en kopieer alleen de antwoorden.",
    )


def _read_csv(path: Path) -> list[Row]:
    text = read_text(path)
    first_line = text.split("\n", 1)[0]
    separator = ";" if first_line.count(";") >= first_line.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    try:
        for cells in reader:
            while len(cells) > len(COLUMNS) and not cells[-1].strip():
                cells.pop()
            if any(cell.strip() for cell in cells):
                rows.append(Row(reader.line_num, tuple(cells), sheet=False))
            if len(rows) > MOST_ROWS:
                raise _too_large(path)
    except csv.Error as error:
        raise unreadable_line(path, reader.line_num) from error
    return rows


def _read_sheet(path: Path) -> list[Row]:
    content = read_bytes(path)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
        if unpacked > MOST_UNPACKED_BYTES:
            raise _too_large(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts of a workbook that do not matter here
            results = _cells(content, computed=True)
            formulas = _cells(content, computed=False)
    except InputError as error:
        raise InputError(error.what, where=str(path), mend=error.mend) from None
    except Exception as error:
        # openpyxl has no error of its own: a damaged workbook ends in anything from KeyError to zlib.error
        raise InputError(
            "Deze Excel-werkmap is beschadigd of met een wachtwoord beveiligd.",
            where=str(path),
            mend="Open het bestand in een rekenprogramma en bewaar het opnieuw als .xlsx.",
        ) from error
    rows = []
    for number, (values, sources) in enumerate(zip(results, formulas, strict=True), start=1):
        cells = [
            NoResult() if value is None and source is not None else value
            for value, source in zip(values, sources, strict=True)
        ]
        if cells[-1] is None:
            cells.pop()
        if any(cell is not None and str(cell).strip() for cell in cells):
            rows.append(Row(number, tuple(cells), sheet=True))
    return rows


def _cells(content: bytes, *, computed: bool) -> list[tuple[Any, ...]]:
    """Return all rows of the answers, one column wider than the table: the results, or the formulas."""
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=computed)
    try:
        if SHEET not in workbook.sheetnames:
            raise InputError(
                f"Het blad '{SHEET}' ontbreekt.{suggest(SHEET, workbook.sheetnames)}",
                mend=f"Zet de antwoorden op een blad met de naam {SHEET}.",
            )
        width = len(COLUMNS) + 1
        table = workbook[SHEET].iter_rows(max_col=width, max_row=MOST_ROWS + 1, values_only=True)
        rows = [tuple(row) for row in itertools.islice(table, MOST_ROWS + 1)]
    finally:
        workbook.close()
    if len(rows) > MOST_ROWS:
        raise InputError("Het bestand is te groot voor een nulmeting.", mend="Haal lege regels weg.")
    return [(*row, *[None] * (width - len(row))) for row in rows]


def _check_header(header: Row) -> None:
    found = [str(cell or "").strip() for cell in header.cells]
    for number, expected in enumerate(COLUMNS):
        here = found[number] if number < len(found) else ""
        if fold(here) != expected:
            there = f"'{here}'" if here else "niets"
            raise InputError(
                f"Hier hoort de kolom '{expected}' te staan, maar er staat {there}.",
                where=header.place(number),
                mend=f"De kolommen zijn, in deze volgorde: {', '.join(COLUMNS)}.",
            )
    if len(found) > len(COLUMNS):
        raise InputError(
            f"Na '{COLUMNS[-1]}' hoort geen kolom meer, maar er staat '{found[len(COLUMNS)]}'.",
            where=header.place(len(COLUMNS)),
            mend="Haal deze kolom weg.",
        )


def _csv(rows: _Cells) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        # a spreadsheet would run such a description as a formula
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell for cell in row])
    return "\ufeff" + text.getvalue()


def _workbook(rows: _Cells, definitions: _Cells) -> bytes:
    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"title": "Nulmeting", "created": datetime(2000, 1, 1)})  # the same bytes every time
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    answer = book.add_format(
        {"bg_color": "#FFF4C2", "border": 1, "border_color": "#C9B458", "locked": False, "valign": "top"}
    )
    note = book.add_format({"text_wrap": True, "locked": False, "valign": "top", "num_format": "@"})
    table = [COLUMNS, *rows]
    sheet = book.add_worksheet(SHEET)
    _fill(sheet, table, (10, 20, 24, 52, 14, 16, 44), heading, plain)
    for number in range(1, len(table)):
        sheet.write_blank(number, 5, None, answer)
        sheet.write_blank(number, 6, None, note)
    sheet.data_validation(1, 5, max(1, len(rows)), 5, {
        "validate": "decimal", "criteria": ">=", "value": 0,
        "input_title": "Antwoord", "input_message": "Een getal van 0 of meer. Leeg betekent: weet ik niet.",
        "error_title": "Geen goed getal",
        "error_message": "Vul een getal van 0 of meer in, of laat de cel leeg als u het niet weet.",
    })  # fmt: skip
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    explained = book.add_worksheet(SHEET_DEFINITIONS)
    _fill(explained, [DEFINITION_COLUMNS, *definitions], (24, 52, 14, 90), heading, plain)
    book.close()
    return content.getvalue()


def _fill(sheet: Any, table: _Cells, widths: tuple[int, ...], heading: Any, plain: Any) -> None:
    """Write a table as text, never as formulas, below a heading that stays in view."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(table):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell, heading if number == 0 else plain)
