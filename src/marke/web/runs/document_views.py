"""Pages about documents made of runs."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from marke.documents.write import MEMBERS
from marke.errors import InputError
from marke.web.downloads import download
from marke.web.runs.documents import FORMATS, TITLES, content_of_file
from marke.web.runs.models import BUSY, Binder
from marke.web.runs.selectors import binders_of, complete_in, file_of, files_of, own_runs, shared_runs
from marke.web.runs.services import ask_documents
from marke.web.tenancy.access import Place, by_organisation

DEFAULT = "raadsinformatiebrief"


@require_http_methods(["GET", "POST"])
@by_organisation
def documents(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the documents of a municipality, and have some made."""
    binders = binders_of(place)
    chosen, problem = request.POST.getlist("kind") or [DEFAULT], ""
    if request.method == "POST":
        if not place.writes:
            raise Http404
        try:
            run = complete_in(place, _key(request.POST.get("run", "")))
            ask_documents(place=place, run=run, kinds=request.POST.getlist("kind"))
        except InputError as error:
            problem = str(error)
        else:
            return redirect("documents", region=place.region.slug, organisation=place.own.slug)
    shown = {
        "place": place,
        "problem": problem,
        "kinds": [(key, title, key in chosen) for key, title in TITLES.items()],
        "own": [run for run in own_runs(place) if run.complete],
        "shared": [run for run in shared_runs(place) if run.complete],
        "binders": [(binder, _files(binder)) for binder in binders],
        "busy": any(binder.state in BUSY for binder in binders),
    }
    return render(request, "runs/documents.html", shown, status=422 if problem else 200)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise InputError("Kies eerst een run.", where="Run") from error


def _files(binder: Binder) -> list[tuple[str, bool, list[tuple[str, str]]]]:
    """The documents of a binder with a title, whether they are for members only, and a name per format."""
    found: dict[tuple[str, bool], list[tuple[str, str]]] = {}
    for row in files_of(binder):
        stem, _, form = row.name.partition(".")
        if form in FORMATS:
            kind = stem.removesuffix(f"-{MEMBERS}").rpartition("-")[2]
            found.setdefault((TITLES.get(kind, kind), row.members), []).append((form, row.name))
    return [(title, members, forms) for (title, members), forms in found.items()]


@require_safe
@by_organisation
def document(_request: HttpRequest, place: Place, binder: UUID, name: str) -> HttpResponse:
    """Give one file of a binder."""
    return download(content_of_file(file_of(place, binder, name)), name)
