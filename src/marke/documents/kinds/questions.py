"""Questions that councils ask, with their answers from the findings."""

from collections.abc import Iterator

from marke.documents.kinds import parts
from marke.documents.kinds.context import COUNCIL, Told
from marke.documents.tree import Block, Document, Money, Section, text
from marke.dutch import MOTION_FEASIBLE, capital, decimal, enumerate_names, percent
from marke.report.answer import name
from marke.report.verdict import compared


def questions(told: Told) -> Document:
    """Compose vraag en antwoord for council members."""
    return Document(
        kind="vragen",
        title="Vraag en antwoord",
        subject="Vragen die raadsleden stellen over samenwerking",
        organisation=told.organisation,
        day=told.day,
        category=COUNCIL,
        run=told.run,
        mark=told.mark,
        sections=tuple(Section(question, blocks) for question, blocks in _each(told)),
    )


def _each(told: Told) -> Iterator[tuple[str, tuple[Block, ...]]]:
    findings = told.findings
    yield "Wordt het goedkoper?", _cheaper(told)
    yield (
        "Hoe zeker is dat?",
        (parts.assumed(told), *(parts.why(told, s) for s in told.positive)),
    )
    yield (
        "Wat kost het als we het alleen doen?",
        tuple(text(f"{capital(s.short)}: {compared(s)}") for s in told.services),
    )
    yield f"Wat merkt {told.name} ervan?", tuple(_for_us(told))
    yield "Zijn er gemeenten die meer betalen dan alleen?", tuple(_losers(told))
    yield "Wat kost het om er weer uit te gaan?", tuple(_leaving(told))
    yield "Wat gebeurt er als een buurgemeente niet meedoet?", tuple(_without(told))
    yield (
        "Wie blijft verantwoordelijk?",
        (
            text(
                "De gemeente zelf. De verantwoordelijkheid voor beveiliging, privacy en meldingen gaat "
                "niet over naar "
                "een samenwerking, een gastheer of een leverancier. De eigen uren daarvoor zitten in "
                "de bedragen."
            ),
        ),
    )
    yield "Kan het op tijd?", (parts.planning(told),)
    yield "Wanneer verandert dit antwoord?", tuple(_changes(told))
    yield (
        "Waar komen de cijfers vandaan?",
        (
            text(
                "Uit openbare bronnen, opgaven van gemeenten en aannames. Er zijn "
                f"{len(findings.figures)} cijfers "
                "gebruikt; de technische bijlage noemt van ieder cijfer de bron en de bandbreedte."
            ),
        ),
    )


def _cheaper(told: Told) -> tuple[Block, ...]:
    saves = [s for s in told.services if s.verdict.attractive == "yes"]
    if saves:
        return (text(f"Ja, voor {parts.names(tuple(saves))}."),)
    return (text("Nee. Geen dienst is samen zeker genoeg goedkoper dan alleen. " + _but(told)),)


def _but(told: Told) -> str:
    if not told.positive:
        return "Ook de kwaliteit maakt het verschil niet goed."
    return (
        f"Voor {parts.names(told.positive)} is de betere kwaliteit de meerkosten waard, binnen de grens van "
        "deze studie."
    )


def _for_us(told: Told) -> Iterator[Block]:
    for service in told.services:
        own = told.ours(service)
        word = "minder" if own.saving.mean > 0 else "meer"
        yield text(
            f"{capital(service.short)}: naar verwachting ",
            Money(abs(own.saving.mean)),
            f" per jaar {word} dan alleen, verdeeld per inwoner.",
        )


def _losers(told: Told) -> Iterator[Block]:
    for service in told.positive:
        worse = [
            m
            for m in service.verdict.municipalities
            if m.saving.mean < 0 and set(m.codes) <= set(service.verdict.codes)
        ]
        names = {m.code: m.name for m in told.findings.municipalities}
        who = enumerate_names([names[code] for m in worse for code in m.codes])
        yield text(
            f"{capital(service.short)}, verdeeld per inwoner: {who or 'niemand'}. Een andere "
            "verdeelsleutel geeft een ander antwoord; zie het onderhandelblad."
        )
    if not told.positive:
        yield text("Er is geen dienst om samen te doen, dus ook niemand die daardoor meer betaalt.")


def _leaving(told: Told) -> Iterator[Block]:
    for service in told.positive or told.services:
        cost = next(e for e in service.ledger.exits if e.code == told.code)
        yield text(
            f"{capital(service.short)}: ",
            Money(cost.cost),
            f" na het eerste jaar ({parts.exit_rule(service)}).",
        )


def _without(told: Told) -> Iterator[Block]:
    """What one member less costs the others; who that is stays out of a public text."""
    for service in told.positive or told.services:
        most = max((move.others for move in service.moves[0].leaving), default=0.0)
        if most > 0:
            yield text(
                f"{capital(service.short)}: als één deelnemer wegblijft, betalen de anderen ten hoogste ",
                Money(most),
                " per jaar meer.",
            )
        else:
            yield text(f"{capital(service.short)}: de anderen betalen dan niet meer.")


def _changes(told: Told) -> Iterator[Block]:
    for service in told.services:
        verdict = service.verdict
        other = [f"{level.label}" for level in verdict.levels if level.outcome != verdict.outcome]
        tail = f" Bij niveau {enumerate_names(other)} is het oordeel anders." if other else ""
        yield text(
            f"{capital(name(service))}: de kans op een besparing die telt, is "
            f"{percent(verdict.material)} en moet "
            f"{percent(told.findings.study.chance)} zijn; samen mag voor betere kwaliteit "
            f"{percent(told.findings.study.premium)} duurder zijn en is nu "
            f"{decimal(-100 * verdict.saving_share)} % "
            f"duurder. Haalbaar: {MOTION_FEASIBLE[verdict.feasible]}.{tail}"
        )
