"""A document as ODT."""

import io
import re
from typing import Any

import odfdo
from odfdo import Element, Frame, Header, List, ListItem, Paragraph, Style, Table
from odfdo import Row as TableRow

from marke.charts import png
from marke.documents import tree, words
from marke.documents.archive import settled
from marke.documents.house_style import HouseStyle
from marke.documents.odf import describe

FONT = "Liberation Sans"
CELL = "marke-cell"


def render(document: tree.Document, style: HouseStyle) -> bytes:
    """Return the file, with headings, repeated table heads, a language, a title and text alternatives."""
    file = odfdo.Document("text")
    file.body.clear()
    describe(file, document)
    _dress(file, style)
    body = file.body
    body.append(Paragraph(f"{document.organisation} {style.address}".strip(), style="marke-from"))
    _heading(body, 1, document.title, "marke-title")
    if document.facts.rows:
        _facts(body, document.facts)
    for section in document.sections:
        _section(file, section, 2, document.organisation)
    body.append(
        Paragraph(f"Gemaakt met marke uit run {document.run}, kenmerk {document.mark}.", style="marke-small")
    )
    out = io.BytesIO()
    file.save(out)
    return settled(out.getvalue())


def _dress(file: Any, style: HouseStyle) -> None:
    for name, size, weight, colour, above in (
        ("marke-body", "10.5pt", "normal", "#1c1f23", "0cm"),
        ("marke-from", "10pt", "bold", style.colour, "0cm"),
        ("marke-title", "17pt", "bold", "#1c1f23", "0.3cm"),
        ("marke-h2", "13pt", "bold", style.colour, "0.6cm"),
        ("marke-h3", "11pt", "bold", "#1c1f23", "0.4cm"),
        ("marke-small", "8.5pt", "normal", "#4a5058", "0cm"),
        ("marke-local", "9pt", "normal", "#4a5058", "0cm"),
        ("marke-note", "10pt", "normal", "#1c1f23", "0cm"),
        ("marke-strong", "9pt", "bold", "#1c1f23", "0cm"),
        ("marke-cell", "9pt", "normal", "#1c1f23", "0cm"),
        ("marke-caption", "9.5pt", "bold", "#1c1f23", "0.2cm"),
    ):
        cellular = name in ("marke-cell", "marke-strong")
        made = Style("paragraph", name=name)
        made.set_properties(
            {
                "fo:font-size": size,
                "fo:font-weight": weight,
                "fo:color": colour,
                "style:font-name": FONT,
                "fo:font-family": FONT,
                "fo:language": "nl",
                "fo:country": "NL",
            },
            area="text",
        )
        together = (
            {"fo:keep-with-next": "always"} if name in ("marke-h2", "marke-h3", "marke-caption") else {}
        )
        space = {"fo:margin-top": above, "fo:margin-bottom": "0cm" if cellular else "0.2cm"}
        made.set_properties(space | together, area="paragraph")
        file.insert_style(made)
        if cellular:
            right = made.clone
            right.name = f"{name}-right"
            right.set_properties({"fo:text-align": "end"}, area="paragraph")
            file.insert_style(right)
    cells = Style("table-cell", name=CELL)
    cells.set_properties(
        {"fo:border-bottom": "0.5pt solid #c9ced4", "fo:padding": "0.08cm"}, area="table-cell"
    )
    file.insert_style(cells, automatic=True)
    whole = Style("table-row", name="marke-row")
    whole.set_properties({"fo:keep-together": "always"}, area="table-row")
    file.insert_style(whole, automatic=True)


def _heading(body: Any, level: int, told: str, style: str) -> None:
    heading = Header(level, told, suppress_numbering=True)
    heading.style = style
    body.append(heading)


def _section(file: Any, section: tree.Section, level: int, organisation: str) -> None:
    body = file.body
    _heading(body, level, section.heading, f"marke-h{min(level, 3)}")
    if section.local:
        body.append(Paragraph(f"Alleen voor {organisation}", style="marke-local"))
    for block in section.blocks:
        _block(file, block)
    for inner in section.sections:
        _section(file, inner, level + 1, organisation)


