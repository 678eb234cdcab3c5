"""Pages of one organisation at the table: keeping a situation under a name, and a person's red lines."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marke.dutch import capital
from marke.errors import InputError
from marke.situations.desk import Desk
from marke.situations.situation import Read, address, read
from marke.situations.words import described
from marke.web.table.compare import ASIDE
from marke.web.table.forms import LinesForm, NameForm
from marke.web.table.models import SavedSituation
from marke.web.table.selectors import lines_of, may_change
from marke.web.table.services import remove_situation, rename_situation, save_situation, set_lines
from marke.web.table.source import desk_of
from marke.web.tenancy.access import Place, by_organisation

HERE = "situatie"
"""The parameter with what stood in the address of the table one came from."""


@dataclass(frozen=True)
class _Came:
    """The table one came from: its situation, and the way back with what was put aside there."""

    desk: Desk
    found: Read
    here: str
    table: str

    @property
    def back(self) -> str:
        return f"{self.table}?{self.here}"


def _came(request: HttpRequest, place: Place) -> _Came:
    desk = desk_of(place)
    given = request.POST.get(HERE, "") or request.GET.get(HERE, "")
    params = parse_qs(given, keep_blank_values=True)
    found = read(desk, params)
    aside = urlencode([(ASIDE, each) for each in params.get(ASIDE, ())])
    here = "&".join(filter(None, (address(desk, found.situation), aside)))
    return _Came(desk, found, here, reverse("table", args=[place.region.slug]))


@require_http_methods(["GET", "POST"])
@by_organisation
def save(request: HttpRequest, place: Place) -> HttpResponse:
    """Keep the situation on the table under a name."""
    came, form = _came(request, place), NameForm(request.POST or None)
    situation, problem = came.found.situation, came.found.problem
    if request.method == "POST" and form.is_valid() and not problem:
        try:
            kept = save_situation(place=place, desk=came.desk, situation=situation, **form.cleaned_data)
        except InputError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, f"Bewaard als '{kept.name}'.")
            return redirect(came.back)
    more = {"form": form, "problem": problem, "described": described(came.desk, situation)}
    refused = bool(form.errors or problem)
    return _shown(request, place, "table/save.html", came, refused=refused, **more)


@require_http_methods(["GET", "POST"])
@by_organisation
def kept(request: HttpRequest, place: Place, situation: UUID) -> HttpResponse:
    """Give a kept situation another name."""
    came, found = _came(request, place), _changeable(place, situation)
    form = NameForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        try:
            rename_situation(kept=found, **form.cleaned_data)
        except InputError as error:
            found.refresh_from_db()
            form.add_error("name", str(error))
        else:
            messages.success(request, f"De situatie heet nu '{found.name}'.")
            return redirect(came.back)
    return _shown(request, place, "table/kept.html", came, refused=bool(form.errors), form=form, kept=found)


@require_http_methods(["GET", "POST"])
@by_organisation
def remove(request: HttpRequest, place: Place, situation: UUID) -> HttpResponse:
    """Remove a kept situation, once that was confirmed."""
    came, found = _came(request, place), _changeable(place, situation)
    if request.method == "POST":
        remove_situation(kept=found)
        messages.success(request, f"'{found.name}' is verwijderd.")
        return redirect(came.back)
    return _shown(request, place, "table/remove.html", came, kept=found)


def _changeable(place: Place, situation: UUID) -> SavedSituation:
    """A situation of the organisation that the person may change; 404 for another."""
    found = SavedSituation.objects.filter(pk=situation, organisation=place.own).first()
    if found is None or not may_change(place, found):
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@never_cache
@by_organisation
def lines(request: HttpRequest, place: Place) -> HttpResponse:
    """Show and set a person's own red lines for a municipality."""
    if not place.own.code:
        raise Http404
    came = _came(request, place)
    services = {key: capital(label) for key, label in came.desk.labels.items()}
    form = LinesForm(request.POST or None, services=services, now=lines_of(place))
    if request.method == "POST" and form.is_valid():
        set_lines(place=place, lines=form.lines)
        messages.success(request, "Uw grens is bewaard. Alleen u ziet haar.")
        return redirect(came.back)
    return _shown(request, place, "table/lines_form.html", came, refused=bool(form.errors), form=form)


def _shown(
    request: HttpRequest, place: Place, template: str, came: _Came, *, refused: bool = False, **more: object
) -> HttpResponse:
    told = {"place": place, "here": came.here, "back": came.back, **more}
    return render(request, template, told, status=422 if refused else 200)
