"""What is read about regions, organisations and who belongs to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from marke.web.accounts.models import User
from marke.web.tenancy.access import Place, current_memberships
from marke.web.tenancy.context import Context, change, opened
from marke.web.tenancy.models import Event, Invitation, Membership, Organisation, Region, Role


@dataclass(frozen=True)
class Part:
    """An organisation that a person works for, with the names of the roles there."""

    region: Region
    organisation: Organisation
    roles: tuple[str, ...]


def parts_of(user: User) -> list[Part]:
    """Return everything that a person takes part in today; runs in a context of its own."""
    with opened(Context(user=user.pk)):
        mine = current_memberships(user)
        change(Context(user=user.pk, regions={m.region_id for m in mine}))
        regions = Region.objects.in_bulk([m.region_id for m in mine])
        organisations = Organisation.objects.in_bulk([m.organisation_id for m in mine])
    roles: dict[Organisation, list[str]] = {}
    for m in mine:
        roles.setdefault(organisations[m.organisation_id], []).append(Role(m.role).label)
    found = [Part(regions[o.region_id], o, tuple(sorted(names))) for o, names in roles.items()]
    return sorted(
        found, key=lambda part: (part.region.name, bool(part.organisation.code), part.organisation.name)
    )


def organisations_of(place: Place) -> Sequence[Organisation]:
    """Return the organisations of a region, its office first."""
    return sorted(Organisation.objects.filter(region=place.region), key=lambda o: (bool(o.code), o.name))


def own_organisations(place: Place) -> set[UUID]:
    """Return the organisations of the region that the person has a role for."""
    return {m.organisation_id for m in current_memberships(place.user) if m.region_id == place.region.pk}


def people_of(organisation: Organisation) -> Sequence[Membership]:
    """Return who has a role for an organisation today."""
    today = timezone.localdate()
    return [
        m
        for m in Membership.objects.filter(organisation=organisation)
        .select_related("user")
        .order_by("user__name")
        if m.ends_on is None or m.ends_on > today
    ]


def person_in(place: Place, membership: UUID) -> Membership:
    """Return somebody's role for the place's organisation, for who may end it; raises Http404."""
    found = Membership.objects.filter(pk=membership, organisation=place.own).first()
    if found is None or not place.writes:
        raise Http404
    return found


def open_invitations(organisation: Organisation) -> Iterable[Invitation]:
    """Return the invitations of an organisation that can still be accepted."""
    return Invitation.objects.filter(
        organisation=organisation, accepted_at__isnull=True, expires_at__gt=timezone.now()
    ).order_by("email")


def events_of(organisation: Organisation, most: int = 50) -> Iterable[Event]:
    """Return the last lines of an organisation's log."""
    return Event.objects.filter(organisation=organisation).select_related("user").order_by("-id")[:most]
