"""Questions that councils ask, with their answers from the findings."""

from collections.abc import Iterator

from marke.documents.kinds import parts
from marke.documents.kinds.context import Told
from marke.documents.tree import Block, Document, Money, Section, text
from marke.dutch import KEYS_SHORT, MOTION_FEASIBLE, capital, chance, decimal, enumerate_names, percent
from marke.motion import EXAMINE
from marke.report.names import name
from marke.report.verdict import compared


def questions(told: Told) -> Document:
    """Compose vraag en antwoord for council members."""
    return told.document(
        "vragen",
        "Vraag en antwoord",
        "Vragen die raadsleden stellen over samenwerking",
        (*_money(told), *_quality(told), *_control(told), *_local(told)),
        asked=(EXAMINE,),
    )


def _money(told: Told) -> Iterator[Section]:
    yield Section("Wordt het goedkoper?", _cheaper(told))
    yield Section("Hoe zeker is dat?", (parts.assumed(told), *(parts.why(told, s) for s in told.positive)))
    yield Section(
        "Wat kost het als we het alleen doen?",
        tuple(text(f"{capital(s.short)}: {compared(s)}") for s in told.services),
    )
    yield Section("Zijn er gemeenten die meer betalen dan alleen?", tuple(_losers(told)))
    yield Section(
        "Betaalt een grote gemeente minder, of juist een kleine?",
        (
            text(
                "Dat hangt van de verdeelsleutel af. Gelijke delen zijn gunstig voor een grote gemeente, een "
                "verdeling per inwoner voor een kleine. Het blad met bijdragen zet de sleutels naast elkaar."
            ),
        ),
    )
    if told.positive:
        yield Section("Waar komt een stijging van de bijdrage vandaan?", tuple(_rise(told)))


def _quality(told: Told) -> Iterator[Section]:
    yield Section("Wat is de meerwaarde?", tuple(map(parts.better_and_worse, told.positive or told.services)))
    if told.positive:
        yield Section("Wat gebeurt er als een buurgemeente niet meedoet?", tuple(_without(told)))
    yield Section(
        "Blijft kennis van onze gemeente bewaard?",
        (
            text(
                "Een deel van het werk blijft bij de gemeente zelf: wie de organisatie kent, en wie "
                "opdracht geeft. Die uren staan in de lasten als ‘eigen werk dat blijft’ en "
                "‘opdrachtgever en overleg’."
            ),
        ),
    )


def _control(told: Told) -> Iterator[Section]:
    yield Section(
        "Wie blijft verantwoordelijk?",
        (
            text(
                "De gemeente zelf. De verantwoordelijkheid voor beveiliging, privacy en meldingen gaat niet "
                "over naar een samenwerking, een gastheer of een leverancier. De eigen uren daarvoor zitten "
                "in de bedragen."
            ),
        ),
    )
    yield Section(
        "Hoe houdt de raad zicht?",
        (
            text(
                "Door de Berap, de begroting en de evaluatie die in het onderhandelblad wordt afgesproken. "
                "Iedere regel in deze stukken is te herleiden tot een cijfer met een bron; de technische "
                "bijlage noemt ze alle."
            ),
        ),
    )
    yield Section("Kan het op tijd?", (parts.planning(told),))
    yield Section("Wanneer verandert dit antwoord?", tuple(_changes(told)))
    yield Section(
        "Waar komen de cijfers vandaan?",
        (
            text(
                "Uit openbare bronnen, opgaven van gemeenten en aannames. Er zijn "
                f"{decimal(len(told.findings.figures))} cijfers gebruikt; de technische bijlage noemt van "
                "ieder cijfer de bron en de bandbreedte."
            ),
        ),
    )


def _local(told: Told) -> Iterator[Section]:
    yield Section(f"Wat merkt {told.name} ervan?", tuple(_for_us(told)), local=True)
    if told.positive:
        yield Section(f"Wat kost het {told.name} om er weer uit te gaan?", tuple(_leaving(told)), local=True)


