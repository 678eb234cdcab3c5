"""The ledger of one municipality as a csv file and as a workbook whose totals are formulas."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from marke.dutch import KEYS_SHORT, capital, month
from marke.findings.booked import LedgerFinding
from marke.ledger import BURDEN, MEMO, in_thousands
from marke.ledger.lines import Kind
from marke.ledger.words import KIND_WORDS, LINE_WORDS, STEP_WORDS, UNKNOWN

STRUCTURAL = "structureel"
NUMBER = "#,##0;[Red]-#,##0;0"
HEAD = 5
"""Rows above the table of a sheet."""


def ledger_csv(findings: Sequence[LedgerFinding], code: str) -> str:
    """Return every cell of one municipality, with semicolons; an amount that is not known is ``onbekend``."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    years = [str(year) for year in findings[0].book.years]
    writer.writerow(["code", "gemeente", "dienst", "soort", "regel", "omschrijving", *years, STRUCTURAL])
    for finding in findings:
        for entry in finding.book.entries:
            if entry.code == code:
                amounts = [UNKNOWN if amount is None else amount for amount in entry.amounts]
                words = (KIND_WORDS[entry.kind], entry.line, LINE_WORDS[entry.line])
                writer.writerow([code, finding.name(code), finding.service, *words, *amounts])
    return text.getvalue()


def ledger_workbook(findings: Sequence[LedgerFinding], code: str) -> bytes:
    """Return a workbook with a sheet per service: years, reconciliation, and everyone's contribution.

    Totals are formulas over the cells above them. The same ledger gives the same bytes.
    """
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"title": "Grootboek", "created": datetime(2000, 1, 1)})  # the same bytes every time
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "bottom": 1, "align": "right", "bg_color": "#E8EEF2"}),
        "first": book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF2"}),
        "bold": book.add_format({"bold": True, "top": 1}),
        "number": book.add_format({"num_format": NUMBER}),
        "total": book.add_format({"num_format": NUMBER, "bold": True, "top": 1}),
        "unknown": book.add_format({"align": "right", "italic": True, "font_color": "#6B6B6B"}),
        "mark": book.add_format({"align": "right", "bold": True}),
    }
    for finding in findings:
        _Sheet(book.add_worksheet(finding.service[:31]), formats, finding, code).write()
    book.close()
    return content.getvalue()


