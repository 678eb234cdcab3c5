"""The cost of one coalition, line by line: the readable evaluation of what the kernel computes in bulk.

Every amount is in euro of the price year, excluding VAT unless named otherwise, per year unless one-off, and
has shape (D,). ``docs/model.md`` states the same equations.
"""

from collections.abc import Sequence

import numpy as np

from marke.catalogue import AloneVariant
from marke.engine import prices
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.step import Members, Step, scaled, total
from marke.engine.work import line_step, work_alone, work_joint


def _team_alone(case: Case, variant: AloneVariant, player: int) -> Step:
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


def _purchases(case: Case, lines: Sequence[str], members: Members) -> tuple[list[Step], list[Step], Floats]:
    """Charged lines, member-borne lines, and the charged amount that bears VAT."""
    charged: list[Step] = []
    borne: list[Step] = []
    taxed = np.zeros(case.draws.count)
    for line_id in lines:
        line = case.service.lines[line_id]
        step = line_step(case, line_id, members)
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
    charged, borne, taxed = _purchases(case, variant.lines, (player,))
    if variant.staffing == "market":
        staff, invoiced = _market_staff(case, variant, player)
    else:
        team = _team_alone(case, variant, player)
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
    _, borne, _ = _purchases(case, own_lines, (player,))
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
    team = _team_joint(case, variant_id, members)
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
    charged, _, taxed = _purchases(case, variant.lines, members)
    steering = [
        Step(
            "aansturing, vast",
            case.figure(form.steering_group),
            "EUR/jaar",
            "bedrag",
            (),
            (form.steering_group,),
        ),
        Step(
            "aansturing, per deelnemer",
            len(members) * case.figure(form.steering_member),
            "EUR/jaar",
            "bedrag × deelnemers",
            (),
            (form.steering_member,),
        ),
    ]
    before = total(
        "before", "gezamenlijke kosten voor tegenvallers", [people, _lead(case, team), *charged, *steering]
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
    once = _one_off(case, variant_id, team, before, len(members))
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


def _team_joint(case: Case, variant_id: str, members: Members) -> Step:
    variant = case.service.joint[variant_id]
    common, team = case.common, case.service.team
    hours = total(
        "hours", "uren", [work_joint(case, w, members) for w in case.service.work.values()], "uur/jaar"
    )
    workload = hours.values / case.figure(common.productive_hours)
    step = case.figure(common.appointment_step)
    least = case.figure(team.minimum_persons) * case.figure(team.minimum_appointment)
    figures: tuple[str, ...] = (
        common.productive_hours,
        common.appointment_step,
        team.minimum_persons,
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


def _one_off(case: Case, variant_id: str, team: Step, yearly: Step, count: int) -> Step:
    one_off = case.service.one_off
    form = case.catalogue.forms[case.service.joint[variant_id].form]
    unit = "EUR eenmalig"
    parts = [Step("voorbereiding", case.figure(form.preparation), unit, "bedrag", (), (form.preparation,))]
    if share := one_off.transition_share:
        parts.append(
            Step("overgang", case.figure(share) * yearly.values, unit, "deel × jaarkosten", (), (share,))
        )
    if cost := one_off.recruitment:
        recruits = case.figure(case.common.recruit_share) * team.values
        parts.append(
            Step(
                "werving",
                recruits * case.figure(cost),
                unit,
                "te werven fte × kosten",
                (),
                (case.common.recruit_share, cost),
            )
        )
    if member := one_off.transition_member:
        parts.append(
            Step("aansluiten", count * case.figure(member), unit, "bedrag × deelnemers", (), (member,))
        )
    plain = total("", "eenmalig voor overschrijding", parts, unit)
    factor = case.figure(case.common.overrun)
    return scaled("one_off", "eenmalige kosten", plain, factor, "× overschrijding", (case.common.overrun,))
