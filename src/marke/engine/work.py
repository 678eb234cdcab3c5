"""Hours of work packages and amounts of bought lines, alone and together."""

import numpy as np

from marke.catalogue import Work
from marke.catalogue.schema import Terms
from marke.engine.case import Case, once
from marke.engine.draws import Floats
from marke.engine.step import Members, Step


@once
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
    if work.shared:
        return case.figure(work.shared) * case.figure(case.common.homogeneity)
    return case.figure(case.common.homogeneity) if work.joint_hours else 0.0


def local_part(case: Case, work: Work) -> Floats | float:
    """Lambda: the part of a package that stays local."""
    return case.figure(work.local) if work.local else 0.0


def joint_rates(case: Case, work: Work) -> tuple[Floats, Floats]:
    """Hours that a joint team makes per unit of every member, and those for the largest member's units once.

    Hours of a coalition are each x sum of x + once x max of x, with x = 1 per organisation.
    """
    alone = case.figure(work.hours)
    joint = case.figure(work.joint_hours) if work.joint_hours else alone
    extra = case.figure(work.joint_extra) if work.joint_extra else 0.0
    shared = shared_part(case, work)
    scale = case.figure(case.effort) * (1 - local_part(case, work))
    return scale * ((1 - shared) * alone + shared * extra), scale * shared * (joint - extra)


def work_joint(case: Case, work: Work, members: Members) -> Step:
    """Hours a year of one work package done by the joint team of a coalition."""
    each, once = joint_rates(case, work)
    named = (work.hours, work.shared, work.joint_hours, work.joint_extra, work.local)
    figures = (case.effort, *(figure for figure in named if figure))
    if work.shared or work.joint_hours:
        figures = (*figures, case.common.homogeneity)
    formula = _joint_formula(work)
    if work.per == "organisation":
        return Step(work.label, each * len(members) + once, "uur/jaar", formula, (), figures)
    total = driver_step(case, work.per, members)
    largest = case.drivers[work.per][:, list(members)].max(axis=1)
    hours = each * total.values + once * largest
    return Step(work.label, hours, "uur/jaar", formula, (total,), figures)


def _joint_formula(work: Work) -> str:
    units = "deelnemers" if work.per == "organisation" else "maatstaf"
    if work.joint_hours:
        return (
            "inzet × (1 − lokaal) × ((1 − gelijkheid) × uren × maatstaf "
            "+ gelijkheid × (uren samen × grootste + meedoen × (maatstaf − grootste)))"
        )
    if not work.shared:
        return f"inzet × uren × (1 − lokaal) × {units}"
    if work.per == "organisation":
        return "inzet × uren × (1 − lokaal) × (1 + (p − 1) × (1 − gedeeld × gelijkheid))"
    return f"inzet × uren × (1 − lokaal) × {units}, waarbij het gedeelde deel alleen voor de grootste telt"


def list_price(case: Case, line_id: str, terms: Terms | None) -> Floats:
    """Price of one unit of a line on a variant's terms: amount x (1 - addressable x (reduction - fee))."""
    price = case.figure(case.service.lines[line_id].amount)
    if terms is None or (terms.lines and line_id not in terms.lines):
        return price
    change = case.figure(terms.reduction)
    if terms.fee:
        change = change - case.figure(terms.fee)
    if terms.addressable:
        change = change * case.figure(terms.addressable)
    return price * (1 - change)


def line_step(case: Case, line_id: str, members: Members, terms: Terms | None) -> Step:
    """One bought line for a coalition: price x X x (max(X, X_ref) / X_ref)^(exponent - 1), euro a year."""
    line = case.service.lines[line_id]
    price = list_price(case, line_id, terms)
    figures = tuple(figure for figure in (line.amount, line.discount) if figure)
    agreed = ""
    if terms and (not terms.lines or line_id in terms.lines):
        named = (terms.reduction, terms.addressable, terms.fee)
        figures = (*figures, *(figure for figure in named if figure))
        agreed = " × (1 − prijsvoordeel)"
    if line.per in ("member", "group"):
        count = len(members) if line.per == "member" else 1
        per = f" × {count} deelnemers" if count > 1 else ""
        return Step(line.label, price * count, "EUR/jaar", f"bedrag{agreed}{per}", (), figures, line_id)
    units = driver_step(case, line.per, members)
    values = price * units.values
    formula = f"prijs{agreed} × X"
    if line.discount:
        relative = np.maximum(units.values / case.reference[line.per], 1.0)
        values = values * relative ** (case.figure(line.discount) - 1)
        formula += " × (max(X, X_ref) / X_ref)^(exponent − 1)"
    return Step(line.label, values, "EUR/jaar", formula, (units,), figures, line_id)
