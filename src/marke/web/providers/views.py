"""Pages about providers, and the way to one and back."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.views import LoginView
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import callback, login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marke.errors import InputError
from marke.web.providers.adapter import failed
from marke.web.providers.forms import ProviderForm
from marke.web.providers.selectors import provider_for, sign_in_choices
from marke.web.providers.services import configure, remove, turn
from marke.web.tenancy.access import Place, by_organisation, by_region
from marke.web.tenancy.models import Organisation

_log = logging.getLogger(__name__)
_sign_in = LoginView.as_view(extra_context={"providers": sign_in_choices})


def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in; this page alone may send a form on to the providers."""
    answer: Any = _sign_in(request)
    answer._csp_update = {"form-action": sorted({each.origin for each in sign_in_choices()})}
    done: HttpResponse = answer
    return done


def _guarded(view: Callable[[HttpRequest, str], HttpResponse]) -> Callable[..., HttpResponse]:
    """Turn a provider that does not answer, or not sensibly, into a sentence."""

    @wraps(view)
    def inside(request: HttpRequest, provider_id: UUID) -> HttpResponse:
        try:
            return view(request, str(provider_id))
        except InputError as error:
            return failed(request, str(error))
        except (OSError, KeyError, ValueError, OAuth2Error) as error:
            _log.warning("provider %s: %r", provider_id, error)
            told = "De aanbieder van uw gemeente antwoordt niet goed."
            return failed(request, f"{told} Probeer het later, of meld u aan met uw wachtwoord.")

    return inside


@require_POST
@_guarded
def to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send a person to the provider; nothing in the address of the page counts."""
    request.GET = QueryDict()
    answer: HttpResponse = login(request, provider_id)
    return answer


@require_safe
@_guarded
def from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Receive a person who comes back from the provider."""
    answer: HttpResponse = callback(request, provider_id)
    return answer


@require_http_methods(["GET", "POST"])
@by_region
def configure_page(request: HttpRequest, place: Place, organisation: str) -> HttpResponse:
    """Fill in, change or remove the provider of a municipality; for the region's administrators."""
    found = Organisation.objects.filter(region=place.region, slug=organisation).exclude(code="").first()
    if not place.administers or found is None:
        raise Http404
    here = redirect("configure-provider", region=place.region.slug, organisation=found.slug)
    provider = provider_for(found)
    if "remove" in request.POST:
        remove(organisation=found)
        return here
    shown = (
        {"issuer": provider.issuer, "client_id": provider.client_id, "acr": provider.acr} if provider else {}
    )
    form = ProviderForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        try:
            configure(place=place, organisation=found, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            return here
    back = reverse("openid_connect_callback", args=[found.pk])
    context = {
        "place": place,
        "organisation": found,
        "provider": provider,
        "form": form,
        "back": request.build_absolute_uri(back),
    }
    return render(request, "providers/configure.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@by_organisation
def own_page(request: HttpRequest, place: Place) -> HttpResponse:
    """Show a municipality its provider, and let it turn that on or off."""
    if not place.own.code:
        raise Http404
    problem = ""
    if request.method == "POST":
        if not place.writes:
            raise Http404
        try:
            turn(place=place, provider=request.POST.get("provider", ""), on="on" in request.POST)
        except InputError as error:
            problem = str(error)
        else:
            return redirect("own-provider", region=place.region.slug, organisation=place.own.slug)
    shown = {"place": place, "provider": provider_for(place.own), "problem": problem}
    return render(request, "providers/own.html", shown, status=422 if problem else 200)
