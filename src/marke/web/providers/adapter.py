"""The providers of this workspace, as django-allauth asks for them."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marke.errors import InputError
from marke.web.providers.models import Provider
from marke.web.providers.sealed import unseal
from marke.web.providers.selectors import sign_in_choices
from marke.web.providers.services import person_of, told_by

_AGAIN = "Probeer het opnieuw, of meld u aan met uw wachtwoord."


def failed(request: HttpRequest, sentence: str) -> HttpResponse:
    """Say why signing in did not work, and what to do."""
    return render(request, "providers/failed.html", {"sentence": sentence}, status=403)


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Signs in members of a provider's own municipality, and nobody else."""

    def list_apps(
        self,
        request: HttpRequest,  # noqa: ARG002
        provider: str | None = None,
        client_id: str | None = None,  # noqa: ARG002
    ) -> list[SocialApp]:
        """Return the providers that are on, or the one of an organisation."""
        found = [each for each in sign_in_choices() if provider in (None, str(each.organisation_id))]
        return [_as_app(each) for each in found]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the member, or answer with a sentence; keep nothing of what the provider told but its name."""
        account = sociallogin.account
        known = sociallogin.user if sociallogin.is_existing else None
        try:
            if sociallogin.state.get("process") != AuthProcess.LOGIN:
                raise InputError("Hier kunt u zich alleen aanmelden.")
            provider = Provider.objects.get(organisation=account.provider, is_on=True)
            told = told_by(provider, account.extra_data)
            person = person_of(provider, told, known)
        except InputError as error:
            raise ImmediateHttpResponse(failed(request, str(error))) from error
        finally:
            account.extra_data = {}
            if known:
                account.save()
        if known is None:
            sociallogin.connect(request, person)
        account.two_steps = told.two_steps

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, **_more: Any
    ) -> None:
        """Say in one sentence that it did not work."""
        told = f"Aanmelden via {provider.name} is niet gelukt."
        if error == AuthError.CANCELLED:
            told = f"Het aanmelden via {provider.name} is afgebroken."
        raise ImmediateHttpResponse(failed(request, f"{told} {_AGAIN}"))


def _as_app(provider: Provider) -> SocialApp:
    return SocialApp(
        provider="openid_connect",
        provider_id=str(provider.organisation_id),
        name=provider.label,
        client_id=provider.client_id,
        secret=unseal(provider.sealed_secret),
        settings={"server_url": provider.issuer.rstrip("/"), "oauth_pkce_enabled": True},
    )
