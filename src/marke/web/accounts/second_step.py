"""Signing in takes two steps (BIO2 5.17.01): who has no second one yet is sent to make it."""

from collections.abc import Callable
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from marke.web.accounts.models import User

_PUBLIC = ("/static/", "/.well-known/", "/healthz", "/metrics", "/toegankelijkheid")
_FREE = ("/account/", *_PUBLIC)
_HOME = "/"
_BY_PROVIDER = ("/regio/", "/uitnodiging/", "/account/login/", "/account/logout/", "/account/oidc/", *_PUBLIC)
"""Where one comes who signed in by a provider, besides home: a new page is shut until it stands here."""

_ELSEWHERE = "U bent aangemeld via uw gemeente. Uw account verandert u als u zich aanmeldt met uw wachtwoord."


class SecondStepMiddleware:
    """Sends a person without a second step to the page that makes one; people of an example are free.

    Who came by a municipality's own provider had both steps, is kept to that municipality, and changes
    nothing about the account and makes no keys: otherwise the provider could make itself a way to the
    person's other work.
    """

    def __init__(self, following: Callable[[HttpRequest], HttpResponse]) -> None:
        self.following = following

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let through, or send to the page."""
        user = request.user
        if not isinstance(user, User):
            return self.following(request)
        user.within = _organisation(request, user)
        if user.within:
            if request.path != _HOME and not request.path.startswith(_BY_PROVIDER):
                messages.info(request, _ELSEWHERE)
                return redirect(_HOME)
        elif not request.path.startswith(_FREE) and lacks_second_step(user):
            messages.info(request, "Maak eerst een tweede stap voor het aanmelden: een app of een passkey.")
            return redirect(reverse("mfa_index"))
        return self.following(request)


def lacks_second_step(user: User) -> bool:
    """Whether a person must still make a second step."""
    return settings.SECOND_STEP_REQUIRED and not user.is_example and not is_mfa_enabled(user)


def _organisation(request: HttpRequest, user: User) -> UUID | None:
    """Return the organisation whose provider took part in signing in, by allauth's record of the session."""
    for record in get_authentication_records(request, user):
        if record["method"] == "socialaccount":
            return UUID(record["provider"])
    return None
