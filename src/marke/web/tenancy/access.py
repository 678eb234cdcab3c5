"""The door to what belongs to a region or organisation: without a role there, the page does not exist."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from marke.web.accounts.models import User
from marke.web.tenancy.context import Context, change, opened
from marke.web.tenancy.models import MANAGING, WRITING, Membership, Organisation, Region, Role

REGION = "regio/<slug:region>/"
ORGANISATION = f"{REGION}gemeente/<slug:organisation>/"
"""Every address of a region or organisation begins so; the name of the tenant is part of it."""


@dataclass(frozen=True)
class Place:
    """Where a person is, and as what; ``organisation`` is None on the pages of a region."""

    user: User
    region: Region
    roles: frozenset[Role]
    organisation: Organisation | None = None
    origin: str = ""
    only: frozenset[str] | None = None
    """For who only helps with some questions: those; None for everybody else."""

    @property
    def manages(self) -> bool:
        """Whether the person sets up the region."""
        return bool(self.roles & MANAGING)

    @property
    def administers(self) -> bool:
        """Whether the person decides how others sign in."""
        return Role.ADMINISTRATOR in self.roles

    @property
    def writes(self) -> bool:
        """Whether the person may change what belongs to the organisation."""
        return self.organisation is not None and bool(self.roles & (WRITING | MANAGING))

    @property
    def answers(self) -> bool:
        """Whether the person may answer questions of the organisation, all or some."""
        return self.writes or self.only is not None

    @property
    def own(self) -> Organisation:
        """The organisation of the page."""
        assert self.organisation is not None  # noqa: S101  # by_organisation set it
        return self.organisation


@contextmanager
def region_entered(user: User, region: str, *, origin: str = "") -> Iterator[Place]:
    """Open a transaction in the context of a person's place in a region; 404 for who has none there.

    Pages and the API both come in through here and ``organisation_entered``, and nothing else does.
    """
    with opened(Context(user=user.pk)):
        roles = _roles_in(user, region)
        place = Place(user, roles.region, _all(roles), origin=origin)
        change(_context(place, roles))
        yield place


@contextmanager
def organisation_entered(
    user: User, region: str, organisation: str, *, origin: str = "", helpers: bool = False
) -> Iterator[Place]:
    """Open a transaction in the context of a person's place in an organisation; 404 for who has none there.

    ``helpers``: who helps with some questions comes in for those only; elsewhere it is 404 for them.
    """
    with opened(Context(user=user.pk)):
        roles = _roles_in(user, region)
        found = Organisation.objects.filter(region=roles.region, slug=organisation).first()
        if found is None or found.pk not in roles.by_organisation:
            raise Http404
        here = roles.by_organisation[found.pk]
        only = roles.questions.get(found.pk, frozenset()) if here <= {Role.HELPER} else None
        if only is not None and not helpers:
            raise Http404
        place = Place(user, roles.region, here, found, origin, only)
        change(
            Context(
                user=user.pk,
                regions=[roles.region.pk],
                readable=[found.pk],
                writable=found.pk if place.answers else None,
            )
        )
        yield place


View = Callable[..., HttpResponse]


def by_region(view: Callable[Concatenate[HttpRequest, Place, ...], HttpResponse]) -> View:
    """Give a view the person's place in the region of its address, inside the context of that place."""

    @wraps(view)
    def inside(request: HttpRequest, region: str, **rest: Any) -> HttpResponse:
        with region_entered(person_of(request), region, origin=origin_of(request)) as place:
            return view(request, place, **rest)

    return login_required(inside)


def by_organisation(
    view: Callable[Concatenate[HttpRequest, Place, ...], HttpResponse], *, helpers: bool = False
) -> View:
    """Give a view the person's place in the organisation of its address, inside the context of that place.

    ``helpers``: the page shows who helps with some questions those only; other pages are not there for them.
    """

    @wraps(view)
    def inside(request: HttpRequest, region: str, organisation: str, **rest: Any) -> HttpResponse:
        where, user = origin_of(request), person_of(request)
        with organisation_entered(user, region, organisation, origin=where, helpers=helpers) as place:
            return view(request, place, **rest)

    return login_required(inside)


@dataclass(frozen=True)
class _Roles:
    region: Region
    by_organisation: dict[UUID, frozenset[Role]]
    questions: dict[UUID, frozenset[str]]


def _roles_in(user: User, slug: str) -> _Roles:
    """Return the present roles of a person in one region; 404 when there is none."""
    mine = list(current_memberships(user))
    change(Context(user=user.pk, regions={m.region_id for m in mine}))
    region = Region.objects.filter(slug=slug).first()
    if region is None:
        raise Http404
    found: dict[UUID, frozenset[Role]] = {}
    questions: dict[UUID, frozenset[str]] = {}
    for membership in mine:
        if membership.region_id == region.pk:
            before = found.get(membership.organisation_id, frozenset())
            found[membership.organisation_id] = before | {Role(membership.role)}
            asked = questions.get(membership.organisation_id, frozenset())
            questions[membership.organisation_id] = asked | frozenset(membership.questions)
    return _Roles(region, found, questions)


def current_memberships(user: User) -> list[Membership]:
    """Return the memberships of a person that hold today and in this session; needs a context with him."""
    today = timezone.localdate()
    mine = Membership.objects.filter(user=user, starts_on__lte=today)
    return [
        m
        for m in mine
        if (m.ends_on is None or m.ends_on > today) and user.within in (None, m.organisation_id)
    ]


def _all(roles: _Roles) -> frozenset[Role]:
    return frozenset().union(*roles.by_organisation.values())


def _context(place: Place, roles: _Roles) -> Context:
    return Context(
        user=place.user.pk,
        regions=[place.region.pk],
        readable=list(roles.by_organisation),
        region_writable=place.region.pk if place.manages else None,
    )


def person_of(request: HttpRequest) -> User:
    """Return who asks; only for who signed in or showed a key."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101  # asked before
    return user


def origin_of(request: HttpRequest) -> str:
    """Return from where a request came, for the log of an organisation."""
    return str(request.META.get("REMOTE_ADDR", ""))
