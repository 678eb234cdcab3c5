"""A document as ODT."""

import io
import re
from functools import cache
from typing import Any

import odfdo
from odfdo import TOC, Column, Element, Frame, Header, List, ListItem, Paragraph, Style, Table
from odfdo import Row as TableRow

from marke.documents import drawn, tree, words
from marke.documents.archive import settled
from marke.documents.house_style import HouseStyle
from marke.documents.measures import SHORT, WIDTH, logo_size, picture_size, widths
from marke.documents.odf import describe
from marke.templates import templates_of

FONT = "Liberation Sans"
LABEL = 4.2
"""Width of the labels of a block of facts, in cm."""
SIDES = {"fo:padding-left": "0.05cm", "fo:padding-right": "0.25cm"}
AROUND, CLOSE = ({"fo:padding": room, **SIDES} for room in ("0.08cm", "0.01cm"))
"""The room around the text of a cell, and in a dense table."""


def render(document: tree.Document, style: HouseStyle) -> bytes:
    """Return the file, with headings, repeated table heads, a language, a title and text alternatives."""
    file = odfdo.Document("text")
    file.body.clear()
    marking = words.marking(document)
    file.set_part("styles.xml", _styles(style.colour, marking))
    describe(file, document)
    _cells(file)
    body = file.body
    if marking:
        body.append(Paragraph(marking, style="Strong"))
    if logo := drawn.logo(style):
        body.append(_frame(file, logo, logo_size(logo), ("Logo", f"Logo van {document.organisation}")))
    body.append(Paragraph(f"{document.organisation} {style.address}".strip(), style="Sender"))
    body.append(_heading(1, document.title))
    if document.facts.rows:
        body.append(_facts(file, document.facts))
    if document.contents:
        body.append(_contents(document))
    for section in document.sections:
        _section(file, section, 2, document.organisation)
    body.append(Paragraph(document.colophon, style="Small"))
    out = io.BytesIO()
    file.save(out)
    return settled(out.getvalue())


@cache
def _styles(colour: str, marking: str) -> bytes:
    styles = templates_of("marke.documents").get_template("odt_styles.xml.j2")
    return styles.render(colour=colour, font=FONT, marking=marking).encode()


def _cells(file: Any) -> None:
    """Styles of tables: hair lines, and rows that never break over a page."""
    thin, thick = {"fo:border-bottom": "0.5pt solid #c9ced4"}, {"fo:border-bottom": "1.5pt solid #1c1f23"}
    lines = {"Cell": thin, "Head": thick, "Sum": thin | {"fo:border-top": "1pt solid #1c1f23"}}
    for before, around in (("", AROUND), ("Close", CLOSE)):
        for name, border in lines.items():
            made = Style("table-cell", name=before + name)
            made.set_properties(border | around, area="table-cell")
            file.insert_style(made, automatic=True)
    row = Style("table-row", name="Whole")
    row.set_properties({"fo:keep-together": "always"}, area="table-row")
    file.insert_style(row, automatic=True)
    for name, breaks in (("Long", "true"), ("Short", "false")):
        table = Style("table", name=name)
        table.set_properties(
            {
                "style:width": f"{WIDTH}cm",
                "table:align": "left",
                "style:may-break-between-rows": breaks,
                "fo:keep-with-next": "always",
            },
            area="table",
        )
        file.insert_style(table, automatic=True)


def _contents(document: tree.Document) -> Any:
    """A table of contents that a program can renew; until then it names the sections."""
    contents: Any = TOC("Inhoud", outline_level=2, entry_style="Contents_20_%d")
    contents.get_element("text:index-body/text:index-title/text:p").style = "Contents_20_Heading"
    index = contents.get_element("text:index-body")
    for section in document.sections:
        index.append(Paragraph(section.heading, style="Contents_20_2"))
    return contents


def _heading(level: int, told: str) -> Any:
    heading = Header(level, told)
    heading.style = f"Heading_20_{min(level, 4)}"
    return heading


def _section(file: Any, section: tree.Section, level: int, organisation: str) -> None:
    heading = _heading(level, section.heading)
    if section.decides and level == 2:
        heading.style = "Decision_20_heading"
    file.body.append(heading)
    if section.local:
        file.body.append(Paragraph(f"Alleen voor {organisation}", style="Whose"))
    for block in section.blocks:
        for element in _block(file, block):
            file.body.append(element)
    for inner in section.sections:
        _section(file, inner, level + 1, organisation)


