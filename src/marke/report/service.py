"""What the page tells about one service, gathered before the template writes it."""

from collections.abc import Iterator
from dataclasses import dataclass

from marke.dutch import (
    KEYS,
    KEYS_SHORT,
    euro,
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
from marke.report.answer import compared, division, everyone, seen


@dataclass(frozen=True)
class KeyTable:
    """All burdens under one key."""

    key: str
    label: str
    rows: tuple[Burden, ...]


@dataclass(frozen=True)
class Differences:
    """One municipality: what it pays alone, and how much more or less together under each key."""

    code: str
    name: str
    alone: float
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
    gates: tuple[feasible.GateGroup, ...]
    weighing: tuple[str, ...]
    ties: tuple[PlayerFinding, ...]
    facts: tuple[tuple[str, str, str], ...]


def view(findings: Findings, service: ServiceFinding, *, apart: bool = True) -> ServiceView:
    """Gather one service: its pictures, tables and the ids of its numbers.

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
        quality=quality.view(service),
        verdict=tuple(verdict.lines(findings, service)),
        verdicts=tuple(verdict.rows(findings, service)),
        compared=compared(group),
        pictures=pictures.draw_all(findings, service),
        sure=sure,
        certainty=tuple(certainty.sentences(sure)),
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
        gates=tuple(feasible.gate_groups(service.variants)),
        weighing=tuple(feasible.weighing(service)),
        ties=tuple(player for player in service.players if player.tie),
        facts=tuple(_facts(findings, service)),
    )


def differences(group: GroupFinding) -> tuple[Differences, ...]:
    """Put every municipality's equivalent annual cost under each key beside what it pays alone."""
    rows = {row.code: row for row in group.burdens}
    cost = {(row.code, row.key): row.equivalent for row in group.burdens}
    return tuple(
        Differences(
            code=code,
            name=row.name,
            alone=row.alone,
            by_key=tuple((key, cost[code, key] - row.alone) for key in KEYS if (code, key) in cost),
        )
        for code, row in sorted(rows.items(), key=lambda item: item[1].name)
    )


def _facts(findings: Findings, service: ServiceFinding) -> Iterator[tuple[str, str, str]]:
    """Yield label, value and id of the main numbers; those per municipality stand beside their cells."""
    yield "Kosten nu, alle gemeenten", euro(service.today.mean), f"{service.key}.nu"
    yield "Kosten alleen, alle gemeenten", euro(service.alone.mean), f"{service.key}.alleen"
    for variant in service.variants:
        group = variant.everyone
        yield f"Samen: {variant.short}", euro(group.cost.mean), f"{service.key}.{variant.key}.samen"
        yield (
            f"Besparing: {variant.short}",
            euro(group.saving.mean, sign=True),
            f"{service.key}.{variant.key}.besparing",
        )
        yield (
            f"Eenmalige kosten: {variant.short}",
            euro(group.one_off.mean),
            f"{service.key}.{variant.key}.eenmalig",
        )
    ours = findings.study.viewpoint_code
    for row in everyone(service).everyone.burdens:
        if row.code != ours:
            continue
        label = f"Lasten van {row.name}, {KEYS_SHORT[row.key]}"
        yield label, euro(row.net), f"{service.key}.{service.everyone}.{row.code}.{row.key}"


def span(variant: VariantFinding) -> str:
    """Tell when a variant could start: earliest, likely and latest month."""
    soon, likely, late = variant.earliest
    return f"{month(soon)} – {month(late)}, waarschijnlijk {month(likely)}"
