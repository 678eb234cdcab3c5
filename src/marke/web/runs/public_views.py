"""What anyone may see of a region, and the pages with which its lead says so."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marke.findings.public import PublicFindings
from marke.web.downloads import download
from marke.web.runs.addresses import runs_address
from marke.web.runs.models import Publication, SharedRun
from marke.web.runs.publishing import public_of, publication_in, publish, rows_of, withdraw
from marke.web.runs.selectors import complete_in
from marke.web.tenancy.access import Place, by_region


@require_safe
def public(request: HttpRequest, region: str) -> HttpResponse:
    """Show what is public of a region; nobody needs to sign in."""
    found = _public(region)
    findings = PublicFindings.model_validate_json(found.findings)
    shown = {"publication": found, "findings": findings, "rows": rows_of(findings)}
    return render(request, "runs/public.html", shown)


@require_safe
def public_data(_request: HttpRequest, region: str) -> HttpResponse:
    """Give the same as data."""
    found = _public(region)
    return download(found.findings.encode(), f"{found.slug}.json")


def _public(region: str) -> Publication:
    found = public_of(region)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@by_region
def publish_page(request: HttpRequest, place: Place, run: UUID) -> HttpResponse:
    """Say who will see what, and make a run public."""
    found = complete_in(place, run)
    if not place.manages or not isinstance(found, SharedRun):
        raise Http404
    if request.method == "POST":
        if "sure" in request.POST:
            publish(place=place, run=found)
            messages.success(request, "De uitkomsten zijn openbaar.")
            return redirect("runs", region=place.region.slug)
        messages.error(request, "Vink aan dat iedereen dit mag zien.")
    address = f"{runs_address(place)}{found.pk}/"
    shown = {"place": place, "run": found, "address": address, "before": publication_in(place)}
    return render(request, "runs/publish.html", shown)


@require_POST
@by_region
def withdraw_page(request: HttpRequest, place: Place) -> HttpResponse:
    """End what is public of a region."""
    if not place.manages:
        raise Http404
    withdraw(place=place)
    messages.success(request, "De uitkomsten zijn niet meer openbaar.")
    return redirect("runs", region=place.region.slug)
