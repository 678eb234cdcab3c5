"""A document as DOCX."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from marke.documents import drawn, tree, words
from marke.documents.archive import settled
from marke.documents.house_style import HouseStyle
from marke.documents.measures import SHORT, WIDTH, logo_size, picture_size, widths

FONT = "Liberation Sans"
LABEL = 4.2
"""Width of the labels of a block of facts, in cm."""
MUTED = "4A5058"

SIZES = (
    ("Normal", 10.5, 0, 5),
    ("Title", 18, 8, 12),
    ("Heading 1", 13, 16, 4),
    ("Heading 2", 11, 10, 3),
    ("Heading 3", 10.5, 8, 3),
)
"""Style, size, and room above and below, in points."""


def render(document: tree.Document, style: HouseStyle) -> bytes:
    """Return the file, with heading styles, repeated table heads, a language and a title."""
    file = docx.Document()
    _dress(file, style)
    marking = words.marking(document)
    _page_numbers(file.sections[0].footer.paragraphs[0], marking)
    moment = datetime(document.day.year, document.day.month, document.day.day, tzinfo=UTC)
    about = file.core_properties
    about.title, about.subject, about.author = document.title, document.subject, document.organisation
    about.language, about.created, about.modified, about.last_modified_by = "nl-NL", moment, moment, "marke"
    if marking:
        file.add_paragraph().add_run(marking).bold = True
    if logo := drawn.logo(style):
        width, height = logo_size(logo)
        picture = file.add_picture(io.BytesIO(logo), width=Cm(width), height=Cm(height))
        picture._inline.docPr.set("descr", f"Logo van {document.organisation}")
    sender = file.add_paragraph()
    run = sender.add_run(f"{document.organisation}  {style.address}".strip())
    run.bold, run.font.color.rgb = True, RGBColor.from_string(style.colour[1:].upper())
    _line_below(sender, style.colour[1:])
    file.add_heading(document.title, 0)
    if document.facts.rows:
        _facts(file, document.facts)
    if document.contents:
        _contents(file, document)
    for section in document.sections:
        _section(file, section, 1, document.organisation)
    _small(file, document.colophon)
    out = io.BytesIO()
    file.save(out)
    return settled(out.getvalue())


def _dress(file: Any, style: HouseStyle) -> None:
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin, page.bottom_margin = Cm(2), Cm(2)
    for name, size, above, below in SIZES:
        chosen = file.styles[name]
        chosen.font.name, chosen.font.size = FONT, Pt(size)
        chosen.paragraph_format.space_before, chosen.paragraph_format.space_after = Pt(above), Pt(below)
        fonts = chosen.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{key}"), None)
        if name in ("Heading 1", "Heading 2"):
            chosen.font.color.rgb = RGBColor.from_string(style.colour[1:].upper())
        else:
            chosen.font.color.rgb = RGBColor.from_string("1C1F23")
    file.styles["Normal"].paragraph_format.line_spacing = 1.15
    title = file.styles["Title"]
    title.font.bold = True
    for line in title.element.pPr.findall(qn("w:pBdr")):
        title.element.pPr.remove(line)
    file.styles["Normal"].element.rPr.append(_made("w:lang", val="nl-NL"))


def _made(tag: str, **attributes: str) -> Any:
    """An element of the format that the library has no public way to make."""
    element = OxmlElement(tag)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _page_numbers(paragraph: Any, marking: str) -> None:
    """The foot of every page: its number, after what must stand on every page."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if marking:
        paragraph.add_run(f"{marking}    ").bold = True
    for place, field in enumerate(("PAGE", "NUMPAGES")):
        if place:
            paragraph.add_run(" / ")
        simple = _made("w:fldSimple", instr=field)
        number = _made("w:r")
        told = _made("w:t")
        told.text = "1"
        number.append(told)
        simple.append(number)
        paragraph._p.append(simple)
    for run in paragraph.runs:
        run.font.size = Pt(8.5)


def _line_below(paragraph: Any, colour: str) -> None:
    borders = _made("w:pBdr")
    borders.append(_made("w:bottom", val="single", sz="16", space="4", color=colour.upper()))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _contents(file: Any, document: tree.Document) -> None:
    """A table of contents as a field that a program renews; until then it names the sections."""
    heading = file.add_paragraph()
    heading.add_run("Inhoud").bold = True
    paragraphs = [file.add_paragraph(section.heading) for section in document.sections]
    for paragraph in paragraphs:
        paragraph.paragraph_format.space_after = Pt(1)
    code = _made("w:instrText")
    code.text = 'TOC \\o "1-1" \\h \\z \\u'
    begin = _made("w:fldChar", fldCharType="begin", dirty="true")
    for place, element in enumerate((begin, code, _made("w:fldChar", fldCharType="separate"))):
        run = OxmlElement("w:r")
        run.append(element)
        paragraphs[0]._p.insert(place + 1, run)
    end = paragraphs[-1].add_run()
    end._r.append(_made("w:fldChar", fldCharType="end"))
    paragraphs[-1].paragraph_format.space_after = Pt(8)


def _small(file: Any, told: str) -> None:
    """A line below a table or document."""
    paragraph = file.add_paragraph()
    run = paragraph.add_run(told)
    run.font.size, run.font.color.rgb = Pt(8.5), RGBColor.from_string(MUTED)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(3), Pt(10)


