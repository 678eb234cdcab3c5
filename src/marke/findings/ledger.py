"""The ledger of one service as a finding: its cells in whole euros, with what stands beside them."""

from datetime import date

import numpy as np

from marke.engine.burden import Group, make_group
from marke.engine.draws import Floats
from marke.engine.explore import Explored
from marke.errors import InputError
from marke.findings.groups import codes_of, shares_of
from marke.findings.part import Part
from marke.ledger import (
    Book,
    Bridge,
    Deal,
    ExitCost,
    Worth,
    accounts,
    booked,
    bridges,
    exit_costs,
    form_of,
    leave,
    make_book,
    make_deal,
    today_shares,
    worths,
)
from marke.study import Study


class Booking(Part):
    """Where a municipality books its contribution, and by which rule."""

    economic_category: str
    category_label: str
    task_field: str
    task_field_label: str
    paragraph: str
    known_from: date
    source: str
    note: str


class Incident(Part):
    """What an incident costs a municipality, euro once, and one case beside it with its source."""

    low: float
    mode: float
    high: float
    status: str
    example: float
    example_label: str
    example_source: str


class LedgerFinding(Part):
    """The ledger of one service for one group, form and key; ``names`` are those of ``book.codes``.

    ``bridges``, ``exits`` and ``worths`` have one row per municipality in the same order. A key counts in
    full after ``dampening`` years. ``leavers`` (codes) leave at the end of the year ``after``.
    """

    service: str
    label: str
    variant: str
    form: str
    key: str
    dampening: int
    start: date
    price_year: int
    names: tuple[str, ...]
    book: Book
    bridges: tuple[Bridge, ...]
    exits: tuple[ExitCost, ...]
    exit_rule: str
    worths: tuple[Worth | None, ...]
    incident: Incident
    booking: Booking | None
    leavers: tuple[str, ...] = ()
    after: int | None = None

    def name(self, code: str) -> str:
        """The name of a municipality of the group."""
        return self.names[self.book.codes.index(code)]


def ledger_finding(
    explored: Explored,
    study: Study,
    variant: str,
    members: tuple[int, ...],
    key: str,
    *,
    dampening: int = 0,
    leavers: tuple[int, ...] = (),
    stay: int = 2,
) -> LedgerFinding:
    """Write the ledger of a group in one form under one key.

    ``dampening`` years let contributions grow from what a member bears today to the key's. ``leavers``
    (players) leave after ``stay`` calendar years, that of the start being the first. Raises KeyError for an
    unknown key, and ValueError when fewer than two players join or remain.
    """
    rest = tuple(player for player in members if player not in leavers)
    if len(rest) < 2:
        raise ValueError("a group has at least two players")
    group = make_group(explored.case, variant, members)
    share = _share(explored, group, key)
    today = explored.now.players.mean(axis=0)
    begin = today_shares(today, members)
    deal = make_deal(explored.case, study, group, share, begin=begin, dampening=dampening)
    if leavers:
        smaller = make_group(explored.case, variant, rest)
        after = deal.timeline.start.year + stay - 1
        share = _share(explored, smaller, key)
        deal = leave(deal, leavers, after, smaller, share, today_shares(today, rest))
    return _finding(explored, deal, key)


def _share(explored: Explored, group: Group, key: str) -> Floats:
    share = shares_of(explored, group)[key]
    if np.isnan(share).any():
        raise InputError(
            f"De sleutel '{key}' geeft voor deze groep geen verdeling.", mend="Kies een andere sleutel."
        )
    return share


def _finding(explored: Explored, deal: Deal, key: str) -> LedgerFinding:
    case, phase = deal.case, deal.phases[0]
    variant = phase.full.variant
    written = accounts(deal)
    book = make_book(case.key, deal.timeline.years, written)
    walks = bridges(explored, deal, book)
    return LedgerFinding(
        service=case.key,
        label=case.service.label,
        variant=variant,
        form=case.catalogue.variant_label(case.key, variant),
        key=key,
        dampening=deal.dampening,
        start=deal.timeline.start,
        price_year=deal.timeline.price_year,
        names=tuple(account.name for account in written),
        book=book,
        bridges=walks,
        exits=exit_costs(case, phase.full, phase.shares),
        exit_rule=form_of(case, variant).exit,
        worths=worths(deal, book, walks),
        incident=_incident(deal),
        booking=_booking(deal, case.service.joint[variant].form),
        leavers=codes_of(case, deal.departure.players) if deal.departure else (),
        after=deal.departure.after if deal.departure else None,
    )


def _booking(deal: Deal, form: str) -> Booking | None:
    catalogue = deal.case.catalogue
    row = booked(catalogue.budget, form, deal.study.settings.reference_date)
    if row is None:
        return None
    return Booking(source=catalogue.sources[row.source].title, **row.model_dump(exclude={"form", "source"}))


def _incident(deal: Deal) -> Incident:
    catalogue = deal.case.catalogue
    cost = catalogue.figures[catalogue.ledger.incident_cost]
    example = catalogue.figures[catalogue.ledger.incident_example]
    return Incident(
        low=cost.low,
        mode=cost.mode,
        high=cost.high,
        status=cost.status,
        example=example.mode,
        example_label=example.label,
        example_source=catalogue.sources[example.source].title,
    )
