"""One joint variant: its curve over group sizes, all coalitions behind it, and its gates."""

from datetime import date

import numpy as np

from marke.admission import Admission
from marke.catalogue import Gate
from marke.dutch import enumerate_names
from marke.engine.case import Case
from marke.engine.explore import Explored
from marke.findings import model
from marke.findings.choices import groups_of, growth_finding
from marke.findings.groups import codes_of, core_finding, expected_game, group_finding
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
    return model.VariantFinding(
        key=variant,
        label=case.catalogue.variant_label(case.key, variant),
        short=form.short,
        basis=form.basis,
        exit=form.exit,
        earliest=earliest,
        everyone=group_finding(explored, study, variant, tuple(range(len(case.players)))),
        sizes=_sizes(explored, variant),
        cloud=cloud,
        saving_positive=positive,
        core=core_finding(explored, study, variant),
        growth=growth_finding(explored, variant),
        gates=_gates(case, study, variant, earliest),
    )


def _gates(
    case: Case, study: Study, variant: str, earliest: tuple[date, date, date]
) -> tuple[model.GateFinding, ...]:
    form = case.service.joint[variant].form
    day = study.settings.reference_date
    found = []
    for key, gate in case.catalogue.gates.items():
        if (gate.forms and form not in gate.forms) or (gate.services and case.key not in gate.services):
            continue
        outcome, reason = _outcome(gate, case, variant, study, earliest)
        rules = [case.catalogue.rules[r] for r in gate.rules]
        known = tuple(
            rule.label if rule.in_force(day) else f"{rule.label} (geldt vanaf {rule.in_force_from:%d-%m-%Y})"
            for rule in rules
            if rule.known(day)
        )
        found.append(
            model.GateFinding(
                gate=key, label=gate.label, outcome=outcome, reason=reason, resolve=gate.resolve, rules=known
            )
        )
    return tuple(found)


def _outcome(
    gate: Gate, case: Case, variant: str, study: Study, earliest: tuple[date, date, date]
) -> tuple[str, str]:
    if gate.outcome == "lead_time":
        return _lead_time(study, earliest)
    if gate.outcome == "host":
        return _host(gate, case.admissions[variant])
    if gate.outcome == "groups":
        return _groups(gate, case, variant)
    return gate.outcome, gate.reason


def _host(gate: Gate, admission: Admission) -> tuple[str, str]:
    if admission.partnership:
        return "attention", f"De deelnemers van {admission.partnership} moeten ook willen."
    if admission.host:
        return "attention", f"Deze studie rekent met {admission.host} als gastheer."
    return "unknown", gate.reason


def _groups(gate: Gate, case: Case, variant: str) -> tuple[str, str]:
    """Say which groups may form, when not all may."""
    admission = case.admissions[variant]
    said = []
    if admission.required:
        names = [
            n
            for n, p in zip(case.names, case.players, strict=True)
            if {m.code for m in p} & admission.required
        ]
        said.append(f"met {enumerate_names(names)}")
    if admission.capacity and admission.capacity < len(case.players):
        said.append(f"van ten hoogste {admission.capacity} deelnemers")
    if not said:
        return "ok", gate.reason
    return "attention", f"Alleen groepen {' en '.join(said)}."


def _lead_time(study: Study, earliest: tuple[date, date, date]) -> tuple[str, str]:
    soon, likely, late = earliest
    wanted = study.settings.wanted_start
    outcome = "ok" if late <= wanted else "attention" if soon <= wanted else "blocked"
    span = f"Start op zijn vroegst {soon:%m-%Y}, waarschijnlijk {likely:%m-%Y}, uiterlijk {late:%m-%Y}."
    return outcome, f"{span} Gewenst: {wanted:%m-%Y}."
