"""Proposals with a decision: of the college, and of the council with its draft decision."""

from marke.documents.kinds import parts
from marke.documents.kinds.context import COUNCIL, Told
from marke.documents.tree import Block, Decision, Document, Listing, Paragraph, Section, Signature, text
from marke.dutch import capital, decimal, enumerate_names
from marke.motion import EXAMINE, INFORM
from marke.report.answer import name
from marke.report.verdict import feasible

TITLES = {
    "go": "Verder met samenwerking",
    "data": "Eerst gegevens verzamelen",
    "stop": "Niet samen doen",
}


def college_proposal(told: Told) -> Document:
    """Compose the collegevoorstel."""
    return _proposal(told, "collegevoorstel", "Collegevoorstel", "het college", "Collegebesluit")


def council_proposal(told: Told) -> Document:
    """Compose the raadsvoorstel with its draft decision."""
    return _proposal(told, "raadsvoorstel", "Raadsvoorstel en ontwerpbesluit", "de raad", "Ontwerpbesluit")


def _proposal(told: Told, kind: str, title: str, body: str, decision: str) -> Document:
    subject = f"{TITLES[told.course]}: {told.findings.study.region}"
    points = _points(told)
    return Document(
        kind=kind,
        title=title,
        subject=subject,
        organisation=told.organisation,
        day=told.day,
        category=COUNCIL,
        run=told.run,
        mark=told.mark,
        facts=told.head(subject, {"Beslist": body}),
        answers=tuple(p.key for p in told.motion.points if p.asks in (EXAMINE, INFORM))
        if told.motion
        else (),
        sections=(
            Section("Voorstel", (text(f"Aan {body} wordt voorgesteld om:"), Listing(points, numbered=True))),
            Section("In gewone taal", (_plain(told),)),
            Section("Aanleiding", (_reason(told),)),
            Section("Argumenten", _arguments(told)),
            Section("Kanttekeningen", _caveats(told)),
            Section("Financiën", (parts.money_table(told), *_money(told))),
            Section(f"Gevolgen voor de begroting van {told.name}", _budget(told), local=True),
            Section("Uitvoering en planning", (parts.planning(told), *parts.next_steps(told))),
            Section("Overleg", (text(parts.NOT_SPOKEN),)),
            Section(
                decision,
                (
                    Decision(_opening(told, body), ("gelezen het voorstel", _grounds(told)), points),
                    _sign(told, body),
                ),
            ),
        ),
    )


def _opening(told: Told, body: str) -> str:
    return f"{capital(body)} van de gemeente {told.name}"


def _grounds(told: Told) -> str:
    host = any(v.key == s.verdict.variant and "Wgr" in v.basis for s in told.positive for v in s.variants)
    return f"gelet op de Gemeentewet{' en de Wet gemeenschappelijke regelingen' if host else ''}"


def _sign(told: Told, body: str) -> Signature:
    if body == "de raad":
        return Signature(
            f"Aldus besloten in de vergadering van de raad van {told.name},",
            ("de griffier,", "de voorzitter,"),
        )
    return Signature(f"Burgemeester en wethouders van {told.name},", ("de secretaris,", "de burgemeester,"))


def _points(told: Told) -> tuple[Paragraph, ...]:
    """The decision points that follow from the verdicts: go on, first answers, or stop."""
    found = [
        text(f"met {told.group(s)} {name(s)} voor te bereiden, als {_form(s.verdict.label)}.")
        for s in told.positive
    ]
    if told.undecided:
        asked = list(dict.fromkeys(label for s in told.undecided for label in s.verdict.deciding))
        found.append(
            text(
                f"over {parts.names(told.undecided)} pas te beslissen als duidelijk is: "
                f"{enumerate_names(asked)}."
            )
        )
    if told.declined:
        found.append(text(f"{parts.names(told.declined)} niet samen te doen."))
    if told.motion:
        settled = (
            "afgedaan te verklaren" if not told.undecided else "aan te houden tot die antwoorden er zijn"
        )
        found.append(text(f"de motie ‘{told.motion.title}’ {settled}."))
    return tuple(found)


def _form(label: str) -> str:
    return label.split(":")[0]


def _plain(told: Told) -> Paragraph:
    """A summary for the public."""
    opening = {
        "go": "Gemeenten in de regio kunnen sommige taken samen doen. Dat is niet goedkoper, maar wel "
        "beter geregeld."
        if not any(s.verdict.attractive == "yes" for s in told.positive)
        else "Gemeenten in de regio kunnen sommige taken samen goedkoper doen.",
        "data": "Gemeenten in de regio willen weten of zij taken samen kunnen doen. Daarvoor zijn "
        "eerst meer gegevens nodig.",
        "stop": "Gemeenten in de regio hebben uitgezocht of zij taken samen kunnen doen. Dat blijkt nu "
        "niet verstandig.",
    }[told.course]
    tail = f" Dat geldt voor {parts.names(told.positive)}." if told.positive else ""
    return text(opening + tail)


def _reason(told: Told) -> Paragraph:
    if told.motion is None:
        return text("De gemeenten in de regio onderzoeken welke taken zij samen kunnen doen.")
    asked = enumerate_names([point.told for point in told.motion.points], "en om")
    return text(f"De {told.motion.council} vroeg het college bij motie om {asked}.")


def _arguments(told: Told) -> tuple[Block, ...]:
    chosen = told.positive or told.undecided or told.declined
    return tuple(parts.why(told, service) for service in chosen)


def _caveats(told: Told) -> tuple[Block, ...]:
    lines: list[Block] = [parts.assumed(told)]
    for service in told.positive:
        verdict = service.verdict
        if verdict.feasible != "yes":
            lines.append(text(f"{capital(service.short)}, haalbaar: {feasible(told.findings, verdict)}"))
        own = told.ours(service)
        if own.aloud == "region_only":
            lines.append(text(f"{capital(service.short)} is goed voor de regio en nadelig voor {told.name}."))
    if not told.positive:
        ways = [f"{s.short}: {s.verdict.comparators[0][0]}" for s in told.services]
        lines.append(
            text(
                "Niets doen is geen keuze: het gevraagde niveau kost ook alleen geld. De goedkoopste "
                f"weg alleen is: {'; '.join(ways)}."
            )
        )
    return tuple(lines)


def _money(told: Told) -> tuple[Block, ...]:
    return tuple(
        text(
            f"{capital(s.short)}: wie na een jaar stopt, is ongeveer {decimal(s.verdict.lost, 1)} keer de "
            "jaarkosten kwijt."
        )
        for s in told.positive
    )


def _budget(told: Told) -> tuple[Block, ...]:
    chosen = told.positive or told.services
    return tuple(parts.burden_table(told, service) for service in chosen)
