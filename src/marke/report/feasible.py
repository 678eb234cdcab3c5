"""Whether a form can be had and what decides the choice, in the words of the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marke.dutch import capital, chance, day, enumerate_names
from marke.findings.judged import AcceptabilityFinding, AlternativeFinding, CitedRule, GateFinding
from marke.findings.model import ServiceFinding, VariantFinding

ORDER = ("blocked", "unknown", "attention", "ok")
"""Outcomes from what stops a start to what is settled."""


@dataclass(frozen=True)
class GateRow:
    """One gate with one outcome and reason, and the forms it holds for; ``grounds`` say where it stands.

    ``decisive``: it stops these forms, or its answer still may.
    """

    label: str
    decisive: bool
    forms: tuple[str, ...]
    reason: str
    resolve: str
    grounds: tuple[str, ...]


@dataclass(frozen=True)
class GateGroup:
    """All gates with one outcome."""

    outcome: str
    rows: tuple[GateRow, ...]


@dataclass(frozen=True)
class Feasibility:
    """Whether the forms of a service can be had.

    ``overview`` has a row per gate, worst first, with its outcome for every form ("": it does not hold
    there); ``decisive`` holds what stops a form or still may, ``rest`` all other gates by outcome.
    """

    overview: tuple[tuple[str, tuple[str, ...]], ...]
    decisive: tuple[tuple[str, GateRow], ...]
    rest: tuple[GateGroup, ...]


def feasibility(variants: Sequence[VariantFinding]) -> Feasibility:
    """Sort the gates of all variants: at a glance, then what decides, then the rest."""
    groups = tuple(gate_groups(variants))
    labels = dict.fromkeys(row.label for group in groups for row in group.rows)
    found = [{gate.label: gate.outcome for gate in variant.gates} for variant in variants]
    rest = [GateGroup(g.outcome, tuple(row for row in g.rows if not row.decisive)) for g in groups]
    return Feasibility(
        overview=tuple((label, tuple(each.get(label, "") for each in found)) for label in labels),
        decisive=tuple((group.outcome, row) for group in groups for row in group.rows if row.decisive),
        rest=tuple(group for group in rest if group.rows),
    )


def gate_groups(variants: Sequence[VariantFinding]) -> Iterator[GateGroup]:
    """Gather the gates of all variants by outcome; equal reasons are told once, with their forms."""
    found: dict[tuple[str, str, str], list[tuple[str, GateFinding]]] = {}
    for variant in variants:
        for gate in variant.gates:
            found.setdefault((gate.outcome, gate.gate, gate.reason), []).append((variant.short, gate))
    for outcome in ORDER:
        rows = [_row(each) for (kind, _, _), each in found.items() if kind == outcome]
        if rows:
            yield GateGroup(outcome, tuple(rows))


def _row(each: Sequence[tuple[str, GateFinding]]) -> GateRow:
    gate = each[0][1]
    return GateRow(
        label=gate.label,
        decisive=gate.outcome == "blocked" or (gate.outcome == "unknown" and gate.forbids),
        forms=tuple(dict.fromkeys(short for short, _ in each)),
        reason=gate.reason,
        resolve=gate.resolve,
        grounds=tuple(grounds(gate)),
    )


def grounds(gate: GateFinding) -> Iterator[str]:
    """Say where a gate comes from, and of when that is."""
    if gate.ground == "answered":
        yield f"Opgave in de studie, {day(gate.day)}: {gate.source}"
    elif gate.source:
        yield f"{gate.source}; stand van {day(gate.day)}"
    yield from map(cite, gate.rules)


def cite(rule: CitedRule) -> str:
    """Cite a dated rule with its article, its source and since when it is law."""
    since = "geldt sinds" if rule.in_force else "geldt nog niet; vanaf"
    where = f"{rule.article} ({rule.source})" if rule.article else rule.source
    return f"{where}; {since} {day(rule.in_force_from)}"


def weighing(service: ServiceFinding) -> Iterator[str]:
    """Tell how often each possibility comes first, and which weights favour it."""
    for each in service.acceptability.alternatives:
        yield sentence(each, service.acceptability)


def sentence(each: AlternativeFinding, found: AcceptabilityFinding) -> str:
    """Say how often one possibility comes first, and what one must then find important."""
    if not each.central:
        return f"{capital(each.short)}: komt bij geen enkel gewicht op de eerste plaats."
    labels = {criterion.key: criterion.label for criterion in found.criteria}
    names = [labels[key] for key in each.favoured[:3]]
    heavy = f"vooral als {enumerate_names(names)} zwaar wegen" if len(names) > 1 else ""
    if len(names) == 1:
        heavy = f"vooral als {names[0]} zwaar weegt"
    why = f", {heavy}" if heavy else ", zonder dat één criterium dat bepaalt"
    note = " Deze vorm mag zo niet; zie de voorwaarden." if each.blocked else ""
    return f"{capital(each.short)}: eerste in {chance(each.ranks[0], each.error)} van de gevallen{why}.{note}"
