"""Pages about regions being made and their studies."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from marke.baseline import Baseline
from marke.errors import InputError
from marke.web.accounts.models import User
from marke.web.studies.blocs import blocs
from marke.web.studies.figures import figure_rows, read_figure, row
from marke.web.studies.forms import RegionForm
from marke.web.studies.question import catalogue_of, study_of
from marke.web.studies.selectors import latest, versions
from marke.web.studies.services import add_version, open_region, replace_figure
from marke.web.studies.settings_page import as_filled, changed, services, thresholds
from marke.web.tenancy.access import Place, by_region


@login_required
@require_http_methods(["GET", "POST"])
def new_region(request: HttpRequest) -> HttpResponse:
    """Make a region; for administrators only."""
    assert isinstance(request.user, User)  # noqa: S101  # signed in
    if not request.user.is_administrator:
        raise Http404
    form = RegionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = open_region(user=request.user, wanted=given["wanted"], name=given["name"])
        except InputError as error:
            form.add_error(None, str(error))
        else:
            return redirect("region", region=made.slug)
    return render(request, "studies/new_region.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@by_region
def study(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the study of a region and its versions."""
    shown = {"place": place, "version": latest(place.region), "versions": versions(place.region)}
    return render(request, "studies/study.html", shown)


@require_http_methods(["GET", "POST"])
@by_region
def settings(request: HttpRequest, place: Place) -> HttpResponse:
    """Set up the study: services, forms, blocs, viewpoint, dates and thresholds; a version is added."""
    if not place.manages:
        raise Http404
    version, problem = latest(place.region), ""
    if request.method == "POST":
        try:
            text = changed(version.text, request.POST)
            reason = request.POST.get("reason", "")
            add_version(region=place.region, user=place.user, text=text, reason=reason)
        except InputError as error:
            problem = str(error)
        else:
            return redirect("study", region=place.region.slug)
    study = study_of(version, Baseline({}))
    filled = request.POST if problem else as_filled(study)
    viewpoint = filled.get("gezichtspunt")
    shown = {
        "place": place,
        "filled": filled,
        "services": services(filled, study),
        "blocs": blocs(filled, study),
        "thresholds": thresholds(filled),
        "municipalities": [(m.name, m.name == viewpoint) for m in study.region.municipalities],
        "problem": problem,
    }
    return render(request, "studies/settings.html", shown, status=422 if problem else 200)


@require_safe
@by_region
def figures(request: HttpRequest, place: Place) -> HttpResponse:
    """Show every figure with its source."""
    word = request.GET.get("zoek", "")
    found = figure_rows(catalogue_of(latest(place.region)), word)
    return render(request, "studies/figures.html", {"place": place, "rows": found, "word": word})


@require_http_methods(["GET", "POST"])
@by_region
def figure(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """Replace a figure for this study, with where it comes from, or take that back."""
    whole = catalogue_of(latest(place.region))
    if not place.manages or key not in whole.figures:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            values = None if "back" in request.POST else read_figure(whole.figures[key], request.POST.dict())
            replace_figure(region=place.region, user=place.user, key=key, values=values)
        except InputError as error:
            problem = str(error)
        else:
            return redirect("figures", region=place.region.slug)
    shown = {"place": place, "row": row(whole, key), "given": request.POST, "problem": problem}
    return render(request, "studies/figure.html", shown, status=422 if problem else 200)


@require_http_methods(["GET", "POST"])
@by_region
def edit(request: HttpRequest, place: Place) -> HttpResponse:
    """Change the study file; a version is added."""
    if not place.manages:
        raise Http404
    text, reason, problem = latest(place.region).text, "", ""
    if request.method == "POST":
        text, reason = request.POST.get("text", "").replace("\r\n", "\n"), request.POST.get("reason", "")
        try:
            add_version(region=place.region, user=place.user, text=text, reason=reason)
        except InputError as error:
            problem = str(error)
        else:
            return redirect("study", region=place.region.slug)
    shown = {"place": place, "text": text, "reason": reason, "problem": problem}
    return render(request, "studies/edit.html", shown, status=422 if problem else 200)
