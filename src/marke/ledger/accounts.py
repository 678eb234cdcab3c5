"""The lines of a ledger over all draws: what one municipality pays for one service, column by column."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from marke.engine.burden import make_group, within_player
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.today import today_cost, today_of, unreleased
from marke.ledger.answers import JOINT, Answers, answers_of, interest_rate, price_index
from marke.ledger.lines import LINES, Deal, Line, Phase, Values, make_phase
from marke.ledger.years import COLUMNS, YEARS
from marke.region import Municipality

_Amounts = dict[Line, Values]


@dataclass(frozen=True)
class Account:
    """One municipality's lines: (D,) euro per column, or None where something is not known."""

    code: str
    name: str
    lines: Mapping[Line, tuple[Values, ...]]


@dataclass(frozen=True)
class _View:
    """The case and its phases under one recoverable share of VAT."""

    case: Case
    phases: tuple[Phase, ...]


@dataclass(frozen=True)
class _Member:
    """A municipality in a deal: its player, its part of the player, its answers and its own view of VAT."""

    municipality: Municipality
    player: int
    part: float
    told: Answers
    own: _View


@dataclass(frozen=True)
class _Spot:
    """A member's place in a phase, in the common view and in its own view of VAT."""

    phase: Phase
    own: Phase
    place: int


def accounts(deal: Deal) -> tuple[Account, ...]:
    """Work out the lines of every municipality that joins at the start, in order of CBS code."""
    shared = _View(deal.case, deal.phases)
    found = []
    for player in deal.phases[0].members:
        parts = within_player(deal.case, player)
        for part, municipality in zip(parts, deal.case.players[player], strict=True):
            told = answers_of(deal.study, deal.case.key, municipality.code)
            own = _own_view(deal, told, shared)
            found.append(_account(deal, _Member(municipality, player, float(part), told, own), shared))
    return tuple(sorted(found, key=lambda account: account.code))


def _own_view(deal: Deal, told: Answers, shared: _View) -> _View:
    """See everything with the municipality's own recoverable share, when it told that."""
    if told.vat_unrecoverable is None:
        return shared
    case = deal.case.with_figure(deal.case.common.recoverable_vat, 1 - told.vat_unrecoverable)
    phases = [
        make_phase(case, make_group(case, p.full.variant, p.members), p.shares, p.begin, p.since)
        for p in deal.phases
    ]
    return _View(case, tuple(phases))


def _account(deal: Deal, member: _Member, shared: _View) -> Account:
    joint_index = price_index(deal.case, deal.study, JOINT)
    own_index = price_index(deal.case, deal.study, member.municipality.code)
    columns = []
    for column in range(COLUMNS):
        amounts: _Amounts = dict.fromkeys(LINES)
        amounts |= _beside(deal, member, column, own_index)
        spot = _spot(deal, member, shared, column)
        if spot is not None:
            amounts |= _joint(deal, member, spot, column, joint_index)
            amounts |= _own(deal, member, spot, column, own_index)
        amounts["one_off", "leaving"] = _leaving(deal, member, column, joint_index)
        columns.append(amounts)
    lines = {line: tuple(amounts[line] for amounts in columns) for line in LINES}
    return Account(member.municipality.code, member.municipality.name, lines)


def _spot(deal: Deal, member: _Member, shared: _View, column: int) -> _Spot | None:
    number = deal.phase_number(column)
    phase = shared.phases[number]
    if member.player not in phase.members:
        return None
    return _Spot(phase, member.own.phases[number], phase.members.index(member.player))


def _joint(deal: Deal, member: _Member, spot: _Spot, column: int, index: Floats) -> _Amounts:
    """The member's part of what is joint: contribution, dampening, VAT, and one-off."""
    time, phase, own = deal.timeline, spot.phase, spot.own
    share = float(phase.shares[spot.place]) * member.part
    still = 1 - time.dampened(column, deal.dampening)
    shift = still * (float(phase.begin[spot.place]) * member.part - share)
    prices, reached = time.prices(column, index), time.reached(column, deal.ramp)
    scale = prices * time.shared(column)
    charge = _ramped(phase.full.charge.values, phase.bare.charge.values, reached) * scale
    vat = _ramped(phase.full.vat.values, phase.bare.vat.values, reached) * scale
    own_vat = _ramped(own.full.vat.values, own.bare.vat.values, reached) * scale
    starts = float(time.starts_in(column))
    return {
        ("structural", "contribution"): share * charge,
        ("structural", "dampening"): shift * charge,
        ("structural", "vat"): (share + shift) * vat,
        ("structural", "vat_difference"): (share + shift) * (own_vat - vat),
        ("one_off", "one_off"): share * starts * phase.full.outlay * prices,
    }


def _ramped(full: Floats, bare: Floats, reached: Floats | float) -> Floats:
    return np.asarray(reached * full + (1 - reached) * bare)


