"""The calendar as a finding: what everyone may see, and what one municipality sees of itself."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated

from marke.baseline import Counts
from marke.calendar import (
    Contract,
    Event,
    Month,
    Replacement,
    cheapest,
    months,
    next_months,
    own_events,
    public_events,
)
from marke.catalogue import Catalogue
from marke.catalogue.intake import OwnMoment, Question, moments_of
from marke.engine.case import Case
from marke.engine.today import today_of
from marke.findings.part import By, Given, Part
from marke.ledger import timeline_of
from marke.region import Municipality
from marke.study import Study

SPENT = "spend"
"""All that is spent outside: what the largest contract costs, as long as no other of its service is told."""


class JoiningFinding(Part):
    """When joining one service costs least: the first of months, best first.

    ``told`` counts the municipalities of which the end of a contract is known, ``vacancies`` those with one,
    and ``replacements`` those that must buy something anew; each None below five. Below five, they count for
    nothing here: then the budget year decides.
    """

    service: str
    label: str
    earliest: Annotated[date, By("peildatum + kortste doorlooptijd van een vorm", "study.reference_date")]
    months: Annotated[tuple[date, ...], By("de goedkoopste maanden om te beginnen", "earliest", "events")]
    told: Annotated[int | None, Given("de nulmeting, vanaf vijf gemeenten")]
    vacancies: Annotated[int | None, Given("de nulmeting, vanaf vijf gemeenten")]
    replacements: Annotated[int | None, Given("de nulmeting, vanaf vijf gemeenten")]


class OwnMonths(Part):
    """One service as a municipality sees it for itself: its cheapest months, best first.

    ``known`` counts the contracts and replacements that it told.
    """

    service: str
    label: str
    months: Annotated[tuple[Month, ...], By("de maanden met de minste dubbele kosten", "known", "events")]
    known: Annotated[int, Given("de eigen opgave, geteld")]
    vacancy: Annotated[bool, Given("de eigen opgave")]


class OwnMoments(Part):
    """What one municipality (CBS code) sees of its own: its days, and its cheapest months per service."""

    code: str
    events: Annotated[tuple[Event, ...], Given("de eigen opgave")]
    joining: tuple[OwnMonths, ...]


class CalendarFinding(Part):
    """The dates of councils and budgets in order of day, and per service the months to join.

    ``own`` is there in a run that is for one municipality alone.
    """

    events: Annotated[tuple[Event, ...], Given("de studie en de catalogus")]
    joining: tuple[JoiningFinding, ...]
    own: OwnMoments | None = None


def calendar_finding(cases: Sequence[Case], study: Study, catalogue: Catalogue) -> CalendarFinding:
    """Gather the calendar: for everyone, and for the municipality that the run is for."""
    starts: dict[str, date] = {}
    for case in cases:
        for variant in case.variants:
            form, start = case.service.joint[variant].form, timeline_of(case, study, variant).start
            starts[form] = min(start, starts.get(form, start))
    return CalendarFinding(
        events=public_events(study, catalogue, starts),
        joining=tuple(_joining(case, study) for case in cases),
        own=_own(cases, study, catalogue, study.viewer) if study.viewer else None,
    )


def _joining(case: Case, study: Study) -> JoiningFinding:
    counts, earliest = study.counts, earliest_start(case, study)
    found = [_counted(counts, case.key, first) for first in next_months(earliest)]
    return JoiningFinding(
        service=case.key,
        label=case.service.label,
        earliest=earliest,
        months=tuple(month.first for month in cheapest(found, earliest)),
        told=counts.of(case.key, "contract_end"),
        vacancies=counts.of(case.key, "vacancy"),
        replacements=counts.of(case.key, "replacement"),
    )


def _counted(counts: Counts, service: str, first: date) -> Month:
    """A month by counts alone: what fewer than five municipalities have, counts for nothing."""
    running, avoided = (counts.of(service, what, first) or 0 for what in ("contract_end", "replacement"))
    return Month(first, running=running, avoided=avoided)


def _own(cases: Sequence[Case], study: Study, catalogue: Catalogue, municipality: Municipality) -> OwnMoments:
    """Gather what one municipality may see of its own contracts, replacements and vacancies."""
    code, contracts, replacements, found = municipality.code, [], [], []
    for case in cases:
        running, anew = [*_contracts(case, study, code)], [*_replacements(case, study, code)]
        earliest = earliest_start(case, study)
        best = cheapest(months(running, anew, next_months(earliest)), earliest)
        vacant = bool(study.baseline.value(code, f"{case.key}.vacancy"))
        found.append(
            OwnMonths(
                service=case.key,
                label=case.service.label,
                months=best,
                known=len(running) + len(anew),
                vacancy=vacant,
            )
        )
        contracts += running
        replacements += anew
    source = f"opgave gemeente {municipality.name}"
    events = own_events(contracts, replacements, catalogue, source)
    return OwnMoments(code=code, events=events, joining=tuple(found))


def _contracts(case: Case, study: Study, code: str) -> Iterator[Contract]:
    """The contracts of one service whose end a municipality told, with what they cost a year."""
    days = tuple(_days(case, study, code, "contract_end"))
    for question, end in days:
        natural = question.part.moment
        assert natural is not None  # noqa: S101  # else it were no moment
        notice = study.baseline.value(code, f"{case.key}.{natural.notice}")
        yearly = study.baseline.value(code, f"{case.key}.{natural.amount}")
        if natural.amount == SPENT:
            yearly = float(today_of(case, study, code)[1].values.mean()) if len(days) == 1 else None
        name = question.part.label.partition(":")[0]
        yield Contract(code, case.key, name, end, notice, yearly)


def _replacements(case: Case, study: Study, code: str) -> Iterator[Replacement]:
    for _, day in _days(case, study, code, "replacement"):
        yield Replacement(code, case.key, day)


def _days(case: Case, study: Study, code: str, kind: OwnMoment) -> Iterator[tuple[Question, date]]:
    for question in moments_of(case.catalogue, case.key, kind):
        day = study.baseline.day(code, question.id)
        if day is not None:
            yield question, day


def earliest_start(case: Case, study: Study) -> date:
    """The first month in which a service can start in its quickest form."""
    return min(timeline_of(case, study, variant).start for variant in case.variants)
