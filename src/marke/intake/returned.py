"""A workbook that came back, read cell by cell: whatever is wrong is named, and then nothing counts."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from marke.baseline import Answer
from marke.baseline.problems import Problems
from marke.baseline.table import price_year
from marke.baseline.values import clean_text, is_empty, is_unknown, parse, plain_text
from marke.catalogue.intake import RELEASE, Question, questions
from marke.catalogue.schema import Catalogue
from marke.errors import InputError
from marke.files import fold, read_bytes, suggest
from marke.intake import layout
from marke.intake.layout import ANSWER, MARK, NOTE, PRICES, UNIT, UNKNOWN, WHO, cell_name
from marke.region import Municipality, Region, load_country

MOST_BYTES = 20_000_000
MOST_UNPACKED_BYTES = 100_000_000
SPARE_ROWS = 50
"""Rows read below the last question, to find questions that were moved."""

SIGNATURE = ("signed_money", "signed_on")


class _NoResult:
    """Stands in a cell whose formula was never computed."""


_Cells = Mapping[tuple[int, int], Any]


@dataclass(frozen=True)
class _Sheet:
    """The cells of one sheet by (row, column), both from 0."""

    name: str
    cells: _Cells

    def place(self, row: int, column: int) -> str:
        return f"blad {self.name}, cel {cell_name(row, column)}"

    def at(self, row: int, column: int) -> Any:
        """Return a cell; raises InputError for a formula without a result."""
        value = self.cells.get((row, column))
        if isinstance(value, _NoResult):
            raise InputError(
                "De formule in deze cel heeft geen uitkomst.",
                where=self.place(row, column),
                mend="Vul de uitkomst zelf in, of open en bewaar het bestand eerst in een rekenprogramma.",
            )
        return value

    def text(self, row: int, column: int) -> str:
        value = self.at(row, column)
        return "" if value is None else str(value).strip()

    def row_of(self, mark: str) -> int | None:
        """Return the row that is marked so, wherever it stands now."""
        marked = ((row, value) for (row, column), value in self.cells.items() if column == MARK)
        return next((row for row, value in marked if fold(str(value)) == fold(mark)), None)


@dataclass(frozen=True)
class Returned:
    """What one workbook says: every question that was answered, not known, noted or handed to somebody."""

    path: Path
    municipality: Municipality
    answers: tuple[Answer, ...]


def read_workbook(path: Path, region: Region, catalogue: Catalogue) -> Returned:
    """Read the workbook of one municipality of the region.

    Raises InputError with everything that does not fit, cell by cell. Nothing is read then.
    """
    planned = layout.sheets(catalogue)
    last = max(line.row for sheet in planned for line in sheet.lines)
    found = _read_sheets(path, last + SPARE_ROWS)
    problems = Problems(path)
    municipality = None
    with problems.caught():
        municipality = _municipality(_named(found, layout.COVER), region)
    code = municipality.code if municipality else ""
    answers: list[Answer] = []
    for plan in planned:
        with problems.caught():
            sheet = _named(found, plan.name)
            for block in plan.blocks:
                answers += _block(sheet, block, code, problems)
    with problems.caught():
        _check_signatures(answers, catalogue)
    problems.raise_any()
    assert municipality is not None  # noqa: S101  # else there was a problem
    return Returned(path, municipality, tuple(answers))


def _block(sheet: _Sheet, block: layout.Block, code: str, problems: Problems) -> Iterator[Answer]:
    """Yield what the rows of a field say, as far as they say something; every wrong cell is a problem."""
    who = _who(sheet, block, problems)
    for line in block.lines:
        answer = _line(sheet, line, code, problems)
        if answer is not None and (handed := replace(answer, who=who)).says_something:
            yield handed


def _who(sheet: _Sheet, block: layout.Block, problems: Problems) -> str:
    """Return who fills in a field: empty for the role that the intake names."""
    with problems.caught(sheet.place(block.row, WHO)):
        given = sheet.at(block.row, WHO)
        who = "" if is_empty(given) else plain_text(given)
        return "" if fold(who) == fold(block.asked.field.who) else who
    return ""


def _line(sheet: _Sheet, line: layout.Line, code: str, problems: Problems) -> Answer | None:
    """Return what a row says; None when it is not about the question that belongs there."""
    row, question = line.row, line.question
    before = len(problems.found)
    with problems.caught():
        _check_question(sheet, line)
    if len(problems.found) > before:
        return None
    given: dict[int, Any] = {}
    for column in (ANSWER, UNKNOWN, NOTE, PRICES):
        with problems.caught():
            given[column] = sheet.at(row, column)
    answer, prices = given.get(ANSWER), given.get(PRICES)
    unknown, value, note, year = False, None, "", None
    with problems.caught(sheet.place(row, UNKNOWN)):
        unknown = _is_unknown(given.get(UNKNOWN), answer)
    if not is_empty(answer) and not is_unknown(answer):
        with problems.caught(sheet.place(row, ANSWER)):
            value = parse(question.part, answer)
    with problems.caught(sheet.place(row, NOTE)):
        note = "" if is_empty(given.get(NOTE)) else clean_text(given[NOTE])
    if not is_empty(prices):
        with problems.caught(sheet.place(row, PRICES)):
            year = price_year(question.part.kind, prices)
    return Answer(
        code, question.id, value, unknown=unknown, note=note, price_year=year,
        visibility=question.part.visibility,
    )  # fmt: skip


def _check_question(sheet: _Sheet, line: layout.Line) -> None:
    """Refuse a row that is not about the question that belongs there."""
    row, question = line.row, line.question
    mark = sheet.text(row, MARK)
    if mark != question.id:
        moved = sheet.row_of(question.id)
        there = f"'{mark}'" if mark else "niets"
        what = f"Hier hoort de vraag '{question.id}', maar er staat {there}."
        if moved is not None:
            what = f"De vraag '{question.id}' hoort op rij {row + 1}, maar staat op rij {moved + 1}."
        raise InputError(
            what, where=sheet.place(row, MARK), mend="Zet geen rijen bij, weg of op een andere plaats."
        )
    for column, wanted in ((layout.LABEL, question.part.label), (UNIT, question.part.shown_unit)):
        if fold(sheet.text(row, column)) != fold(wanted):
            raise InputError(
                f"De vraag is veranderd: hier hoort '{wanted}', maar er staat '{sheet.text(row, column)}'.",
                where=sheet.place(row, column),
                mend="Zet de oude tekst terug; schrijf een opmerking bij 'bron of toelichting'.",
            )


def _is_unknown(ticked: Any, answer: Any) -> bool:
    """Whether a question is answered with "weet ik niet"; refuse that beside an answer."""
    if is_empty(ticked):
        return is_unknown(answer)
    if not is_unknown(ticked):
        what = f"Hier kan alleen 'weet ik niet' staan, maar er staat '{str(ticked)[:40]}'."
        raise InputError(what, mend="Kies uit de lijst, of maak de cel leeg.")
    if not is_empty(answer) and not is_unknown(answer):
        raise InputError("Er staat een antwoord én 'weet ik niet'.", mend="Maak een van beide cellen leeg.")
    return True


def _check_signatures(answers: list[Answer], catalogue: Catalogue) -> None:
    """Refuse a release that nobody signed."""
    given = {answer.question: answer for answer in answers if answer.value is not None}
    for question in questions(catalogue):
        release = given.get(question.id)
        if question.part.id != RELEASE or release is None or release.value is not True:
            continue
        missing = [part for part in SIGNATURE if f"{question.section}.{part}" not in given]
        if missing:
            raise InputError(
                "Er staat 'ja' bij vrijgeven, maar de controller heeft niet getekend.",
                where=_place_of(question, catalogue),
                mend="Vul de naam van de controller en de datum in, of kies 'nee'.",
            )


def _place_of(question: Question, catalogue: Catalogue) -> str:
    return next(
        f"blad {sheet.name}, cel {cell_name(line.row, ANSWER)}"
        for sheet in layout.sheets(catalogue)
        for line in sheet.lines
        if line.question == question
    )


def _municipality(cover: _Sheet, region: Region) -> Municipality:
    """Return whose workbook it is; refuse one of a municipality outside the region, or with two names."""
    code, name = (cover.text(int(cell[1:]) - 1, 2) for cell in (layout.CODE_CELL, layout.NAME_CELL))
    members = {each.code: each for each in region.municipalities}
    where = f"blad {layout.COVER}, cel {layout.CODE_CELL}"
    if code not in members:
        outside = {each.code: each for each in load_country().municipalities}.get(code)
        told = f"{outside.name} ({code})" if outside else f"Een gemeente met code '{code}'"
        raise InputError(
            f"{told} doet niet mee: dit is de werkmap van een andere verkenning dan {region.name}.",
            where=where,
            mend="Kies de goede studie met --studie, of maak een nieuwe werkmap.",
        )
    if fold(name) != fold(members[code].name):
        what = f"Code {code} is van {members[code].name}, maar de werkmap noemt '{name}'."
        raise InputError(what, where=where, mend="Verander naam en code op het voorblad niet.")
    return members[code]


def _named(found: Mapping[str, _Sheet], name: str) -> _Sheet:
    if name not in found:
        raise InputError(
            f"Het blad '{name}' ontbreekt.{suggest(name, found)}",
            where=f"blad {name}",
            mend="Geef ieder blad zijn eigen naam terug, of begin met een nieuwe werkmap.",
        )
    return found[name]


def _read_sheets(path: Path, rows: int) -> dict[str, _Sheet]:
    """Return the sheets of a workbook by name; raises InputError for a file that cannot be one."""
    if path.suffix.lower() != ".xlsx":
        raise InputError(
            f"Een werkmap is een bestand dat eindigt op .xlsx, niet op '{path.suffix}'.",
            where=str(path),
            mend="Bewaar het als Excel-werkmap (.xlsx).",
        )
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        raise _too_large(path)
    content = read_bytes(path)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
        if unpacked > MOST_UNPACKED_BYTES:
            raise _too_large(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts of a workbook that do not matter here
            results = _cells(content, rows, computed=True)
            formulas = _cells(content, rows, computed=False)
    except InputError:
        raise
    except Exception as error:
        # openpyxl has no error of its own: a damaged workbook ends in anything from KeyError to zlib.error
        raise InputError(
            "Dit is geen Excel-werkmap, of zij is beschadigd of met een wachtwoord beveiligd.",
            where=str(path),
            mend="Open het bestand in een rekenprogramma en bewaar het opnieuw als .xlsx.",
        ) from error
    return {
        name: _Sheet(name, {place: results[name].get(place, _NoResult()) for place in cells})
        for name, cells in formulas.items()
    }


def _cells(content: bytes, rows: int, *, computed: bool) -> dict[str, dict[tuple[int, int], Any]]:
    """Return the filled cells of every sheet: the results, or the formulas."""
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=computed)
    try:
        return {
            sheet.title: {
                (row, column): value
                for row, cells in enumerate(
                    sheet.iter_rows(max_row=rows, max_col=len(layout.COLUMNS), values_only=True)
                )
                for column, value in enumerate(cells)
                if value is not None
            }
            for sheet in workbook.worksheets
        }
    finally:
        workbook.close()


def _too_large(path: Path) -> InputError:
    mend = "Begin met een nieuwe werkmap en kopieer alleen de antwoorden."
    return InputError("Het bestand is te groot voor een werkmap.", where=str(path), mend=mend)
