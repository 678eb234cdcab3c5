"""What the page tells about one service, gathered before the template writes it."""

from dataclasses import dataclass

from marke.dutch import (
    KEYS,
    KEYS_SHORT,
    month,
)
from marke.findings.model import (
    Burden,
    Findings,
    GroupFinding,
    PlayerFinding,
    ServiceFinding,
    VariantFinding,
)
from marke.findings.standing import OfferFinding
from marke.findings.uncertainty import UncertaintyFinding
from marke.report import certainty, feasible, pictures, quality, staying, verdict
from marke.report.groups import compared, division, seen
from marke.report.names import everyone


@dataclass(frozen=True)
class KeyTable:
    """All burdens under one key."""

    key: str
    label: str
    rows: tuple[Burden, ...]


@dataclass(frozen=True)
class Differences:
    """One municipality: a burden of it, and how much more or less it pays together under each key."""

    burden: Burden
    by_key: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class ServiceView:
    """One service, ready for the template."""

    finding: ServiceFinding
    together: VariantFinding
    best_is_all: bool
    division: str
    seen: str
    keys: tuple[tuple[str, str], ...]
    key_notes: tuple[str, ...]
    core: str
    moves: tuple[str, ...]
    quality: quality.QualityView
    verdict: tuple[verdict.Line, ...]
    verdicts: tuple[tuple[str, str, str, str, str], ...]
    compared: str
    pictures: pictures.Pictures
    sure: UncertaintyFinding
    certainty: tuple[str, ...]
    differences: tuple[Differences, ...]
    by_key: tuple[KeyTable, ...]
    ours: tuple[Burden, ...]
    apart: GroupFinding | None
    ours_apart: tuple[Burden, ...]
    offers: tuple[OfferFinding, ...]
    stability: tuple[staying.Stability, ...]
    feasible: feasible.Feasibility
    weighing: tuple[str, ...]
    ties: tuple[PlayerFinding, ...]


def view(findings: Findings, service: ServiceFinding, *, apart: bool = True) -> ServiceView:
    """Gather one service: its pictures, tables and sentences.

    ``apart``: the municipality that reads is the one whose own best group was found.
    """
    together = everyone(service)
    group = together.everyone
    ours = findings.study.viewpoint_code
    by_name = sorted(group.burdens, key=lambda row: row.name)
    sure = certainty.about(service)
    return ServiceView(
        finding=service,
        together=together,
        best_is_all=service.best.codes == group.codes,
        division=division(findings, service),
        seen=seen(service.method),
        keys=tuple((key.key, KEYS_SHORT[key.key]) for key in group.keys if key.defined),
        key_notes=tuple(staying.key_notes(group.keys)),
        core=staying.core(findings, together),
        moves=tuple(staying.moves(service.moves[0])),
        quality=quality.view(service, findings.study.draws),
        verdict=tuple(verdict.lines(findings, service)),
        verdicts=tuple(verdict.rows(findings, service)),
        compared=compared(group),
        pictures=pictures.draw_all(findings, service),
        sure=sure,
        certainty=tuple(certainty.sentences(sure, findings.study.draws)),
        differences=differences(group),
        by_key=tuple(
            KeyTable(key.key, KEYS[key.key], tuple(row for row in by_name if row.key == key.key))
            for key in group.keys
            if key.defined
        ),
        ours=tuple(row for row in group.burdens if row.code == ours),
        apart=service.viewpoint_best if apart else None,
        ours_apart=tuple(row for row in service.viewpoint_best.burdens if apart and row.code == ours),
        offers=tuple(each.offers[0] for each in service.offers if ours in each.codes and each.offers),
        stability=tuple(staying.stability(findings, group, key) for key in group.keys if key.defined),
        feasible=feasible.feasibility(service.variants),
        weighing=tuple(feasible.weighing(service)),
        ties=tuple(player for player in service.players if player.tie),
    )


def differences(group: GroupFinding) -> tuple[Differences, ...]:
    """Put every municipality's equivalent annual cost under each key beside what it pays alone."""
    rows = {row.code: row for row in group.burdens}
    cost = {(row.code, row.key): row.equivalent for row in group.burdens}
    return tuple(
        Differences(
            burden=row,
            by_key=tuple((key, cost[code, key] - row.alone) for key in KEYS if (code, key) in cost),
        )
        for code, row in sorted(rows.items(), key=lambda item: item[1].name)
    )


def span(variant: VariantFinding) -> str:
    """Tell when a variant could start: earliest, likely and latest month."""
    soon, likely, late = variant.earliest
    return f"{month(soon)} – {month(late)}, waarschijnlijk {month(likely)}"
