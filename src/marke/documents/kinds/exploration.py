"""The exploration itself, in the fourteen chapters that such reports have."""

from collections.abc import Iterator

from marke import charts
from marke.documents.kinds import parts
from marke.documents.kinds.context import RESEARCH, Told
from marke.documents.tree import Block, Column, Document, Figure, Listing, Row, Section, Table, text
from marke.dutch import GATES, STRENGTH, capital, decimal, enumerate_names
from marke.findings.model import ServiceFinding
from marke.ledger.words import UNKNOWN
from marke.motion import EXAMINE
from marke.report.certainty import sentences
from marke.report.verdict import attractive, feasible, quality


def exploration(told: Told) -> Document:
    """Compose the verkenning: the regional core, and a local insert."""
    study = told.findings.study
    return Document(
        kind="verkenning",
        title=f"Verkenning samenwerking {study.region}",
        subject=study.question,
        organisation=told.organisation,
        day=told.day,
        category=RESEARCH,
        run=told.run,
        mark=told.mark,
        answers=tuple(p.key for p in told.motion.points if p.asks == EXAMINE) if told.motion else (),
        sections=tuple(
            Section(f"{place}. {heading}", tuple(blocks), local=heading.startswith("Wat betekent"))
            for place, (heading, blocks) in enumerate(_chapters(told), 1)
        ),
    )


def _chapters(told: Told) -> Iterator[tuple[str, tuple[Block, ...]]]:
    yield "Samenvatting en gevraagd besluit", (*parts.answer(told), parts.verdict_table(told))
    yield "Aanleiding en opdracht", (text(told.findings.study.question),)
    yield "Huidige situatie", (_today(told), parts.assumed(told))
    yield (
        "Ambitie en uitgangspunten",
        tuple(text(f"{capital(s.short)}: niveau {s.level}. Norm: {s.norm}.") for s in told.services),
    )
    yield (
        "Ontwikkelingen en wettelijke plichten",
        (
            Listing(
                tuple(
                    text(f"{r.label} ({r.article}).") for r in told.findings.rules if r.in_force and r.article
                )
            ),
        ),
    )
    yield "Scenario’s", tuple(_scenarios(told))
    yield (
        "Beoordelingskader",
        (
            text(
                "Beoordeeld zijn kwaliteit, kwetsbaarheid, kosten en kansen, en daarnaast sturing, "
                "uitvoerbaarheid, "
                "omkeerbaarheid en wettelijke plicht."
            ),
        ),
    )
    yield "Vergelijking", tuple(_comparison(told))
    yield "Financiën", (parts.money_table(told), *(_picture(s) for s in told.services), *_sure(told))
    yield "Bestuur en juridische vorm", tuple(_gates(told))
    yield (
        "Personeel",
        (
            text(
                "Wie van werkgever of werkplek verandert, krijgt te maken met medezeggenschap; de "
                "ondernemingsraden "
                "horen vooraf om advies te worden gevraagd. De kosten van werving en overgang zitten "
                "in de eenmalige kosten."
            ),
        ),
    )
    yield "Risico’s", tuple(text(f"{capital(s.short)}: {quality(s.verdict)}") for s in told.services)
    yield (
        "Uittreden",
        tuple(
            text(
                f"{capital(s.short)}: {parts.exit_rule(s)}. Terugdraaien na een jaar kost "
                f"{decimal(s.verdict.lost, 1)} keer de jaarkosten."
            )
            for s in told.services
        ),
    )
    yield (
        "Planning en besluitvorming",
        (parts.planning(told), *parts.next_steps(told), text(parts.NOT_SPOKEN)),
    )
    yield (
        f"Wat betekent dit voor {told.name}?",
        tuple(parts.burden_table(told, s) for s in told.positive or told.services),
    )


def _today(told: Told) -> Table:
    return Table(
        caption="Wat het nu kost en wat er in de begroting staat, alle gemeenten samen",
        corner="Dienst",
        columns=(Column("Nu (schatting)", "thousand"), Column("Begroot", "thousand")),
        rows=tuple(
            Row(capital(s.short), (s.today.mean, UNKNOWN if s.budgeted is None else s.budgeted))
            for s in told.services
        ),
        note="Gegeven antwoorden tellen mee; de rest is geschat naar omvang.",
    )


def _scenarios(told: Told) -> Iterator[Block]:
    yield text("Vergeleken is steeds met zelfstandig blijven, op de goedkoopste manier die er is.")
    for service in told.services:
        forms = enumerate_names([variant.short for variant in service.variants])
        ways = enumerate_names([label for label, _ in service.alone_variants])
        yield text(f"{capital(service.short)}. Alleen: {ways}. Samen: {forms}.")


def _comparison(told: Told) -> Iterator[Block]:
    for service in told.services:
        found = service.acceptability
        yield Table(
            caption=f"{capital(service.short)}: hoe vaak een mogelijkheid als beste uitkomt, over alle "
            "gewichten",
            corner="Mogelijkheid",
            columns=(Column("Als beste", "percent"),),
            rows=tuple(Row(capital(a.label), (a.ranks[0],)) for a in found.alternatives),
        )


def _picture(service: ServiceFinding) -> Figure:
    group = next(v.everyone for v in service.variants if v.key == service.everyone)
    rows = [
        charts.Row("nu (schatting)", "today", group.today),
        charts.Row("alleen", "alone", group.alone),
        charts.Row("samen", "together", group.cost),
    ]
    title = f"{capital(service.short)}: nu, alleen en samen, met de bandbreedte"
    return Figure(
        title=title,
        alternative="; ".join(f"{r.label} € {decimal(r.amount.mean)} per jaar" for r in rows),
        spec=charts.intervals(rows),
        table=Table(
            caption=title,
            corner="Maatstaf",
            columns=(Column("Verwachting"), Column("P10"), Column("P90")),
            rows=tuple(Row(capital(r.label), (r.amount.mean, r.amount.p10, r.amount.p90)) for r in rows),
        ),
    )


def _sure(told: Told) -> Iterator[Block]:
    for service in told.services:
        yield text(
            f"{capital(service.short)}, financieel aantrekkelijk: "
            f"{attractive(told.findings, service.verdict)}"
        )
        for sentence in sentences(service.uncertainty[0]):
            yield text(sentence)
    for study in told.findings.evidence.studies:
        yield text(
            f"{study.label} ({study.place}, {study.years}; "
            f"{STRENGTH.get(study.strength, study.strength)}): {study.effect}"
        )


def _gates(told: Told) -> Iterator[Block]:
    for service in told.services:
        variant = next(v for v in service.variants if v.key == service.verdict.variant)
        yield text(f"{capital(service.short)}, haalbaar: {feasible(told.findings, service.verdict)}")
        rows = tuple(
            Row(capital(g.label), (GATES[g.outcome], g.reason)) for g in variant.gates if g.outcome != "ok"
        )
        yield Table(
            caption=f"{capital(service.short)}, als {variant.short}: voorwaarden vooraf",
            corner="Voorwaarde",
            columns=(Column("Uitkomst", "text"), Column("Waarom", "text")),
            rows=rows,
        )
