"""Who a program acts for: a key, what it may do, and the door to a region or organisation."""

from contextlib import AbstractContextManager
from http import HTTPStatus

from django.http import Http404, HttpRequest
from ninja.security import HttpBearer

from marke.web.api.keys import key_of
from marke.web.api.models import Area, Key, Right
from marke.web.api.problems import RefusedError
from marke.web.operations.limits import API, reached
from marke.web.tenancy.access import Place, organisation_entered, origin_of, person_of, region_entered


class Bearer(HttpBearer):
    """A key that may do something in an area; the person of the key becomes that of the request."""

    def __init__(self, area: Area, right: Right) -> None:
        super().__init__()
        self.area, self.right = area, right

    def authenticate(self, request: HttpRequest, token: str) -> Key | None:
        """Return the key, or None for an unknown one; raises RefusedError when it may not, or too often."""
        key = key_of(token)
        if key is None:
            return None
        request.user = key.user
        if wait := reached(API, str(key.user_id)):
            raise RefusedError(HTTPStatus.TOO_MANY_REQUESTS, API.told(), wait=wait)
        if not key.allows(self.area, self.right):
            detail = f"Deze sleutel mag bij '{self.area}' niet {self.right}."
            raise RefusedError(HTTPStatus.FORBIDDEN, detail)
        return key


def reads(area: Area) -> Bearer:
    """A key that may read in an area."""
    return Bearer(area, Right.READ)


def writes(area: Area) -> Bearer:
    """A key that may write in an area."""
    return Bearer(area, Right.WRITE)


def in_region(request: HttpRequest, region: str) -> AbstractContextManager[Place]:
    """Enter a region as the person of the key."""
    return region_entered(person_of(request), region, origin=_origin(request))


def in_organisation(
    request: HttpRequest, region: str, organisation: str, *, helpers: bool = False
) -> AbstractContextManager[Place]:
    """Enter an organisation as the person of the key."""
    origin = _origin(request)
    return organisation_entered(person_of(request), region, organisation, origin=origin, helpers=helpers)


def must_lead(place: Place) -> None:
    """Raise Http404 for who does not lead the region."""
    if not place.manages:
        raise Http404


def must_write(place: Place) -> None:
    """Raise Http404 for who does not write for the organisation."""
    if not place.writes:
        raise Http404


def _origin(request: HttpRequest) -> str:
    return f"{origin_of(request)} (API)"
