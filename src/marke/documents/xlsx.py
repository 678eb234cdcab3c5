"""The tables of a document as XLSX: a sheet each, totals as formulas, and where it comes from."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from marke.documents import tree, words
from marke.documents.house_style import HouseStyle
from marke.documents.sheets import HEAD, TRACED, names, provenance, total_over, traced

FORMATS: Mapping[tree.Kind, str] = {
    "euro": "#,##0",
    "thousand": "#,##0",
    "number": "#,##0",
    "percent": "0\u00a0%",
    "text": "@",
}
FIRST, NUMBERS, TEXT = 36, 15, 30
"""Widths of the column of row headers, and of columns of numbers and text, in letters."""


def render(document: tree.Document, style: HouseStyle) -> bytes:
    """Return the workbook. Text never becomes a formula."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties(
            {
                "title": document.title,
                "subject": document.subject,
                "author": document.organisation,
                "created": datetime(document.day.year, document.day.month, document.day.day),
            }
        )
        tables = list(tree.tables(document))
        sheets = names(tables)
        for name, table in zip(sheets, tables, strict=True):
            _sheet(book, book.add_worksheet(name), table, style)
        _traced(book, traced(document, sheets, tables))
        sheet = book.add_worksheet("Herkomst")
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.set_column(0, 0, FIRST)
        sheet.set_column(1, 1, 2 * TEXT)
        for row, pair in enumerate(provenance(document)):
            sheet.write_row(row, 0, pair, wrapped)
        _on_paper(sheet, row, 1)
        for each in book.worksheets():
            each.set_footer(f"&L{words.marking(document)}&R&P / &N")
    return out.getvalue()


def _sheet(book: Any, sheet: Any, table: tree.Table, style: HouseStyle) -> None:
    bold = book.add_format({"bold": True, "font_color": style.colour, "font_size": 12})
    sheet.write_string(0, 0, table.caption, bold)
    head = {"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom"}
    left, right = book.add_format(head), book.add_format({**head, "align": "right"})
    sheet.write_string(HEAD - 1, 0, table.corner, left)
    sheet.set_column(0, 0, FIRST)
    for place, column in enumerate(table.columns, 1):
        textual = column.kind == "text"
        sheet.write_string(HEAD - 1, place, words.label(column), left if textual else right)
        sheet.set_column(place, place, TEXT if textual else NUMBERS)
    for number, row in enumerate(table.rows):
        line = {"bold": row.total, "top": 1 if row.total else 0, "text_wrap": True, "valign": "top"}
        sheet.write_string(HEAD + number, 0, row.header, book.add_format(line))
        for place, (value, column) in enumerate(zip(row.cells, table.columns, strict=True), 1):
            side = {"align": "left" if column.kind == "text" else "right"}
            shown = book.add_format({**line, **side, "num_format": FORMATS[column.kind]})
            _cell(sheet, table, (number, place), value, shown)
    last = HEAD + 1 + len(table.rows)
    if table.note:
        note = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#4A5058"})
        sheet.merge_range(last, 0, last, len(table.columns), table.note, note)
        sheet.set_row(last, 15 * (1 + len(table.note) // 90))
    sheet.freeze_panes(HEAD, 1)
    sheet.repeat_rows(HEAD - 1)
    _on_paper(sheet, last, len(table.columns))


def _traced(book: Any, rows: Sequence[tuple[str, ...]]) -> None:
    """The sheet that says of every amount where it comes from."""
    sheet = book.add_worksheet(TRACED)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "bottom": 2})
    last = len(rows[0]) - 1
    for place, width in enumerate((FIRST, NUMBERS, FIRST, TEXT, 3 * FIRST)):
        sheet.set_column(place, place, width)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row, wrapped if number else head)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, len(rows) - 1, last)
    _on_paper(sheet, len(rows) - 1, last)


def _on_paper(sheet: Any, last: int, columns: int) -> None:
    """A4 on its side, all columns on one page, numbered pages."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, last, columns)


def _cell(sheet: Any, table: tree.Table, place: tuple[int, int], value: tree.Cell, shown: Any) -> None:
    number, column = place
    at = (HEAD + number, column)
    first = total_over(table, number)
    if isinstance(value, str):
        sheet.write_string(*at, value, shown)
    elif value is None:
        sheet.write_blank(*at, None, shown)
    elif first is None:
        sheet.write_number(*at, words.kept(value, table.columns[column - 1].kind), shown)
    else:
        top, bottom = (xl_rowcol_to_cell(HEAD + row, column) for row in (first, number - 1))
        whole = words.kept(value, table.columns[column - 1].kind)
        sheet.write_formula(*at, f"=SUM({top}:{bottom})", shown, whole)
