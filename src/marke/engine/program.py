"""Joint variants compiled to plain arrays for the kernel: the bulk evaluation of what ``trace`` explains."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marke.catalogue import JointVariant
from marke.engine import prices, trace
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.work import local_part, shared_part, volume


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
    allowed: NDArray[np.bool_]
    """(2^n,) coalitions this form admits; the members of another stand apart and cost what they cost alone"""


def compile_variant(case: Case, variant_id: str) -> Program:
    """Fold a joint variant's declaration, prices, VAT, setbacks and one-off cost into coefficients."""
    variant = case.service.joint[variant_id]
    form = case.catalogue.forms[variant.form]
    setback = 1 + case.figure(case.service.disappointment)
    overrun = case.annuity * case.figure(case.common.overrun)
    vat = prices.net_vat_rate(case)
    transition = case.service.one_off.transition_share
    once = overrun * case.figure(transition) if transition else 0.0
    untaxed = setback * (1 + vat * form.vat_on_charge) + once
    taxed = setback * (1 + vat) + once

    post = prices.own_post(case, form.overhead, shifts=variant.seats is not None)
    per_fte = post.total * untaxed + (0.0 if form.vat_on_charge else post.hired * setback * vat)
    if case.service.one_off.recruitment:
        recruits = case.figure(case.common.recruit_share)
        per_fte = per_fte + overrun * recruits * case.figure(case.service.one_off.recruitment)

    own = np.stack(
        [trace.own_of_member(case, variant_id, i).values for i in range(len(case.players))], axis=1
    )
    base = overrun * case.figure(form.preparation) + untaxed * case.figure(form.steering_group)
    member = untaxed * case.figure(form.steering_member)
    if case.service.one_off.transition_member:
        member = member + overrun * case.figure(case.service.one_off.transition_member)

    price, units, power, bought = [], [], [], np.zeros_like(own)
    for line_id in variant.lines:
        line = case.service.lines[line_id]
        if line.borne_by == "member":
            continue
        factor = taxed if line.vat else untaxed
        if line.per == "group":
            base = base + factor * volume(case, line, np.ones(1))
        elif line.per == "member":
            member = member + factor * volume(case, line, np.ones(1))
        else:
            reference = case.reference[line.per]
            list_price = case.figure(line.amount)
            if line.reduction:
                list_price = list_price * (1 - case.figure(line.reduction))
            if line.discount:
                price.append(factor * list_price * reference)
                units.append(case.drivers[line.per] / reference)
                power.append(case.figure(line.discount) - 1)
            else:
                bought = bought + (factor * list_price)[:, None] * case.drivers[line.per]

    fte_once, fte, largest = _workload(case)
    count, players = fte.shape
    return Program(
        base=base,
        linear=own + bought + member[:, None],
        own=own,
        fte_once=fte_once,
        fte=fte,
        largest=np.array(largest).reshape(-1, count, players),
        step=case.figure(case.common.appointment_step),
        least=_least_team(case, variant),
        post=per_fte,
        lead=prices.lead_per_fte(case) * untaxed,
        threshold=case.figure(case.common.lead_threshold),
        price=np.array(price).reshape(-1, count),
        units=np.array(units).reshape(-1, count, players),
        power=np.array(power).reshape(-1, count),
        allowed=np.ones(2**players, np.bool_),
    )


def _workload(case: Case) -> tuple[Floats, Floats, list[Floats]]:
    """Fte done once (D,), fte per member (D, n), and fte that only the largest member adds, each (D, n)."""
    count, players = case.draws.count, len(case.players)
    fte_once, fte = np.zeros(count), np.zeros((count, players))
    largest: list[Floats] = []
    for work in case.service.work.values():
        hours = case.figure(case.effort) * case.figure(work.hours) * (1 - local_part(case, work))
        load = hours / case.figure(case.common.productive_hours)
        once = shared_part(case, work)
        if work.per == "organisation":
            fte_once = fte_once + load * once
            fte = fte + (load * (1 - once))[:, None]
        else:
            fte = fte + (load * (1 - once))[:, None] * case.drivers[work.per]
            if work.shared:
                largest.append((load * once)[:, None] * case.drivers[work.per])
    return fte_once, fte, largest


def _least_team(case: Case, variant: JointVariant) -> Floats:
    team = case.service.team
    least = case.figure(team.minimum_persons) * case.figure(team.minimum_appointment)
    if variant.seats:
        least = np.maximum(least, case.figure(variant.seats) * prices.seat_fte(case))
    return np.asarray(least)
