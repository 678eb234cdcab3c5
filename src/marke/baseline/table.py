"""The baseline as a file: one csv for the region, with a line for every answer and for no other question."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from marke.baseline.model import Answer, Baseline
from marke.baseline.problems import Problems
from marke.baseline.values import UNKNOWN, cell_text, clean_text, is_empty, is_unknown, parse
from marke.catalogue.intake import Question, questions
from marke.catalogue.schema import Catalogue
from marke.errors import InputError
from marke.files import fold, read_text, suggest, unreadable_line, write_atomically
from marke.region import Municipality, Region, load_country

COLUMNS = (
    "code", "gemeente", "vraag", "omschrijving", "eenheid", "antwoord", "prijspeil", "toelichting", "twijfel",
    "wie vult in",
)  # fmt: skip
MOST_BYTES = 20_000_000
MOST_ROWS = 200_000
PRICE_YEARS = range(2015, 2101)

_FORMULA_STARTS = ("=", "+", "-", "@", "'")


@dataclass(frozen=True)
class _Row:
    """One line of the file; its number counts from 1."""

    number: int
    cells: tuple[str, ...]

    def text(self, column: str) -> str:
        value = self.cells[COLUMNS.index(column)].strip()
        return value[1:] if value[:1] == "'" and value[1:].startswith(_FORMULA_STARTS) else value

    def place(self, column: str) -> str:
        return f"regel {self.number}, kolom {column}"

    def error(self, column: str, what: str, mend: str) -> InputError:
        return InputError(what, where=self.place(column), mend=mend)


def read_baseline(path: Path | str, region: Region, catalogue: Catalogue) -> Baseline:
    """Read the answers of a region (csv in UTF-8 with ``;`` or ``,``); the columns are ``COLUMNS``.

    An empty answer is open, "weet ik niet" is unknown. Raises InputError for anything that does not fit, with
    its place; several problems are named together. Nothing is read then.
    """
    path = Path(path)
    rows = _rows(path)
    problems = Problems(path)
    asked = {question.id: question for question in questions(catalogue)}
    members = {each.code: each for each in region.municipalities}
    answers: dict[tuple[str, str], Answer] = {}
    for row in rows:
        with problems.caught():
            _check_width(row)
            answer = _answer(row, members, region.name, asked, problems)
            if answer is None:
                continue
            key = (answer.code, answer.question)
            if key in answers:
                what = f"{row.text('gemeente')} heeft '{key[1]}' al op een eerdere regel."
                raise row.error("vraag", what, "Laat één regel per gemeente en vraag staan.")
            answers[key] = answer
    problems.raise_any()
    return Baseline(answers)


def baseline_text(baseline: Baseline, region: Region, catalogue: Catalogue) -> str:
    """Write all answers as csv, in the order of the region and the intake."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for municipality in region.municipalities:
        for question in questions(catalogue):
            answer = baseline.answers.get((municipality.code, question.id))
            if answer is not None:
                writer.writerow([_guarded(cell) for cell in _cells(municipality, question, answer)])
    return "\ufeff" + text.getvalue()


def write_baseline(path: Path, baseline: Baseline, region: Region, catalogue: Catalogue) -> None:
    """Write all answers to a csv file, whole or not at all.

    Raises InputError for another extension or when the file cannot be written.
    """
    _check_extension(path)
    write_atomically(path, baseline_text(baseline, region, catalogue))


def _cells(municipality: Municipality, question: Question, answer: Answer) -> tuple[str, ...]:
    given = UNKNOWN if answer.unknown else ""
    return (
        municipality.code,
        municipality.name,
        question.id,
        question.label,
        question.part.shown_unit,
        given if answer.value is None else cell_text(question.part, answer.value),
        "" if answer.price_year is None else str(answer.price_year),
        answer.note,
        answer.doubt,
        answer.who,
    )


def _guarded(cell: str) -> str:
    # a spreadsheet would run such a text as a formula
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _check_extension(path: Path) -> None:
    if path.suffix.lower() != ".csv":
        raise InputError(
            f"Een nulmeting is een bestand dat eindigt op .csv, niet op '{path.suffix}'.",
            where=str(path),
            mend="Een ingevulde werkmap (.xlsx) leest u in met 'marke intake lees'.",
        )


def _too_large(path: Path) -> InputError:
    mend = "Begin opnieuw en lees de werkmappen in met 'marke intake lees'."
    return InputError("Het bestand is te groot voor een nulmeting.", where=str(path), mend=mend)