def _cheaper(told: Told) -> tuple[Block, ...]:
    saves = [s for s in told.services if s.verdict.attractive == "yes"]
    can = [s for s in saves if s in told.positive]
    if can:
        return (text(f"Ja, voor {parts.names(can)}."),)
    if saves:
        blocked = all(s in told.declined for s in saves)
        but = "dat kan nu zo niet" if blocked else "daarvoor is nog niet alles bekend"
        return (text(f"Nog niet. Samen zou goedkoper zijn voor {parts.names(saves)}, maar {but}."),)
    return (text(f"Nee. Geen dienst is samen zeker genoeg goedkoper dan alleen. {_but(told)}"),)


def _but(told: Told) -> str:
    if not told.positive:
        return "Ook de kwaliteit geeft de doorslag niet."
    return (
        f"Voor {parts.names(told.positive)} is de betere kwaliteit de meerkosten waard, binnen de grens van "
        "deze studie."
    )


def _rise(told: Told) -> Iterator[Block]:
    yield text(
        "De bedragen per jaar stijgen met de lonen en prijzen. In de eerste jaren komt daarbij dat nog niet "
        "al het werk één keer voor iedereen wordt gedaan; dat groeit naar het bedrag in de kolom structureel."
    )
    for service in told.positive:
        cells = service.ledger.book.column("structural", "contribution")
        if cells[0] is not None and cells[-1] is not None:
            yield text(
                f"{capital(service.short)}: alle bijdragen samen, structureel, zijn ",
                Money(cells[-1]),
                " per jaar.",
            )


def _for_us(told: Told) -> Iterator[Block]:
    for service in told.services:
        own = told.ours(service)
        word = "minder" if own.saving.mean > 0 else "meer"
        yield text(
            f"{capital(service.short)}: naar verwachting ",
            Money(abs(own.saving.mean)),
            f" per jaar {word} dan alleen, verdeeld {KEYS_SHORT[service.verdict.key]}.",
        )


def _losers(told: Told) -> Iterator[Block]:
    names = {m.code: m.name for m in told.findings.municipalities}
    for service in told.positive:
        who = [
            names[code]
            for m in service.verdict.municipalities
            if m.saving.mean < 0 and set(m.codes) <= set(service.verdict.codes)
            for code in m.codes
        ]
        verb = "betalen" if len(who) > 1 else "betaalt"
        yield text(
            f"{capital(service.short)}: verdeeld {KEYS_SHORT[service.verdict.key]} {verb} "
            f"{enumerate_names(who) or 'niemand'} meer dan alleen. Een andere verdeelsleutel geeft een ander "
            "antwoord; zie het onderhandelblad."
        )
    if not told.positive:
        yield text("Er is geen dienst om samen te doen, dus ook niemand die daardoor meer betaalt.")


def _leaving(told: Told) -> Iterator[Block]:
    for service in told.positive:
        cost = next(e for e in service.ledger.exits if e.code == told.code)
        yield text(
            f"{capital(service.short)}: ",
            Money(cost.cost),
            f" na het eerste jaar ({parts.exit_rule(service)}).",
        )


def _without(told: Told) -> Iterator[Block]:
    """What one member less costs the others; who that is stays out of a public text."""
    for service in told.positive:
        if not service.moves:
            continue
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
    study = told.findings.study
    for service in told.services:
        verdict = service.verdict
        other = [level.label for level in verdict.levels if level.outcome != verdict.outcome]
        tail = f" Bij niveau {enumerate_names(other, 'of')} is het oordeel anders." if other else ""
        word = "goedkoper" if verdict.saving_share > 0 else "duurder"
        sure = chance(verdict.material, verdict.material_error)
        yield text(
            f"{capital(name(service))}: de kans op een besparing die telt, is {sure} en "
            f"moet {percent(study.chance)} zijn. Voor betere kwaliteit mag samen {percent(study.premium)} "
            f"duurder zijn; nu is samen {percent(abs(verdict.saving_share))} {word}. Haalbaar: "
            f"{MOTION_FEASIBLE[verdict.feasible]}.{tail}"
        )
