"""One line of the log and one measurement for every request; the path without what it keeps secret."""

import logging
import re
import sys
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from marke.web.accounts.models import User
from marke.web.operations.log import stack_of
from marke.web.operations.metrics import observe

_LOG = logging.getLogger("marke.request")
_OPEN = frozenset({"region", "organisation", "section", "number", "run", "figure", "talk", "step"})
"""Parts of an address that may stand in the log; every other part may be a token."""

_failure: ContextVar[BaseException | None] = ContextVar("failure", default=None)


class RequestLog:
    """Gives each request an id (also in the header ``X-Request-ID``), writes its line and measures it."""

    def __init__(self, following: Callable[[HttpRequest], HttpResponse]) -> None:
        self.following = following
        got_request_exception.connect(_note, dispatch_uid="marke.request")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and tell about it."""
        _failure.set(None)
        key, begin = uuid4().hex, time.perf_counter()
        answer = self.following(request)
        seconds = time.perf_counter() - begin
        answer["X-Request-ID"] = key
        match, method = request.resolver_match, str(request.method)
        observe(method=method, route=route_of(match), status=answer.status_code, seconds=seconds)
        fields = {
            "method": method,
            "path": shown_path(request.path, match),
            "status": answer.status_code,
            "ms": round(seconds * 1000, 1),
            "request": key,
            **_who_and_where(request, match),
        }
        failure = _failure.get()
        if failure is not None:
            fields["error"] = stack_of(failure)
        _LOG.log(_level(answer.status_code), "request", extra={"fields": fields})
        return answer


def route_of(match: ResolverMatch | None) -> str:
    """Return the template of an address, which is the same for everybody; "" for an unknown one."""
    return re.sub(r"<\w+:(\w+)>", r"<\1>", str(match.route)) if match else ""


def shown_path(path: str, match: ResolverMatch | None) -> str:
    """Return a path without tokens; of an unknown address only its first part.

    An address that misses its last slash is unknown as well, and can hold a token that works.
    """
    if match is None:
        first = path.lstrip("/").partition("/")
        return f"/{first[0]}/..." if first[1] else path
    hidden = sorted({str(v) for k, v in match.kwargs.items() if k not in _OPEN}, key=len, reverse=True)
    for value in hidden:
        path = path.replace(value, "...")
    return path


def _who_and_where(request: HttpRequest, match: ResolverMatch | None) -> dict[str, Any]:
    user = getattr(request, "user", None)
    parts = match.kwargs if match else {}
    found = {
        "person": str(user.pk) if isinstance(user, User) else None,
        "region": parts.get("region"),
        "organisation": parts.get("organisation"),
    }
    return {name: value for name, value in found.items() if value is not None}


def _level(status: int) -> int:
    if status >= 500:
        return logging.ERROR
    return logging.WARNING if status >= 400 else logging.INFO


def _note(*, request: HttpRequest, **_signal: Any) -> None:  # noqa: ARG001  # as the signal sends it
    _failure.set(sys.exc_info()[1])
