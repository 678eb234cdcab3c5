"""The tables of a document as ODS: a sheet each, totals as formulas, and where it comes from."""

import io
from typing import Any

import odfdo
from odfdo import Cell, Column, Element, Row, Style, Table
from xlsxwriter.utility import xl_rowcol_to_cell

from marke.documents import tree, words
from marke.documents.archive import settled
from marke.documents.house_style import HouseStyle
from marke.documents.odf import describe
from marke.documents.sheets import names, provenance, total_over

GROUPED = (
    '<number:number-style style:name="marke-grouped"><number:number number:decimal-places="0" '
    'number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
)
"""Whole numbers with a point for thousands."""


def render(document: tree.Document, _style: HouseStyle) -> bytes:
    """Return the workbook. Text never becomes a formula: it is stored as text."""
    file: Any = odfdo.Document("spreadsheet")
    file.body.clear()
    describe(file, document)
    for name, width in (("marke-first", "5.5cm"), ("marke-other", "2.2cm"), ("marke-wide", "15cm")):
        made = Style("table-column", name=name)
        made.set_properties({"style:column-width": width}, area="table-column")
        file.insert_style(made, automatic=True)
    file.get_part("content").get_element("//office:automatic-styles").append(Element.from_tag(GROUPED))
    for name, weight in (("marke-plain", "normal"), ("marke-bold", "bold")):
        made = Style("table-cell", name=name, data_style="marke-grouped")
        made.set_properties({"fo:font-weight": weight}, area="text")
        made.set_properties({"fo:wrap-option": "wrap"}, area="table-cell")
        file.insert_style(made, automatic=True)
    tables = list(tree.tables(document))
    for name, table in zip(names(tables), tables, strict=True):
        file.body.append(_sheet(name, table))
    file.body.append(_plain("Herkomst", [[*pair] for pair in provenance(document)]))
    out = io.BytesIO()
    file.save(out)
    return settled(out.getvalue())


def _plain(name: str, rows: list[list[str]]) -> Any:
    sheet = Table(name)
    sheet.append(Column(style="marke-first"))
    sheet.append(Column(style="marke-wide"))
    for row in rows:
        sheet.append(_row([Cell(told, cell_type="string") for told in row]))
    return sheet


def _row(cells: list[Any]) -> Any:
    row = Row()
    for cell in cells:
        row.append(cell)
    return row


def _sheet(name: str, table: tree.Table) -> Any:
    sheet = Table(name)
    sheet.append(Column(style="marke-first"))
    sheet.append(Column(style="marke-other", repeated=len(table.columns)))
    sheet.append(_row([Cell(table.caption, cell_type="string", style="marke-bold")]))
    sheet.append(Row())
    head = (table.corner, *(words.label(column) for column in table.columns))
    sheet.append(_row([Cell(label, cell_type="string", style="marke-bold") for label in head]))
    for number, row in enumerate(table.rows):
        style = "marke-bold" if row.total else "marke-plain"
        cells = [Cell(row.header, cell_type="string", style=style)]
        for place, (value, column) in enumerate(zip(row.cells, table.columns, strict=True), 1):
            cells.append(_cell(table, (number, place), value, column.kind, style))
        sheet.append(_row(cells))
    sheet.append(Row())
    sheet.append(_row([Cell(table.note, cell_type="string")]))
    last = xl_rowcol_to_cell(4 + len(table.rows), len(table.columns))
    sheet.set_attribute("table:print-ranges", f"'{name}'.A1:'{name}'.{last}")
    return sheet


def _cell(table: tree.Table, place: tuple[int, int], value: tree.Cell, kind: tree.Kind, style: str) -> Any:
    if value is None:
        return Cell(style=style)
    if isinstance(value, str):
        return Cell(value, cell_type="string", style=style)
    number, column = place
    cell = Cell(
        value,
        text=words.cell(value, kind),
        style=style,
        cell_type="percentage" if kind == "percent" else "float",
    )
    first = total_over(table, number)
    if first is not None:
        top, bottom = xl_rowcol_to_cell(3 + first, column), xl_rowcol_to_cell(2 + number, column)
        cell.formula = f"of:=SUM([.{top}:.{bottom}])"
    return cell