def _block(file: Any, block: tree.Block) -> None:
    body = file.body
    if isinstance(block, tree.Paragraph | tree.Note):
        style = "marke-note" if isinstance(block, tree.Note) else "marke-body"
        body.append(Paragraph(words.prose(block.runs), style=style))
    elif isinstance(block, tree.Listing):
        _list(body, block.items, numbered=block.numbered)
    elif isinstance(block, tree.Table):
        _table(body, block)
    elif isinstance(block, tree.Figure):
        _picture(file, block)
        _table(body, block.table)
    elif isinstance(block, tree.Facts):
        _facts(body, block)
    elif isinstance(block, tree.Decision):
        for line in (block.body, *block.considering):
            body.append(Paragraph(f"{line};", style="marke-body"))
        body.append(Paragraph("besluit:", style="marke-strong"))
        _list(body, block.points, numbered=True)
    else:
        body.append(Paragraph(block.body, style="marke-body"))
        for signer in block.signers:
            body.append(Paragraph("", style="marke-body"))
            body.append(Paragraph(signer, style="marke-body"))


def _list(body: Any, items: tuple[tree.Paragraph, ...], *, numbered: bool) -> None:
    """Numbers are written out, so that each list begins at one in every program."""
    if numbered:
        for place, item in enumerate(items, 1):
            body.append(Paragraph(f"{place}. {words.prose(item.runs)}", style="marke-body"))
        return
    made = List()
    for item in items:
        entry = ListItem()
        entry.append(Paragraph(words.prose(item.runs), style="marke-body"))
        made.append(entry)
    body.append(made)


def _picture(file: Any, figure: tree.Figure) -> None:
    address = file.add_file(io.BytesIO(png(figure.spec)))
    frame = Frame.image_frame(address, size=("16.6cm", "8cm"), anchor_type="as-char")
    for tag, told in (("svg:title", figure.title), ("svg:desc", figure.alternative)):
        element = Element.from_tag(tag)
        element.text = told
        frame.append(element)
    paragraph = Paragraph("", style="marke-body")
    paragraph.append(frame)
    file.body.append(paragraph)


def _grid(name: str, head: tuple[str, ...], rows: list[tuple[tuple[str, str], ...]]) -> Any:
    """A table of texts, each with its paragraph style; the ``head`` is repeated on every page."""
    grid = Table(re.sub(r"[^\w ]", "", name))
    if head:
        header = Element.from_tag("table:table-header-rows")
        header.append(_row(tuple((label, "marke-strong") for label in head)))
        grid.append(header)
    for row in rows:
        grid.append(_row(row))
    return grid


def _row(cells: tuple[tuple[str, str], ...]) -> Any:
    row: Any = TableRow()
    row.style = "marke-row"
    for told, style in cells:
        cell = Element.from_tag("table:table-cell")
        cell.set_attribute("table:style-name", CELL)
        cell.set_attribute("office:value-type", "string")
        cell.append(Paragraph(told, style=style))
        row.append(cell)
    return row


def _facts(body: Any, facts: tree.Facts) -> None:
    rows = [tuple((told, "marke-cell") for told in pair) for pair in facts.rows]
    body.append(_grid("Gegevens", (), rows))


def _table(body: Any, table: tree.Table) -> None:
    body.append(Paragraph(table.caption, style="marke-caption"))
    head = (table.corner, *(words.label(column) for column in table.columns))
    rows = []
    for row in table.rows:
        style = "marke-strong" if row.total else "marke-cell"
        told = [(row.header, style)]
        for value, column in zip(row.cells, table.columns, strict=True):
            told.append(
                (words.cell(value, column.kind), style if column.kind == "text" else f"{style}-right")
            )
        rows.append(tuple(told))
    body.append(_grid(table.caption, head, rows))
    body.append(Paragraph(table.note, style="marke-small"))
