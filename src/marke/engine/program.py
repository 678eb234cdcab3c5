"""Joint variants compiled to plain arrays for the kernel: the bulk evaluation of what ``trace`` explains."""

from dataclasses import dataclass

import numpy as np

from marke.catalogue import JointVariant
from marke.engine import prices, trace
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.work import joint_rates, list_price


@dataclass(frozen=True)
class Program:
    """One joint variant as arrays; D draws, n players, K largest-member terms, J volume terms.

    cost(S) = base + sum of linear + team(S) * (post + lead if team(S) >= threshold)
              + sum over j of price_j X_j (max(X_j, 1))^power_j,  X_j in units of the reference
    team(S) = max(step * ceil((fte_once + sum of fte + sum over k of max of largest_k) / step - 1e-9), least)
    """

    base: Floats
    """(D,) euro"""
    linear: Floats
    """(D, n) euro per member"""
    own: Floats
    """(D, n) euro per member that it bears itself (part of linear)"""
    fte_once: Floats
    """(D,) fte"""
    fte: Floats
    """(D, n) fte per member"""
    largest: Floats
    """(K, D, n) fte"""
    step: Floats
    least: Floats
    post: Floats
    lead: Floats
    threshold: Floats
    """(D,) each"""
    price: Floats
    """(J, D) euro per reference volume"""
    units: Floats
    """(J, D, n) in units of the reference volume"""
    power: Floats
    """(J, D) exponent - 1"""


@dataclass(frozen=True)
class _Factors:
    """What one euro of joint cost comes to in A(S), with setbacks, VAT and one-off cost: (D,) each."""

    untaxed: Floats
    taxed: Floats
    overrun: Floats
    """per euro of one-off cost that may overrun"""


def _factors(case: Case, variant: JointVariant) -> _Factors:
    once = case.service.one_off
    overrun = case.annuity * case.figure(case.common.overrun)
    yearly: Floats | float = 0.0
    if once.transition_share:
        yearly = yearly + case.figure(once.transition_share)
    if once.double_months and once.double_share:
        yearly = yearly + case.figure(once.double_months) / 12 * case.figure(once.double_share)
    setback = 1 + case.figure(case.service.disappointment)
    vat = prices.net_vat_rate(case)
    on_all = case.catalogue.forms[variant.form].vat_on_charge
    return _Factors(
        untaxed=setback * (1 + vat * on_all) + overrun * yearly,
        taxed=setback * (1 + vat) + overrun * yearly,
        overrun=overrun,
    )


def compile_variant(case: Case, variant_id: str) -> Program:
    """Fold a joint variant's declaration, prices, VAT, setbacks and one-off cost into coefficients."""
    variant = case.service.joint[variant_id]
    factors = _factors(case, variant)
    own = np.stack(
        [trace.own_of_member(case, variant_id, i).values for i in range(len(case.players))], axis=1
    )
    base, linear = _fixed(case, variant_id, factors)
    price, units, power = [], [], []
    for line_id in variant.lines:
        line = case.service.lines[line_id]
        if line.borne_by == "member":
            continue
        amount = (factors.taxed if line.vat else factors.untaxed) * list_price(case, line_id, variant.terms)
        if line.per == "group":
            base = base + amount
        elif line.per == "member":
            linear = linear + amount[:, None]
        elif not line.discount:
            linear = linear + amount[:, None] * case.drivers[line.per]
        else:
            reference = case.reference[line.per]
            price.append(amount * reference)
            units.append(case.drivers[line.per] / reference)
            power.append(case.figure(line.discount) - 1)

    fte_once, fte, largest = _workload(case)
    count, players = fte.shape
    return Program(
        base=base,
        linear=own + linear,
        own=own,
        fte_once=fte_once,
        fte=fte,
        largest=np.array(largest).reshape(-1, count, players),
        step=case.figure(case.common.appointment_step),
        least=_least_team(case, variant),
        post=_per_fte(case, variant, factors),
        lead=prices.lead_per_fte(case) * factors.untaxed,
        threshold=case.figure(case.common.lead_threshold),
        price=np.array(price).reshape(-1, count),
        units=np.array(units).reshape(-1, count, players),
        power=np.array(power).reshape(-1, count),
    )


def _per_fte(case: Case, variant: JointVariant, factors: _Factors) -> Floats:
    """Euro per fte of the team: the post, VAT on what is hired where not on all, and recruitment."""
    form = case.catalogue.forms[variant.form]
    post = prices.own_post(case, form.overhead, shifts=variant.seats is not None)
    per_fte = post.total * factors.untaxed + post.hired * (factors.taxed - factors.untaxed)
    if case.service.one_off.recruitment:
        recruits = case.figure(case.common.recruit_share)
        per_fte = per_fte + factors.overrun * recruits * case.figure(case.service.one_off.recruitment)
    return per_fte


def _fixed(case: Case, variant_id: str, factors: _Factors) -> tuple[Floats, Floats]:
    """What does not depend on lines or staff: (D,) euro for the group, (D, n) per member."""
    once = case.service.one_off
    form = case.catalogue.forms[case.service.joint[variant_id].form]
    group, member = (factors.untaxed * case.figure(figure) for figure in case.steering(variant_id))
    group = group + factors.overrun * case.figure(form.preparation)
    if once.transition_group:
        group = group + factors.overrun * case.figure(once.transition_group)
    if once.transition_member:
        member = member + factors.overrun * case.figure(once.transition_member)
    linear = np.repeat(member[:, None], len(case.players), axis=1)
    if once.book_value:
        per = once.book_value_per
        units = 1.0 if per == "member" else case.drivers[per]
        linear = linear + case.annuity * case.figure(once.book_value)[:, None] * units
    return group, linear


def _workload(case: Case) -> tuple[Floats, Floats, list[Floats]]:
    """Fte done once (D,), fte per member (D, n), and fte that only the largest member adds, each (D, n)."""
    count, players = case.draws.count, len(case.players)
    fte_once, fte = np.zeros(count), np.zeros((count, players))
    largest: list[Floats] = []
    productive = case.figure(case.common.productive_hours)
    for work in case.service.work.values():
        each, once = (hours / productive for hours in joint_rates(case, work))
        if work.per == "organisation":
            fte_once = fte_once + once
            fte = fte + each[:, None]
        else:
            fte = fte + each[:, None] * case.drivers[work.per]
            if work.shared or work.joint_hours:
                largest.append(once[:, None] * case.drivers[work.per])
    return fte_once, fte, largest


def _least_team(case: Case, variant: JointVariant) -> Floats:
    least = case.figure(case.persons) * case.figure(case.service.team.minimum_appointment)
    if variant.seats:
        least = np.maximum(least, case.figure(variant.seats) * prices.seat_fte(case))
    return np.asarray(least)
