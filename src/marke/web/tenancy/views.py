"""Pages about regions, organisations and who belongs to them."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marke.errors import InputError
from marke.web.accounts.forms import InvitedForm
from marke.web.accounts.models import User
from marke.web.accounts.services import create_user, sign_in
from marke.web.operations.limits import INVITATIONS, limited
from marke.web.tenancy.access import Place, by_organisation, by_region
from marke.web.tenancy.forms import InvitationForm
from marke.web.tenancy.models import MUNICIPAL_ROLES, OFFICE_ROLES, Organisation, Role
from marke.web.tenancy.selectors import (
    events_of,
    open_invitations,
    organisations_of,
    own_organisations,
    parts_of,
    people_of,
    person_in,
)
from marke.web.tenancy.services import accept, confirm_membership, end_membership, invitation_of, invite


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what a person takes part in."""
    assert isinstance(request.user, User)  # noqa: S101  # signed in
    return render(request, "tenancy/home.html", {"parts": parts_of(request.user)})


@require_safe
@by_region
def region(request: HttpRequest, place: Place) -> HttpResponse:
    """Show a region with its municipalities."""
    rows = [(each, people_of(each) if place.manages else ()) for each in organisations_of(place)]
    return render(
        request, "tenancy/region.html", {"place": place, "rows": rows, "own": own_organisations(place)}
    )


@require_http_methods(["GET", "POST"])
@limited(INVITATIONS)
@by_region
def invite_first(request: HttpRequest, place: Place, organisation: str) -> HttpResponse:
    """Invite for the region: a colleague of the office, or the first person of a municipality."""
    if not place.manages:
        raise Http404
    found = Organisation.objects.filter(region=place.region, slug=organisation).first()
    if found is None:
        raise Http404
    return _invite(request, place, found, back=reverse("region", args=[place.region.slug]))


@require_http_methods(["GET", "POST"])
@limited(INVITATIONS)
@by_organisation
def people(request: HttpRequest, place: Place) -> HttpResponse:
    """Show who belongs to an organisation, and invite colleagues."""
    if request.method == "POST" and not place.writes:
        raise Http404
    back = reverse("people", args=[place.region.slug, place.own.slug])
    return _invite(request, place, place.own, back=back)


def _invite(request: HttpRequest, place: Place, organisation: Organisation, *, back: str) -> HttpResponse:
    roles = MUNICIPAL_ROLES if organisation.code else OFFICE_ROLES
    form = InvitationForm(request.POST or None, roles=roles)
    link = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            token = invite(
                place=place,
                organisation=organisation,
                email=given["email"],
                role=Role(given["role"]),
                last_day=given["last_day"],
            )
        except InputError as error:
            form.add_error(None, str(error))
        else:
            link = request.build_absolute_uri(reverse("invitation", args=[token]))
            form = InvitationForm(roles=roles)
    shown = {
        "place": place,
        "organisation": organisation,
        "form": form,
        "link": link,
        "back": back,
        "people": people_of(organisation),
        "invitations": open_invitations(organisation),
    }
    return render(request, "tenancy/people.html", shown, status=422 if form.errors else 200)


@require_POST
@by_organisation
def end_role(request: HttpRequest, place: Place, membership: UUID) -> HttpResponse:
    """End somebody's role."""
    return _on_role(request, place, membership, end_membership)


@require_POST
@by_organisation
def confirm_role(request: HttpRequest, place: Place, membership: UUID) -> HttpResponse:
    """Note that somebody's role still fits."""
    return _on_role(request, place, membership, confirm_membership)


def _on_role(request: HttpRequest, place: Place, membership: UUID, act: Callable[..., None]) -> HttpResponse:
    found = person_in(place, membership)
    try:
        act(place=place, membership=found)
    except InputError as error:
        messages.error(request, str(error))
    return redirect("people", region=place.region.slug, organisation=place.own.slug)


@require_safe
@by_organisation
def log_page(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the log of an organisation."""
    return render(request, "tenancy/log.html", {"place": place, "events": events_of(place.own)})


@require_http_methods(["GET", "POST"])
@limited(INVITATIONS)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation, with a new account or the account one is signed in with."""
    found = invitation_of(token)
    if found is None:
        return render(request, "tenancy/invitation_gone.html", status=404)
    user = request.user if isinstance(request.user, User) else None
    form = None if user else InvitedForm(request.POST or None)
    problem = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            if user is None and form is not None:
                user = create_user(email=found.email, **form.cleaned_data)
                sign_in(request, user)
            assert user is not None  # noqa: S101  # signed in or just made
            accept(token=token, user=user)
        except InputError as error:
            problem = str(error)
        else:
            return redirect("home")
    wrong = bool(problem or (form and form.errors))
    shown = {"invitation": found, "role": Role(found.role).label, "form": form, "problem": problem}
    return render(request, "tenancy/invitation.html", shown, status=422 if wrong else 200)
