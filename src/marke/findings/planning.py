"""The steps from preparation to start, dated by draws and by the terms that the law sets."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from marke.catalogue import Rule
from marke.catalogue.check_judgement import DAYS
from marke.catalogue.rules import PathStep
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.findings.judged import StepFinding
from marke.terms import DAYS_A_MONTH


def term_days(rule: Rule) -> float:
    """The term that a rule sets, in days."""
    return (rule.value or 0.0) * DAYS[rule.unit]


def steps_finding(case: Case, variant: str, reference: date) -> tuple[StepFinding, ...]:
    """Date every step of a variant's path, counted from the reference date.

    A step with a term of the law lasts exactly that, when the rule was in force on the reference date, and is
    left out before. The other steps share the rest of the lead time in the drawn proportions.
    """
    form = case.catalogue.forms[case.service.joint[variant].form]
    steps = list(_present(case, form.path, reference))
    terms = {key: term_days(case.catalogue.rules[step.rule]) for key, step in steps if step.rule}
    parts = {key: case.figure(step.part) for key, step in steps if step.part}
    rest = np.maximum(case.figure(form.months) * DAYS_A_MONTH - sum(terms.values()), 0.0)
    whole = np.sum(list(parts.values()), axis=0)
    done = np.zeros(case.draws.count)
    found = []
    for key, step in steps:
        done = done + (terms[key] if step.rule else rest * parts[key] / whole)
        rule = case.catalogue.rules[step.rule].label if step.rule else ""
        found.append(StepFinding(label=step.label, rule=rule, **_days(done, reference)))
    return tuple(found)


def _present(case: Case, path: str, reference: date) -> Iterator[tuple[str, PathStep]]:
    for key, step in case.catalogue.paths[path].steps.items():
        if step.rule is None or case.catalogue.rules[step.rule].in_force(reference):
            yield key, step


def _days(done: Floats, reference: date) -> dict[str, date]:
    moments = np.quantile(done, [0.1, 0.5, 0.9])
    names = ("soon", "likely", "late")
    return {n: reference + timedelta(days=round(float(m))) for n, m in zip(names, moments, strict=True)}
