"""What an hour and a full-time post cost, in every way of staffing. All values have shape (D,)."""

from dataclasses import dataclass

import numpy as np

from marke.engine.case import Case, once
from marke.engine.draws import Floats

HOURS_IN_A_YEAR = 8760


@dataclass(frozen=True)
class Post:
    """Yearly cost of one fte: ``total`` euro, of which ``hired`` euro is invoiced with VAT."""

    total: Floats
    hired: Floats
    figures: tuple[str, ...]


def employer_cost(case: Case, scale: str) -> Floats:
    """12 x monthly salary x (1 + IKB) x (1 + employer charges), euro per fte per year.

    A scale between two whole scales is interpolated.
    """
    common = case.common
    months = np.stack([case.figure(figure) for figure in common.scales.values()])
    position = np.clip(case.figure(scale) - min(common.scales), 0, len(months) - 1)
    lower = np.minimum(position.astype(np.intp), len(months) - 2)
    draw = np.arange(case.draws.count)
    weight = position - lower
    month = (1 - weight) * months[lower, draw] + weight * months[lower + 1, draw]
    return np.asarray(
        12
        * month
        * (1 + case.figure(common.individual_choice_budget))
        * (1 + case.figure(common.employer_charges))
    )


def wage_figures(case: Case, scale: str) -> tuple[str, ...]:
    """Name the figures behind the employer's cost of a scale: the whole scales around it, and the charges."""
    common, grade = case.common, case.catalogue.figures[scale]
    around = [figure for whole, figure in common.scales.items() if grade.low - 1 < whole < grade.high + 1]
    return (scale, *around, common.individual_choice_budget, common.employer_charges)


def _wage(case: Case, *, shifts: bool) -> tuple[Floats, tuple[str, ...]]:
    wage, figures = employer_cost(case, case.service.scale), wage_figures(case, case.service.scale)
    if not shifts:
        return wage, figures
    allowance = case.common.shift_allowance
    return wage * (1 + case.figure(allowance)), (*figures, allowance)


@once
def own_post(case: Case, overhead: str, *, shifts: bool) -> Post:
    """A post of own people, part of whose hours is filled by hire at a premium, with marginal overhead."""
    common = case.common
    wage, figures = _wage(case, shifts=shifts)
    share, premium = case.figure(common.hire_share), case.figure(common.hire_premium)
    hired = wage * share * premium
    total = wage * (1 - share) + hired + case.figure(overhead)
    return Post(total, hired, (*figures, common.hire_share, common.hire_premium, overhead))


def hired_post(case: Case, *, shifts: bool) -> Post:
    """A post that is hired whole, with the marginal overhead of an own one."""
    common = case.common
    wage, figures = _wage(case, shifts=shifts)
    hired = wage * case.figure(common.hire_premium)
    total = hired + case.figure(common.overhead_own)
    return Post(total, hired, (*figures, common.hire_premium, common.overhead_own))


@once
def lead_per_fte(case: Case) -> Floats:
    """Cost of team leading per fte of a team above the threshold, euro per fte per year."""
    return employer_cost(case, case.common.lead_scale) / case.figure(case.common.lead_span)


def seat_fte(case: Case) -> Floats:
    """Posts needed for one seat manned round the clock, fte."""
    return HOURS_IN_A_YEAR / case.figure(case.common.productive_hours)


@once
def own_hour(case: Case) -> tuple[Floats, tuple[str, ...]]:
    """One productive hour of a municipality's own people, euro with net VAT on what is hired; its figures."""
    common = case.common
    post = own_post(case, common.overhead_own, shifts=False)
    hour = (post.total + net_vat_rate(case) * post.hired) / case.figure(common.productive_hours)
    return hour, (*post.figures, common.recoverable_vat, common.productive_hours)


def net_vat_rate(case: Case) -> Floats:
    """The part of the price that VAT adds after compensation and deduction."""
    return case.vat_rate * (1 - case.figure(case.common.recoverable_vat))
