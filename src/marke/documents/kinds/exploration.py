"""The exploration itself, in the fourteen chapters that such reports have."""

from collections.abc import Iterator, Sequence

from marke import charts
from marke.documents.kinds import amounts, comparison, parts, talks
from marke.documents.kinds.context import RESEARCH, Told
from marke.documents.tree import Block, Column, Document, Figure, Listing, Row, Section, Table, text
from marke.dutch import GATES, KEYS_SHORT, STRENGTH, capital, decimal, enumerate_names
from marke.findings.judged import EvidenceStudyFinding
from marke.findings.model import ServiceFinding
from marke.ledger.words import UNKNOWN
from marke.motion import EXAMINE
from marke.report.certainty import sentences
from marke.report.quality import rows as quality_rows
from marke.report.quality import together
from marke.report.verdict import attractive, feasible


def exploration(told: Told) -> Document:
    """Compose the verkenning: the regional core, and a local insert."""
    study = told.findings.study
    return told.document(
        "verkenning",
        f"Verkenning samenwerking {study.region}",
        told.question,
        (
            *(
                Section(f"{place}. {heading}", tuple(blocks))
                for place, (heading, blocks) in enumerate(_chapters(told), 1)
            ),
            Section(f"Wat betekent dit voor {told.name}?", _for_us(told), local=True),
        ),
        category=RESEARCH,
        asked=(EXAMINE,),
        head={"Regio": f"{study.region}, {len(told.findings.municipalities)} gemeenten"},
        contents=True,
    )


def _chapters(told: Told) -> Iterator[tuple[str, Sequence[Block]]]:
    services = told.services
    yield (
        "Samenvatting en gevraagd besluit",
        (*parts.answer(told), parts.yardstick(told), parts.verdict_table(told)),
    )
    yield "Aanleiding en opdracht", (*parts.reason(told), text(f"De vraag: {told.question}"))
    yield "Huidige situatie en nulmeting", (_today(told), parts.assumed(told))
    yield (
        "Ambitie en uitgangspunten",
        [text(f"{capital(s.short)}: niveau {s.level}. Norm: {s.norm}.") for s in services],
    )
    yield "Ontwikkelingen en wettelijke plichten", (_duties(told),)
    yield "Scenario’s", list(_scenarios(told))
    yield "Beoordelingskader", (comparison.criteria(told),)
    yield (
        "Vergelijking",
        (text(comparison.LEGEND), *(block for s in services for block in comparison.compared(s))),
    )
    yield "Financiën", list(_finance(told))
    yield "Bestuur en juridische vorm", list(_gates(told))
    yield (
        "Personeel",
        (
            text(
                "Wie van werkgever of werkplek verandert, krijgt te maken met medezeggenschap; de "
                "ondernemingsraden horen vooraf om advies te worden gevraagd. De kosten van werving en "
                "overgang zitten in de eenmalige kosten."
            ),
        ),
    )
    yield (
        "Risico’s",
        (_continuity(told), *map(parts.better_and_worse, services)),
    )
    yield "Uittreden en ontvlechting", [_leaving(s) for s in services]
    yield (
        "Planning en besluitvorming",
        (parts.planning(told), *parts.next_steps(told), *talks.spoken(told)),
    )


def _for_us(told: Told) -> tuple[Block, ...]:
    tables = (amounts.burden_table(told, s) for s in told.positive or told.services)
    return (amounts.own_table(told), *talks.our_own(told), *tables)


def _today(told: Told) -> Table:
    return Table(
        caption="Wat het nu kost en wat er in de begroting staat, alle gemeenten samen",
        corner="Dienst",
        columns=(Column("Nu (schatting)", "thousand"), Column("Begroot", "thousand")),
        rows=tuple(
            Row(
                capital(s.short),
                (s.today.mean, UNKNOWN if s.budgeted is None else s.budgeted),
                origins=(amounts.fact(s, "today"), f"findings.json: begroot voor {s.key}"),
            )
            for s in told.services
        ),
        note="Gegeven antwoorden tellen mee; de rest is geschat naar omvang.",
    )


def _duties(told: Told) -> Listing:
    rules = [rule for rule in told.findings.rules if rule.in_force and rule.article]
    return Listing(tuple(text(f"{capital(rule.label)} ({rule.article}).") for rule in rules))


def _scenarios(told: Told) -> Iterator[Block]:
    yield text("Vergeleken is steeds met zelfstandig blijven, op de goedkoopste manier die er is.")
    for service in told.services:
        forms = enumerate_names([variant.short for variant in service.variants], "of")
        ways = enumerate_names([label for label, _ in service.alone_variants], "of")
        yield text(f"{capital(service.short)}. Alleen: {ways}. Samen: {forms}.")


