"""The tables of a document as XLSX: a sheet each, totals as formulas, and where it comes from."""

import io
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from marke.documents import tree, words
from marke.documents.house_style import HouseStyle
from marke.documents.sheets import names, provenance, total_over

FORMATS = {"euro": "#,##0", "thousand": "#,##0,", "number": "#,##0", "percent": "0 %", "text": "@"}


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
        for name, table in zip(names(tables), tables, strict=True):
            _sheet(book, book.add_worksheet(name), table, style)
        sheet = book.add_worksheet("Herkomst")
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 80)
        for row, pair in enumerate(provenance(document)):
            sheet.write_row(row, 0, pair)
    return out.getvalue()


def _sheet(book: Any, sheet: Any, table: tree.Table, style: HouseStyle) -> None:
    bold = book.add_format({"bold": True, "font_color": style.colour, "font_size": 12})
    head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom"})
    sheet.write_string(0, 0, table.caption, bold)
    sheet.write_string(2, 0, table.corner, head)
    for place, column in enumerate(table.columns, 1):
        sheet.write_string(2, place, words.label(column), head)
    for number, row in enumerate(table.rows):
        line = {"bold": row.total, "top": 1 if row.total else 0, "text_wrap": True, "valign": "top"}
        sheet.write_string(3 + number, 0, row.header, book.add_format(line))
        for place, (value, column) in enumerate(zip(row.cells, table.columns, strict=True), 1):
            shown = book.add_format({**line, "num_format": FORMATS[column.kind]})
            _cell(sheet, table, (number, place), value, shown)
    sheet.write_string(4 + len(table.rows), 0, table.note)
    sheet.set_column(0, 0, 38)
    sheet.set_column(1, len(table.columns), 16)
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.print_area(0, 0, 4 + len(table.rows), len(table.columns))


def _cell(sheet: Any, table: tree.Table, place: tuple[int, int], value: tree.Cell, shown: Any) -> None:
    number, column = place
    at = (3 + number, column)
    first = total_over(table, number)
    if isinstance(value, str):
        sheet.write_string(*at, value, shown)
    elif value is None:
        sheet.write_blank(*at, None, shown)
    elif first is None:
        sheet.write_number(*at, value, shown)
    else:
        summed = f"=SUM({xl_rowcol_to_cell(3 + first, column)}:{xl_rowcol_to_cell(2 + number, column)})"
        sheet.write_formula(*at, summed, shown, value)