class _Sheet:
    """One service's sheet; ``row`` is where the next line goes, ``breaks`` the rows that begin a page."""

    def __init__(self, sheet: Any, formats: dict[str, Any], finding: LedgerFinding, code: str) -> None:
        self.sheet, self.formats, self.finding, self.code = sheet, formats, finding, code
        self.columns = len(finding.book.years) + 1
        self.row = HEAD
        self.breaks: list[int] = []

    def write(self) -> None:
        finding = self.finding
        key = KEYS_SHORT.get(finding.key, finding.key)
        self.sheet.write_string(0, 0, f"{finding.name(self.code)}: {finding.label}", self.formats["title"])
        self.sheet.write_string(1, 0, f"{capital(finding.form)}; sleutel {key}; start {month(finding.start)}")
        self.sheet.write_string(
            2, 0, "Verwachte euro's. N (nadeel): meer lasten dan begroot; V (voordeel): minder."
        )
        self._heading(HEAD - 1, [*map(str, finding.book.years), STRUCTURAL])
        burden = self._burden("structural", "lasten per jaar")
        self._effect(burden)
        self._burden("one_off", "lasten eenmalig")
        for line in MEMO[1:]:
            self._line(LINE_WORDS[line], finding.book.amounts(self.code, "memo", line))
        self._bridge()
        self._everyone()
        self.sheet.set_column(0, 0, 38)
        self.sheet.set_column(1, self.columns, 13)
        self.sheet.freeze_panes(HEAD, 1)
        self.sheet.print_area(0, 0, self.row - 1, self.columns)
        self.sheet.repeat_rows(0, 2)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_h_pagebreaks(self.breaks)

    def _heading(self, row: int, heads: Sequence[str], first: str = "") -> None:
        self.sheet.write_string(row, 0, first, self.formats["first"])
        for column, head in enumerate(heads, 1):
            self.sheet.write_string(row, column, head, self.formats["head"])

    def _line(self, words: str, amounts: Sequence[int | None]) -> int:
        row = self.row
        self.sheet.write_string(row, 0, words)
        for column, amount in enumerate(amounts, 1):
            if amount is None:
                self.sheet.write_string(row, column, UNKNOWN, self.formats["unknown"])
            else:
                self.sheet.write_number(row, column, amount, self.formats["number"])
        self.row += 1
        return row

    def _sum(self, words: str, first: int, values: Sequence[int | None]) -> int:
        """A total of the rows from ``first`` down to the one above it; ``onbekend`` where there is none."""
        row = self.row
        self.sheet.write_string(row, 0, words, self.formats["bold"])
        for column, value in enumerate(values, 1):
            if value is None:
                self.sheet.write_string(row, column, UNKNOWN, self.formats["unknown"])
                continue
            name = xlsxwriter.utility.xl_col_to_name(column)
            formula = f"=SUM({name}{first + 1}:{name}{row})"
            self.sheet.write_formula(row, column, formula, self.formats["total"], value)
        self.row += 1
        return row

    def _burden(self, kind: Kind, words: str) -> int:
        first = self.row
        for line in BURDEN[kind]:
            self._line(LINE_WORDS[line], self.finding.book.amounts(self.code, kind, line))
        total = self._sum(words, first, self.finding.book.burden(kind, [self.code]))
        self.row += 1
        return total

    def _effect(self, burden: int) -> None:
        """The budget, the burden less the budget as a formula, and V or N below it."""
        self.row -= 1
        budgeted = self._line(
            LINE_WORDS["budgeted"], self.finding.book.amounts(self.code, "memo", "budgeted")
        )
        self.sheet.write_string(self.row, 0, "effect op de begroting", self.formats["bold"])
        self.sheet.write_string(self.row + 1, 0, "voordeel (V) of nadeel (N)")
        for column, effect in enumerate(self.finding.book.effect(self.code), 1):
            if effect is None:
                self.sheet.write_string(self.row, column, UNKNOWN, self.formats["unknown"])
                continue
            name = xlsxwriter.utility.xl_col_to_name(column)
            formula = f"={name}{burden + 1}-{name}{budgeted + 1}"
            self.sheet.write_formula(self.row, column, formula, self.formats["total"], effect)
            cell = f"{name}{self.row + 1}"
            mark = "N" if effect > 0 else "V" if effect < 0 else ""
            formula = f'=IF({cell}>0,"N",IF({cell}<0,"V",""))'
            self.sheet.write_formula(self.row + 1, column, formula, self.formats["mark"], mark)
        self.row += 3

    def _bridge(self) -> None:
        self.breaks.append(self.row)
        self._heading(self.row, [f"prijspeil {self.finding.price_year}"], "aansluiting per jaar")
        self.row += 1
        place = self.finding.book.codes.index(self.code)
        for step, level, amount in self.finding.bridges[place].rows():
            self._line(STEP_WORDS[step] if level else f"   {STEP_WORDS[step]}", [amount])

    def _everyone(self) -> None:
        """Everyone's contribution in thousands, with the line *afronding*."""
        book = self.finding.book
        self.row += 1
        self.breaks.append(self.row)
        heads = [*map(str, book.years), STRUCTURAL]
        self._heading(self.row, heads, "bijdrage en ingroei × € 1.000")
        self.row += 1
        first = self.row
        columns = [in_thousands(list(column)) for column in zip(*self._contributions(), strict=True)]
        for place, code in enumerate(book.codes):
            self._line(self.finding.name(code), [column.rows[place] for column in columns])
        self._line("afronding", [column.rounding for column in columns])
        self._sum("samen", first, [column.total for column in columns])

    def _contributions(self) -> Iterator[tuple[int, ...]]:
        book = self.finding.book
        for code in book.codes:
            lines = [book.amounts(code, "structural", line) for line in ("contribution", "dampening")]
            yield tuple((key or 0) + (grown or 0) for key, grown in zip(*lines, strict=True))