def _rows(path: Path) -> list[_Row]:
    _check_extension(path)
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        raise _too_large(path)
    text = read_text(path)
    first_line = text.split("\n", 1)[0]
    separator = ";" if first_line.count(";") >= first_line.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[_Row] = []
    try:
        for cells in reader:
            while len(cells) > len(COLUMNS) and not cells[-1].strip():
                cells.pop()
            if any(cell.strip() for cell in cells):
                rows.append(_Row(reader.line_num, tuple(cells)))
            if len(rows) > MOST_ROWS:
                raise _too_large(path)
    except csv.Error as error:
        raise unreadable_line(path, reader.line_num) from error
    _check_header(path, rows[0].cells if rows else ())
    return rows[1:]


def _check_header(path: Path, header: tuple[str, ...]) -> None:
    found = [fold(cell) for cell in header]
    for number, expected in enumerate([*COLUMNS, ""]):
        here = found[number] if number < len(found) else ""
        if here != expected:
            wanted = f"de kolom '{expected}'" if expected else "geen kolom meer"
            there = f"'{here}'" if here else "niets"
            raise InputError(
                f"Hier hoort {wanted} te staan, maar er staat {there}.",
                where=f"{path}, regel 1, kolom {number + 1}",
                mend=f"De kolommen zijn, in deze volgorde: {', '.join(COLUMNS)}.",
            )


def _check_width(row: _Row) -> None:
    if len(row.cells) != len(COLUMNS):
        raise InputError(
            f"Deze regel heeft {len(row.cells)} cellen; het moeten er {len(COLUMNS)} zijn.",
            where=f"regel {row.number}",
            mend="Zet tekst of een getal met een scheidingsteken tussen dubbele aanhalingstekens.",
        )


def _answer(
    row: _Row,
    members: Mapping[str, Municipality],
    region: str,
    asked: Mapping[str, Question],
    problems: Problems,
) -> Answer | None:
    """Return the answer on a row; every wrong part of the row is a problem."""
    with problems.caught():
        _check_municipality(row, members, region)
    with problems.caught():
        _check_question(row, asked)
    question = asked.get(row.text("vraag"))
    if question is None:
        return None
    given = row.text("antwoord")
    value = None
    if not is_empty(given) and not is_unknown(given):
        with problems.caught(row.place("antwoord")):
            value = parse(question.part, given)
    texts = dict.fromkeys(("toelichting", "twijfel", "wie vult in"), "")
    for column in texts:
        with problems.caught(row.place(column)):
            texts[column] = clean_text(row.text(column))
    return Answer(
        row.text("code").upper(),
        question.id,
        value,
        unknown=is_unknown(given),
        note=texts["toelichting"],
        price_year=_price_year(row, question, problems),
        doubt=texts["twijfel"],
        who=texts["wie vult in"],
        visibility=question.part.visibility,
    )


def _price_year(row: _Row, question: Question, problems: Problems) -> int | None:
    given = row.text("prijspeil")
    if not given:
        return None
    with problems.caught(row.place("prijspeil")):
        return price_year(question.part.kind, given)
    return None


def price_year(kind: str, given: object) -> int:
    """Return the year of the prices of an amount; raises InputError, without a place, for anything else."""
    if kind != "amount":
        what = "Een prijspeil hoort alleen bij een bedrag."
        raise InputError(what, mend="Maak deze cel leeg.")
    text = str(int(given)) if isinstance(given, float) and given.is_integer() else str(given).strip()
    if not text.isascii() or not text.isdigit() or int(text[:9]) not in PRICE_YEARS:
        raise InputError(f"'{text[:40]}' is geen prijspeil.", mend="Schrijf een jaar, bijvoorbeeld 2026.")
    return int(text)


def _check_municipality(row: _Row, members: Mapping[str, Municipality], region: str) -> None:
    code, name = row.text("code"), row.text("gemeente")
    found = members.get(code.upper())
    if found is None:
        outside = {each.code: each for each in load_country().municipalities}.get(code.upper())
        if outside is not None:
            what = f"{outside.name} ({code}) ligt niet in {region}."
            raise row.error("code", what, "Haal deze regels weg.")
        hint = suggest(name, (each.name for each in members.values())) if name else ""
        what = f"De gemeente met code '{code}' is niet bekend.{hint}"
        raise row.error("code", what, "Gebruik de code van het CBS, bijvoorbeeld GM1735.")
    if fold(name) != fold(found.name):
        what = f"Code {found.code} is van {found.name}, maar er staat '{name}'."
        raise row.error("gemeente", what, "Verbeter de code of de naam.")


def _check_question(row: _Row, asked: Mapping[str, Question]) -> None:
    key, unit = row.text("vraag"), row.text("eenheid")
    question = asked.get(key)
    if question is None:
        what = f"Onbekende vraag '{key}'.{suggest(key, asked)}"
        raise row.error("vraag", what, "Verander de vragen niet.")
    if fold(unit) != fold(question.part.shown_unit):
        what = f"De eenheid van '{key}' is {question.part.shown_unit}, maar er staat '{unit}'."
        raise row.error("eenheid", what, f"Geef het antwoord in {question.part.shown_unit}.")
