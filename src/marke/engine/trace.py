"""The cost of one coalition, line by line: the readable evaluation of what the kernel computes in bulk.

Every amount is in euro of the price year, excluding VAT unless named otherwise, per year unless one-off, and
has shape (D,). ``docs/model.md`` states the same equations.
"""

from collections.abc import Sequence

import numpy as np

from marke.catalogue import AloneVariant
from marke.catalogue.schema import Terms
from marke.engine import prices
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.step import Members, Step, scaled, total
from marke.engine.work import driver_step, line_step, work_alone, work_joint

ONCE = "EUR eenmalig"


def team_alone(case: Case, variant: AloneVariant, player: int) -> Step:
    """Posts that one player needs on its own, fte; work that is bought counts as the same number of posts."""
    hours = total(
        "hours", "uren", [work_alone(case, w, player) for w in case.service.work.values()], "uur/jaar"
    )
    productive = case.common.productive_hours
    values = hours.values / case.figure(productive)
    formula = "uren / productieve uren"
    figures: tuple[str, ...] = (productive,)
    if variant.seats:
        values = np.maximum(values, case.figure(variant.seats) * prices.seat_fte(case))
        formula = "max(uren / productieve uren, plaatsen × 8.760 / productieve uren)"
        figures = (productive, variant.seats)
    return Step("formatie", values, "fte", formula, (hours,), figures, "team")


def _lead(case: Case, team: Step) -> Step:
    threshold = case.common.lead_threshold
    needed = team.values >= case.figure(threshold)
    return Step(
        "teamleiding",
        np.where(needed, team.values * prices.lead_per_fte(case), 0.0),
        "EUR/jaar",
        "fte / span × kosten teamleider, vanaf de drempel",
        (),
        (threshold, case.common.lead_span, *prices.wage_figures(case, case.common.lead_scale)),
        "lead",
    )


def _vat(case: Case, base: Floats, label: str, formula: str) -> Step:
    return Step(
        label,
        base * prices.net_vat_rate(case),
        "EUR/jaar",
        f"{formula} × btw-tarief × (1 − deel dat terugkomt)",
        (),
        (case.common.recoverable_vat,),
        "vat",
    )


def _purchases(
    case: Case, lines: Sequence[str], members: Members, terms: Terms | None
) -> tuple[list[Step], list[Step], Floats]:
    """Charged lines, member-borne lines, and the charged amount that bears VAT."""
    charged: list[Step] = []
    borne: list[Step] = []
    taxed = np.zeros(case.draws.count)
    for line_id in lines:
        line = case.service.lines[line_id]
        step = line_step(case, line_id, members, terms)
        (borne if line.borne_by == "member" else charged).append(step)
        if line.vat and line.borne_by == "charge":
            taxed = taxed + step.values
    return charged, borne, taxed


def _borne_tax_base(case: Case, borne: Sequence[Step]) -> Floats:
    zero = np.zeros(case.draws.count)
    return sum((step.values for step in borne if case.service.lines[step.key].vat), zero)


def alone(case: Case, variant_id: str, player: int) -> Step:
    """Equivalent annual cost of one player on its own in one alone variant.

    Own people are as many as the work asks (no minimum team, no rounding); there is no one-off cost.
    """
    variant = case.service.alone[variant_id]
    charged, borne, taxed = _purchases(case, variant.lines, (player,), variant.terms)
    if variant.staffing == "market":
        staff, invoiced = _market_staff(case, variant, player)
    elif variant.staffing == "contract":
        staff, invoiced = [_client(case, (player,), governance=False)], np.zeros(case.draws.count)
    else:
        team = team_alone(case, variant, player)
        if variant.staffing == "hire":
            post = prices.hired_post(case, shifts=variant.seats is not None)
        else:
            post = prices.own_post(case, case.common.overhead_own, shifts=variant.seats is not None)
        people = Step(
            "personeel", team.values * post.total, "EUR/jaar", "fte × kosten per fte", (team,), post.figures
        )
        staff = [people, _lead(case, team)]
        invoiced = team.values * post.hired
    parts = [*staff, *charged, *borne]
    vat = _vat(
        case, invoiced + taxed + _borne_tax_base(case, borne), "btw die niet terugkomt", "inkoop en inhuur"
    )
    return total("alone", f"alleen: {variant.label}", [*parts, vat])


