"""The page of the table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
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
from marke.situations.situation import Read, Situation, address, read
from marke.situations.words import changed, summary, winners
from marke.web.table import shown
from marke.web.table.compare import ASIDE, MOST, aside_of
from marke.web.table.kept import kept_rows
from marke.web.table.levers import levers
from marke.web.table.limits import standing, standing_of
from marke.web.table.picture import Map, draw_map
from marke.web.table.selectors import Ours, asker, ours, spoken_for, today_seen
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
    found: Read
    before: Situation | None
    exactly: bool
    question: str
    places: Sequence[Place]
    speaker: Ours | None
    hall: bool
    own: bool
    aside: tuple[Situation, ...]

    @property
    def ours(self) -> Ours | None:
        """Whose own amounts are shown: in a room only after it was confirmed."""
        return self.speaker if self.own or not self.hall else None

    @property
    def private(self) -> Ours | None:
        """Whose red lines are shown: nobody's in a room, whatever was confirmed."""
        return None if self.hall else self.speaker

    @property
    def situation(self) -> Situation:
        return self.found.situation

    @property
    def sheet(self) -> Sheet:
        return self.desk.sheet(self.situation.service)

    def link(self, situation: Situation, **more: str) -> str:
        """The address of another situation on this page."""
        more |= (HALL | OWN if self.own else HALL) if self.hall else {}
        rest = [*more.items(), *((ASIDE, address(self.desk, each)) for each in self.aside)]
        return "?" + "&".join([address(self.desk, situation), *([urlencode(rest)] if rest else [])])

    def putting_aside(self, situation: Situation) -> str:
        """The address of this page with a situation put aside; "" where it lies there already."""
        if address(self.desk, situation) in {address(self.desk, each) for each in self.aside}:
            return ""
        return replace(self, aside=(*self.aside, situation)[-MOST:]).link(self.situation)


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
    if part and asked.found.problem:
        answer["HX-Push-Url"] = request.get_full_path()
    elif part and CLOSELY not in request.GET:
        more = {QUESTION: asked.question} if asked.question else {}
        answer["HX-Push-Url"] = request.path + asked.link(asked.situation, **more)
    return answer


def _asked(request: HttpRequest, place: Place, desk: Desk, *, whole: bool) -> _Asked:
    params = {key: [str(each) for each in values] for key, values in request.GET.lists()}
    found, places = read(desk, _of_one_service(params)), spoken_for(place)
    question = request.GET.get(QUESTION, "")
    hall = HALL.items() <= request.GET.dict().items()
    known = QUESTIONS.keys() - FOR_MEMBERS if hall else QUESTIONS.keys()
    return _Asked(
        desk=desk,
        found=found,
        before=_before(request, desk, found.situation),
        exactly=whole or CLOSELY in request.GET or bool(found.problem),
        question=question if question in known else "",
        places=places,
        speaker=ours(places, found.situation.service),
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
        "problem": asked.found.problem,
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
        "growth": shown.growth(answer),
        "levers": levers(asked.desk, asked.found),
        "limits": standing(asked.desk, asked.private, answer, exact),
        "everyone": asked.link(situation.with_mask(sheet, sheet.everyone)),
        "nobody": asked.link(situation.with_mask(sheet, 0)),
        "pending": _pending(asked) if exact is None and quick.mask.bit_count() > 1 else "",
        "mark": sha256(address(asked.desk, situation).encode()).hexdigest()[:12],
        "query": address(asked.desk, situation),
        "documents": (("pdf", "oplegger (PDF)"), ("odt", "ODT"), ("docx", "DOCX")),
        "exact": exact,
        **_room(asked),
        **_beside(asked),
        **_kept(asked),
        "sampled": not sheet.exact,
        "seen": bool(seen),
        "package": shown.package_rows(asked.desk, package(asked.desk, answer)) if situation.also else None,
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
        "put_aside": asked.putting_aside(asked.situation),
        "compared": urlencode([(ASIDE, query) for query in dict.fromkeys([*queries, now])][-MOST:]),
    }


def _kept(asked: _Asked) -> dict[str, Any]:
    """What the asker's organisations keep, and where this situation is kept too: not in a room."""
    if asked.hall:
        return {}
    limits = partial(standing_of, asked.desk, asked.private, exactly=asked.exactly)
    return {
        "kept": kept_rows(asked.desk, asked.places, asked.link, asked.putting_aside, limits),
        "here": asked.link(asked.situation).removeprefix("?"),
        "keepers": [place.own for place in asked.places],
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
        "answers": [(each, *_put(asked, each.situation)) for each in found],
        "we": sheet.names[who],
    }


def _put(asked: _Asked, situation: Situation | None) -> tuple[str, Sequence[shown.Fact]]:
    """Where an answer is put on the table, and how it stands against the asker's red lines."""
    if situation is None:
        return "", ()
    limits = standing_of(asked.desk, asked.private, situation, exactly=True)
    return asked.link(situation, vraag=asked.question), limits
