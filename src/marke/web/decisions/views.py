"""Pages of a region: talks, the motion, proposals, the calendar and the log."""

from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marke.chain import SHORT, at_mark, broken, write_entries
from marke.dutch import STATUS
from marke.errors import InputError
from marke.talks import format_talks
from marke.web.decisions.calendar import days_of
from marke.web.decisions.consequences import consequences, last_findings
from marke.web.decisions.forms import CloseForm, PointForm, ProposalForm, TalkForm
from marke.web.decisions.log import entries_of
from marke.web.decisions.models import HeldTalk, LogEntry
from marke.web.decisions.selectors import (
    forms_of,
    motion_of,
    points_of,
    services_of,
    talks_of,
    unspoken,
)
from marke.web.decisions.services import add_talk, close_proposal, make_proposal, remove_talk, set_point
from marke.web.decisions.standings import board_of, boards, deadlines
from marke.web.downloads import download
from marke.web.tenancy.access import Place, by_region
from marke.web.tenancy.models import Organisation
from marke.web.tenancy.selectors import organisations_of, own_organisations

SOON = 10
"""How many deadlines the first page shows; the calendar shows all."""


@require_safe
@by_region
def overview(request: HttpRequest, place: Place) -> HttpResponse:
    """Show what is due next, proposals, the motion and with whom nobody spoke."""
    found = boards(place.region)
    shown = {
        "place": place,
        "deadlines": deadlines(found)[:SOON],
        "boards": found,
        "closed": boards(place.region, closed=True),
        "motion": motion_of(place.region),
        "points": points_of(place.region),
        "unspoken": unspoken(place.region),
        "own": own_organisations(place),
    }
    return render(request, "decisions/overview.html", shown)


@require_http_methods(["GET", "POST"])
@by_region
def talks(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the register of talks, and write one down."""
    form = _posted(request, place, TalkForm)
    if form is not None and form.is_valid():
        given = {key: request.POST.get(key, "") for key in form.fields}
        try:
            add_talk(place=place, given=given)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            return redirect("talks", region=place.region.slug)
    rows = HeldTalk.objects.filter(region=place.region)
    shown = {"place": place, "rows": rows, "unspoken": unspoken(place.region)}
    return _with_form(request, "decisions/talks.html", shown, form or TalkForm())


@require_safe
@by_region
def talks_file(request: HttpRequest, place: Place) -> HttpResponse:  # noqa: ARG001  # as pages are called
    """Give the register as a file that 'marke stukken' reads."""
    return download(format_talks(talks_of(place.region)), "gesprekken.toml")


@require_POST
@by_region
def remove(request: HttpRequest, place: Place, talk: UUID) -> HttpResponse:  # noqa: ARG001
    """Take a talk out of the register."""
    found = HeldTalk.objects.filter(pk=talk, region=place.region).first()
    if found is None or not place.manages:
        raise Http404
    remove_talk(place=place, talk=found)
    return redirect("talks", region=place.region.slug)


@require_http_methods(["GET", "POST"])
@by_region
def motion_point(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Say how a point of the motion stands; ``number`` counts from 1."""
    points = points_of(place.region)
    if not place.manages or not 0 < number <= len(points):
        raise Http404
    found = points[number - 1]
    now = {"state": found.state, "note": found.status.note if found.status else ""}
    form = PointForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        set_point(place=place, point=found.point.key, **form.cleaned_data)
        return redirect("decisions", region=place.region.slug)
    return _with_form(request, "decisions/point.html", {"place": place, "found": found}, form)


@require_http_methods(["GET", "POST"])
@by_region
def new_proposal(request: HttpRequest, place: Place) -> HttpResponse:
    """Make a proposal."""
    if not place.manages:
        raise Http404
    members = Organisation.objects.filter(region=place.region).exclude(code="")
    form = ProposalForm(
        request.POST or None,
        shapes=forms_of(place.region),
        services=services_of(place.region),
        members={each.code: each.name for each in members},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = make_proposal(place=place, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            return redirect("proposal", region=place.region.slug, number=made.number)
    return _with_form(request, "decisions/new_proposal.html", {"place": place}, form)


@require_http_methods(["GET", "POST"])
@by_region
def proposal(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Show how a proposal stands everywhere and what follows from a refusal; close it."""
    board = board_of(place.region, number)
    if board is None:
        raise Http404
    form = _posted(request, place, CloseForm)
    if form is not None and form.is_valid():
        close_proposal(place=place, proposal=board.proposal, **form.cleaned_data)
        return redirect("decisions", region=place.region.slug)
    findings = last_findings(place) if board.refused else None
    services = services_of(place.region)
    shown = {
        "place": place,
        "board": board,
        "form_label": forms_of(place.region).get(board.proposal.form, board.proposal.form),
        "services": [services[key] for key in board.proposal.services if key in services],
        "steps": board.road.steps.values(),
        "consequences": consequences(place.region, board, findings),
        "computed": findings is not None,
        "own": own_organisations(place),
    }
    return _with_form(request, "decisions/proposal.html", shown, form or CloseForm())


@require_safe
@by_region
def calendar(request: HttpRequest, place: Place) -> HttpResponse:
    """Show every day that matters, of councils, budgets and decisions."""
    events = [(event, STATUS[event.status]) for event in days_of(place.region)]
    own = own_organisations(place)
    mine = [each for each in organisations_of(place) if each.pk in own]
    return render(request, "decisions/calendar.html", {"place": place, "events": events, "mine": mine})


@require_safe
@by_region
def log(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the log, whether its chain holds, and where a printed mark stands."""
    entries = entries_of(place.region)
    mark = request.GET.get("kenmerk", "")
    shown = {
        "place": place,
        "rows": LogEntry.objects.filter(region=place.region).order_by("-number"),
        "broken": broken(entries),
        "head": entries[-1].mark[:SHORT] if entries else "",
        "mark": mark,
        "found": at_mark(entries, mark),
    }
    return render(request, "decisions/log.html", shown)


@require_safe
@by_region
def log_file(request: HttpRequest, place: Place) -> HttpResponse:  # noqa: ARG001  # as pages are called
    """Give the log as a file that 'marke logboek' checks."""
    return download(write_entries(entries_of(place.region)), "logboek.json")


def _posted(request: HttpRequest, place: Place, kind: type[forms.Form]) -> forms.Form | None:
    """The form that somebody who manages the region sent; None when the page is only read."""
    if request.method != "POST":
        return None
    if not place.manages:
        raise Http404
    return kind(request.POST)


def _with_form(
    request: HttpRequest, template: str, shown: Mapping[str, object], form: forms.Form
) -> HttpResponse:
    return render(request, template, {**shown, "form": form}, status=422 if form.errors else 200)
