"""The baseline: what the municipalities answered about themselves, read from and written to tables.

Only answers live here. What nobody answered is absent, never zero: the catalogue's estimate stands in its
place.
"""

import math
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from marke.baseline_files import Row, read_table, write_table
from marke.catalogue.schema import Catalogue
from marke.errors import InputError
from marke.files import fold, suggest
from marke.region import Municipality, Region, load_country

UNKNOWN = "weet ik niet"
MOST_PROBLEMS = 10

_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+,[0-9]+|(?:\.[0-9]{3}){2,})")
_AMBIGUOUS = re.compile(r"([1-9][0-9]{0,2})\.([0-9]{3})")
_NUMBERLIKE = re.compile(r"[0-9][0-9.,\s]*")
_NOT_FINITE = {"nan", "inf", "infinity", "oneindig"}
_MINUS = ("-", "−")


@dataclass(frozen=True)
class Question:
    """One thing a municipality is asked: ``unit`` is that of the answer, ``definition`` is Dutch."""

    id: str
    label: str
    unit: str
    definition: str


@dataclass(frozen=True)
class Answer:
    """What the municipality with CBS ``code`` answered to a question, in the question's unit."""

    code: str
    question: str
    value: float | date
    note: str = ""


@dataclass(frozen=True)
class Baseline:
    """All answers, by (CBS code, question id)."""

    answers: Mapping[tuple[str, str], Answer]

    def value(self, code: str, question_id: str) -> float | None:
        """Return the answer in the question's unit, or None when it was not given (never zero)."""
        answer = self.answers.get((code, question_id))
        return answer.value if answer and isinstance(answer.value, float) else None

    def day(self, code: str, question_id: str) -> date | None:
        """Return a date, or None when it was not given."""
        answer = self.answers.get((code, question_id))
        return answer.value if answer and isinstance(answer.value, date) else None

    def within(self, codes: Collection[str]) -> "Baseline":
        """Return the answers of the municipalities with these CBS codes only."""
        return Baseline({key: answer for key, answer in self.answers.items() if key[0] in codes})


def questions(catalogue: Catalogue) -> tuple[Question, ...]:
    """Return what every municipality is asked: the drivers that are no open data, then three per service."""
    asked = [
        Question(key, driver.label, driver.unit, _driver_definition(driver.label, driver.unit))
        for key, driver in catalogue.drivers.items()
        if driver.fact is None
    ]
    for key, service in catalogue.services.items():
        asked += [
            Question(f"{key}.{part}", f"{service.label}: {label}", unit, definition)
            for part, label, unit, definition in _SERVICE_QUESTIONS
        ]
    return tuple(asked)


_SERVICE_QUESTIONS = (
    (
        "staff",
        "fte die dit werk nu doen",
        "fte",
        "Alle uren die eigen medewerkers nu aan dit werk besteden, ook als het een deel van hun functie is. "
        "Tel een werkweek van 36 uur als 1 fte. Inhuur telt hier niet mee.",
    ),
    (
        "spend",
        "uitgaven buiten de deur",
        "EUR/jaar",
        "Wat u nu per jaar betaalt aan anderen voor dit werk: inhuur, contracten en software. Zonder btw.",
    ),
    (
        "budgeted",
        "al in de meerjarenbegroting",
        "EUR/jaar",
        "Het bedrag per jaar dat voor dit werk in de vastgestelde meerjarenbegroting staat, loon en "
        "uitgaven samen.",
    ),
)


def _driver_definition(label: str, unit: str) -> str:
    hours = " Tel een werkweek van 36 uur als 1 fte." if unit == "fte" else ""
    return (
        f"Het aantal {unit} dat uw gemeente nu heeft ({label}). Tel niet mee wat bij een samenwerking hoort "
        f"die zelf antwoord geeft.{hours}"
    )


def read_baseline(path: Path | str, region: Region, catalogue: Catalogue) -> Baseline:
    """Read a table of answers (.csv with ``;`` or ``,``, or .xlsx with a sheet "Antwoorden").

    The columns are ``COLUMNS``, in that order. An empty answer or "weet ik niet" is no answer. Numbers may
    be written as 1234, 1234,5, 1234.5, 1.234,5 or 1.234.567. The text "1.234" is refused: it can mean two
    numbers that differ by a factor of thousand.
    Raises InputError for anything that does not fit, with its place; with more than one problem the first ten
    are named. Nothing is read then.
    """
    path = Path(path)
    rows = read_table(path)
    problems = _Problems(path)
    asked = {question.id: question for question in questions(catalogue)}
    members = {each.code: each for each in region.municipalities}
    answers: dict[tuple[str, str], Answer] = {}
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        with problems.caught():
            row.check_width()
            key, answer = _answer(row, members, region.name, asked, problems)
            if key in first:
                what = f"{row.text('gemeente')} heeft '{key[1]}' al op regel {first[key]}."
                raise row.error("vraag", what, "Laat één regel per gemeente en vraag staan.")
            first[key] = row.number
            if answer is not None:
                answers[key] = answer
    problems.raise_any()
    return Baseline(answers)


