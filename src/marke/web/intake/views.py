"""Pages about answers, signatures and releases."""

from collections.abc import Mapping
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from marke.errors import InputError
from marke.web.downloads import download
from marke.web.intake.answers import answerable, asked_in, section_title
from marke.web.intake.models import Upload
from marke.web.intake.selectors import (
    blocks,
    board,
    figures,
    overview,
    released_figures,
    reminders,
    sections,
    totals,
    workbook_of,
    worth_to_own,
    worth_to_region,
)
from marke.web.intake.services import (
    Entry,
    accept_upload,
    compare_upload,
    hand_to,
    keep_upload,
    release,
    save_answers,
    sign,
)
from marke.web.operations.limits import INVITATIONS, UPLOADS, limited
from marke.web.tenancy.access import Place, by_organisation, by_region
from marke.web.tenancy.models import Role
from marke.web.tenancy.services import invite


@require_safe
@by_region
def board_page(request: HttpRequest, place: Place) -> HttpResponse:
    """Show who delivered what, and the figures that were released."""
    shown = {
        "place": place,
        "rows": board(place),
        "totals": totals(place),
        "worthy": worth_to_region(place),
        "titles": [section_title(section, short=True) for section in sections()],
        "released": released_figures(place),
    }
    return render(request, "intake/board.html", shown)


@require_safe
@by_region
def reminders_page(request: HttpRequest, place: Place) -> HttpResponse:
    """Show drafts of reminders; for who manages the region."""
    if not place.manages:
        raise Http404
    return render(request, "intake/reminders.html", {"place": place, "reminders": reminders(place)})


