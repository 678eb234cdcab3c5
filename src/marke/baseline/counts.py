"""What a region may know of confidential answers: how many municipalities, told from five on."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import get_args

from marke.baseline.model import Baseline
from marke.catalogue.intake import OwnMoment, moments_of
from marke.catalogue.schema import Catalogue
from marke.errors import InputError
from marke.files import read_text

FEWEST = 5
"""Something about single municipalities is told to others only as a count of at least this many."""

COLUMNS = ("dienst", "wat", "maand", "gemeenten")
VACANCY, MANDATE = "vacancy", "mandate"

Key = tuple[str, str, date | None]
"""A service, what is counted, and the first of a month; without a month: all who told it."""


@dataclass(frozen=True)
class Counts:
    """Numbers of municipalities, each at least five; what is below that is not there.

    Of a contract end they tell whose contracts still run on the first of a month, of a replacement who still
    has one ahead then.
    """

    numbers: Mapping[Key, int] = field(default_factory=dict)

    def of(self, service: str, what: str, month: date | None = None) -> int | None:
        """Return how many municipalities; None below five."""
        return self.numbers.get((service, what, month))


def count_moments(baseline: Baseline, catalogue: Catalogue, firsts: Sequence[date]) -> Counts:
    """Count vacancies, mandates, and by first of a month contracts and replacements, of municipalities."""
    return Counts({key: number for key, number in _counted(baseline, catalogue, firsts) if number >= FEWEST})


def _counted(baseline: Baseline, catalogue: Catalogue, firsts: Sequence[date]) -> Iterator[tuple[Key, int]]:
    codes = sorted({code for code, _ in baseline.answers})
    for service in catalogue.services:
        for what, told in ((VACANCY, baseline.value), (MANDATE, baseline.yes)):
            yield (service, what, None), sum(bool(told(c, f"{service}.{what}")) for c in codes)
        for kind in get_args(OwnMoment):
            last = _last_days(baseline, catalogue, service, kind)
            yield (service, kind, None), len(last)
            for first in firsts:
                yield (service, kind, first), sum(lies_ahead(kind, day, first) for day in last)


def lies_ahead(kind: OwnMoment, day: date, first: date) -> bool:
    """Whether a contract still runs on ``first``, or a replacement can still be avoided by joining then."""
    return day > first if kind == "contract_end" else day >= first


def _last_days(baseline: Baseline, catalogue: Catalogue, service: str, kind: OwnMoment) -> list[date]:
    """Return for every municipality that told one the last of its days of a kind."""
    days: dict[str, date] = {}
    asked = {question.id for question in moments_of(catalogue, service, kind)}
    for code, question in baseline.answers:
        day = baseline.day(code, question) if question in asked else None
        if day is not None:
            days[code] = max(day, days.get(code, day))
    return list(days.values())


def counts_text(counts: Counts) -> str:
    """Write counts as csv, in order."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    rows = [
        (s, what, month.isoformat() if month else "", n) for (s, what, month), n in counts.numbers.items()
    ]
    writer.writerows(sorted(rows))
    return text.getvalue()


def read_counts(path: Path) -> Counts:
    """Read counts as they were written; raises InputError for anything else."""
    try:
        rows = [*csv.reader(io.StringIO(read_text(path)), delimiter=";", strict=True)]
        numbers = {
            (service, what, date.fromisoformat(month) if month else None): int(number)
            for service, what, month, number in rows[1:]
        }
    except (csv.Error, ValueError):
        raise InputError(
            "Deze tellingen zijn beschadigd.", where=str(path), mend="Maak de run opnieuw."
        ) from None
    return Counts(numbers)
