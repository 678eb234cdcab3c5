"""The path of a decision in one municipality: what was recorded, what comes next, and when it is due.

The steps are those of ``catalogue/paths.toml``. A step of the region counts for every municipality. Nothing
here reads a clock or a file.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from marke.catalogue import Catalogue, Rule
from marke.catalogue.rules import Path, PathStep
from marke.dutch import DECISIONS, capital, day
from marke.errors import InputError
from marke.terms import DAYS_A_MONTH, Counted, Span, WorkingDays, term_of

CONDITIONS: Final = "conditions"
REFUSED: Final = "no"
State = Literal["done", "refused", "lapsed", "passed", "next", "later", "stopped"]
"""How a step stands. ``lapsed``: the term of a view ended without one; ``passed``: not recorded, while a
later step was (never a consent); ``stopped``: an earlier step was refused."""


@dataclass(frozen=True)
class Recorded:
    """A step that was taken: on which day, how it ended (a key of ``DECISIONS``), and under which words."""

    step: str
    day: date
    outcome: str
    text: str = ""


@dataclass(frozen=True)
class Due:
    """When a step is due: the end of a term of the law (``counted``), or as planned.

    A term is ``certain`` once the day on which it began was recorded. ``usable`` is the last working day
    before it that lies in no recess; None where there is none.
    """

    day: date
    counted: Counted | None
    certain: bool
    usable: date | None


@dataclass(frozen=True)
class StepState:
    """One step of the path with how it stands; a step that was taken keeps when it was due."""

    key: str
    step: PathStep
    state: State
    due: Due
    recorded: Recorded | None

    @property
    def late(self) -> bool:
        """Whether it was recorded after the end of a term of the law."""
        return bool(self.recorded and self.due.counted and self.recorded.day > self.due.day)


@dataclass(frozen=True)
class Standing:
    """How a decision stands in one municipality."""

    steps: tuple[StepState, ...]

    @property
    def next(self) -> StepState | None:
        """The step that is to be taken now; None when all were, or one was refused."""
        return next((each for each in self.steps if each.state == "next"), None)

    @property
    def refused(self) -> StepState | None:
        """The step that was refused, if any."""
        return next((each for each in self.steps if each.state == "refused"), None)


@dataclass(frozen=True)
class Road:
    """The steps of one proposal in order, from the day ``begin``.

    ``lengths`` are the expected days of steps that have no term.
    """

    steps: Mapping[str, PathStep]
    begin: date
    lengths: Mapping[str, int]
    rules: Mapping[str, Rule]
    working: WorkingDays

    def due(self, key: str, begun: date, recess: Iterable[Span], *, certain: bool) -> Due:
        """When a step is due that begins after one day."""
        rule = self.steps[key].rule
        term = term_of(self.rules[rule]) if rule else None
        counted = self.working.last_day(term, begun) if term else None
        last = counted.due if counted else begun + timedelta(days=self.lengths[key])
        return Due(last, counted, certain and counted is not None, self.working.usable(begun, last, recess))


def road(catalogue: Catalogue, form: str, begin: date) -> Road:
    """The path of a form for a proposal that begins on a day.

    Steps whose rule was not in force then are left out. The others share what the terms leave of the form's
    lead time, all figures at their mode (docs/feasibility.md).
    """
    chosen = catalogue.forms[form]
    path: Path = catalogue.paths[chosen.path]
    steps = {
        key: step
        for key, step in path.steps.items()
        if step.rule is None or catalogue.rules[step.rule].in_force(begin)
    }
    terms = [term_of(catalogue.rules[step.rule]) for step in steps.values() if step.rule]
    fixed = sum((term.after(begin) - begin).days for term in terms if term)
    rest = max(catalogue.figures[chosen.months].mode * DAYS_A_MONTH - fixed, 0.0)
    parts = {key: catalogue.figures[step.part].mode for key, step in steps.items() if step.part}
    lengths = {key: round(rest * part / sum(parts.values())) for key, part in parts.items()}
    return Road(steps, begin, lengths, catalogue.rules, WorkingDays(catalogue.terms))


def explained(due: Due, working: WorkingDays) -> str:
    """Say how a day was found: the term and what moved it, or that it is expected."""
    counted = due.counted
    if counted is None:
        return "Verwacht volgens de doorlooptijd van deze vorm"
    told = f"{counted.term} na {day(counted.begun)}"
    if counted.extended:
        free = working.free(counted.unextended)
        why = f": {day(counted.unextended)} is {free}" if free else " tot er twee werkdagen in zitten"
        told += f", verlengd{why}"
    return capital(told) if due.certain else f"Verwacht: {told}"


def standing(road: Road, recorded: Iterable[Recorded], recess: Sequence[Span], today: date) -> Standing:
    """How a decision stands on a day, from what was recorded of it."""
    given = {each.step: each for each in recorded}
    return Standing(tuple(_states(road, given, recess, today)))


def _states(
    road: Road, given: Mapping[str, Recorded], recess: Sequence[Span], today: date
) -> Iterator[StepState]:
    last = max((place for place, key in enumerate(road.steps) if key in given), default=-1)
    begun, certain, stopped, waiting = road.begin, False, False, False
    for place, (key, step) in enumerate(road.steps.items()):
        record = given.get(key)
        due = road.due(key, begun, recess, certain=certain)
        state: State
        if record:
            state = "refused" if step.asks == "consent" and record.outcome == REFUSED else "done"
        elif place < last and step.asks != "consent":
            state = "passed"
        elif stopped or waiting:
            state = "stopped" if stopped else "later"
        else:
            state = "lapsed" if step.asks == "view" and due.certain and due.day < today else "next"
        yield StepState(key, step, state, due, record)
        begun, certain = (record.day, True) if record else (due.day, state == "lapsed")
        stopped, waiting = stopped or state == "refused", waiting or state == "next"


def check_step(road: Road, recorded: Iterable[Recorded], new: Recorded, today: date) -> None:
    """Refuse a record that does not fit the path or what was recorded.

    Raises InputError for an unknown step or outcome, a day in the future or out of order, a condition without
    words, and a municipality's step after one that it refused or did not consent to yet.
    """
    step = road.steps.get(new.step)
    if step is None or new.outcome not in DECISIONS[step.asks]:
        raise InputError("Deze stap of uitkomst hoort niet bij dit voorstel.", mend="Kies uit de lijst.")
    if new.outcome == CONDITIONS and not new.text.strip():
        raise InputError("Schrijf onder welke voorwaarden.", where="Toelichting")
    if new.day > today:
        raise InputError(
            f"{day(new.day)} ligt in de toekomst.", where="Datum", mend="Leg vast wat gebeurd is."
        )
    given = {each.step: each for each in recorded if each.step != new.step}
    keys = list(road.steps)
    place = keys.index(new.step)
    for key in keys[:place]:
        if step.by != "region" or road.steps[key].by == "region":
            _check_before(road.steps[key], given.get(key), new)
    for key in keys[place + 1 :]:
        after = given.get(key)
        if after and after.day < new.day:
            told = _told(road.steps[key])
            raise InputError(
                f"Op {day(after.day)} was er al: {told}.", where="Datum", mend="Kies een eerdere dag."
            )


def _check_before(step: PathStep, record: Recorded | None, new: Recorded) -> None:
    if step.asks == "consent" and record is None:
        raise InputError(f"Hiervoor komt nog: {_told(step)}.", mend="Leg dat eerst vast.")
    if record and step.asks == "consent" and record.outcome == REFUSED:
        raise InputError(f"Het pad is gestopt: {_told(step)}: nee.", mend="Verander eerst dat besluit.")
    if record and record.day > new.day:
        raise InputError(
            f"Dit kan niet voor {day(record.day)} zijn: toen was er: {_told(step)}.",
            where="Datum",
            mend="Kies een latere dag.",
        )


def _told(step: PathStep) -> str:
    return step.told or step.label