@require_safe
@partial(by_organisation, helpers=True)
def overview_page(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the sections of the intake with their state."""
    _municipal(place)
    if place.only is not None:
        asked = [(key, section_title(key)) for key in sections() if place.only & _in_section(key)]
        return render(request, "intake/helping.html", {"place": place, "sections": asked})
    return render(
        request,
        "intake/overview.html",
        {"place": place, "sections": overview(place), "worthy": worth_to_own(place)},
    )


@require_http_methods(["GET", "POST"])
@partial(by_organisation, helpers=True)
def section_page(request: HttpRequest, place: Place, section: str) -> HttpResponse:
    """Show the questions of a section, and save what was filled in."""
    _check(place, section)
    if request.method == "POST" and "only" in request.POST:
        return _one(request, place, section)
    entries: Mapping[str, Entry] = {}
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        if not place.answers:
            raise Http404
        entries = _allowed(place, _entries(section, request.POST))
        saved = save_answers(place=place, entries=entries)
        problems = saved.problems
        if not problems:
            messages.success(request, "Bewaard." if saved.changed else "Er was niets veranderd.")
            return redirect("section", region=place.region.slug, organisation=place.own.slug, section=section)
    shown = {
        "place": place,
        "section": section,
        "title": section_title(section),
        "blocks": blocks(place, section, entries, problems),
        "problems": len(problems),
    }
    return render(request, "intake/section.html", shown, status=422 if problems else 200)


def _one(request: HttpRequest, place: Place, section: str) -> HttpResponse:
    """Save one question as soon as it was answered, and give it back as it now is."""
    wanted = request.POST["only"]
    filled = _allowed(place, _entries(section, request.POST))
    entries = {key: entry for key, entry in filled.items() if key == wanted}
    if not place.answers or not entries:
        raise Http404
    problems = save_answers(place=place, entries=entries).problems
    line = next(
        line
        for block in blocks(place, section, entries, problems)
        for line in block.lines
        if line.question.id == wanted
    )
    shown = {"place": place, "line": line, "saved": not problems}
    return render(request, "intake/question.html", shown, status=422 if problems else 200)


def _allowed(place: Place, entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Leave out what a helper was not asked."""
    return {key: entry for key, entry in entries.items() if place.only is None or key in place.only}


def _entries(section: str, posted: QueryDict) -> dict[str, Entry]:
    """Return what the form holds for each question of the section that is in it."""
    found = {}
    for field in asked_in(section):
        for question in answerable(field):
            if f"w-{question.id}" in posted:
                found[question.id] = Entry(
                    posted.get(f"q-{question.id}", ""),
                    f"u-{question.id}" in posted,
                    posted.get(f"n-{question.id}", ""),
                    posted.get(f"y-{question.id}", ""),
                    posted.get(f"w-{question.id}", ""),
                )
    return found


@require_http_methods(["GET", "POST"])
@by_organisation
def sign_page(request: HttpRequest, place: Place, section: str) -> HttpResponse:
    """Sign a section, or release its figures."""
    _check(place, section)
    problem = ""
    if request.method == "POST":
        if not place.writes:
            raise Http404
        try:
            _act(place, section, request.POST)
        except InputError as error:
            problem = str(error)
        else:
            return redirect("sign", region=place.region.slug, organisation=place.own.slug, section=section)
    state = next(each for each in overview(place) if each.key == section)
    shown = {
        "place": place,
        "section": section,
        "state": state,
        "figures": figures(place, section),
        "problem": problem,
        "may_controller": Role.CONTROLLER in place.roles,
        "may_client": Role.CLIENT in place.roles,
    }
    return render(request, "intake/sign.html", shown, status=422 if problem else 200)


def _act(place: Place, section: str, posted: QueryDict) -> None:
    act = posted.get("act")
    if act == "release":
        release(place=place, section=section, chosen=posted.getlist("figure"))
    elif act in (Role.CONTROLLER, Role.CLIENT):
        sign(place=place, section=section, role=Role(act))
    else:
        raise InputError("Kies wat u wilt doen.")


@require_http_methods(["GET", "POST"])
@limited(INVITATIONS)
@by_organisation
def hand_over(request: HttpRequest, place: Place, section: str, number: int) -> HttpResponse:
    """Hand a field of a section to a colleague, who sees and answers nothing else."""
    _check(place, section)
    fields = asked_in(section)
    if not place.writes or number >= len(fields):
        raise Http404
    asked, link, problem = fields[number], "", ""
    if request.method == "POST":
        email = request.POST.get("email", "")
        questions = [question.id for question in answerable(asked)]
        try:
            validate_email(email)
            token = invite(
                place=place, organisation=place.own, email=email, role=Role.HELPER, questions=questions
            )
            hand_to(place=place, asked=asked, who=email)
            link = request.build_absolute_uri(reverse("invitation", args=[token]))
        except ValidationError:
            problem = "Dit is geen e-mailadres. Schrijf bijvoorbeeld naam@gemeente.nl."
    shown = {"place": place, "section": section, "asked": asked, "link": link, "problem": problem}
    return render(request, "intake/hand_over.html", shown, status=422 if problem else 200)


@require_safe
@by_organisation
def workbook(_request: HttpRequest, place: Place) -> HttpResponse:
    """Give the workbook of this municipality, with what it answered already."""
    _municipal(place)
    return download(*workbook_of(place))


@require_http_methods(["GET", "POST"])
@limited(UPLOADS)
@by_organisation
def upload(request: HttpRequest, place: Place) -> HttpResponse:
    """Read a workbook back: first what it would change, then, after a yes, write it."""
    _municipal(place)
    shown: dict[str, object] = {"place": place}
    status = 200
    if request.method == "POST":
        if not place.writes:
            raise Http404
        try:
            kept = _kept(request, place)
            if "agree" in request.POST:
                changed = accept_upload(place=place, upload=kept)
                messages.success(request, f"De werkmap is ingelezen: {changed} antwoorden veranderd.")
                return redirect("intake", region=place.region.slug, organisation=place.own.slug)
            shown |= {"found": compare_upload(place, kept), "kept": kept}
        except InputError as error:
            shown |= {"problem": str(error).splitlines()}
            status = 422
    return render(request, "intake/upload.html", shown, status=status)


def _kept(request: HttpRequest, place: Place) -> Upload:
    """Return the workbook that was sent, or the one that was looked at."""
    if "agree" in request.POST:
        kept = Upload.objects.filter(organisation=place.own, uploaded_by=place.user).first()
        if kept is None:
            raise InputError("De werkmap is er niet meer.", mend="Stuur haar opnieuw.")
        return kept
    sent = request.FILES.get("file")
    if sent is None:
        raise InputError("Er is geen bestand gekozen.", mend="Kies uw ingevulde werkmap.")
    if not str(sent.name).lower().endswith(".xlsx"):
        raise InputError("Een werkmap is een bestand dat eindigt op .xlsx.", where=str(sent.name))
    return keep_upload(place=place, name=str(sent.name), content=sent.read())


def _in_section(section: str) -> frozenset[str]:
    return frozenset(question.id for field in asked_in(section) for question in answerable(field))


def _check(place: Place, section: str) -> None:
    _municipal(place)
    if section not in sections():
        raise Http404


def _municipal(place: Place) -> None:
    """Only a municipality has an intake; the region's office has none."""
    if not place.own.code:
        raise Http404
