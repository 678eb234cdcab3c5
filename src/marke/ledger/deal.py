"""From a group and a division to a deal: when it starts, how its benefits grow, and who leaves later."""

from dataclasses import replace
from datetime import date

from marke.catalogue import Form
from marke.engine.burden import Group
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.ledger.lines import Deal, Departure, make_phase
from marke.ledger.years import Timeline, add_months, budget_year
from marke.study import Study


def form_of(case: Case, variant: str) -> Form:
    """The form of a joint variant."""
    return case.catalogue.forms[case.service.joint[variant].form]


def timeline_of(case: Case, study: Study, variant: str) -> Timeline:
    """The budget years, and the start: the wanted one, or later when the form takes longer (its mode).

    A start never lies before the budget year, whose years are those of the multi-year budget that stands on
    the reference date.
    """
    settings = study.settings
    settled = case.catalogue.calendar["programme_budget"].on(
        settings.reference_date.year, settings.wanted_start
    )
    first = budget_year(settings.reference_date, settled)
    months = case.catalogue.figures[form_of(case, variant).months].mode
    start = max(
        add_months(settings.wanted_start, 0), add_months(settings.reference_date, months), date(first, 1, 1)
    )
    return Timeline(first, start, settings.price_year)


def make_deal(
    case: Case, study: Study, group: Group, shares: Floats, *, begin: Floats, dampening: int = 0
) -> Deal:
    """Make a deal of a group that divides what is joint by ``shares`` (p,), from the start on.

    With ``dampening`` years, contributions move in that time from ``begin`` (p,) to the shares.
    """
    ramp = tuple(case.figure(figure) for figure in form_of(case, group.variant).ramp)
    phase = make_phase(case, group, shares, begin)
    return Deal(case, study, timeline_of(case, study, group.variant), ramp, (phase,), dampening)


def leave(
    deal: Deal, players: tuple[int, ...], after: int, rest: Group, shares: Floats, begin: Floats
) -> Deal:
    """Let players leave a deal at the end of the year ``after``; the ``rest`` divides anew by ``shares``.

    The leavers owe what the case law grants where nothing was arranged, and the others receive it.
    """
    case = deal.case
    schedule = tuple(case.figure(figure) for figure in case.catalogue.ledger.case_law)
    phase = make_phase(case, rest, shares, begin, since=after + 1)
    return replace(deal, phases=(*deal.phases, phase), departure=Departure(players, after, schedule))
