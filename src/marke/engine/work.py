"""Hours of work packages and amounts of bought lines, alone and together."""

import numpy as np

from marke.catalogue import Line, Work
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.step import Members, Step


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
