"""The page of the table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marke.dutch import capital
from marke.errors import InputError
from marke.situations.ask import QUESTIONS, Answer, ask
from marke.situations.closely import closely, refined
from marke.situations.desk import Desk, Sheet
from marke.situations.difference import Difference, difference
from marke.situations.look import Quick, look
from marke.situations.package import package
from marke.situations.situation import Situation, address, read
from marke.situations.words import changed, summary, winners
from marke.web.table import shown
from marke.web.table.compare import ASIDE, MOST, aside_of
from marke.web.table.levers import levers
from marke.web.table.picture import Map, draw_map
from marke.web.table.selectors import Ours, asker, ours, today_seen
from marke.web.table.source import current_desk
from marke.web.tenancy.access import Place, by_region

BEFORE, CLOSELY, QUESTION = "vorige", "precies", "vraag"
"""Parameters beside those of the situation: the one before, whether to work it out, what is asked."""

HALL, OWN = {"beeld": "zaal"}, {"eigen": "1"}
"""Parameters of the page for a room full of people, and of one's own amounts shown there."""

FOR_MEMBERS = frozenset({"stabiel", "afhaken"})
"""Questions whose answers name who would leave, or who cannot be missed: not for a room."""


@dataclass(frozen=True)
class _Asked:
    """What a request asks: a situation, the one before it, whether exactly, and a question about it."""

    desk: Desk
    situation: Situation
    problem: str
    before: Situation | None
    exactly: bool
    question: str
    speaker: Ours | None
    hall: bool
    own: bool
    aside: tuple[Situation, ...]

    @property
    def ours(self) -> Ours | None:
        """Whose own amounts are shown: in a room only after it was confirmed."""
        return self.speaker if self.own or not self.hall else None

    @property
    def sheet(self) -> Sheet:
        return self.desk.sheet(self.situation.service)

    def link(self, situation: Situation, **more: str) -> str:
        """The address of another situation on this page."""
        more |= (HALL | OWN if self.own else HALL) if self.hall else {}
        rest = [*more.items(), *((ASIDE, address(self.desk, each)) for each in self.aside)]
        return "?" + "&".join([address(self.desk, situation), *([urlencode(rest)] if rest else [])])


@require_safe
@never_cache
@by_region
def table(request: HttpRequest, place: Place) -> HttpResponse:
    """Show a situation; of a part of the page only that part, at once and then exactly."""
    try:
        desk, problem = current_desk(place), ""
    except InputError as error:
        desk, problem = None, str(error)
    if desk is None:
        return render(request, "table/none.html", {"place": place, "problem": problem})
    part = request.headers.get("HX-Request-Type") == "partial"
    asked = _asked(request, place, desk, whole=not part)
    template = "table/situation.html" if part else "table/page.html"
    answer = render(request, template, {"place": place, **_context(asked)})
    if part and CLOSELY not in request.GET:
        more = {QUESTION: asked.question} if asked.question else {}
        answer["HX-Push-Url"] = request.path + asked.link(asked.situation, **more)
    return answer


def _asked(request: HttpRequest, place: Place, desk: Desk, *, whole: bool) -> _Asked:
    params = {key: [str(each) for each in values] for key, values in request.GET.lists()}
    found = read(desk, _of_one_service(params))
    question = request.GET.get(QUESTION, "")
    hall = HALL.items() <= request.GET.dict().items()
    known = QUESTIONS.keys() - FOR_MEMBERS if hall else QUESTIONS.keys()
    return _Asked(
        desk=desk,
        situation=found.situation,
        problem=found.problem,
        before=_before(request, desk, found.situation),
        exactly=whole or CLOSELY in request.GET,
        question=question if question in known else "",
        speaker=ours(place, found.situation.service),
        hall=hall,
        own=hall and OWN.items() <= request.GET.dict().items(),
        aside=aside_of(desk, request.GET.getlist(ASIDE)),
    )


