"""Letters to the council: the answer to the motion, and the word that it takes longer."""

from marke.documents.kinds import parts
from marke.documents.kinds.context import COUNCIL, Told
from marke.documents.tree import Block, Document, Facts, Listing, Note, Paragraph, Section, Signature, text
from marke.dutch import capital, day, enumerate_names, month
from marke.motion import BUDGET, EXAMINE, INFORM, TALK, PointTable
from marke.report.answer import name
from marke.report.verdict import path


def information_letter(told: Told) -> Document:
    """Compose the raadsinformatiebrief: what was asked, point by point, and the answer."""
    subject = f"Uitkomst verkenning samenwerking {told.findings.study.region}"
    return Document(
        kind="raadsinformatiebrief",
        title="Raadsinformatiebrief",
        subject=subject,
        organisation=told.organisation,
        day=told.day,
        category=COUNCIL,
        run=told.run,
        mark=told.mark,
        answers=_answered(told),
        facts=_head(told, subject),
        sections=(
            Section("Wat u vroeg", _asked(told)),
            Section("Het antwoord", (*parts.answer(told), parts.verdict_table(told), parts.assumed(told))),
            Section("Waarom", tuple(parts.why(told, s) for s in (*told.positive, *told.undecided))),
            Section(f"Wat betekent dit voor {told.name}?", _for_us(told), local=True),
            Section("Wat het kost", (parts.money_table(told),)),
            Section("Met wie is gesproken", (text(parts.NOT_SPOKEN),)),
            Section("Hoe het verder gaat", (parts.planning(told), *parts.first_steps(told), _college(told))),
        ),
    )


def delay_letter(told: Told) -> Document:
    """Compose the tussenbericht: the term has passed; what is known, what is not, and the new date."""
    subject = "Tussenbericht over de motie"
    motion = told.motion
    term = (
        f"In de motie van {day(motion.day)} vroeg u ons u uiterlijk bij {motion.occasion} te informeren. "
        + ("Dat is niet gelukt." if motion.due < told.day else "Dat is nog mogelijk.")
        if motion
        else "Deze verkenning loopt nog."
    )
    known = [text(f"{capital(name(s))}: {told.verdict(s)}.") for s in told.services]
    missing = [step for head, steps in path(told.findings) if head == "Eerst uitzoeken" for step in steps]
    return Document(
        kind="tussenbericht",
        title="Tussenbericht motie",
        subject=subject,
        organisation=told.organisation,
        day=told.day,
        category=COUNCIL,
        run=told.run,
        mark=told.mark,
        facts=_head(told, subject),
        answers=tuple(p.key for p in motion.points if p.asks == INFORM) if motion else (),
        sections=(
            Section("Waar het om gaat", (text(term), *_asked(told))),
            Section("Wat we al weten", (Listing(tuple(known)), parts.assumed(told))),
            Section("Wat we nog niet weten", _missing(missing)),
            Section("Wanneer u meer hoort", (_new_date(told), _college(told))),
        ),
    )


def _head(told: Told, subject: str) -> Facts:
    council = (
        told.motion.council
        if told.motion and told.name in told.motion.council
        else f"gemeenteraad van {told.name}"
    )
    return told.head(
        subject, {"Aan": council, "Van": f"college van burgemeester en wethouders van {told.name}"}
    )


def _asked(told: Told) -> tuple[Block, ...]:
    motion = told.motion
    if motion is None:
        return (text("Er is geen motie vastgelegd in deze studie."),)
    whose = "u" if told.name in motion.council else f"de {motion.council}"
    opening = text(f"Op {day(motion.day)} vroeg {whose} het college om:")
    return (opening, Listing(tuple(_point(point) for point in motion.points), numbered=True))


def _point(point: PointTable) -> Paragraph:
    answers = {
        TALK: "De verkenning ligt er; de gesprekken moeten nog komen.",
        EXAMINE: "Onderzocht; het antwoord staat hieronder, per dienst.",
        INFORM: "Met deze brief.",
        BUDGET: "De bedragen staan in de tabellen voor de begroting.",
    }
    return text(f"{point.told}. {answers[point.asks]}")


def _answered(told: Told) -> tuple[str, ...]:
    return tuple(p.key for p in told.motion.points if p.asks != TALK) if told.motion else ()


def _for_us(told: Told) -> tuple[Block, ...]:
    lines: list[Block] = [parts.own_table(told)]
    hurt = [s.short for s in told.positive if told.ours(s).aloud == "region_only"]
    if hurt:
        lines.append(
            Note(
                (
                    f"Goed voor de regio, nadelig voor ons: {enumerate_names(hurt)}. Dat vraagt een gesprek "
                    "over de verdeelsleutel.",
                )
            )
        )
    return tuple(lines)


def _missing(missing: list[str]) -> tuple[Block, ...]:
    return (
        (Listing(tuple(text(step) for step in missing)),)
        if missing
        else (text("Er ontbreekt niets dat de keuze kan veranderen."),)
    )


def _new_date(told: Told) -> Paragraph:
    events = [event for event in told.findings.calendar.events if event.day > told.day]
    when = month(events[0].day) if events else "de volgende raadscyclus"
    return text(
        f"Wij komen hierop terug in {when}, met een voorstel of met de reden waarom dat er nog niet is."
    )


def _college(told: Told) -> Signature:
    return Signature(f"Burgemeester en wethouders van {told.name},", ("de secretaris,", "de burgemeester,"))