def _market_staff(case: Case, variant: AloneVariant, player: int) -> tuple[list[Step], Floats]:
    rate = variant.rate or ""
    hours = total(
        "hours", "uren", [work_alone(case, w, player) for w in case.service.work.values()], "uur/jaar"
    )
    bought = scaled("market", "ingekochte uren", hours, case.figure(rate), "uren × uurtarief", (rate,))
    client = _client(case, (player,), governance=False)
    return [
        Step("ingekochte uren", bought.values, "EUR/jaar", bought.formula, (hours,), (rate,)),
        client,
    ], bought.values


def _client(case: Case, members: Members, *, governance: bool) -> Step:
    """Hours of the client role (per player) and of steering (per municipality), at a member's own hour."""
    hours = len(members) * case.figure(case.service.client_role)
    figures: tuple[str, ...] = (case.service.client_role,)
    if governance:
        hours = hours + case.sizes[list(members)].sum() * case.figure(case.common.governance_hours)
        figures = (*figures, case.common.governance_hours)
    hour, behind = prices.own_hour(case)
    return Step(
        "rol van opdrachtgever" + (" en bestuurlijk overleg" if governance else ""),
        hours * hour,
        "EUR/jaar",
        "uren × kosten per uur",
        (),
        (*figures, *behind),
        "client",
    )


def own_of_member(case: Case, variant_id: str, player: int) -> Step:
    """What one member of a coalition keeps paying itself, VAT included, euro a year."""
    variant = case.service.joint[variant_id]
    local: list[Step] = []
    for work in case.service.work.values():
        if work.local:
            hours = work_alone(case, work, player)
            local.append(
                scaled(
                    "",
                    f"lokaal: {work.label}",
                    hours,
                    case.figure(work.local),
                    "lokaal × uren",
                    (work.local,),
                )
            )
    own_lines = [line for line in variant.lines if case.service.lines[line].borne_by == "member"]
    _, borne, _ = _purchases(case, own_lines, (player,), variant.terms)
    parts = [_client(case, (player,), governance=True), *borne]
    if local:
        hours = total("", "lokale uren", local, "uur/jaar")
        hour, behind = prices.own_hour(case)
        cost = hours.values * hour
        parts.insert(
            0, Step("lokaal werk", cost, "EUR/jaar", "uren × kosten per uur", (hours,), behind, "local")
        )
    if borne:
        parts.append(_vat(case, _borne_tax_base(case, borne), "btw over eigen inkoop", "eigen inkoop"))
    return total("own_member", f"eigen kosten van {case.names[player]}", parts)


def joint(case: Case, variant_id: str, members: Members) -> Step:
    """Equivalent annual cost A(S) of a coalition in one variant: charge + own + VAT + annuity x one-off."""
    variant = case.service.joint[variant_id]
    form = case.catalogue.forms[variant.form]
    team = team_joint(case, variant_id, members)
    post = prices.own_post(case, form.overhead, shifts=variant.seats is not None)
    people = Step(
        "personeel",
        team.values * post.total,
        "EUR/jaar",
        "fte × kosten per fte",
        (team,),
        post.figures,
        "people",
    )
    charged, _, taxed = _purchases(case, variant.lines, members, variant.terms)
    before = total(
        "before",
        "gezamenlijke kosten voor tegenvallers",
        [people, _lead(case, team), *charged, *_steering(case, variant_id, len(members))],
    )
    setback = 1 + case.figure(case.service.disappointment)
    charge = scaled(
        "charge",
        "gezamenlijke kosten",
        before,
        setback,
        "× (1 + tegenvaller)",
        (case.service.disappointment,),
    )
    base = charge.values if form.vat_on_charge else (taxed + team.values * post.hired) * setback
    over = "hele gezamenlijke kosten" if form.vat_on_charge else "gezamenlijke inkoop en inhuur"
    own = total(
        "own", "eigen kosten van de deelnemers", [own_of_member(case, variant_id, i) for i in members]
    )
    once = _one_off(case, variant_id, team, before, members)
    spread = Step(
        "eenmalige kosten, per jaar",
        once.values * case.annuity,
        "EUR/jaar",
        "× annuïteit",
        (once,),
        (),
        "annuity",
    )
    vat = _vat(case, base, "btw die niet terugkomt", over)
    return total(
        "joint", f"samen: {case.catalogue.variant_label(case.key, variant_id)}", [charge, own, vat, spread]
    )


