"""Natural moments: dates of councils and budgets for everyone, and of contracts for their owner alone."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from marke.catalogue import Catalogue
from marke.catalogue.intake import OwnMoment
from marke.catalogue.planning import Moment, MomentKind
from marke.decision import Due, explained
from marke.study import Study
from marke.terms import WorkingDays

Kind = MomentKind | OwnMoment | Literal["start", "notice"]

MONTHS_AHEAD = 24
"""How far the calendar looks ahead from the reference date."""


@dataclass(frozen=True)
class Event:
    """A day that matters. ``code`` names the municipality whose own it is: confidential; empty: for everyone.

    ``status`` is that of its source: ``sourced``, ``derived``, ``assumption`` or ``own answer``.
    """

    day: date
    kind: Kind
    label: str
    status: str
    source: str
    note: str = ""
    service: str = ""
    code: str = ""


@dataclass(frozen=True)
class Contract:
    """A running contract: when it ends, how many months before that notice must be given, euro a year.

    ``name`` tells it apart from others of the service; the last two are None when they are not known.
    """

    code: str
    service: str
    name: str
    end: date
    notice_months: float | None
    yearly: float | None

    @property
    def notice(self) -> date | None:
        """The first of the month by which notice must be given; None when the term is not known."""
        return None if self.notice_months is None else months_before(self.end, self.notice_months)


@dataclass(frozen=True)
class Replacement:
    """Something that must be bought anew on a day."""

    code: str
    service: str
    day: date


def months_before(day: date, months: float) -> date:
    """The first day of the month that lies at least ``months`` before ``day``."""
    whole = -int(-months // 1)
    year, month = divmod(day.year * 12 + day.month - 1 - whole, 12)
    return date(year, month + 1, 1)


def next_months(day: date, count: int = MONTHS_AHEAD) -> tuple[date, ...]:
    """The first days of the ``count`` months that follow ``day`` (or begin on it)."""
    first = day.year * 12 + day.month - 1 + (day.day > 1)
    return tuple(date(number // 12, number % 12 + 1, 1) for number in range(first, first + count))


def public_events(study: Study, catalogue: Catalogue, starts: Mapping[str, date]) -> tuple[Event, ...]:
    """The dates of councils, budgets and joint bodies that matter for some form, in order of day.

    ``starts`` has the first day on which each form of the study can start; a term counts back from the first
    of those it is for.
    """
    first, last = study.settings.reference_date, next_months(study.settings.reference_date)[-1]
    wanted = study.settings.wanted_start
    found = {
        _event(
            moment,
            moment.on(year, min(starts[form] for form in moment.forms or starts if form in starts)),
            catalogue,
        )
        for moment in catalogue.calendar.values()
        for year in range(first.year, last.year + 1)
        if not moment.forms or starts.keys() & set(moment.forms)
    }
    begin = Event(wanted, "start", "gewenste start", "own answer", "de studie")
    return tuple(sorted((e for e in (*found, begin) if first <= e.day <= last), key=_order))


def yearly_events(
    catalogue: Catalogue,
    forms: Collection[str],
    first: date,
    last: date,
    own: Mapping[tuple[str, int], date] | None = None,
) -> tuple[Event, ...]:
    """The dates that return every year, from one day to another, for some forms, in order of day.

    ``own`` holds days that a municipality named itself, by moment and year, in the place of those assumed.
    """
    found = []
    for key, moment in catalogue.calendar.items():
        if moment.month is None or (moment.forms and not {*moment.forms} & {*forms}):
            continue
        for year in range(first.year, last.year + 1):
            event = _event(moment, moment.on(year, first), catalogue)
            if (day := (own or {}).get((key, year))) is not None:
                event = replace(event, day=day, status="own answer", source="opgave van de gemeente", note="")
            found.append(event)
    return tuple(sorted((event for event in found if first <= event.day <= last), key=_order))


def due_event(label: str, due: Due, working: WorkingDays) -> Event:
    """The day on which a step of a decision is due."""
    status = "sourced" if due.certain else "derived"
    source = "Algemene termijnenwet" if due.counted else "doorlooptijd uit de catalogus"
    return Event(due.day, "council", label, status, source, note=f"{explained(due, working)}.")


def own_events(
    contracts: Iterable[Contract], replacements: Iterable[Replacement], catalogue: Catalogue, source: str
) -> tuple[Event, ...]:
    """The natural moments of a municipality itself, in order of day.

    They are the ends of its contracts, the days by which to give notice, and its replacements.
    """
    found = []
    for contract in contracts:
        label = f"{catalogue.services[contract.service].short}, {contract.name}"
        ends = _own(contract.end, "contract_end", f"contract loopt af: {label}", source, contract)
        found.append(ends)
        if contract.notice is not None:
            text = f"uiterlijk opzeggen: {label}"
            found.append(replace(ends, day=contract.notice, kind="notice", label=text))
    for each in replacements:
        label = f"aan vervanging toe: {catalogue.services[each.service].short}"
        anew = _own(each.day, "replacement", label, source, each)
        found.append(replace(anew, note="Wie op of voor deze dag instapt, koopt dit misschien niet opnieuw."))
    return tuple(sorted(found, key=_order))


def _event(moment: Moment, day: date, catalogue: Catalogue) -> Event:
    title = catalogue.sources[moment.source].title
    return Event(day, moment.kind, moment.label, moment.status, title, moment.note)


def _own(day: date, kind: Kind, label: str, source: str, of: Contract | Replacement) -> Event:
    return Event(day, kind, label, "own answer", source, service=of.service, code=of.code)


def _order(event: Event) -> tuple[date, str, str]:
    return event.day, event.kind, event.label
