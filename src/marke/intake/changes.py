"""What reading workbooks would change in the baseline: shown before anything is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from marke.baseline import Answer, Baseline, write_baseline
from marke.baseline.values import UNKNOWN, cell_text
from marke.catalogue.intake import Question, questions
from marke.catalogue.schema import Catalogue
from marke.errors import InputError
from marke.intake.estimates import with_doubts
from marke.intake.returned import read_workbook
from marke.region import Municipality
from marke.study import Study

EMPTY = "leeg"


@dataclass(frozen=True)
class Change:
    """One answer that differs: what it was and becomes, as text."""

    municipality: Municipality
    question: Question
    before: str
    after: str


@dataclass(frozen=True)
class Delivery:
    """Workbooks read and compared: the baseline as it would become, the changes, and what to ask."""

    baseline: Baseline
    changes: tuple[Change, ...]
    doubts: tuple[tuple[Municipality, Question, str], ...]


def compare(paths: Iterable[Path], study: Study, catalogue: Catalogue) -> Delivery:
    """Read workbooks and compare them with the study's baseline; nothing is written.

    A workbook is all that its municipality has to say: an answer that is no longer in it disappears.
    Raises InputError for the first workbook that does not fit, or two of one municipality.
    """
    read = [read_workbook(path, study.region, catalogue) for path in paths]
    baseline = study.baseline
    first: dict[str, Path] = {}
    for each in read:
        if (other := first.setdefault(each.municipality.code, each.path)) is not each.path:
            raise InputError(
                f"{each.municipality.name} heeft al een werkmap geleverd: {other.name}.",
                where=str(each.path),
                mend="Lees alleen de laatste werkmap in.",
            )
        sure = with_doubts(study, catalogue, each.municipality, each.answers)
        baseline = baseline.replaced(each.municipality.code, sure)
    asked = questions(catalogue)
    members = [each.municipality for each in read]
    doubts = [
        (m, question, answer.doubt)
        for m in members
        for question in asked
        if (answer := baseline.answers.get((m.code, question.id))) is not None and answer.doubt
    ]
    changes = [each for m in members for each in _changes(study.baseline, baseline, m, asked)]
    return Delivery(baseline, tuple(changes), tuple(doubts))


def _changes(old: Baseline, new: Baseline, m: Municipality, asked: Iterable[Question]) -> Iterator[Change]:
    for question in asked:
        key = (m.code, question.id)
        before, after = old.answers.get(key), new.answers.get(key)
        if _without_doubt(before) != _without_doubt(after):
            yield Change(m, question, told(question, before), told(question, after))


def _without_doubt(answer: Answer | None) -> Answer | None:
    return None if answer is None else replace(answer, doubt="")


def told(question: Question, answer: Answer | None) -> str:
    """Write an answer with its price level and note for a reader."""
    if answer is None:
        return EMPTY
    value = UNKNOWN if answer.unknown else EMPTY
    if answer.value is not None:
        value = cell_text(question.part, answer.value)
    prices = f" (prijspeil {answer.price_year})" if answer.price_year else ""
    note = f" [{answer.note}]" if answer.note else ""
    return f"{value}{prices}{note}"


def baseline_path(study_path: Path, study: Study) -> Path:
    """Return the file of the study's baseline; raises InputError when the study names none."""
    if not study.settings.baseline:
        raise InputError(
            "Deze studie noemt geen nulmeting.",
            where=str(study_path),
            mend='Zet er een regel bij, bijvoorbeeld: nulmeting = "nulmeting.csv"',
        )
    return study_path.parent / study.settings.baseline


def accept(delivery: Delivery, path: Path, study: Study, catalogue: Catalogue) -> None:
    """Write the baseline with what was delivered, whole or not at all."""
    write_baseline(path, delivery.baseline, study.region, catalogue)
