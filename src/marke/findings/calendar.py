"""The calendar as a finding: what everyone may see, and what one municipality sees of itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marke.calendar import (
    Contract,
    Event,
    Month,
    cheapest,
    count_or_none,
    months,
    next_months,
    own_events,
    public_events,
)
from marke.catalogue import Catalogue
from marke.engine.case import Case
from marke.engine.today import today_of
from marke.findings.part import Part
from marke.ledger import timeline_of
from marke.region import Municipality
from marke.study import Study


class JoiningFinding(Part):
    """When joining one service costs least: the first of months, best first.

    ``told`` counts the contracts whose end is known and ``vacancies`` the municipalities with one, both None
    below five. Below five, contracts count for nothing here: then the budget year decides.
    """

    service: str
    label: str
    earliest: date
    months: tuple[date, ...]
    told: int | None
    vacancies: int | None


class CalendarFinding(Part):
    """The dates of councils and budgets in order of day, and per service the months to join."""

    events: tuple[Event, ...]
    joining: tuple[JoiningFinding, ...]


@dataclass(frozen=True)
class OwnMoments:
    """What one municipality sees of its own: its days, and its cheapest months per service."""

    events: tuple[Event, ...]
    months: tuple[tuple[str, tuple[Month, ...]], ...]
    vacancies: tuple[str, ...]


def calendar_finding(cases: Sequence[Case], study: Study, catalogue: Catalogue) -> CalendarFinding:
    """Gather the calendar that may be shown to everyone."""
    starts: dict[str, date] = {}
    for case in cases:
        for variant in case.variants:
            form, start = case.service.joint[variant].form, timeline_of(case, study, variant).start
            starts[form] = min(start, starts.get(form, start))
    return CalendarFinding(
        events=public_events(study, catalogue, starts),
        joining=tuple(_joining(case, study) for case in cases),
    )


def _joining(case: Case, study: Study) -> JoiningFinding:
    contracts = contracts_of(case, study, study.region.municipalities)
    told = count_or_none(len(contracts))
    earliest = earliest_start(case, study)
    shown = contracts if told is not None else ()
    found = months(shown, next_months(earliest))
    vacant = [m for m in study.region.municipalities if study.baseline.value(m.code, f"{case.key}.vacancy")]
    return JoiningFinding(
        service=case.key,
        label=case.service.label,
        earliest=earliest,
        months=tuple(month.first for month in cheapest(found, earliest)),
        told=told,
        vacancies=count_or_none(len(vacant)),
    )


def own_moments(
    cases: Sequence[Case], study: Study, catalogue: Catalogue, municipality: Municipality
) -> OwnMoments:
    """Gather what one municipality may see of its own contracts and vacancies."""
    contracts = [contract for case in cases for contract in contracts_of(case, study, [municipality])]
    found = []
    for case in cases:
        earliest = earliest_start(case, study)
        own = [contract for contract in contracts if contract.service == case.key]
        found.append((case.key, cheapest(months(own, next_months(earliest)), earliest)))
    vacant = [case.key for case in cases if study.baseline.value(municipality.code, f"{case.key}.vacancy")]
    source = f"opgave gemeente {municipality.name}"
    return OwnMoments(own_events(contracts, catalogue, source), tuple(found), tuple(vacant))


def contracts_of(case: Case, study: Study, municipalities: Sequence[Municipality]) -> tuple[Contract, ...]:
    """The contracts of one service whose end a municipality told, with what it spends outside a year."""
    found = []
    for m in municipalities:
        end = study.baseline.day(m.code, f"{case.key}.contract_end")
        if end is not None:
            _, spend = today_of(case, study, m.code)
            notice = study.baseline.value(m.code, f"{case.key}.notice_months")
            found.append(Contract(m.code, case.key, end, notice, float(spend.values.mean())))
    return tuple(found)


def earliest_start(case: Case, study: Study) -> date:
    """The first month in which a service can start in its quickest form."""
    return min(timeline_of(case, study, variant).start for variant in case.variants)
