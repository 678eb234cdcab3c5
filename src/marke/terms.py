"""Terms of the law, counted by the Algemene termijnenwet (Atw) from dated data.

A term begins on the day after something happened. In weeks it ends on the same day of the week, in months
on the day with the same number (or the last day of a shorter month). Article 1, 2 and 4 of the act then
extend it; what is counted back is never extended (article 1, second paragraph).
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, get_args

from marke.catalogue.rules import Rule
from marke.catalogue.terms import Recess, TermRules, TermUnit

DAY: Final = timedelta(days=1)
DAYS_A_MONTH: Final = 365.25 / 12
YEAR: Final = 12
UNITS: Final[tuple[TermUnit, ...]] = get_args(TermUnit)
_WEEKEND = {5: "zaterdag", 6: "zondag"}


@dataclass(frozen=True)
class Term:
    """A length of time as an act writes it; ``length`` is at least 1."""

    length: int
    unit: TermUnit

    def __str__(self) -> str:
        one = {"dagen": "dag", "weken": "week", "maanden": "maand", "jaren": "jaar"}
        return f"{self.length} {one[self.unit] if self.length == 1 else self.unit}"

    def after(self, day: date) -> date:
        """The last day when it begins on the day after ``day``, before any extension."""
        return _shifted(day, self.length, self.unit)

    def before(self, day: date) -> date:
        """The day from which it must run to end on ``day``: counted back, so never extended."""
        return _shifted(day, -self.length, self.unit)


@dataclass(frozen=True)
class Counted:
    """The last day of a term; ``due`` is that day, ``unextended`` what it would have been without the Atw."""

    begun: date
    term: Term
    unextended: date
    due: date

    @property
    def extended(self) -> bool:
        """Whether the act moved the last day."""
        return self.due != self.unextended


@dataclass(frozen=True)
class Span:
    """Days from ``first`` to ``last``, both included, with what they are called."""

    first: date
    last: date
    label: str

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


def term_of(rule: Rule) -> Term | None:
    """The term that a dated rule sets; None for a rule that sets none."""
    unit = next((unit for unit in UNITS if unit == rule.unit), None)
    return None if rule.value is None or unit is None else Term(round(rule.value), unit)


@dataclass(frozen=True)
class WorkingDays:
    """Which days count as working days for the act, by dated data."""

    rules: TermRules

    def free(self, day: date) -> str:
        """Why a day is no working day: its name; empty for a working day."""
        return _WEEKEND.get(day.weekday(), "") or dict(_holidays(self.rules, day.year)).get(day, "")

    def last_day(self, term: Term, begun: date) -> Counted:
        """Count a term of an act that runs from the day after ``begun``."""
        due = unextended = term.after(begun)
        act = self.rules.extension
        if begun >= act.in_force_from and term.length <= act.longest.get(term.unit, 0):
            least = act.working_days if (due - begun).days >= act.least_days else 0
            while self.free(due) or self._working(begun, due) < least:
                due += DAY
        return Counted(begun, term, unextended, due)

    def usable(self, after: date, due: date, recess: Iterable[Span]) -> date | None:
        """The last working day after one day and up to another that lies in no recess; None without one."""
        closed = tuple(recess)
        while due > after:
            if not self.free(due) and not any(span.holds(due) for span in closed):
                return due
            due -= DAY
        return None

    def _working(self, begun: date, due: date) -> int:
        """How many working days there are after one day and up to another."""
        return sum(not self.free(begun + DAY * count) for count in range(1, (due - begun).days + 1))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, 1991, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), (i, k) = divmod(b, 4), divmod(c, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    moon = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * moon) // 451
    month, day = divmod(h + moon - 7 * m + 114, 31)
    return date(year, month, day + 1)


def recess_days(recess: Mapping[str, Recess], first: date, last: date) -> tuple[Span, ...]:
    """The spans of a yearly recess that touch the days between two dates."""
    found = []
    for each in recess.values():
        for year in range(first.year - 1, last.year + 1):
            begin = each.first.on(year)
            end = each.last.on(year if each.last.on(year) >= begin else year + 1)
            if begin <= last and end >= first:
                found.append(Span(begin, end, each.label))
    return tuple(sorted(found, key=lambda span: span.first))


def _holidays(rules: TermRules, year: int) -> Iterator[tuple[date, str]]:
    for holiday in rules.holidays.values():
        if holiday.fixed is not None:
            day = holiday.fixed.on(year)
        else:
            day = easter(year) + DAY * (holiday.easter or 0)
        if holiday.before_sunday and day.weekday() == 6:
            day -= DAY
        if day >= holiday.in_force_from:
            yield day, holiday.label
    for equated in rules.equated:
        if equated.day.year == year:
            yield equated.day, "gelijkgesteld met een feestdag"


def _shifted(day: date, length: int, unit: TermUnit) -> date:
    if unit in ("dagen", "weken"):
        return day + DAY * length * (7 if unit == "weken" else 1)
    months = day.year * YEAR + day.month - 1 + length * (YEAR if unit == "jaren" else 1)
    year, month = divmod(months, YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
