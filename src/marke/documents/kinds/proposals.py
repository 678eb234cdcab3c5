"""Proposals with a decision: of the college, and of the council with its draft decision."""

from marke.documents.kinds import amounts, parts, talks
from marke.documents.kinds.context import Told
from marke.documents.tree import Block, Decision, Document, Listing, Note, Paragraph, Section, Signature, text
from marke.dutch import capital, decimal, enumerate_names
from marke.findings.model import ServiceFinding
from marke.motion import EXAMINE, INFORM, TALK
from marke.report.names import name, who
from marke.report.verdict import feasible

BLANKS = ("Portefeuillehouder", "Steller")
DAYS = ("Beeldvorming", "Oordeelsvorming", "Besluitvorming")
"""What a municipality fills in, unless its house style does: for any proposal, and for the council's."""

ATTACHED = "Bijlagen: de verkenning, het blad met bijdragen en de technische bijlage."

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
    points = _points(told)
    return told.document(
        kind,
        title,
        f"{TITLES[told.course]}: {told.findings.study.region}",
        (
            Section("Voorstel", (text(f"Aan {body} wordt voorgesteld om:"), Listing(points, numbered=True))),
            Section("In gewone taal", (_plain(told),)),
            Section("Aanleiding", parts.reason(told)),
            Section("Argumenten", _arguments(told)),
            Section("Kanttekeningen", _caveats(told)),
            Section("Financiën", (amounts.money_table(told), *_money(told))),
            Section(f"Gevolgen voor de begroting van {told.name}", _for_us(told), local=True),
            Section("Uitvoering en planning", (parts.planning(told), *parts.next_steps(told))),
            Section("Overleg", talks.spoken(told)),
            Section("Communicatie en bijlagen", (parts.same_for_all(told), text(ATTACHED))),
            Section(
                decision,
                (
                    Decision(_opening(told, body), ("gelezen het voorstel", _grounds(told)), points),
                    _sign(told, body),
                ),
            ),
        ),
        asked=(EXAMINE, INFORM),
        head={"Beslist": body, **_blanks(told, body)},
    )


def _blanks(told: Told, body: str) -> dict[str, str]:
    labels = (*BLANKS, *DAYS) if body == "de raad" else BLANKS
    known = dict(told.style.fields)
    return {label: "nog in te vullen" for label in labels if label not in known}


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
    found = [_prepare(told, service) for service in told.positive]
    if told.undecided:
        asked = list(dict.fromkeys(label for s in told.undecided for label in s.verdict.deciding))
        when = (
            f"als duidelijk is: {enumerate_names(asked)}"
            if asked
            else "als de ontbrekende antwoorden er zijn"
        )
        found.append(f"over {parts.names(told.undecided)} pas te beslissen {when}.")
    if told.declined:
        found.append(f"niet verder te gaan met {parts.names(told.declined)}.")
    if told.motion and told.asked_by_us:
        found.append(f"de motie ‘{told.motion.title}’ {_settled(told)}.")
    return tuple(map(text, found))


def _prepare(told: Told, service: ServiceFinding) -> str:
    """Prepare a service with the group, or let the group do so where this municipality stays out."""
    verdict = service.verdict
    form = verdict.label.split(":")[0]
    form = form[:1].lower() + form[1:]
    if len(verdict.codes) == len(told.findings.municipalities):
        return f"met {who(told.findings, verdict.codes)} {name(service)} voor te bereiden, als {form}."
    if told.code in verdict.codes:
        return f"in de groep van {told.group(service)} {name(service)} voor te bereiden, als {form}."
    return f"nu niet mee te doen met {name(service)} van {told.group(service)}."


def _settled(told: Told) -> str:
    """What becomes of the motion: settled, or held until what it asks is there."""
    until = []
    if told.undecided:
        until.append("die antwoorden er zijn")
    if told.motion and told.unspoken and any(p.asks == TALK for p in told.motion.points):
        until.append("met de andere gemeenten is gesproken")
    return f"aan te houden tot {enumerate_names(until)}" if until else "afgedaan te verklaren"


def _plain(told: Told) -> Paragraph:
    """A summary for the public."""
    told_each = ["De gemeenten in de regio hebben uitgezocht welke taken zij beter samen kunnen doen."]
    for outcome, sentence in (
        ("attractive", "Voor {names} is samenwerken goedkoper."),
        ("defensible", "Voor {names} is samenwerken niet zeker goedkoper, maar wel beter geregeld."),
        ("conditional", "Voor {names} kan samenwerken goed zijn, maar alleen onder voorwaarden."),
    ):
        found = [service for service in told.positive if service.verdict.outcome == outcome]
        if found:
            told_each.append(sentence.format(names=parts.names(found)))
    if told.undecided:
        told_each.append(f"Over {parts.names(told.undecided)} zijn eerst meer gegevens nodig.")
    for outcome, sentence in (
        ("no_case", "Voor {names} is samenwerken nu niet verstandig."),
        ("blocked", "Voor {names} zijn niet alle voorwaarden in orde; dat kan zo niet."),
    ):
        found = [service for service in told.declined if service.verdict.outcome == outcome]
        if found:
            told_each.append(sentence.format(names=parts.names(found)))
    return text(" ".join(told_each))


def _arguments(told: Told) -> tuple[Block, ...]:
    chosen = told.positive or told.undecided or told.declined
    return tuple(parts.why(told, service) for service in chosen)


def _caveats(told: Told) -> tuple[Block, ...]:
    lines: list[Block] = [parts.assumed(told)]
    for service in told.positive:
        if service.verdict.feasible != "yes":
            can = feasible(told.findings, service.verdict)
            lines.append(text(f"{capital(service.short)}, haalbaar: {can}"))
    return (*lines, *parts.instead(told))


def _money(told: Told) -> tuple[Block, ...]:
    return tuple(
        text(
            f"{capital(s.short)}: wie na een jaar stopt, is ongeveer {decimal(s.verdict.lost, 1)} keer de "
            "jaarkosten kwijt."
        )
        for s in told.positive
    )


def _for_us(told: Told) -> tuple[Block, ...]:
    tables = [amounts.burden_table(told, service) for service in told.positive or told.services]
    warning = Note((f"Goed voor de regio, nadelig voor {told.name}: {enumerate_names(told.hurt)}.",))
    warned = (warning,) if told.hurt else ()
    return (*warned, *parts.unchanged(told), *tables, *talks.our_own(told))
