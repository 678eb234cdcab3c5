"""The cost of one coalition, line by line: the readable evaluation of what the kernel computes in bulk.

Every amount is in euro of the price year, excluding VAT unless named otherwise, per year unless one-off, and
has shape (D,). ``docs/model.md`` states the same equations.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from marke.catalogue import AloneVariant, Line, Work
from marke.engine import prices
from marke.engine.case import Case
from marke.engine.draws import Floats


@dataclass(frozen=True)
class Step:
    """One line of a derivation: its value per draw, the formula, the steps and figures it was made of."""

    label: str
    values: Floats
    unit: str
    formula: str = ""
    parts: tuple["Step", ...] = ()
    figures: tuple[str, ...] = ()
    key: str = ""

    @property
    def mean(self) -> float:
        """Mean over the draws."""
        return float(self.values.mean())

    def part(self, key: str) -> "Step":
        """The direct part with this key; raises KeyError when there is none."""
        for step in self.parts:
            if step.key == key:
                return step
        raise KeyError(key)


Members = Sequence[int]
"""Player numbers (bits of the game) of a coalition."""


def _total(key: str, label: str, parts: Sequence[Step], unit: str = "EUR/jaar", formula: str = "som") -> Step:
    zero = np.zeros_like(parts[0].values) if parts else np.zeros(1)
    return Step(label, sum((p.values for p in parts), zero), unit, formula, tuple(parts), (), key)


def _scaled(key: str, label: str, base: Step, factor: Floats, formula: str, figures: tuple[str, ...]) -> Step:
    return Step(label, base.values * factor, base.unit, formula, (base,), figures, key)


def work_alone(case: Case, work: Work, player: int) -> Step:
    """Hours a year of one work package for one player on its own."""
    hours = case.figure(case.effort) * case.figure(work.hours)
    if work.per == "organisation":
        return Step(work.label, hours, "uur/jaar", "inzet × uren", figures=(case.effort, work.hours))
    driver = driver_step(case, work.per, (player,))
    return Step(
        work.label,
        hours * driver.values,
        "uur/jaar",
        "inzet × uren × maatstaf",
        (driver,),
        (case.effort, work.hours),
    )


def driver_step(case: Case, driver: str, members: Members) -> Step:
    """The total of a driver over a coalition."""
    known = case.catalogue.drivers[driver]
    rows = [case.origins[m.code, driver] for i in members for m in case.players[i]]
    figures = tuple(dict.fromkeys(row.figure for row in rows if row.figure))
    answered = sum(row.origin == "answer" for row in rows)
    formula = "som over de gemeenten"
    if known.of is not None:
        formula += f" ({answered} van {len(rows)} zelf opgegeven, de rest geschat)"
    return Step(
        known.label, case.drivers[driver][:, list(members)].sum(axis=1), known.unit, formula, (), figures
    )


def shared_part(case: Case, work: Work) -> Floats | float:
    """Sigma x homogeneity: the part of a package that, done once, serves the whole group."""
    return case.figure(work.shared) * case.figure(case.common.homogeneity) if work.shared else 0.0


def local_part(case: Case, work: Work) -> Floats | float:
    """Lambda: the part of a package that stays local."""
    return case.figure(work.local) if work.local else 0.0


def work_joint(case: Case, work: Work, members: Members) -> Step:
    """Hours a year of one work package done by the joint team of a coalition."""
    hours = case.figure(case.effort) * case.figure(work.hours)
    once, local = shared_part(case, work), local_part(case, work)
    figures = tuple(f for f in (case.effort, work.hours, work.shared, work.local) if f)
    if work.shared:
        figures = (*figures, case.common.homogeneity)
    if work.per == "organisation":
        size = 1 + (len(members) - 1) * (1 - once)
        formula = "inzet × uren × (1 − lokaal) × (1 + (p − 1) × (1 − gedeeld × gelijkheid))"
        return Step(work.label, hours * (1 - local) * size, "uur/jaar", formula, (), figures)
    total = driver_step(case, work.per, members)
    largest = case.drivers[work.per][:, list(members)].max(axis=1)
    size = (1 - once) * total.values + once * largest
    formula = "inzet × uren × (1 − lokaal) × maatstaf"
    if work.shared:
        formula += ", waarbij het gedeelde deel alleen voor de grootste deelnemer telt"
    return Step(work.label, hours * (1 - local) * size, "uur/jaar", formula, (total,), figures)


def volume(case: Case, line: Line, units: Floats) -> Floats:
    """List price x X x (max(X, X_ref) / X_ref)^(exponent - 1), euro a year."""
    price = case.figure(line.amount)
    if line.reduction:
        price = price * (1 - case.figure(line.reduction))
    if not line.discount:
        return np.asarray(price * units)
    relative = np.maximum(units / case.reference[line.per], 1.0)
    return np.asarray(price * units * relative ** (case.figure(line.discount) - 1))


def line_step(case: Case, line_id: str, members: Members) -> Step:
    """One bought line for a coalition."""
    line = case.service.lines[line_id]
    figures = tuple(f for f in (line.amount, line.reduction, line.discount) if f)
    reduced = " × (1 − prijsvoordeel)" if line.reduction else ""
    if line.per in ("member", "group"):
        count = len(members) if line.per == "member" else 1
        per = f" × {count} deelnemers" if line.per == "member" and count > 1 else ""
        values = volume(case, line, np.full(case.draws.count, float(count)))
        return Step(line.label, values, "EUR/jaar", f"bedrag{reduced}{per}", (), figures, line_id)
    units = driver_step(case, line.per, members)
    discount = " × (max(X, X_ref) / X_ref)^(exponent − 1)" if line.discount else ""
    values = volume(case, line, units.values)
    return Step(line.label, values, "EUR/jaar", f"prijs{reduced} × X{discount}", (units,), figures, line_id)


def _team_alone(case: Case, variant: AloneVariant, player: int) -> Step:
    hours = _total(
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
        (threshold, case.common.lead_span, case.common.lead_scale),
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
    return _total("alone", f"alleen: {variant.label}", [*parts, vat])


def _market_staff(case: Case, variant: AloneVariant, player: int) -> tuple[list[Step], Floats]:
    rate = variant.rate or ""
    hours = _total(
        "hours", "uren", [work_alone(case, w, player) for w in case.service.work.values()], "uur/jaar"
    )
    bought = _scaled("market", "ingekochte uren", hours, case.figure(rate), "uren × uurtarief", (rate,))
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
    return Step(
        "rol van opdrachtgever" + (" en bestuurlijk overleg" if governance else ""),
        hours * prices.own_hour(case),
        "EUR/jaar",
        "uren × kosten per uur",
        (),
        (*figures, case.common.productive_hours),
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
                _scaled(
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
        hours = _total("", "lokale uren", local, "uur/jaar")
        hour = prices.own_hour(case)
        parts.insert(
            0, Step("lokaal werk", hours.values * hour, "EUR/jaar", "uren × kosten per uur", (hours,))
        )
    if borne:
        parts.append(_vat(case, _borne_tax_base(case, borne), "btw over eigen inkoop", "eigen inkoop"))
    return _total("own_member", f"eigen kosten van {case.names[player]}", parts)


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
    before = _total(
        "before", "gezamenlijke kosten voor tegenvallers", [people, _lead(case, team), *charged, *steering]
    )
    setback = 1 + case.figure(case.service.disappointment)
    charge = _scaled(
        "charge",
        "gezamenlijke kosten",
        before,
        setback,
        "× (1 + tegenvaller)",
        (case.service.disappointment,),
    )
    base = charge.values if form.vat_on_charge else (taxed + team.values * post.hired) * setback
    over = "hele gezamenlijke kosten" if form.vat_on_charge else "gezamenlijke inkoop en inhuur"
    own = _total(
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
    return _total(
        "joint", f"samen: {case.catalogue.variant_label(case.key, variant_id)}", [charge, own, vat, spread]
    )


def _team_joint(case: Case, variant_id: str, members: Members) -> Step:
    variant = case.service.joint[variant_id]
    common, team = case.common, case.service.team
    hours = _total(
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
    plain = _total("", "eenmalig voor overschrijding", parts, unit)
    factor = case.figure(case.common.overrun)
    return _scaled("one_off", "eenmalige kosten", plain, factor, "× overschrijding", (case.common.overrun,))