def _section(file: Any, section: tree.Section, level: int, organisation: str) -> None:
    heading = file.add_heading(section.heading, level)
    heading.paragraph_format.page_break_before = section.decides or None
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
        _note(file, block)
    elif isinstance(block, tree.Listing):
        _list(file, block.items, numbered=block.numbered)
    elif isinstance(block, tree.Table):
        _table(file, block)
    elif isinstance(block, tree.Figure):
        _picture(file, block)
        _small(file, block.title)
        _table(file, block.table)
    elif isinstance(block, tree.Facts):
        _facts(file, block)
    elif isinstance(block, tree.Decision):
        for line in (block.body, *block.considering):
            file.add_paragraph(f"{line};")
        file.add_paragraph("besluit:").runs[0].bold = True
        _list(file, block.points, numbered=True)
    else:
        _signature(file, block)


def _note(file: Any, note: tree.Note) -> None:
    paragraph = file.add_paragraph(words.prose(note.runs))
    borders = _made("w:pBdr")
    borders.append(_made("w:left", val="single", sz="18", space="8", color="8A929B"))
    properties = paragraph._p.get_or_add_pPr()
    after = ("w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    properties.insert_element_before(borders, "w:shd", *after)
    properties.insert_element_before(_made("w:shd", val="clear", color="auto", fill="F4F5F7"), *after)
    paragraph.paragraph_format.left_indent = Cm(0.3)
    paragraph.paragraph_format.space_after = Pt(8)


def _picture(file: Any, figure: tree.Figure) -> None:
    content = drawn.png(figure)
    width, height = picture_size(content)
    picture = file.add_picture(io.BytesIO(content), width=Cm(width), height=Cm(height))
    picture._inline.docPr.set("descr", figure.alternative)  # no public way to a text alternative
    picture._inline.docPr.set("title", figure.title)


def _list(file: Any, items: tuple[tree.Paragraph, ...], *, numbered: bool) -> None:
    """Numbers are written out, so that each list begins at one."""
    for place, item in enumerate(items, 1):
        told = words.prose(item.runs)
        if numbered:
            form = file.add_paragraph(f"{place}.\t{told}").paragraph_format
            form.left_indent, form.first_line_indent, form.space_after = Cm(0.6), Cm(-0.6), Pt(3)
            form.tab_stops.add_tab_stop(Cm(0.6))
        else:
            file.add_paragraph(told, style="List Bullet").paragraph_format.space_after = Pt(3)


def _signature(file: Any, signature: tree.Signature) -> None:
    behalf = file.add_paragraph()
    behalf.add_run(signature.body).bold = True
    behalf.paragraph_format.space_before, behalf.paragraph_format.keep_with_next = Pt(14), True
    for signer in signature.signers:
        form = file.add_paragraph(signer).paragraph_format
        form.space_before, form.keep_together = Pt(40), True


def _facts(file: Any, facts: tree.Facts) -> None:
    grid = _grid(file, (LABEL, WIDTH - LABEL))
    for label, value in facts.rows:
        row = grid.add_row()
        _fill(row, (label, value), ("", ""))
        row.cells[0].paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(MUTED)
    file.add_paragraph()


def _table(file: Any, table: tree.Table) -> None:
    caption = file.add_paragraph()
    caption.add_run(table.caption).bold = True
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(8), Pt(2)
    grid = _grid(file, widths(table))
    grid._tbl.tblPr.append(_made("w:tblCaption", val=table.caption))
    kinds = ("text", *(column.kind for column in table.columns))
    head = grid.add_row()
    head._tr.get_or_add_trPr().append(_made("w:tblHeader", val="true"))  # no public way to repeat a head
    labels = (table.corner, *(words.label(column) for column in table.columns))
    _fill(head, labels, kinds, strong=True, dense=table.dense)
    _line(head, "bottom", 12)
    for row in table.rows:
        added = grid.add_row()
        cells = [words.cell(value, kind) for value, kind in zip(row.cells, kinds[1:], strict=True)]
        _fill(added, (row.header, *cells), kinds, strong=row.total, dense=table.dense)
        if row.total:
            _line(added, "top", 8)
    if len(table.rows) <= SHORT:
        for each in grid.rows[:-1]:
            for cell in each.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
    _small(file, table.note)


def _grid(file: Any, across: tuple[float, ...]) -> Any:
    """An empty table with hair lines below its rows, and columns of these widths in cm."""
    grid = file.add_table(rows=0, cols=len(across))
    grid.autofit = False
    for column, width in zip(grid.columns, across, strict=True):
        column.width = Cm(width)
    lines = _made("w:tblBorders")
    for side in ("bottom", "insideH"):
        lines.append(_made(f"w:{side}", val="single", sz="4", space="0", color="C9CED4"))
    grid._tbl.tblPr.insert_element_before(lines, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    look = grid._tbl.tblPr.find(qn("w:tblLook"))
    look.set(qn("w:firstColumn"), "1")
    look.set(qn("w:firstRow"), "1")
    return grid


def _fill(
    row: Any, told: Sequence[str], kinds: Sequence[str], *, strong: bool = False, dense: bool = False
) -> None:
    """Fill a row, which never breaks over a page; numbers stand to the right."""
    row._tr.get_or_add_trPr().insert(0, _made("w:cantSplit", val="true"))
    for cell, each, kind in zip(row.cells, told, kinds, strict=True):
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(each)
        run.font.size, run.bold = Pt(8 if dense else 9), strong
        around = Pt(0 if dense else 2)
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = around
        paragraph.paragraph_format.line_spacing = 1.0
        if kind not in ("text", ""):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _line(row: Any, side: str, size: int) -> None:
    """A dark line above or below a row, in eighths of a point."""
    for cell in row.cells:
        borders = _made("w:tcBorders")
        borders.append(_made(f"w:{side}", val="single", sz=str(size), space="0", color="1C1F23"))
        cell._tc.get_or_add_tcPr().append(borders)
