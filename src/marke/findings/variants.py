"""One joint variant: its curve over group sizes, all coalitions behind it, its gates and its steps."""

import numpy as np

from marke.engine.explore import Explored
from marke.findings import model
from marke.findings.checks import Asked
from marke.findings.choices import groups_of, growth_finding
from marke.findings.gates import gates_finding
from marke.findings.groups import codes_of, core_finding, expected_game, group_finding
from marke.findings.planning import steps_finding
from marke.games import members_of
from marke.ledger.years import add_months
from marke.study import Study

CLOUD_BINS = 24


def _sizes(explored: Explored, variant: str) -> tuple[model.SizeFinding, ...]:
    case = explored.case
    cost = expected_game(explored, variant)
    people = explored.sums(case.inhabitants)
    alone = explored.sums(explored.alone.cost.mean(axis=0))
    size = np.bitwise_count(explored.masks)
    rows = []
    for count in range(1, len(case.players) + 1):
        masks = np.flatnonzero((size == count) & explored.allowed[variant])
        if not masks.size:
            continue
        each = cost[masks] / people[masks]
        best = int(masks[np.argmax((alone[masks] - cost[masks]) / alone[masks])])
        rows.append(
            model.SizeFinding(
                size=count,
                count=len(masks),
                low=float(each.min()),
                median=float(np.median(each)),
                high=float(each.max()),
                best=codes_of(case, members_of(int(explored.masks[best]))),
                best_cost=float(cost[best] / people[best]),
                best_saving=float((alone[best] - cost[best]) / alone[best]),
            )
        )
    return tuple(rows)


def _cloud(explored: Explored, variant: str) -> tuple[tuple[model.CloudCell, ...], float]:
    """Count the groups that may form by size and expected saving; and the share that saves."""
    count = len(explored.case.players)
    size = np.bitwise_count(explored.masks)
    groups = np.flatnonzero(groups_of(explored, variant))
    alone = explored.sums(explored.alone.cost.mean(axis=0))[groups]
    saving = 1 - expected_game(explored, variant)[groups] / alone
    edges = np.linspace(float(saving.min()), float(saving.max()) + 1e-9, CLOUD_BINS + 1)
    cells = []
    for number in range(2, count + 1):
        counts, _ = np.histogram(saving[size[groups] == number], edges)
        cells += [
            model.CloudCell(size=number, low=float(edges[b]), high=float(edges[b + 1]), count=int(counts[b]))
            for b in np.flatnonzero(counts)
        ]
    return tuple(cells), float((saving > 0).mean())


def variant_finding(explored: Explored, study: Study, variant: str) -> model.VariantFinding:
    """Gather one joint variant: everyone together, all group sizes, dates and gates."""
    case = explored.case
    form = case.catalogue.forms[case.service.joint[variant].form]
    cloud, positive = _cloud(explored, variant)
    months = case.catalogue.figures[form.months]
    start = study.settings.reference_date
    earliest = (
        add_months(start, months.low),
        add_months(start, months.mode),
        add_months(start, months.high),
    )
    everyone = group_finding(explored, study, variant, tuple(range(len(case.players))))
    asked = Asked(case, study, variant, earliest, everyone.team.mean)
    return model.VariantFinding(
        key=variant,
        label=case.catalogue.variant_label(case.key, variant),
        short=form.short,
        basis=form.basis,
        exit=form.exit,
        earliest=earliest,
        everyone=everyone,
        sizes=_sizes(explored, variant),
        cloud=cloud,
        saving_positive=positive,
        core=core_finding(explored, study, variant),
        growth=growth_finding(explored, variant),
        gates=gates_finding(asked),
        steps=steps_finding(case, variant, start),
    )
