"""The ledger of one service written for a group, form and key."""

import numpy as np

from marke.catalogue.forms import booked
from marke.engine.burden import Group, make_group
from marke.engine.draws import Floats
from marke.engine.explore import Explored
from marke.findings.booked import Booking, Incident, LedgerFinding
from marke.findings.groups import codes_of, shares_of
from marke.ledger import (
    Deal,
    accounts,
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


class UndefinedKeyError(ValueError):
    """A key that does not exist for a group, such as percentages that name none of its members."""


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
    unknown key, UndefinedKeyError for one that this group cannot be divided by, and ValueError when fewer
    than two players join or remain.
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
        raise UndefinedKeyError(key)
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
