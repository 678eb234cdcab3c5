"""How often one person may ask for what costs much; counted in Django's cache, which all processes share."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marke.dutch import number
from marke.web.accounts.models import User


@dataclass(frozen=True)
class Limit:
    """At most so many acts of one person in so many seconds; ``acts`` names them for a reader."""

    name: str
    most: int
    seconds: int
    acts: str

    def told(self) -> str:
        """Say that the limit was reached."""
        minutes = max(1, self.seconds // 60)
        span = "per minuut" if minutes == 1 else f"in {minutes} minuten"
        return f"U mag {number(self.most)} {self.acts} {span}. Wacht even en probeer het opnieuw."


UPLOADS = Limit("uploads", 30, 600, "werkmappen inlezen")
INVITATIONS = Limit("invitations", 60, 600, "uitnodigingen maken of aannemen")
KEYS = Limit("keys", 20, 600, "sleutels maken")
API = Limit("api", 300, 60, "vragen aan de API stellen")


def reached(limit: Limit, who: str) -> int:
    """Count one act; return in how many seconds the next may follow when there were too many, else 0.

    A count belongs to a window of the clock. Two acts at the very same moment may count as one.
    """
    now = int(time.time())
    key = f"limit:{limit.name}:{who}:{now // limit.seconds}"
    count = cache.get(key, 0) + 1
    if count > limit.most:
        return limit.seconds - now % limit.seconds
    cache.set(key, count, limit.seconds)
    return 0


def asker(request: HttpRequest) -> str:
    """Return whose acts are counted: a person, or for who did not sign in an address."""
    user = request.user
    return str(user.pk) if isinstance(user, User) else str(request.META.get("REMOTE_ADDR", ""))


View = Callable[Concatenate[HttpRequest, ...], HttpResponse]


def limited(limit: Limit) -> Callable[[View], View]:
    """Answer a page's POST with 429 and a sentence once the limit was reached."""

    def around(view: View) -> View:
        @wraps(view)
        def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            wait = reached(limit, asker(request)) if request.method == "POST" else 0
            if not wait:
                return view(request, *args, **kwargs)
            answer = render(request, "429.html", {"told": limit.told()}, status=429)
            answer["Retry-After"] = str(wait)
            return answer

        return inside

    return around