def _steering(case: Case, variant_id: str, count: int) -> list[Step]:
    group, member = case.steering(variant_id)
    label, formula = "aansturing, per deelnemer", "bedrag × deelnemers"
    return [
        Step("aansturing, vast", case.figure(group), "EUR/jaar", "bedrag", (), (group,), "steering"),
        Step(label, count * case.figure(member), "EUR/jaar", formula, (), (member,), "steering"),
    ]


def team_joint(case: Case, variant_id: str, members: Members) -> Step:
    """The joint team of a coalition, fte: work in whole steps, at least the smallest team and its seats."""
    variant = case.service.joint[variant_id]
    common, team = case.common, case.service.team
    hours = total(
        "hours", "uren", [work_joint(case, w, members) for w in case.service.work.values()], "uur/jaar"
    )
    workload = hours.values / case.figure(common.productive_hours)
    step = case.figure(common.appointment_step)
    least = case.figure(case.persons) * case.figure(team.minimum_appointment)
    figures: tuple[str, ...] = (
        common.productive_hours,
        common.appointment_step,
        case.persons,
        team.minimum_appointment,
    )
    if variant.seats:
        least = np.maximum(least, case.figure(variant.seats) * prices.seat_fte(case))
        figures = (*figures, variant.seats)
    values = np.maximum(step * np.ceil(workload / step - 1e-9), least)
    formula = "max(werklast naar boven afgerond op de stap, kleinste team" + (
        ", bezetting)" if variant.seats else ")"
    )
    return Step("gezamenlijk team", values, "fte", formula, (hours,), figures, "team")


def _one_off(case: Case, variant_id: str, team: Step, yearly: Step, members: Members) -> Step:
    """One-off cost: what may overrun, and the book value, which is known."""
    once, common = case.service.one_off, case.common
    form = case.catalogue.forms[case.service.joint[variant_id].form]
    parts = [_once("voorbereiding", case.figure(form.preparation), "bedrag", (form.preparation,))]
    if share := once.transition_share:
        parts.append(_once("overgang", case.figure(share) * yearly.values, "deel × jaarkosten", (share,)))
    if once.double_months and once.double_share:
        figures = (once.double_months, once.double_share)
        twice = case.figure(once.double_months) / 12 * case.figure(once.double_share) * yearly.values
        parts.append(_once("dubbele lasten", twice, "maanden / 12 × deel × jaarkosten", figures))
    if cost := once.recruitment:
        recruits = case.figure(common.recruit_share) * team.values
        figures = (common.recruit_share, cost)
        parts.append(_once("werving", recruits * case.figure(cost), "te werven fte × kosten", figures))
    if group := once.transition_group:
        parts.append(_once("overgang van de groep", case.figure(group), "bedrag", (group,)))
    if member := once.transition_member:
        parts.append(
            _once("aansluiten", len(members) * case.figure(member), "bedrag × deelnemers", (member,))
        )
    plain = total("", "eenmalig voor overschrijding", parts, ONCE)
    factor = case.figure(common.overrun)
    over = scaled(
        "overrun", "eenmalig met overschrijding", plain, factor, "× overschrijding", (common.overrun,)
    )
    written_off = [_book_value(case, once.book_value, members)] if once.book_value else []
    return total("one_off", "eenmalige kosten", [over, *written_off], ONCE)


def _once(label: str, values: Floats, formula: str, figures: tuple[str, ...]) -> Step:
    return Step(label, values, ONCE, formula, (), figures)


def _book_value(case: Case, amount: str, members: Members) -> Step:
    """What the members must write off of what they replace."""
    per = case.service.one_off.book_value_per
    label, values = "afboeken van boekwaarde", case.figure(amount)
    if per == "member":
        values = values * len(members)
        return Step(label, values, ONCE, "bedrag × deelnemers", (), (amount,), "book_value")
    units = driver_step(case, per, members)
    return Step(label, values * units.values, ONCE, "bedrag × X", (units,), (amount,), "book_value")