def _of_one_service(params: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Leave out of a form what belongs to the service it was made for, when another was chosen."""
    made_for = params.get("van", [""])[-1]
    other = made_for and made_for != params.get("dienst", [""])[-1]
    dropped = ("vorm", "niveau", "ook") if other else ()
    return {k: v for k, v in params.items() if k not in dropped and not (other and k.startswith("cijfer."))}


def _before(request: HttpRequest, desk: Desk, now: Situation) -> Situation | None:
    """The situation before this one: named in the address, else that of the page one came from."""
    if BEFORE in request.GET:
        query = request.GET[BEFORE]
    else:
        came = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
        if came.path != request.path:
            return None
        query = came.query
    found = read(desk, parse_qs(query, keep_blank_values=True))
    return found.situation if not found.problem and found.situation.service == now.service else None


def _context(asked: _Asked) -> dict[str, Any]:
    sheet, situation, mine = asked.sheet, asked.situation, asked.ours
    quick = look(sheet, situation)
    exact = closely(sheet, situation) if asked.exactly else None
    answer = refined(sheet, quick, exact)
    before = look(sheet, asked.before) if asked.before and asked.before != situation else None
    change = difference(before, answer) if before else None
    seen = today_seen(sheet, exact, mine)
    return {
        "problem": asked.problem,
        "service": capital(sheet.case.service.label),
        "sentence": summary(sheet, answer),
        "winners": winners(answer),
        "changed": changed(sheet, change) if change else "",
        "map": _map(asked, answer, change),
        "meter": shown.meter(answer, exact),
        "facts": shown.facts(sheet, answer, exact),
        "apart": None if asked.hall else shown.standing_apart(sheet, answer),
        "gates": shown.gates(answer, change),
        "settled": shown.settled(answer),
        "rows": shown.rows(sheet, answer, exact, change, seen),
        "levers": levers(asked.desk, situation),
        "everyone": asked.link(situation.with_mask(sheet, sheet.everyone)),
        "nobody": asked.link(situation.with_mask(sheet, 0)),
        "pending": _pending(asked) if exact is None and quick.mask.bit_count() > 1 else "",
        "mark": sha256(address(asked.desk, situation).encode()).hexdigest()[:12],
        "query": address(asked.desk, situation),
        "documents": (("pdf", "oplegger (PDF)"), ("odt", "ODT"), ("docx", "DOCX")),
        "exact": exact,
        **_room(asked),
        **_beside(asked),
        "sampled": not sheet.exact,
        "seen": bool(seen),
        "package": shown.package_rows(asked.desk, package(asked.desk, situation)) if situation.also else None,
        "study": sheet.findings.study,
        **_questions(asked),
    }


def _pending(asked: _Asked) -> str:
    """Where the same situation is worked out exactly; it must know what was on the table before."""
    before = address(asked.desk, asked.before or asked.situation)
    more = {QUESTION: asked.question} if asked.question else {}
    return asked.link(asked.situation, precies="1", vorige=before, **more)


def _map(asked: _Asked, answer: Quick, change: Difference | None) -> Map:
    sheet, situation = asked.sheet, asked.situation
    moved = change.joined | change.left if change else frozenset[str]()
    own = asked.ours.code if asked.ours else None
    return draw_map(
        asked.desk.picture,
        sheet,
        answer.lines,
        moved,
        own,
        lambda player: asked.link(situation.toggled(sheet, player)),
    )


def _room(asked: _Asked) -> dict[str, Any]:
    """The page for a room: how to get there and back, and to what is asked before own amounts are shown."""
    plain = "?" + address(asked.desk, asked.situation)
    room = f"{plain}&{urlencode(HALL)}"
    return {
        "hall": asked.hall,
        "speaker": asked.speaker,
        "shows_own": asked.own,
        "to_desk": plain,
        "to_room": room,
        "to_own": f"{room}&{urlencode(OWN)}",
    }


def _beside(asked: _Asked) -> dict[str, Any]:
    """What was put aside to compare, and where this situation is put there too."""
    queries = [address(asked.desk, each) for each in asked.aside]
    now = address(asked.desk, asked.situation)
    return {
        "aside": queries,
        "put_aside": ""
        if now in queries
        else replace(asked, aside=(*asked.aside, asked.situation)).link(asked.situation),
        "compared": urlencode([(ASIDE, query) for query in dict.fromkeys([*queries, now])][-MOST:]),
    }


def _questions(asked: _Asked) -> dict[str, Any]:
    """The questions that can be asked, and the answers to the one that was."""
    sheet, situation = asked.sheet, asked.situation
    who = asker(sheet, asked.ours)
    asking = [
        (label, asked.link(situation, vraag=key), key == asked.question)
        for key, (label, _) in QUESTIONS.items()
        if not (asked.hall and key in FOR_MEMBERS)
    ]
    found: Sequence[Answer] = ()
    if asked.question:
        found = ask(sheet, situation, asked.question, sheet.player_of[who])
    return {
        "questions": asking,
        "question": QUESTIONS[asked.question][0] if asked.question else "",
        "answers": [
            (each, asked.link(each.situation, vraag=asked.question) if each.situation else "")
            for each in found
        ],
        "we": sheet.names[who],
    }
