"""Signing in takes two steps (BIO2 5.17.01): who has no second one yet is sent to make it."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from marke.web.accounts.models import User

_FREE = ("/account/", "/static/", "/.well-known/", "/healthz", "/metrics", "/toegankelijkheid")


class SecondStepMiddleware:
    """Sends a person without a second step to the page that makes one; people of an example are free."""

    def __init__(self, following: Callable[[HttpRequest], HttpResponse]) -> None:
        self.following = following

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let through, or send to the page."""
        user = request.user
        if (
            settings.SECOND_STEP_REQUIRED
            and isinstance(user, User)
            and not user.is_example
            and not request.path.startswith(_FREE)
            and not is_mfa_enabled(user)
        ):
            messages.info(request, "Maak eerst een tweede stap voor het aanmelden: een app of een passkey.")
            return redirect(reverse("mfa_index"))
        return self.following(request)
