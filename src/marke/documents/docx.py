"""A document as DOCX."""

import io
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from marke.charts import png
from marke.documents import tree, words
from marke.documents.archive import settled
from marke.documents.house_style import HouseStyle

FONT = "Liberation Sans"
WIDTH = Cm(16.6)


def render(document: tree.Document, style: HouseStyle) -> bytes:
    """Return the file, with heading styles, repeated table heads, a language and a title."""
    file = docx.Document()
    _dress(file, style)
    moment = datetime(document.day.year, document.day.month, document.day.day, tzinfo=UTC)
    about = file.core_properties
    about.title, about.subject, about.author = document.title, document.subject, document.organisation
    about.language, about.created, about.modified, about.last_modified_by = "nl-NL", moment, moment, "marke"
    file.add_paragraph(f"{document.organisation}  {style.address}".strip()).runs[0].bold = True
    file.add_heading(document.title, 0)
    if document.facts.rows:
        _facts(file, document.facts)
    for section in document.sections:
        _section(file, section, 1, document.organisation)
    file.add_paragraph(f"Gemaakt met marke uit run {document.run}, kenmerk {document.mark}.").runs[
        0
    ].font.size = Pt(8)
    out = io.BytesIO()
    file.save(out)
    return settled(out.getvalue())


def _dress(file: Any, style: HouseStyle) -> None:
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.2)
    for name, size in (
        ("Normal", 10.5),
        ("Title", 17),
        ("Heading 1", 13),
        ("Heading 2", 11),
        ("Heading 3", 10.5),
    ):
        chosen = file.styles[name]
        chosen.font.name, chosen.font.size = FONT, Pt(size)
        chosen.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:asciiTheme"), FONT)
        fonts = chosen.element.rPr.rFonts
        for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{key}"), None)
        fonts.set(qn("w:hAnsi"), FONT)
        if name != "Normal":
            chosen.font.color.rgb = RGBColor.from_string(style.colour[1:].upper())
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "nl-NL")
    file.styles["Normal"].element.rPr.append(language)


def _section(file: Any, section: tree.Section, level: int, organisation: str) -> None:
    file.add_heading(section.heading, level)
    if section.local:
        file.add_paragraph(f"Alleen voor {organisation}").runs[0].italic = True
    for block in section.blocks:
        _block(file, block)
    for inner in section.sections:
        _section(file, inner, level + 1, organisation)


def _block(file: Any, block: tree.Block) -> None:
    if isinstance(block, tree.Paragraph):
        file.add_paragraph(words.prose(block.runs))
    elif isinstance(block, tree.Note):
        file.add_paragraph(words.prose(block.runs), style="Quote")
    elif isinstance(block, tree.Listing):
        _list(file, block.items, numbered=block.numbered)
    elif isinstance(block, tree.Table):
        _table(file, block)
    elif isinstance(block, tree.Figure):
        picture = file.add_picture(io.BytesIO(png(block.spec)), width=WIDTH)
        picture._inline.docPr.set("descr", block.alternative)  # no public way to a text alternative
        picture._inline.docPr.set("title", block.title)
        _table(file, block.table)
    elif isinstance(block, tree.Facts):
        _facts(file, block)
    elif isinstance(block, tree.Decision):
        for line in (block.body, *block.considering):
            file.add_paragraph(f"{line};")
        file.add_paragraph("besluit:").runs[0].bold = True
        _list(file, block.points, numbered=True)
    else:
        file.add_paragraph(block.body)
        for signer in block.signers:
            file.add_paragraph(f"\n\n{signer}")


def _list(file: Any, items: tuple[tree.Paragraph, ...], *, numbered: bool) -> None:
    """Numbers are written out, so that each list begins at one."""
    for place, item in enumerate(items, 1):
        told = words.prose(item.runs)
        if numbered:
            file.add_paragraph(f"{place}. {told}").paragraph_format.left_indent = Cm(0.6)
        else:
            file.add_paragraph(told, style="List Bullet")


def _facts(file: Any, facts: tree.Facts) -> None:
    grid = file.add_table(rows=0, cols=2)
    for label, value in facts.rows:
        cells = grid.add_row().cells
        cells[0].text, cells[1].text = label, value
        cells[0].width, cells[1].width = Cm(4.5), WIDTH - Cm(4.5)
    file.add_paragraph()


def _table(file: Any, table: tree.Table) -> None:
    caption = file.add_paragraph(table.caption)
    caption.runs[0].bold = True
    caption.paragraph_format.keep_with_next = True
    grid = file.add_table(rows=1, cols=1 + len(table.columns), style="Light Shading")
    grid.autofit = False
    head = grid.rows[0]
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    head._tr.get_or_add_trPr().append(repeat)  # no public way to repeat a head
    for place, label in enumerate((table.corner, *(words.label(column) for column in table.columns))):
        head.cells[place].text = label
    for row in table.rows:
        _row(grid.add_row(), row, table)
    first = Cm(4.2)
    for each in grid.rows:
        each.cells[0].width = first
        for cell in each.cells[1:]:
            cell.width = (WIDTH - first) // len(table.columns)
        for cell in each.cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9)
    note = file.add_paragraph(table.note)
    for run in note.runs:
        run.font.size = Pt(8.5)


def _row(added: Any, row: tree.Row, table: tree.Table) -> None:
    """Fill a row, which never breaks over a page."""
    whole = OxmlElement("w:cantSplit")
    added._tr.get_or_add_trPr().append(whole)
    cells = added.cells
    cells[0].text = row.header
    for cell, value, column in zip(cells[1:], row.cells, table.columns, strict=True):
        cell.text = words.cell(value, column.kind)
        if column.kind != "text":
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for cell in cells:
        for run in cell.paragraphs[0].runs:
            run.bold = row.total
