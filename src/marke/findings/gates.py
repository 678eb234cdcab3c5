"""What must be settled before a variant can start: every gate with its outcome, reason, article and date."""

from collections.abc import Sequence
from datetime import date

from marke.catalogue import Gate, Rule
from marke.catalogue.rules import Outcome
from marke.engine.case import Case
from marke.findings.checks import CHECKS, Asked, Judged
from marke.findings.judged import CitedRule, GateFinding
from marke.weighing import ConditionTable


def gates_finding(asked: Asked) -> tuple[GateFinding, ...]:
    """Judge every gate that applies to a variant: by the study's answer, a check, or the catalogue."""
    case = asked.case
    form = case.service.joint[asked.variant].form
    found = []
    for key, gate in case.catalogue.gates.items():
        if (gate.forms and form not in gate.forms) or (gate.services and case.key not in gate.services):
            continue
        if (finding := _gate(key, gate, asked)) is not None:
            found.append(finding)
    return tuple(found)


TIMED = frozenset({"lead_time", "council"})
"""Gates about time: they stand in the way of the wanted start, never of a later one."""


def forbidden(gates: Sequence[GateFinding]) -> bool:
    """Whether a gate forbids the variant at any date."""
    return any(gate.outcome == "blocked" and gate.gate not in TIMED for gate in gates)


def may_be_forbidden(gates: Sequence[GateFinding]) -> bool:
    """Whether something that is not known yet could still forbid the variant."""
    return any(gate.outcome == "unknown" and gate.forbids for gate in gates)


def _gate(key: str, gate: Gate, asked: Asked) -> GateFinding | None:
    """Judge one gate; None where it does not apply, or no rule it rests on was known yet."""
    if gate.rules and not asked.known(gate):
        return None
    answer = _answer(key, asked)
    if answer is not None:
        return _finding(
            key, gate, asked, Judged(answer.outcome, answer.reason), "answered", answer.source, answer.day
        )
    if gate.outcome in CHECKS:
        judged = CHECKS[gate.outcome](gate, asked)
        return None if judged is None else _finding(key, gate, asked, judged, "computed")
    outcome: Outcome = gate.outcome  # type: ignore[assignment]  # the other names are those of checks
    return _finding(key, gate, asked, Judged(outcome, gate.reason), "rule")


def _answer(key: str, asked: Asked) -> ConditionTable | None:
    """The study's last answer to a gate of this variant."""
    rows = [row for row in asked.study.settings.conditions if row.applies(key, asked.case.key, asked.variant)]
    return max(rows, key=lambda row: row.day) if rows else None


def _finding(
    key: str,
    gate: Gate,
    asked: Asked,
    judged: Judged,
    ground: str,
    source: str = "",
    day: date | None = None,
) -> GateFinding:
    sources = asked.case.catalogue.sources
    rules = [(k, asked.case.catalogue.rules[k]) for k in gate.rules] if judged.cites else []
    cited = tuple(
        _cite(k, rule, asked.case, asked.reference) for k, rule in rules if rule.known(asked.reference)
    )
    return GateFinding(
        gate=key,
        label=gate.label,
        outcome=judged.outcome,
        reason=judged.reason,
        resolve=gate.resolve,
        ground=ground,
        source=source or ("" if cited or not gate.source else sources[gate.source].title),
        day=day or asked.reference,
        rules=cited,
        forbids=gate.forbids,
    )


def _cite(key: str, rule: Rule, case: Case, day: date) -> CitedRule:
    return CitedRule(
        id=key,
        label=rule.label,
        article=rule.article,
        source=case.catalogue.sources[rule.source].title,
        in_force=rule.in_force(day),
        in_force_from=rule.in_force_from,
    )
