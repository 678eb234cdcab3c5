"""The tables of a document as ODS: a sheet each, totals as formulas, and where it comes from."""

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

import odfdo
from jinja2 import Template
from odfdo import Cell, Column, Element, Row, Style, Table
from xlsxwriter.utility import xl_rowcol_to_cell

from marke.documents import tree, words
from marke.documents.archive import settled
from marke.documents.house_style import HouseStyle
from marke.documents.odf import describe
from marke.documents.sheets import HEAD, TRACED, names, provenance, total_over, traced
from marke.templates import templates_of

FONT = "Liberation Sans"
FIRST, NUMBERS, TEXT, WIDE = "6.5cm", "2.8cm", "5.5cm", "22cm"
"""Widths of the column of row headers, and of columns of numbers, text and long text."""


def render(document: tree.Document, style: HouseStyle) -> bytes:
    """Return the workbook. Text never becomes a formula: it is stored as text."""
    file: Any = odfdo.Document("spreadsheet")
    file.body.clear()
    tables = list(tree.tables(document))
    sheets = names(tables)
    dress = _template("ods_styles.xml.j2")
    marking = words.marking(document)
    file.set_part("styles.xml", dress.render(colour=style.colour, font=FONT, marking=marking).encode())
    heads = [*((name, HEAD, 1) for name in sheets), (TRACED, 1, 0)]
    file.set_part("settings.xml", _template("ods_settings.xml.j2").render(heads=heads).encode())
    describe(file, document)
    for width in (FIRST, NUMBERS, TEXT, WIDE):
        made = Style("table-column", name=_name(width))
        made.set_properties({"style:column-width": width}, area="table-column")
        file.insert_style(made, automatic=True)
    row = Style("table-row", name="Row")
    row.set_properties({"style:use-optimal-row-height": "true"}, area="table-row")
    file.insert_style(row, automatic=True)
    on_page = Style("table", name="Sheet", master_page="Default")
    on_page.set_properties({"table:display": "true"}, area="table")
    file.insert_style(on_page, automatic=True)
    for name, table in zip(sheets, tables, strict=True):
        file.body.append(_sheet(name, table))
    file.body.append(_traced(traced(document, sheets, tables)))
    file.body.append(_plain("Herkomst", provenance(document)))
    out = io.BytesIO()
    file.save(out)
    return settled(out.getvalue())


@cache
def _template(name: str) -> Template:
    return templates_of("marke.documents").get_template(name)


def _name(width: str) -> str:
    return f"w{width.replace('.', '')}"


def _plain(name: str, rows: Sequence[tuple[str, str]]) -> Any:
    sheet: Any = Table(name, style="Sheet")
    sheet.append(Column(style=_name(FIRST)))
    sheet.append(Column(style=_name(TEXT), repeated=4))
    for label, told in rows:
        sheet.append(_row([_text(label, "row-text"), *_across(told, 4, "row-text")]))
    return sheet


def _traced(rows: Sequence[tuple[str, ...]]) -> Any:
    """The sheet that says of every amount where it comes from."""
    sheet: Any = Table(TRACED, style="Sheet")
    for width in (TEXT, NUMBERS, FIRST, TEXT, WIDE):
        sheet.append(Column(style=_name(width)))
    head, *rest = rows
    sheet.append(_repeated(_row([_text(told, "head") for told in head])))
    for row in rest:
        sheet.append(_row([_text(told, "row-text") for told in row]))
    _on_paper(sheet, TRACED, len(rows) - 1, len(head) - 1)
    return sheet


def _repeated(head: Any) -> Any:
    """A row that is repeated on every page."""
    repeated = Element.from_tag("table:table-header-rows")
    repeated.append(head)
    return repeated


def _on_paper(sheet: Any, name: str, last: int, column: int) -> None:
    """What is printed of a sheet: all down to this row and column."""
    sheet.set_attribute("table:print-ranges", f"'{name}'.A1:'{name}'.{xl_rowcol_to_cell(last, column)}")


def _row(cells: Sequence[Any]) -> Any:
    """A row as high as what stands in it."""
    row: Any = Row(style="Row")
    for cell in cells:
        row.append(cell)
    return row


def _text(told: str, style: str) -> Any:
    return Cell(told, cell_type="string", style=style)


def _across(told: str, columns: int, style: str) -> list[Any]:
    """A text over several columns."""
    cell = _text(told, style)
    cell.set_attribute("table:number-columns-spanned", str(columns))
    cell.set_attribute("table:number-rows-spanned", "1")
    return [cell, *(Element.from_tag("table:covered-table-cell") for _ in range(columns - 1))]


def _sheet(name: str, table: tree.Table) -> Any:
    sheet: Any = Table(name, style="Sheet")
    sheet.append(Column(style=_name(FIRST)))
    for column in table.columns:
        sheet.append(Column(style=_name(TEXT if column.kind == "text" else NUMBERS)))
    sheet.append(_row([_text(table.caption, "caption")]))
    sheet.append(Row())
    sides = ("head" if column.kind == "text" else "head-right" for column in table.columns)
    labels = (words.label(column) for column in table.columns)
    head = [_text(told, side) for told, side in zip((table.corner, *labels), ("head", *sides), strict=True)]
    sheet.append(_repeated(_row(head)))
    for number, row in enumerate(table.rows):
        style = "total" if row.total else "row"
        cells = [_text(row.header, f"{style}-text")]
        for place, (value, column) in enumerate(zip(row.cells, table.columns, strict=True), 1):
            cells.append(_cell(table, (number, place), value, column.kind))
        sheet.append(_row(cells))
    sheet.append(Row())
    sheet.append(_row(_across(table.note, 1 + len(table.columns), "note")))
    _on_paper(sheet, name, HEAD + 1 + len(table.rows), len(table.columns))
    return sheet


def _cell(table: tree.Table, place: tuple[int, int], value: tree.Cell, kind: tree.Kind) -> Any:
    number, column = place
    style = f"{'total' if table.rows[number].total else 'row'}-{kind}"
    if value is None:
        return Cell(style=style)
    if isinstance(value, str):
        return _text(value, style)
    kept = words.kept(value, kind)
    cell = Cell(
        kept,
        text=words.cell(value, kind),
        style=style,
        cell_type="percentage" if kind == "percent" else "float",
    )
    first = total_over(table, number)
    if first is not None:
        top, bottom = xl_rowcol_to_cell(HEAD + first, column), xl_rowcol_to_cell(HEAD - 1 + number, column)
        cell.formula = f"of:=SUM([.{top}:.{bottom}])"
    return cell