@dataclass
class _Problems:
    """The problems met so far in one file; raised together, so that one look mends them all."""

    path: Path
    found: list[InputError] = field(default_factory=list)

    @contextmanager
    def caught(self) -> Iterator[None]:
        try:
            yield
        except InputError as error:
            self.found.append(error)

    def raise_any(self) -> None:
        if not self.found:
            return
        if len(self.found) == 1:
            only = self.found[0]
            raise InputError(only.what, where=f"{self.path}, {only.where}", mend=only.mend)
        shown = "".join(f"\n- {error}" for error in self.found[:MOST_PROBLEMS])
        rest = len(self.found) - MOST_PROBLEMS
        raise InputError(
            f"Er zijn {len(self.found)} fouten; er is niets ingelezen.{shown}"
            + (f"\n- en nog {rest} andere." if rest > 0 else ""),
            where=str(self.path),
            mend="\nVerbeter deze regels en lees het bestand opnieuw in.",
        )


def _answer(
    row: Row,
    members: Mapping[str, Municipality],
    region: str,
    asked: Mapping[str, Question],
    problems: _Problems,
) -> tuple[tuple[str, str], Answer | None]:
    """Return what a row is about and the answer, if given; every wrong part of the row is a problem."""
    with problems.caught():
        _check_municipality(row, members, region)
    with problems.caught():
        _check_question(row, asked)
    key = (row.text("code").upper(), row.text("vraag"))
    value, note = _value(row), row.text("toelichting")
    return key, None if value is None else Answer(*key, value, note)


def _check_municipality(row: Row, members: Mapping[str, Municipality], region: str) -> None:
    code, name = row.text("code"), row.text("gemeente")
    found = members.get(code.upper())
    if found is None:
        outside = {each.code: each for each in load_country().municipalities}.get(code.upper())
        if outside is not None:
            raise row.error(
                "code", f"{outside.name} ({code}) ligt niet in {region}.", "Haal deze regels weg."
            )
        hint = suggest(name, (each.name for each in members.values())) if name else ""
        what = f"De gemeente met code '{code}' is niet bekend.{hint}"
        raise row.error("code", what, "Gebruik de code van het CBS, bijvoorbeeld GM1735.")
    if fold(name) != fold(found.name):
        what = f"Code {found.code} is van {found.name}, maar er staat '{name}'."
        raise row.error("gemeente", what, "Verbeter de code of de naam.")


def _check_question(row: Row, asked: Mapping[str, Question]) -> None:
    key, unit = row.text("vraag"), row.text("eenheid")
    question = asked.get(key)
    if question is None:
        raise row.error("vraag", f"Onbekende vraag '{key}'.{suggest(key, asked)}", "Verander de vragen niet.")
    if fold(unit) != fold(question.unit):
        what = f"De eenheid van '{key}' is {question.unit}, maar er staat '{unit}'."
        raise row.error("eenheid", what, f"Geef het antwoord in {question.unit}.")


def _value(row: Row) -> float | None:
    given, text = row.value("antwoord"), row.text("antwoord")
    if not text or fold(text) == UNKNOWN:
        return None
    if isinstance(given, str):
        digits = text[1:].strip() if text.startswith(_MINUS) else text
        number = _parse(row, digits, text)
    elif isinstance(given, (int, float)) and not isinstance(given, bool):
        number = float(given) if abs(given) < 1e300 else math.inf
    else:
        mend = "Maak de cel leeg, kies als opmaak Getal en vul het getal opnieuw in."
        raise row.error("antwoord", f"Hier hoort een getal, maar er staat '{text}'.", mend)
    if not math.isfinite(number):
        raise row.error("antwoord", f"'{text[:40]}' is geen eindig getal.", "Schrijf een gewoon getal.")
    if text.startswith(_MINUS):
        mend = "Vul 0 of meer in, of laat de cel leeg als u het niet weet."
        raise row.error("antwoord", f"{text[:40]} is kleiner dan nul.", mend)
    return number


def _parse(row: Row, digits: str, text: str) -> float:
    """Return the number a Dutch reader writes so; refuse what can be read in two ways."""
    if match := _AMBIGUOUS.fullmatch(digits):
        what = f"'{text}' is niet eenduidig: duizend of een decimaal?"
        raise row.error("antwoord", what, f"Schrijf {match[1]}{match[2]} of {match[1]},{match[2]}.")
    if _GROUPED.fullmatch(digits):
        return float(digits.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(digits):
        return float(digits.replace(",", "."))
    if fold(digits) in _NOT_FINITE:
        return math.inf
    if _NUMBERLIKE.fullmatch(digits):
        what = f"'{text[:40]}' heeft een verkeerd scheidingsteken."
        raise row.error("antwoord", what, "Schrijf bijvoorbeeld 1234,5 of 1.234,5.")
    raise row.error(
        "antwoord", f"Hier hoort een getal, maar er staat '{text[:40]}'.",
        "Schrijf alleen het getal, zonder eenheid. Laat de cel leeg als u het niet weet.",
    )  # fmt: skip


def write_empty_baseline(path: Path | str, region: Region, catalogue: Catalogue) -> None:
    """Write the table with every question to every municipality of the region and no answers.

    The extension decides: .csv (semicolons, UTF-8 with byte order mark) or .xlsx. The same input gives the
    same bytes. Raises InputError for another extension or when the file cannot be written.
    """
    asked = questions(catalogue)
    rows = [
        (each.code, each.name, question.id, question.label, question.unit, "", "")
        for each in region.municipalities
        for question in asked
    ]
    definitions = [(each.id, each.label, each.unit, each.definition) for each in asked]
    write_table(Path(path), rows, definitions)
