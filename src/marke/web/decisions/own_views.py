"""Pages of one municipality (or of the office): its own steps, its own days, and private calendars."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marke.decision import Recorded
from marke.errors import InputError
from marke.web.decisions.calendar import agenda
from marke.web.decisions.forms import DaysForm, StepForm
from marke.web.decisions.models import CalendarLink
from marke.web.decisions.selectors import RECESS, named_day, named_days, own_moments
from marke.web.decisions.services import (
    make_link,
    name_days,
    record_step,
    remove_days,
    revoke_link,
    take_back_step,
)
from marke.web.decisions.standings import asked_of, own_steps
from marke.web.tenancy.access import Place, by_organisation


@require_safe
@by_organisation
def overview(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the proposals that ask something of the organisation, with its own steps."""
    shown = {"place": place, "rows": [(b, own_steps(b, place.own)) for b in asked_of(place)]}
    return render(request, "decisions/own.html", shown)


@require_http_methods(["GET", "POST"])
@by_organisation
def step(request: HttpRequest, place: Place, number: int, step: str) -> HttpResponse:
    """Record a step, change what was recorded of it, or take it back."""
    board = next((each for each in asked_of(place) if each.proposal.number == number), None)
    told = next((s for s in own_steps(board, place.own) if s.state.key == step), None) if board else None
    if board is None or told is None or not place.writes:
        raise Http404
    back = redirect("own-decisions", region=place.region.slug, organisation=place.own.slug)
    if request.method == "POST" and "back" in request.POST:
        take_back_step(place=place, proposal=board.proposal, step=step)
        return back
    record = told.state.recorded
    now = {"day": record.day, "outcome": record.outcome, "text": record.text} if record else {}
    form = StepForm(request.POST or None, initial=now or {"day": timezone.localdate()}, told=told)
    if request.method == "POST" and form.is_valid():
        try:
            record_step(place=place, proposal=board.proposal, new=Recorded(step, **form.cleaned_data))
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Vastgelegd.")
            return back
    shown = {"place": place, "board": board, "told": told, "form": form}
    return render(request, "decisions/step.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@by_organisation
def days(request: HttpRequest, place: Place) -> HttpResponse:
    """Show and name a council's own days."""
    if not place.own.code or (request.method == "POST" and not place.writes):
        raise Http404
    form = DaysForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            name_days(place=place, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            return redirect("own-days", region=place.region.slug, organisation=place.own.slug)
    labels = own_moments()
    rows = [(each, labels[each.moment]) for each in named_days(place)]
    shown = {"place": place, "rows": rows, "form": form, "recess": RECESS}
    return render(request, "decisions/days.html", shown, status=422 if form.errors else 200)


@require_POST
@by_organisation
def forget_days(request: HttpRequest, place: Place, days: UUID) -> HttpResponse:  # noqa: ARG001
    """Remove days that were named."""
    remove_days(place=place, days=named_day(place, days))
    return redirect("own-days", region=place.region.slug, organisation=place.own.slug)


@require_http_methods(["GET", "POST"])
@by_organisation
def links(request: HttpRequest, place: Place) -> HttpResponse:
    """Show one's own links to the calendar, and make one; its address is shown once."""
    made = ""
    if request.method == "POST":
        made = request.build_absolute_uri(reverse("calendar-feed", args=[make_link(place=place)]))
    mine = CalendarLink.objects.filter(organisation=place.own, user=place.user, revoked_at__isnull=True)
    return render(request, "decisions/links.html", {"place": place, "links": mine, "made": made})


@require_POST
@by_organisation
def revoke(request: HttpRequest, place: Place, link: UUID) -> HttpResponse:  # noqa: ARG001
    """Let one of one's own links work no longer."""
    found = CalendarLink.objects.filter(pk=link, organisation=place.own, user=place.user).first()
    if found is None:
        raise Http404
    revoke_link(found)
    return redirect("calendar-links", region=place.region.slug, organisation=place.own.slug)


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001  # as pages are called
    """Give an agenda the days behind a private link."""
    content = agenda(token)
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    return answer