def _leaving(deal: Deal, member: _Member, column: int, index: Floats) -> Floats:
    """What a leaver owes in a column, and what the others receive of it (negative)."""
    nothing = np.zeros(deal.case.draws.count)
    departure = deal.departure
    since = 0 if departure is None else deal.timeline.year(column) - departure.after
    if departure is None or since < 1:
        return nothing
    # the structural column holds what is owed after the last year
    parts = departure.schedule[since:] if column == YEARS else departure.schedule[since - 1 : since]
    before, after = deal.phases[0], deal.phases[-1]
    owed = sum(parts, nothing) * before.full.charge.values * deal.timeline.prices(column, index)
    if member.player in departure.players:
        return np.asarray(before.shares[before.members.index(member.player)] * member.part * owed)
    left = sum(before.shares[before.members.index(player)] for player in departure.players)
    share = after.shares[after.members.index(member.player)] * member.part
    return np.asarray(-share * left * owed)


def _own(deal: Deal, member: _Member, spot: _Spot, column: int, index: Floats) -> _Amounts:
    """What the member pays itself: local work, the client's role, purchases, and what is not released.

    Of all of these, what its own recoverable share of VAT changes is a line of its own.
    """
    zero = np.zeros(deal.case.draws.count)
    scale = deal.timeline.prices(column, index) * deal.timeline.shared(column)
    common, theirs = spot.phase.full.own[spot.place], spot.own.full.own[spot.place]
    named = {step.key: step.values for step in common.parts if step.key in ("local", "client")}
    local, client = named.get("local", zero), named["client"]
    code = member.municipality.code
    remains = kept(deal, deal.case, code, member.told, column)
    difference = member.part * (theirs.values - common.values)
    if member.own.case is not deal.case:
        difference += kept(deal, member.own.case, code, member.told, column) - remains
    return {
        ("structural", "local"): member.part * local * scale,
        ("structural", "client"): member.part * client * scale,
        ("structural", "purchases"): member.part * (common.values - local - client) * scale,
        ("structural", "kept"): remains * scale,
        ("structural", "own_vat_difference"): difference * scale,
        ("structural", "before"): _before(deal, member, column),
        ("structural", "capital"): _capital(deal, member, column),
    }


def _before(deal: Deal, member: _Member, column: int) -> Values:
    """The budget over the months before the start; nothing once the start has passed."""
    months = 1 - deal.timeline.shared(column)
    budgeted = member.told.budgeted[min(column, YEARS - 1)]
    if months and budgeted is None:
        return None
    return np.full(deal.case.draws.count, months * (budgeted or 0.0))


def kept(deal: Deal, case: Case, code: str, told: Answers, column: int) -> Floats:
    """What remains of today's cost of a municipality in a whole year like that of the column, (D,) euro.

    By its own answer for that year, else falling to the estimate; at the price year and the VAT of ``case``.
    """
    found = today_of(case, deal.study, code)
    today = today_cost(case, *found)
    answer = told.released[min(column, YEARS - 1)]
    if answer is not None:
        return today * (1 - answer)
    years = case.draws.of_municipality(case.catalogue.ledger.release_years, code)
    released = today - unreleased(case, *found)
    return np.asarray(today - deal.timeline.released(column, years) * released)


def _beside(deal: Deal, member: _Member, column: int, index: Floats) -> _Amounts:
    """What is never netted: budget, avoided growth, cover, and today's cost over the same months."""
    count, told = deal.case.draws.count, member.told
    budgeted = told.budgeted[min(column, YEARS - 1)]
    own = member.own.case
    today = today_cost(own, *today_of(own, deal.study, member.municipality.code))

    def told_so(amount: float | None) -> Values:
        return None if amount is None else np.full(count, amount)

    return {
        ("memo", "budgeted"): told_so(budgeted),
        ("memo", "avoided"): told_so(told.requested),
        ("memo", "cover"): told_so(told.cover),
        ("memo", "state_money"): told_so(told.state_money),
        ("memo", "now"): today * deal.timeline.prices(column, index) * deal.timeline.shared(column),
    }


def _book_value(deal: Deal, member: _Member) -> Floats:
    """The book value of what the member replaces: its answer, else the service's estimate (none: 0)."""
    if member.told.book_value is not None:
        return np.full(deal.case.draws.count, member.told.book_value)
    once = deal.case.service.one_off
    if once.book_value is None:
        return np.zeros(deal.case.draws.count)
    if once.book_value_per == "member":
        return deal.case.figure(once.book_value) * member.part
    units = deal.case.origins[member.municipality.code, once.book_value_per].values
    return deal.case.figure(once.book_value) * units


def _capital(deal: Deal, member: _Member, column: int) -> Floats:
    """Depreciation and interest on the book value of what is there, linear over its remaining life."""
    code = member.municipality.code
    if column == YEARS:
        return np.zeros(deal.case.draws.count)
    value = _book_value(deal, member)
    life = deal.case.draws.of_municipality(deal.case.catalogue.ledger.asset_life, code)
    remaining = np.clip(1 - column / life, 0, None)
    interest = interest_rate(deal.case, deal.study, code) * remaining
    return np.asarray(value * (np.minimum(1 / life, remaining) + interest) * deal.timeline.shared(column))
