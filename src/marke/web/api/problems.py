"""What went wrong, as ``application/problem+json`` (RFC 9457) with Dutch sentences."""

import json
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from marke.web.downloads import TYPES

BASE = "/api/v1"
VERSION = "1.1.0"
TYPE = "application/problem+json"
JSON = "application/json"
XLSX = TYPES["xlsx"]

TITLES: Mapping[int, str] = {
    400: "De vraag klopt niet",
    401: "Zonder geldige sleutel",
    403: "Dit mag deze sleutel niet",
    404: "Dit is er niet, of niet voor u",
    405: "Dit kan hier niet",
    415: "Deze vorm kan niet worden gelezen",
    429: "Even wachten",
    500: "Er ging iets mis",
}
"""By status what every answer with it begins with; the OpenAPI description lists them."""

_DETAILS: Mapping[int, str] = {
    401: "Stuur een geldige sleutel mee: Authorization: Bearer marke_...",
    404: "Dit adres bestaat niet, of u hebt er geen rol.",
    405: "Kijk in de kop Allow wat hier wel kan.",
    500: "Er is niets half bewaard. Probeer het nog eens, of vertel de beheerder het nummer in X-Request-ID.",
}


class RefusedError(Exception):
    """A request that is answered with this status and sentence."""

    def __init__(
        self, status: int, detail: str = "", *, wait: int = 0, errors: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, detail)
        self.status = status
        self.detail = detail
        self.wait = wait
        self.errors = errors or {}
        """By JSON Pointer what does not fit there."""

    def places(self) -> list[dict[str, str]]:
        """Return the places as they stand in a problem."""
        return [{"detail": told, "pointer": pointer} for pointer, told in self.errors.items()]


def problem(status: int, detail: str = "", errors: Sequence[Mapping[str, str]] = ()) -> HttpResponse:
    """Return an answer that tells what is wrong; ``errors`` names places in the request."""
    known = TITLES.get(status, HTTPStatus(status).phrase)
    told: dict[str, Any] = {"type": "about:blank", "title": known, "status": status}
    told["detail"] = detail or _DETAILS.get(status, known)
    if errors:
        told["errors"] = list(errors)
    answer = HttpResponse(json.dumps(told, ensure_ascii=False), content_type=TYPE, status=status)
    if status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


class ApiMiddleware:
    """Gives every answer of the API its version, and turns what Django itself refuses into a problem.

    HEAD is GET without a body; the web server leaves the body out.
    """

    def __init__(self, following: Callable[[HttpRequest], HttpResponse]) -> None:
        self.following = following

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Refuse a body in a form that nothing here reads."""
        sent = int(request.META.get("CONTENT_LENGTH") or 0)
        if not request.path.startswith(f"{BASE}/") or not sent or request.content_type in (JSON, XLSX):
            return None
        return problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; what lies outside the API is left as it is."""
        if not request.path.startswith(f"{BASE}/"):
            return self.following(request)
        method = request.method
        if method == "HEAD":
            request.method = "GET"
        answer = self.following(request)
        request.method = method
        if answer.status_code >= HTTPStatus.BAD_REQUEST and answer["Content-Type"] != TYPE:
            _fill(answer)
        answer["API-Version"] = VERSION
        answer.setdefault("Cache-Control", "no-store")
        return answer


def _fill(answer: HttpResponse) -> None:
    """Make an answer a problem; the headers that others set (Allow, the policy of content) stay."""
    told = problem(answer.status_code)
    answer.content = told.content
    for name, value in told.items():
        answer[name] = value
