"""Answers with their state and class, and the view that one municipality has of them.

Only answers live here. What nobody answered is absent, never zero: the catalogue's estimate stands in its
place.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from marke.catalogue.intake import Visibility, release_of

Value = float | str | bool | date | tuple[str, ...]
"""Number, text or choice, yes or no, day, or list. Percentages are shares: 0.25 for 25 %."""

State = Literal["given", "unknown", "open"]
"""Answered; "weet ik niet"; or still open (then only its note, or who fills it in, counts)."""


@dataclass(frozen=True)
class Answer:
    """What the municipality with CBS ``code`` answered to a question, in the question's unit.

    ``value`` is None when it is not known or still open. ``note`` is the municipality's evidence,
    ``price_year`` the year of the prices of an amount, ``doubt`` the question that its plausibility raised,
    ``who`` whoever fills it in where that is not the role that the intake names.
    Without a class an answer is confidential.
    """

    code: str
    question: str
    value: Value | None
    unknown: bool = False
    note: str = ""
    price_year: int | None = None
    doubt: str = ""
    who: str = ""
    visibility: Visibility = "confidential"

    @property
    def state(self) -> State:
        """Whether there is an answer."""
        if self.value is not None:
            return "given"
        return "unknown" if self.unknown else "open"

    @property
    def says_something(self) -> bool:
        """Whether the municipality answered, noted something, or handed the question to somebody."""
        return self.state != "open" or bool(self.note or self.who)


@dataclass(frozen=True)
class Baseline:
    """All answers, by (CBS code, question id)."""

    answers: Mapping[tuple[str, str], Answer]

    def value(self, code: str, question_id: str) -> float | None:
        """Return a number in the question's unit (a percentage as a share), or None (never zero)."""
        value = self._value(code, question_id)
        return value if isinstance(value, float) else None

    def day(self, code: str, question_id: str) -> date | None:
        """Return a date, or None when it was not given."""
        value = self._value(code, question_id)
        return value if isinstance(value, date) else None

    def text(self, code: str, question_id: str) -> str | None:
        """Return a text or choice, or None when it was not given."""
        value = self._value(code, question_id)
        return value if isinstance(value, str) else None

    def yes(self, code: str, question_id: str) -> bool | None:
        """Return a yes or no, or None when it was not given."""
        value = self._value(code, question_id)
        return value if isinstance(value, bool) else None

    def _value(self, code: str, question_id: str) -> Value | None:
        answer = self.answers.get((code, question_id))
        return None if answer is None else answer.value

    @cached_property
    def given(self) -> int:
        """How many questions have an answer; "weet ik niet" is none."""
        return sum(answer.state == "given" for answer in self.answers.values())

    def released(self, answer: Answer) -> bool:
        """Whether the municipality released this answer: its class allows it and it said so per service."""
        if answer.visibility != "releasable":
            return False
        said = self.answers.get((answer.code, release_of(answer.question)))
        return said is not None and said.value is True

    def within(self, codes: Collection[str]) -> "Baseline":
        """Return the answers of the municipalities with these CBS codes only."""
        return Baseline({key: answer for key, answer in self.answers.items() if key[0] in codes})

    def replaced(self, code: str, answers: Iterable[Answer]) -> "Baseline":
        """Return the baseline in which one municipality has these answers and no others."""
        others = {key: answer for key, answer in self.answers.items() if key[0] != code}
        return Baseline(others | {(each.code, each.question): each for each in answers})


def seen_by(baseline: Baseline, viewer: str | None) -> Baseline:
    """Return what a municipality (CBS code) may see; None: what may be seen in a shared exploration.

    A municipality sees its own answers. Of others anyone sees released answers only, and of these no
    evidence, no doubt and no name: their provenance ends at the municipality. Seeing twice changes nothing.
    """
    seen = {}
    for key, answer in baseline.answers.items():
        if answer.code == viewer:
            seen[key] = answer
        elif answer.value is not None and baseline.released(answer):
            seen[key] = replace(answer, note="", doubt="", who="")
    return Baseline(seen)
