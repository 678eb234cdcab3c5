"""What is written about regions, organisations and who belongs to them."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from marke.errors import InputError
from marke.files import slug
from marke.region import load_country
from marke.web.accounts.models import User
from marke.web.tenancy.access import Place
from marke.web.tenancy.context import Context, change, opened
from marke.web.tenancy.models import (
    MUNICIPAL_ROLES,
    OFFICE_ROLES,
    Event,
    Invitation,
    Membership,
    Organisation,
    Region,
    Role,
)

INVITATION_DAYS = 14


def create_region(*, user: User, wanted: str | Iterable[str], name: str = "") -> Region:
    """Make a region with an organisation for each municipality and an office; the maker administers it.

    Runs inside an opened context and changes it. ``wanted`` is what ``Country.select`` takes.
    Raises InputError for an unknown region, or a name in use.
    """
    chosen = load_country().select(wanted)
    region = Region(
        id=uuid4(), name=name.strip() or chosen.name, selection=[m.code for m in chosen.municipalities]
    )
    region.slug = slug(region.name)
    office = Organisation(id=uuid4(), region=region, name=f"Regiobureau {region.name}", slug="regiobureau")
    change(Context(user=user.pk, regions=[region.pk], region_writable=region.pk))
    try:
        region.save(force_insert=True)
    except IntegrityError as error:
        raise InputError(
            f"Er is al een regio '{region.name}'.", where="Naam", mend="Kies een andere naam."
        ) from error
    office.save(force_insert=True)
    Organisation.objects.bulk_create(
        Organisation(region=region, code=m.code, name=m.name, slug=slug(m.name))
        for m in chosen.municipalities
    )
    change(Context(user=user.pk, regions=[region.pk], readable=[office.pk], writable=office.pk))
    _join(user, office, Role.ADMINISTRATOR)
    place = Place(user, region, frozenset({Role.ADMINISTRATOR}), office)
    log(place, action="regio gemaakt", subject=region.name, result="gelukt")
    return region


def invite(
    *,
    place: Place,
    organisation: Organisation,
    email: str,
    role: Role,
    questions: Iterable[str] = (),
    last_day: date | None = None,
) -> str:
    """Make an invitation and return the secret part of its link; only its fingerprint is kept.

    ``questions``: what a helper is asked, and nobody else. ``last_day``: on which the role still holds.
    Raises InputError for a role that the organisation does not have, a day that was, or when a municipality
    already has people of its own, who then do the inviting.
    """
    if last_day and last_day < timezone.localdate():
        raise InputError("Deze dag is al geweest.", where="Tot en met", mend="Kies een dag die nog komt.")
    allowed = (*MUNICIPAL_ROLES, Role.HELPER) if organisation.code else OFFICE_ROLES
    asked = sorted(questions)
    if role not in allowed or bool(asked) != (role is Role.HELPER):
        raise InputError(f"De rol {role.label} past niet bij {organisation.name}.", where="Rol")
    token = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            Invitation(
                region=place.region,
                organisation=organisation,
                email=email.strip().lower(),
                role=role,
                questions=asked,
                ends_on=last_day + timedelta(days=1) if last_day else None,
                fingerprint=fingerprint_of(token),
                expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
                invited_by=place.user,
            ).save(force_insert=True)
    except ProgrammingError as error:
        raise InputError(
            f"{organisation.name} heeft al eigen mensen; zij nodigen hun collega's zelf uit.",
            mend=f"Vraag de contactpersoon van {organisation.name}.",
        ) from error
    return token


def invitation_of(token: str) -> Invitation | None:
    """Return the open invitation of a link, or None; runs in a context of its own."""
    with opened(Context(invitation=fingerprint_of(token))):
        return (
            Invitation.objects.filter(
                fingerprint=fingerprint_of(token), accepted_at__isnull=True, expires_at__gt=timezone.now()
            )
            .select_related("invited_by")
            .first()
        )


def accept(*, token: str, user: User) -> Organisation:
    """Make a person a member by a link; raises InputError for one that is used, expired or another's."""
    with opened(Context(user=user.pk, invitation=fingerprint_of(token))):
        found = Invitation.objects.filter(fingerprint=fingerprint_of(token)).first()
        if found is None or found.accepted_at or found.expires_at <= timezone.now():
            raise InputError("Deze uitnodiging is gebruikt of verlopen.", mend="Vraag een nieuwe.")
        if found.email != user.email:
            raise InputError(
                "Deze uitnodiging is voor een ander e-mailadres.",
                mend=f"Meld u aan met {found.email}.",
            )
        if user.within not in (None, found.organisation_id):
            raise InputError(
                "U bent aangemeld via uw eigen gemeente, en deze uitnodiging is van een andere organisatie.",
                mend="Meld u af, en meld u aan met uw wachtwoord.",
            )
        change(
            Context(
                user=user.pk,
                regions=[found.region_id],
                readable=[found.organisation_id],
                writable=found.organisation_id,
            )
        )
        done = Invitation.objects.filter(pk=found.pk, accepted_at__isnull=True).update(
            accepted_at=timezone.now()
        )
        if not done:
            raise InputError("Deze uitnodiging is gebruikt of verlopen.", mend="Vraag een nieuwe.")
        organisation = Organisation.objects.get(pk=found.organisation_id)
        _join(user, organisation, Role(found.role), found.questions, found.ends_on)
        region = Region.objects.get(pk=found.region_id)
        place = Place(user, region, frozenset({Role(found.role)}), organisation)
        log(place, action="uitnodiging aangenomen", subject=Role(found.role).label, result="gelukt")
        return organisation


def end_membership(*, place: Place, membership: Membership) -> None:
    """End a membership today; raises InputError for one's own role, so that somebody remains."""
    if membership.user_id == place.user.pk:
        raise InputError("Uw eigen rol kunt u niet beëindigen.", mend="Vraag het een collega.")
    Membership.objects.filter(pk=membership.pk).update(ends_on=timezone.localdate())
    log(place, action="rol beëindigd", subject=str(membership), result="gelukt")


def confirm_membership(*, place: Place, membership: Membership) -> None:
    """Note that a role still fits; raises InputError for one's own, which another judges."""
    if membership.user_id == place.user.pk:
        raise InputError("Over uw eigen rol oordeelt een ander.", mend="Vraag het een collega.")
    Membership.objects.filter(pk=membership.pk).update(reviewed_on=timezone.localdate())
    log(place, action="rol bevestigd", subject=str(membership), result="gelukt")


def log(place: Place, *, action: str, subject: str, result: str) -> None:
    """Add to the log of the place's organisation, which must be the writable one."""
    Event(
        region=place.region,
        organisation=place.own,
        user=place.user,
        action=action,
        subject=subject[:200],
        result=result[:200],
        origin=place.origin,
    ).save(force_insert=True)


def _join(
    user: User,
    organisation: Organisation,
    role: Role,
    questions: Iterable[str] = (),
    ends_on: date | None = None,
) -> None:
    found, new = Membership.objects.get_or_create(
        region_id=organisation.region_id,
        organisation=organisation,
        user=user,
        role=role,
        starts_on=timezone.localdate(),
        defaults={"questions": list(questions), "ends_on": ends_on},
    )
    if not new and questions:
        found.questions = sorted({*found.questions, *questions})
        found.save(update_fields=["questions"])


def fingerprint_of(token: str) -> str:
    """Return what is kept of a secret that is shown once: of a link, or of a key."""
    return hashlib.sha256(token.encode()).hexdigest()