def _finance(told: Told) -> Iterator[Block]:
    yield amounts.money_table(told)
    yield _by_year(told)
    yield text(
        "Een bijdrage staat zonder btw in de tabel; btw die een gemeente niet terugkrijgt, zit wel in haar "
        f"lasten. De bijdrage is hier verdeeld {KEYS_SHORT[told.services[0].ledger.key]}; het blad met "
        "bijdragen zet andere verdeelsleutels ernaast."
    )
    for service in told.services:
        yield _picture(service)
    study = told.findings.study
    for service in told.services:
        worth = attractive(told.findings, service.verdict)
        yield text(f"{capital(service.short)}, financieel aantrekkelijk: {worth}")
        yield from (text(sentence) for sentence in sentences(service.uncertainty[0], study.draws))
    yield text("Wat onderzoek elders vond:")
    yield Listing(tuple(text(_study(study)) for study in told.findings.evidence.studies))


def _study(study: EvidenceStudyFinding) -> str:
    strength = STRENGTH.get(study.strength, study.strength)
    return f"{study.label} ({study.place}, {study.years}; {strength}): {study.effect}"


def _by_year(told: Told) -> Table:
    """What all municipalities contribute together in every year, and once at the start."""
    rows = []
    for service in told.positive or told.services:
        book, name = service.ledger.book, capital(service.short)
        for words, cells in (
            ("bijdragen, structureel", book.column("structural", "contribution")),
            ("start, eenmalig", book.column("one_off", "one_off")),
        ):
            origin = f"findings.json: grootboek van {service.key}, {words}, alle gemeenten"
            rows.append(Row(f"{name}: {words}", cells, origins=(origin,) * len(cells)))
    ledger = told.services[0].ledger
    return Table(
        caption="Meerjarig: wat de gemeenten samen bijdragen",
        corner="Regel",
        columns=(*amounts.years(ledger), Column("structureel")),
        rows=tuple(rows),
        note="Hele euro’s, als alle gemeenten meedoen.",
    )


def _picture(service: ServiceFinding) -> Figure:
    group = amounts.everyone(service).everyone
    rows = [
        charts.Row("nu (schatting)", "today", group.today),
        charts.Row("alleen", "alone", group.alone),
        charts.Row("samen", "together", group.cost),
    ]
    return Figure(
        title=f"{capital(service.short)}: nu, alleen en samen, met de bandbreedte",
        alternative="; ".join(f"{r.label} € {decimal(r.amount.mean)} per jaar" for r in rows),
        spec=charts.intervals(rows),
        table=Table(
            caption=f"{capital(service.short)}: de getallen van de figuur",
            corner="Maatstaf",
            columns=(Column("Verwachting"), Column("P10"), Column("P90")),
            rows=tuple(
                Row(capital(r.label), (r.amount.mean, r.amount.p10, r.amount.p90), origins=(origin,) * 3)
                for r, origin in zip(rows, amounts.three_facts(service), strict=True)
            ),
            note="In acht van de tien doorrekeningen ligt het bedrag tussen P10 en P90.",
        ),
    )


def _gates(told: Told) -> Iterator[Block]:
    for service in told.services:
        variant = next(v for v in service.variants if v.key == service.verdict.variant)
        yield text(f"{capital(service.short)}, haalbaar: {feasible(told.findings, service.verdict)}")
        open_gates = [gate for gate in variant.gates if gate.outcome != "ok"]
        if open_gates:
            yield Table(
                caption=f"{capital(service.short)}, als {variant.short}: voorwaarden vooraf",
                corner="Voorwaarde",
                columns=(Column("Uitkomst", "text"), Column("Waarom", "text")),
                rows=tuple(Row(capital(g.label), (GATES[g.outcome], g.reason)) for g in open_gates),
            )


def _continuity(told: Told) -> Table:
    """How vulnerable each service is: what becomes better or worse of what readers ask for first."""
    rows = []
    for service in told.services:
        first = next(quality_rows(together(service), told.findings.study.draws))
        rows.append(Row(capital(service.short), (first.label, first.alone, first.together, first.outcome)))
    return Table(
        caption="Kwetsbaarheid: alleen en samen",
        corner="Dienst",
        columns=tuple(Column(label, "text") for label in ("Maatstaf", "Alleen", "Samen", "Uitkomst")),
        rows=tuple(rows),
    )


def _leaving(service: ServiceFinding) -> Block:
    return text(
        f"{capital(service.short)}: {parts.exit_rule(service)}. Terugdraaien na een jaar kost "
        f"{decimal(service.verdict.lost, 1)} keer de jaarkosten."
    )