def _block(file: Any, block: tree.Block) -> list[Any]:
    match block:
        case tree.Paragraph():
            return [_paragraph(block, "Text_20_body")]
        case tree.Note():
            return [Paragraph(words.prose(block.runs), style="Note")]
        case tree.Listing():
            return _list(block.items, numbered=block.numbered)
        case tree.Table():
            return _table(file, block)
        case tree.Figure():
            title = Paragraph(block.title, style="Table_20_note")
            return [_picture(file, block), title, *_table(file, block.table)]
        case tree.Facts():
            return [_facts(file, block)]
        case tree.Decision():
            return _decision(block)
        case tree.Signature():
            behalf = Paragraph(block.body, style="Strong")
            return [behalf, *(Paragraph(signer, style="Signer") for signer in block.signers)]


def _paragraph(paragraph: tree.Paragraph, style: str) -> Any:
    return Paragraph(words.prose(paragraph.runs), style=style)


def _decision(decision: tree.Decision) -> list[Any]:
    lines = [Paragraph(f"{line};", style="Text_20_body") for line in (decision.body, *decision.considering)]
    return [*lines, Paragraph("besluit:", style="Strong"), *_list(decision.points, numbered=True)]


def _list(items: tuple[tree.Paragraph, ...], *, numbered: bool) -> list[Any]:
    """Numbers are written out, so that each list begins at one in every program."""
    if numbered:
        return [
            Paragraph(f"{place}.\t{words.prose(item.runs)}", style="Numbered")
            for place, item in enumerate(items, 1)
        ]
    made = List(style="Bullets")
    for item in items:
        entry = ListItem()
        entry.append(_paragraph(item, "Text_20_body"))
        made.append(entry)
    return [made]


def _picture(file: Any, figure: tree.Figure) -> Any:
    picture = drawn.png(figure)
    return _frame(file, picture, picture_size(picture), (figure.title, figure.alternative))


def _frame(file: Any, picture: bytes, size: tuple[float, float], words_for_it: tuple[str, str]) -> Any:
    """A paragraph with a picture of this size in cm, its title and its text alternative."""
    width, height = size
    address = file.add_file(io.BytesIO(picture))
    frame = Frame.image_frame(address, size=(f"{width}cm", f"{height}cm"), anchor_type="as-char")
    for tag, told in zip(("svg:title", "svg:desc"), words_for_it, strict=True):
        element = Element.from_tag(tag)
        element.text = told
        frame.append(element)
    paragraph = Paragraph("", style="Text_20_body")
    paragraph.append(frame)
    return paragraph


def _facts(file: Any, facts: tree.Facts) -> Any:
    grid = _grid(file, "Gegevens", (LABEL, WIDTH - LABEL), "Short")
    for label, value in facts.rows:
        grid.append(_row("Cell", [(label, "Label"), (value, "Cell")]))
    return grid


def _table(file: Any, table: tree.Table) -> list[Any]:
    grid = _grid(file, table.caption, widths(table), "Short" if len(table.rows) <= SHORT else "Long")
    sides = ["", *("" if column.kind == "text" else "_20_right" for column in table.columns)]
    labels = [table.corner, *(words.label(column) for column in table.columns)]
    close, plain = ("Close", "Small_20_cell") if table.dense else ("", "Cell")
    strong = f"{plain}_20_strong"
    head = Element.from_tag("table:table-header-rows")
    told = [(label, f"{strong}{side}") for label, side in zip(labels, sides, strict=True)]
    head.append(_row(f"{close}Head", told))
    grid.append(head)
    for row in table.rows:
        style = strong if row.total else plain
        cells = [
            words.cell(value, column.kind) for value, column in zip(row.cells, table.columns, strict=True)
        ]
        told = [(cell, f"{style}{side}") for cell, side in zip((row.header, *cells), sides, strict=True)]
        grid.append(_row(f"{close}{'Sum' if row.total else 'Cell'}", told))
    return [Paragraph(table.caption, style="Caption"), grid, Paragraph(table.note, style="Table_20_note")]


def _grid(file: Any, name: str, across: tuple[float, ...], style: str) -> Any:
    """An empty table of columns of these widths in cm."""
    grid: Any = Table(re.sub(r"[^\w ]", "", name), style=style)
    for width in across:
        name = f"W{round(width * 100)}"
        if file.get_style("table-column", name) is None:
            made = Style("table-column", name=name)
            made.set_properties({"style:column-width": f"{width:.2f}cm"}, area="table-column")
            file.insert_style(made, automatic=True)
        grid.append(Column(style=name))
    return grid


def _row(border: str, cells: list[tuple[str, str]]) -> Any:
    """A row of texts, each with its paragraph style."""
    row: Any = TableRow()
    row.style = "Whole"
    for told, style in cells:
        cell = Element.from_tag("table:table-cell")
        cell.set_attribute("table:style-name", border)
        cell.set_attribute("office:value-type", "string")
        cell.append(Paragraph(told, style=style))
        row.append(cell)
    return row
