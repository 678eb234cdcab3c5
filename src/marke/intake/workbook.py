"""The workbook of one municipality: locked where nothing is asked, and the same bytes every time."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, get_args

from marke.baseline.values import PERCENT_DIGITS, cell_text
from marke.baseline.values import UNKNOWN as DONT_KNOW
from marke.catalogue.intake import NUMBERS, Part, Role
from marke.catalogue.schema import Catalogue
from marke.intake import layout
from marke.intake.cover import write_cover
from marke.intake.estimates import estimate
from marke.intake.handed import who_fills_in
from marke.intake.layout import ANSWER, ESTIMATE, LABEL, MARK, NOTE, NUMBER, PRICES, UNIT, UNKNOWN, WHO
from marke.intake.styles import Styles
from marke.intake.worth import Worth
from marke.region import Municipality
from marke.study import Study

WIDTHS = (5, 47, 18, 14, 13, 30, 32, 10, 18, 24)
TITLE_HEIGHT, HEADING_HEIGHT, LINE_HEIGHT, PAGE_HEIGHT = 26, 20, 17, 640
"""In points; a page is A4 on its side, scaled to the width of the sheet."""

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class _Pen:
    """What writing one sheet needs."""

    sheet: Any
    styles: Styles
    study: Study
    catalogue: Catalogue
    municipality: Municipality


def workbook_bytes(
    study: Study, catalogue: Catalogue, municipality: Municipality, first: tuple[Worth, ...]
) -> bytes:
    """Return the workbook (.xlsx) of one municipality, with the answers it gave before.

    ``first`` are the answers to start with. The same input gives the same bytes.
    """
    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"title": f"Nulmeting {municipality.name}", "created": datetime(2000, 1, 1)})
    styles = Styles.of(book)
    planned = layout.sheets(catalogue)
    write_cover(book.add_worksheet(layout.COVER), styles, study, catalogue, municipality, first)
    for plan in planned:
        pen = _Pen(book.add_worksheet(plan.name), styles, study, catalogue, municipality)
        _write_sheet(pen, plan)
    book.close()
    return content.getvalue()


def _write_sheet(pen: _Pen, plan: layout.Sheet) -> None:
    sheet, styles = pen.sheet, pen.styles
    last = max(line.row for line in plan.lines)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, TITLE_HEIGHT)
    sheet.write_string(0, NUMBER, plan.title, styles.title)
    told = f"{pen.municipality.name}. Vul de gele cellen in."
    sheet.write_string(1, NUMBER, told, styles.quiet)
    for column, name in enumerate(layout.COLUMNS):
        sheet.write_string(layout.HEADER, column, name, styles.header)
    sheet.freeze_panes(layout.HEADER + 1, 0)
    for block in plan.blocks:
        _write_heading(pen, block)
        for line in block.lines:
            _write_line(pen, line)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(layout.HEADER)
    sheet.print_area(0, 0, last, WHO)
    sheet.set_footer(f"&L&8Nulmeting {pen.municipality.name}&C&8&A&R&8bladzijde &P van &N")
    sheet.set_h_pagebreaks(_page_breaks(plan))


def _page_breaks(plan: layout.Sheet) -> list[int]:
    """Break before a field that would not fit on the page, so that no field is cut."""
    breaks, filled = [], 2.0 * TITLE_HEIGHT
    for block in plan.blocks:
        height = HEADING_HEIGHT + _explanation(block)[1] + LINE_HEIGHT * (len(block.lines) + 1)
        if filled + height > PAGE_HEIGHT:
            breaks.append(block.row)
            filled = HEADING_HEIGHT
        filled += height
    return breaks


def _explanation(block: layout.Block) -> tuple[str, float]:
    """Return what a field means and why it is asked, with the height of its row in points."""
    field = block.asked.field
    told = f"{field.definition} Waarom: {field.why[:1].lower()}{field.why[1:]}"
    return told, 6.0 + 13 * -(-len(told) // 160)


def _write_heading(pen: _Pen, block: layout.Block) -> None:
    sheet, styles, field = pen.sheet, pen.styles, block.asked.field
    sheet.set_row(block.row, HEADING_HEIGHT)
    sheet.write_number(block.row, NUMBER, block.number, styles.heading_number)
    for column in range(LABEL, WHO):
        sheet.write_blank(block.row, column, None, styles.heading)
    sheet.write_string(block.row, LABEL, field.label, styles.heading)
    who = who_fills_in(pen.study.baseline, pen.municipality.code, block.asked)
    sheet.write_string(block.row, WHO, who or field.who, styles.who)
    sheet.data_validation(block.row, WHO, block.row, WHO, {
        "validate": "list", "source": list(get_args(Role)), "error_type": "information",
        "input_title": "Wie vult in", "input_message": "Laat staan, kies een ander, of schrijf een naam.",
        "error_title": "Een ander", "error_message": "U geeft deze vraag aan iemand anders.",
    })  # fmt: skip
    told, height = _explanation(block)
    sheet.set_row(block.row + 1, height)
    sheet.merge_range(block.row + 1, LABEL, block.row + 1, WHO, told, styles.explanation)


def _write_line(pen: _Pen, line: layout.Line) -> None:
    sheet, styles, part, row = pen.sheet, pen.styles, line.question.part, line.row
    answer = pen.study.baseline.answers.get((pen.municipality.code, line.question.id))
    sheet.set_row(row, LINE_HEIGHT)
    sheet.write_string(row, LABEL, part.label, styles.plain)
    sheet.write_string(row, UNIT, part.shown_unit, styles.unit)
    expected = estimate(pen.study, pen.catalogue, pen.municipality, line.question.id)
    sheet.write_string(row, ESTIMATE, expected.shown() if expected else "", styles.unit)
    sheet.write_string(row, MARK, line.question.id, styles.mark)
    style = styles.answers[part.kind]
    if answer is None or answer.value is None:
        sheet.write_blank(row, ANSWER, None, style)
    elif isinstance(answer.value, float):
        shown = round(answer.value * 100, PERCENT_DIGITS) if part.kind == "percentage" else answer.value
        sheet.write_number(row, ANSWER, shown, style)
    elif isinstance(answer.value, date):
        sheet.write_datetime(row, ANSWER, datetime(*answer.value.timetuple()[:3]), style)
    else:
        sheet.write_string(row, ANSWER, cell_text(part, answer.value), style)
    _write_text(pen, row, UNKNOWN, DONT_KNOW if answer and answer.unknown else "", styles.choice)
    _write_text(pen, row, NOTE, answer.note if answer else "", styles.note)
    if part.kind == "amount":
        year = answer.price_year if answer else None
        sheet.write(row, PRICES, year, styles.answers["year"])
    _validate(pen, row, part)


def _write_text(pen: _Pen, row: int, column: int, text: str, style: Any) -> None:
    if text:
        pen.sheet.write_string(row, column, text, style)
    else:
        pen.sheet.write_blank(row, column, None, style)


def _validate(pen: _Pen, row: int, part: Part) -> None:
    sheet = pen.sheet
    sheet.data_validation(row, UNKNOWN, row, UNKNOWN, {
        "validate": "list", "source": [DONT_KNOW], "error_title": "Kies uit de lijst",
        "error_message": "Kies 'weet ik niet' of laat de cel leeg.",
    })  # fmt: skip
    if part.kind == "amount":
        sheet.data_validation(row, PRICES, row, PRICES, {
            "validate": "integer", "criteria": "between", "minimum": 2015, "maximum": 2100,
            "error_title": "Geen jaar", "error_message": "Schrijf een jaar, bijvoorbeeld 2026.",
        })  # fmt: skip
    rule = _rule(part)
    if rule:
        sheet.data_validation(row, ANSWER, row, ANSWER, dict(rule))


def _rule(part: Part) -> Mapping[str, Any]:
    """Return the check on an answer while it is typed; text has none."""
    if part.kind == "choice":
        return _from_list(list(part.options))
    if part.kind == "yes_no":
        return _from_list(["ja", "nee"])
    if part.kind == "date":
        return {
            "validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY,
            "error_title": "Geen datum", "error_message": "Schrijf dag-maand-jaar, bijvoorbeeld 31-12-2027.",
        }  # fmt: skip
    if part.kind not in NUMBERS:
        return {}
    bounds = f"Een getal vanaf {part.least:g}" if part.most is None else (
        f"Een getal van {part.least:.0f} tot en met {part.most:.0f}"
    )  # fmt: skip
    between = {"criteria": ">=", "value": part.least} if part.most is None else {
        "criteria": "between", "minimum": part.least, "maximum": part.most,
    }  # fmt: skip
    return {
        "validate": "integer" if part.kind == "year" else "decimal", **between,
        "error_title": "Geen goed getal",
        "error_message": f"{bounds}, in {part.shown_unit}. Niet bekend? Kies 'weet ik niet' ernaast.",
    }  # fmt: skip


def _from_list(options: list[str]) -> Mapping[str, Any]:
    return {
        "validate": "list", "source": options, "error_title": "Kies uit de lijst",
        "error_message": "Kies een van de mogelijkheden, of 'weet ik niet' ernaast.",
    }  # fmt: skip
