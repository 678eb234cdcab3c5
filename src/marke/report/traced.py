"""Every number on the page links to what it was made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from marke.dutch import (
    CRITERIA_NOUNS,
    GATES,
    GROUNDS,
    KEYS_SHORT,
    MOTION_ATTRACTIVE,
    MOTION_FEASIBLE,
    OUTCOMES,
    VERDICTS,
    day,
    number,
    supported,
    supported_band,
)
from marke.findings.model import Findings, ServiceFinding
from marke.findings.part import Amount, By, Part
from marke.findings.statements import Statement, places, stated

WORDS = {
    **CRITERIA_NOUNS,
    **KEYS_SHORT,
    **MOTION_ATTRACTIVE,
    **MOTION_FEASIBLE,
    **VERDICTS,
    **OUTCOMES,
    **GROUNDS,
    **GATES,
}
"""Choices in Dutch."""


def value_of(each: Statement) -> str:
    """Format what a statement states, with the digits that its standard error supports where it has one."""
    error = getattr(each.holder, f"{each.field}_error", None)
    return shown(each.value if error is None else supported(each.value, error))


def shown(value: object) -> str:
    """Format the value of a statement, whatever it is."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, Amount):
        mean = supported(value.mean, value.error)
        low, high = supported_band(value.p10, value.p90)
        return f"{number(mean)} (P10 {number(low)}, P90 {number(high)})"
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, str):
        return WORDS.get(value, value)
    if isinstance(value, tuple):
        return _listed(value)
    return "onbekend" if value is None else "een tabel"


def _listed(values: tuple[object, ...]) -> str:
    told = [shown(value) for value in values]
    return "een tabel" if "een tabel" in told else f"({'; '.join(told)})"


@dataclass
class Row:
    """A kind of statement: one of its names and what that states, its formula, and what it was made of.

    ``count`` is how many of its kind the page links; ``of`` the anchor and the name of what it was made of.
    ``lines`` is true where the command line tells it line by line, down to work and figures.
    """

    anchor: str
    name: str
    value: str
    formula: str
    of: tuple[tuple[str, str], ...]
    lines: bool
    count: int = 0


class Traced:
    """The numbers of one page that are linked, by kind, with what they were made of."""

    def __init__(self, findings: Findings) -> None:
        self._around = {id(around[-1][1]): around for around in places(findings)}
        self._rows: dict[str, dict[str, Row]] = {}

    def link(self, part: Part, field: str) -> tuple[str, str]:
        """Give the anchor and the name of a statement, by the part that holds it and its field."""
        (each,) = stated(self._around[id(part)], field)
        row = self._row(each)
        row.count += 1
        return row.anchor, each.address

    def _row(self, each: Statement) -> Row:
        """The row of a statement's kind, made with the rows of what it was made of when it is new."""
        service = next((part.key for _, part in each.around if isinstance(part, ServiceFinding)), "")
        rows = self._rows.setdefault(service, {})
        anchor = f"feit-{service}-{type(each.holder).__name__}-{each.field}"
        if anchor not in rows:
            lines = isinstance(each.rule, By) and bool(each.rule.step)
            rows[anchor] = Row(anchor, each.address, value_of(each), each.rule.formula, (), lines)
            made = {row.anchor: row.name for row in map(self._row, each.made_of())}
            rows[anchor].of = tuple((key, name.removeprefix(f"{service}.")) for key, name in made.items())
        return rows[anchor]

    def rows(self, service: str) -> Iterable[Row]:
        """All kinds that are linked of a service, or ("") beside the services."""
        return self._rows.get(service, {}).values()
