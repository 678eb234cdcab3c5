"""Pages about runs: of a region, and of a municipality with its own beside those of the region."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marke.errors import InputError
from marke.web.runs.addresses import runs_address
from marke.web.runs.comparing import differences_of
from marke.web.runs.models import OwnRun, SharedRun
from marke.web.runs.publishing import publication_in
from marke.web.runs.results import FIRST, derived, part_address, part_html, titles_of
from marke.web.runs.selectors import (
    complete_in,
    may_cancel,
    may_start,
    older_than,
    run_in,
    runs_in,
    stage_of,
)
from marke.web.runs.services import cancel, start
from marke.web.runs.store import Stored
from marke.web.runs.tasks import ask_comparison
from marke.web.tenancy.access import Place, by_organisation, by_region


def _runs(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the runs of a place, and start one."""
    found, problem = runs_in(place), ""
    if request.method == "POST":
        if not may_start(place):
            raise Http404
        try:
            run = start(place=place)
        except InputError as error:
            problem = str(error)
        else:
            return redirect(f"{runs_address(place)}{run.pk}/")
    shown = {
        "place": place,
        "base": runs_address(place),
        "own": [run for run in found if isinstance(run, OwnRun)],
        "shared": [run for run in found if isinstance(run, SharedRun)],
        "may_start": may_start(place),
        "publication": None if place.organisation else publication_in(place),
        "problem": problem,
    }
    return render(request, "runs/runs.html", shown, status=422 if problem else 200)


def _run(request: HttpRequest, place: Place, run: UUID) -> HttpResponse:
    """Show how far a run is, or what came out of it."""
    found = run_in(place, run)
    if found.complete:
        return _result(request, place, found, FIRST)
    shown = about(place, found) | {"stage": stage_of(found), "may_cancel": may_cancel(place, found)}
    return render(request, "runs/run.html", shown)


def _part(request: HttpRequest, place: Place, run: UUID, part: str) -> HttpResponse:
    """Show one part of what came out of a run."""
    return _result(request, place, complete_in(place, run), part)


def _result(request: HttpRequest, place: Place, run: Stored, part: str) -> HttpResponse:
    shown = about(place, run)
    try:
        titles = titles_of(run)
        if part not in titles:
            raise Http404
        code = place.organisation.code if place.organisation else ""
        shown |= {"content": part_html(run, part, shown["address"], code)}
    except InputError as error:
        return render(request, "runs/result.html", shown | {"problem": str(error)})
    links = [(part_address(shown["address"], key), title, key == part) for key, title in titles.items()]
    return render(request, "runs/result.html", shown | {"parts": links, "title": titles[part]})


def _derived(request: HttpRequest, place: Place, run: UUID, fact: str) -> HttpResponse:
    """Show how a number was computed, from which figures, with which sources."""
    found = complete_in(place, run)
    try:
        step = derived(found, fact)
    except InputError as error:
        raise Http404 from error
    return render(request, "runs/derived.html", about(place, found) | {"step": step, "fact": fact})


def _changed(request: HttpRequest, place: Place, run: UUID, other: UUID | None = None) -> HttpResponse:
    """Show what changed since an older run and why, and have that computed."""
    found = complete_in(place, run)
    older = older_than(place, found)
    chosen = next((each for each in older if other in (None, each.pk)), None)
    if other is not None and chosen is None:
        raise Http404
    if request.method == "POST":
        if chosen is None or not may_cancel(place, found):
            raise Http404
        ask_comparison(found, chosen)
        return redirect(f"{about(place, found)['address']}verschil/{chosen.pk}/")
    told = differences_of(found, chosen) if chosen else None
    shown = {"older": older, "chosen": chosen, "told": told, "may_ask": may_cancel(place, found)}
    return render(request, "runs/changed.html", about(place, found) | shown)


def about(place: Place, run: Stored) -> dict[str, Any]:
    """Return what every page about one run shows."""
    base = runs_address(place)
    own = isinstance(run, OwnRun)
    return {"place": place, "base": base, "address": f"{base}{run.pk}/", "run": run, "own": own}


def _cancel(request: HttpRequest, place: Place, run: UUID) -> HttpResponse:
    """Stop a run that waits or is computed."""
    found = run_in(place, run)
    if not may_cancel(place, found):
        raise Http404
    if not cancel(place=place, run=found):
        messages.info(request, "Deze run was al afgelopen.")
    return redirect(f"{runs_address(place)}{found.pk}/")


runs_of_region = require_http_methods(["GET", "POST"])(by_region(_runs))
runs_of_own = require_http_methods(["GET", "POST"])(by_organisation(_runs))
run_of_region = require_safe(by_region(_run))
run_of_own = require_safe(by_organisation(_run))
part_of_region = require_safe(by_region(_part))
part_of_own = require_safe(by_organisation(_part))
derived_of_region = require_safe(by_region(_derived))
derived_of_own = require_safe(by_organisation(_derived))
changed_of_region = require_http_methods(["GET", "POST"])(by_region(_changed))
changed_of_own = require_http_methods(["GET", "POST"])(by_organisation(_changed))
cancel_of_region = require_POST(by_region(_cancel))
cancel_of_own = require_POST(by_organisation(_cancel))
