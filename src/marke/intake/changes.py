"""What reading workbooks would change in the baseline: shown before anything is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from marke.baseline import Answer, Baseline, write_baseline
from marke.baseline.values import UNKNOWN, cell_text
from marke.catalogue.intake import Asked, Question, asked_fields
from marke.catalogue.schema import Catalogue
from marke.errors import InputError
from marke.intake.estimates import with_doubts
from marke.intake.handed import who_fills_in
from marke.intake.returned import read_workbook
from marke.region import Municipality
from marke.study import Study

EMPTY = "leeg"


@dataclass(frozen=True)
class Change:
    """An answer, or who fills in a field, that differs: its name, what it was and what it becomes, as text.

    ``questions`` are those it touches: one for an answer, all of a field for who fills it in.
    """

    municipality: Municipality
    label: str
    questions: tuple[Question, ...]
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
    asked = asked_fields(catalogue)
    members = [each.municipality for each in read]
    doubts = [
        (m, question, answer.doubt)
        for m in members
        for field in asked
        for question in field.questions
        if (answer := baseline.answers.get((m.code, question.id))) is not None and answer.doubt
    ]
    changes = [
        each for m in members for field in asked for each in _changes(study.baseline, baseline, m, field)
    ]
    return Delivery(baseline, tuple(changes), tuple(doubts))


def _changes(old: Baseline, new: Baseline, m: Municipality, asked: Asked) -> Iterator[Change]:
    was, becomes = (who_fills_in(each, m.code, asked) for each in (old, new))
    if was != becomes:
        role = asked.field.who
        yield Change(m, f"{asked.label}, wie vult in", asked.questions, was or role, becomes or role)
    for question in asked.questions:
        key = (m.code, question.id)
        before, after = (_as_answered(each.answers.get(key)) for each in (old, new))
        if before != after:
            yield Change(m, question.label, (question,), _told(question, before), _told(question, after))


def _as_answered(answer: Answer | None) -> Answer | None:
    """Return the answer without what was asked about it and who gave it; None when that leaves nothing."""
    bare = None if answer is None else replace(answer, doubt="", who="")
    return bare if bare is not None and bare.says_something else None


def _told(question: Question, answer: Answer | None) -> str:
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
