"""From a statement to what it was made of: down to work, figures and what municipalities answered."""

from collections.abc import Callable
from dataclasses import dataclass

from marke.engine.explore import Explored
from marke.engine.step import Step
from marke.findings.model import Findings, ServiceFinding
from marke.findings.part import By
from marke.findings.statements import Statement
from marke.findings.steps import STEPS, Place
from marke.study import Study


@dataclass(frozen=True)
class Followed:
    """A statement with what it was made of: other statements, derivations line by line, and figures."""

    statement: Statement
    parts: tuple["Followed", ...]
    steps: tuple[Step, ...]
    figures: tuple[str, ...]


def follow(statement: Statement, explored: Callable[[str], Explored], study: Study) -> Followed:
    """Follow a statement; ``explored`` gives the results of a service by its key."""
    rule = statement.rule
    steps: tuple[Step, ...] = ()
    if isinstance(rule, By) and rule.step:
        steps = STEPS[rule.step](_place(statement, explored, study))
    parts = tuple(follow(each, explored, study) for each in statement.made_of())
    return Followed(statement, parts, steps, _figures(statement))


def _place(statement: Statement, explored: Callable[[str], Explored], study: Study) -> Place:
    parts = tuple(part for _, part in statement.around)
    service = next(part for part in parts if isinstance(part, ServiceFinding))
    return Place(parts, service, explored(service.key), study)


def _figures(statement: Statement) -> tuple[str, ...]:
    """The figure that the holder of a statement is about, if it is about one."""
    findings = statement.around[0][1]
    known = {figure.id for figure in findings.figures} if isinstance(findings, Findings) else set()
    named = (getattr(statement.holder, name, "") for name in ("figure", "key", "id"))
    return tuple(name for name in named if name in known)
