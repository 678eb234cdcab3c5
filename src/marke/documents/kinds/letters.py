"""Letters to the council: the answer to the motion, and the word that it takes longer."""

from marke.documents.kinds import amounts, parts, talks
from marke.documents.kinds.context import Told
from marke.documents.tree import Block, Document, Listing, Note, Paragraph, Section, Signature, text
from marke.dutch import capital, day, enumerate_names, month
from marke.motion import BUDGET, EXAMINE, INFORM, TALK, PointTable
from marke.report.names import name


def information_letter(told: Told) -> Document:
    """Compose the raadsinformatiebrief: what was asked, point by point, and the answer."""
    reasons = (*told.positive, *told.undecided) or told.declined
    return told.document(
        "raadsinformatiebrief",
        "Raadsinformatiebrief",
        f"Uitkomst verkenning samenwerking {told.findings.study.region}",
        (
            Section("Wat u vroeg", _asked(told)),
            Section(
                "Het antwoord",
                (
                    *parts.answer(told),
                    parts.yardstick(told),
                    parts.verdict_table(told),
                    parts.assumed(told),
                ),
            ),
            Section("Waarom", tuple(parts.why(told, service) for service in reasons)),
            Section(f"Wat betekent dit voor {told.name}?", _for_us(told), local=True),
            Section("Wat het kost", (amounts.money_table(told),)),
            Section("Met wie is gesproken", talks.spoken(told)),
            Section(
                "Hoe het verder gaat",
                (
                    parts.planning(told),
                    *parts.instead(told),
                    *parts.first_steps(told),
                    parts.same_for_all(told),
                    _college(told),
                ),
            ),
        ),
        asked=(TALK, EXAMINE, INFORM, BUDGET),
        head=_addressed(told),
    )


def delay_letter(told: Told) -> Document:
    """Compose the tussenbericht: the term has passed; what is known, what is not, and the new date."""
    known = [text(f"{capital(name(s))}: {told.verdict(s)}.") for s in told.services]
    return told.document(
        "tussenbericht",
        "Tussenbericht motie",
        "Tussenbericht over de motie",
        (
            Section("Waar het om gaat", (text(_term(told)), *_asked(told))),
            Section("Wat we al weten", (Listing(tuple(known)), parts.assumed(told))),
            Section("Wat we nog niet weten", _missing(told)),
            Section("Wanneer u meer hoort", (_new_date(told), _college(told))),
        ),
        asked=(INFORM,),
        head=_addressed(told),
    )


def _addressed(told: Told) -> dict[str, str]:
    council = told.motion.council if told.motion and told.asked_by_us else f"gemeenteraad van {told.name}"
    return {"Aan": council, "Van": f"college van burgemeester en wethouders van {told.name}"}


def _term(told: Told) -> str:
    motion = told.motion
    if motion is None:
        return "Deze verkenning loopt nog."
    asked = "vroeg u ons u" if told.asked_by_us else f"vroeg de {motion.council} om de raden"
    late = "Dat is niet gelukt." if motion.due < told.day else "Dat is nog mogelijk."
    return f"In de motie van {day(motion.day)} {asked} uiterlijk bij {motion.occasion} te informeren. {late}"


def _asked(told: Told) -> tuple[Block, ...]:
    motion = told.motion
    if motion is None:
        return (text("Er is geen motie vastgelegd in deze studie."),)
    whose = "u" if told.asked_by_us else f"de {motion.council}"
    opening = text(f"Op {day(motion.day)} vroeg {whose} het college om:")
    return (opening, Listing(tuple(_point(told, point) for point in motion.points), numbered=True))


def _point(told: Told, point: PointTable) -> Paragraph:
    answers = {
        TALK: talks.so_far(told),
        EXAMINE: "Onderzocht; het antwoord staat hieronder, per dienst.",
        INFORM: "Met deze brief.",
        BUDGET: "De bedragen staan in de tabellen voor de begroting.",
    }
    return text(f"{point.told}. {answers[point.asks]}")


def _for_us(told: Told) -> tuple[Block, ...]:
    lines: list[Block] = [amounts.own_table(told)]
    if told.hurt:
        lines.append(
            Note(
                (
                    f"Goed voor de regio, nadelig voor ons: {enumerate_names(told.hurt)}. Dat vraagt een "
                    "gesprek over de verdeelsleutel.",
                )
            )
        )
    return (*lines, *talks.our_own(told))


def _missing(told: Told) -> tuple[Block, ...]:
    todo = parts.to_settle(told)
    if not todo:
        return (text("Er ontbreekt niets dat de keuze kan veranderen."),)
    return (text("Voor een keuze moet dit nog gebeuren:"), Listing(tuple(text(step) for step in todo)))


def _new_date(told: Told) -> Paragraph:
    events = [event for event in told.findings.calendar.events if event.day > told.day]
    when = month(events[0].day) if events else "de volgende raadscyclus"
    return text(
        f"Wij komen hierop terug in {when}, met een voorstel of met de reden waarom dat er nog niet is."
    )


def _college(told: Told) -> Signature:
    return Signature(f"Burgemeester en wethouders van {told.name},", ("de secretaris,", "de burgemeester,"))
