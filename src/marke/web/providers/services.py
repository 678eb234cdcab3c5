"""What is written about providers, and whom a provider signs in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.models import SocialAccount

from marke.errors import InputError
from marke.web.accounts.models import User
from marke.web.accounts.second_step import lacks_second_step
from marke.web.providers.discovery import discover
from marke.web.providers.models import Provider
from marke.web.providers.sealed import seal
from marke.web.providers.selectors import provider_for
from marke.web.tenancy.access import Place, current_memberships
from marke.web.tenancy.context import Context, opened
from marke.web.tenancy.models import Organisation
from marke.web.tenancy.services import log


def configure(
    *, place: Place, organisation: Organisation, issuer: str, client_id: str, secret: str, acr: str
) -> None:
    """Put a provider in the place of the present one; it stays off until the municipality turns it on.

    Without a secret the present one is kept, for the same issuer. Raises InputError when the provider does
    not answer as one.
    """
    found = discover(issuer)
    before = provider_for(organisation)
    same = before is not None and before.issuer == found.issuer
    if not secret and not (before and same):
        raise InputError("Vul het geheim in dat de aanbieder u gaf.", where="Geheim")
    sealed = before.sealed_secret if before and not secret else seal(secret)
    remove(organisation=organisation, links=not same)
    Provider(
        region=place.region,
        organisation=organisation,
        label=f"{organisation.name} ({place.region.name})",
        issuer=found.issuer,
        origin=found.origin,
        client_id=client_id,
        sealed_secret=sealed,
        acr=acr,
        made_by=place.user,
    ).save(force_insert=True)


def remove(*, organisation: Organisation, links: bool = True) -> None:
    """Remove the provider of an organisation, and with ``links`` whom it knew by its own name for them."""
    Provider.objects.filter(organisation=organisation).delete()
    if links:
        SocialAccount.objects.filter(provider=str(organisation.pk)).delete()


def turn(*, place: Place, provider: str, on: bool) -> None:
    """Turn the provider of the place's organisation on or off; raises InputError when that changed."""
    found = provider_for(place.own)
    if found is None or str(found.pk) != provider:
        raise InputError("De aanbieder is intussen veranderd.", mend="Bekijk hem opnieuw.")
    found.is_on = on
    found.save(update_fields=["is_on"])
    log(
        place, action="aanbieder " + ("aangezet" if on else "uitgezet"), subject=found.issuer, result="gelukt"
    )


@dataclass(frozen=True)
class Told:
    """What a provider asserts: its own name for a person, a verified address or "", and two steps or not."""

    subject: str
    email: str
    two_steps: bool


def told_by(provider: Provider, claims: Mapping[str, Any]) -> Told:
    """Read the claims; raises InputError when the token is missing or the two sources differ."""
    token, more = claims.get("id_token") or {}, claims.get("userinfo") or {}
    if not token.get("sub") or more.get("sub") != token["sub"]:
        raise InputError("De aanbieder zegt niet eenduidig wie u bent.", mend="Vraag uw ICT-afdeling.")
    whole = {**token, **more}
    verified = whole.get("email_verified") in (True, "true")
    steps = token.get("amr")
    strong = isinstance(steps, list) and "mfa" in steps
    return Told(
        str(token["sub"]),
        str(whole.get("email", "")).strip().lower() if verified else "",
        strong or bool(provider.acr and token.get("acr") == provider.acr),
    )


def person_of(provider: Provider, told: Told, known: User | None) -> User:
    """Return whom a provider signs in; ``known`` is who signed in by this name before.

    Only members of its own municipality, at first by a verified address; never who runs the workspace.
    Raises InputError with one sentence for everybody else, so that it tells nothing about other accounts.
    """
    user = known
    if user is None:
        if not told.email:
            raise InputError(
                "De aanbieder zegt niet dat uw e-mailadres is gecontroleerd.",
                mend="Vraag uw ICT-afdeling om 'email_verified', of meld u aan met uw wachtwoord.",
            )
        user = User.objects.filter(email=told.email).first()
    if user is None or not _may(user, provider) or _is_other(user, provider, told):
        raise InputError(
            f"U hoort hier nog niet bij {provider.label}.",
            mend="Vraag uw contactpersoon om een uitnodiging, en maak daarmee eerst een account.",
        )
    if not told.two_steps and lacks_second_step(user):
        raise InputError(
            "De aanbieder zegt niet dat u met twee stappen bent aangemeld, en hier hebt u geen tweede.",
            mend="Meld u één keer aan met uw wachtwoord en maak er een.",
        )
    return user


def _may(user: User, provider: Provider) -> bool:
    with opened(Context(user=user.pk)):
        mine = current_memberships(user)
    member = any(each.organisation_id == provider.organisation_id for each in mine)
    return member and user.is_active and not user.is_administrator


def _is_other(user: User, provider: Provider, told: Told) -> bool:
    """Whether somebody with another name at this provider signed in to the account before."""
    mine = SocialAccount.objects.filter(provider=str(provider.organisation_id), user=user)
    return bool(mine.exclude(uid=told.subject).exists())
