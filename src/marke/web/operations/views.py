"""Pages for everybody: how to report a leak, and how accessible the workspace is."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say whom to tell about a vulnerability (RFC 9116); nothing when nobody is named."""
    if not (settings.CONTACT and settings.CONTACT_UNTIL):
        raise Http404
    expires = datetime.combine(settings.CONTACT_UNTIL, time(), UTC)
    contact = settings.CONTACT if "://" in settings.CONTACT else f"mailto:{settings.CONTACT}"
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: nl, en",
        f"Canonical: {request.build_absolute_uri()}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return render(request, "operations/accessibility.html", {"contact": settings.CONTACT})
