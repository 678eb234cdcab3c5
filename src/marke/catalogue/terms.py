"""What counts terms of the law: when they are extended, holidays, and the recess of councils."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from marke.catalogue.figure import Record

TermUnit = Literal["dagen", "weken", "maanden", "jaren"]


class Extension(Record):
    """How a term is extended: from ``least_days`` it holds ``working_days``; not beyond ``longest``."""

    article: str
    in_force_from: date
    source: str
    least_days: int = Field(ge=1)
    working_days: int = Field(ge=1)
    longest: Mapping[TermUnit, int]


class DayOfYear(Record):
    """A day that returns every year."""

    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)

    @model_validator(mode="after")
    def _exists(self) -> "DayOfYear":
        if self.day > monthrange(2027, self.month)[1]:
            raise ValueError(f"Dag {self.day} van maand {self.month} bestaat niet in ieder jaar.")
        return self

    def on(self, year: int) -> date:
        """The day in one year."""
        return date(year, self.month, self.day)


class Holiday(Record):
    """A recognised holiday: ``easter`` days after Easter Sunday, or a ``fixed`` day.

    With ``before_sunday`` it is kept on the Saturday before when that day is a Sunday.
    """

    label: str
    easter: int | None = None
    fixed: DayOfYear | None = None
    before_sunday: bool = False
    in_force_from: date
    source: str

    @model_validator(mode="after")
    def _one_way_to_date(self) -> "Holiday":
        if (self.fixed is None) == (self.easter is None):
            raise ValueError("Een feestdag heeft óf 'fixed', óf 'easter'.")
        return self


class EquatedDay(Record):
    """One day that a decree makes equal to a holiday."""

    day: date
    source: str


class Recess(Record):
    """Weeks in which councils do not meet, every year; may run past the end of a year."""

    label: str
    first: DayOfYear
    last: DayOfYear
    status: Literal["sourced", "assumption"]
    source: str


class TermRules(Record):
    """Everything that counting a term needs."""

    extension: Extension
    holidays: Mapping[str, Holiday] = Field(min_length=1)
    equated: tuple[EquatedDay, ...] = ()
    recess: Mapping[str, Recess] = Field(default_factory=dict)
