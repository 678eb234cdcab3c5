"""A situation taken along: one page for the regional table, and the map as a picture. For anyone to read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from marke.documents.house_style import NEUTRAL
from marke.documents.kinds.situation import situation_sheet
from marke.documents.write import renderer
from marke.errors import InputError
from marke.situations.closely import worked_out
from marke.situations.desk import Desk
from marke.situations.situation import Situation, address, read
from marke.situations.words import summary
from marke.web.downloads import download
from marke.web.table.picture import draw_map
from marke.web.table.poster import poster_png, poster_svg
from marke.web.table.source import current_mark, desk_of
from marke.web.tenancy.access import Place, by_region

DOCUMENTS, PICTURES = ("pdf", "odt", "docx"), ("svg", "png")


def _found(request: HttpRequest, place: Place) -> tuple[Desk, Situation]:
    """The situation of an address; 404 where it is none, since an export must not be of another."""
    desk = desk_of(place)
    asked = read(desk, {key: [str(each) for each in values] for key, values in request.GET.lists()})
    if asked.problem:
        raise Http404
    return desk, asked.situation


@require_safe
@by_region
def document(request: HttpRequest, place: Place, form: str) -> HttpResponse:
    """Give the one-page document of a situation; 404 for a format that is not made."""
    if form not in DOCUMENTS:
        raise Http404
    desk, situation = _found(request, place)
    page = request.build_absolute_uri(f"../../?{address(desk, situation)}")
    try:
        content = one_page(place, desk, situation, form, page)
    except InputError as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    return download(content, f"oplegger-{situation.service}.{form}")


def one_page(place: Place, desk: Desk, situation: Situation, form: str, page: str) -> bytes:
    """Write the one-page document of a situation, which names the address of its ``page``.

    Raises InputError when the system cannot make the format.
    """
    sheet = desk.sheet(situation.service)
    answer, exact = worked_out(sheet, situation)
    told = situation_sheet(desk, answer, exact, mark=current_mark(place), place=page)
    return renderer(form)(told, NEUTRAL)


@require_safe
@by_region
def picture(request: HttpRequest, place: Place, form: str) -> HttpResponse:
    """Give the map of a situation as a picture; 404 for a format that is not made."""
    if form not in PICTURES:
        raise Http404
    desk, situation = _found(request, place)
    sheet = desk.sheet(situation.service)
    answer, _ = worked_out(sheet, situation)
    drawn = draw_map(desk.picture, sheet, answer.lines, frozenset(), None, lambda _player: "")
    below = f"Getal: € 1.000 per jaar meer (+) of minder (−) dan alleen. Run {desk.run.folder.name}."
    told = (drawn, summary(sheet, answer), below)
    content = poster_png(*told) if form == "png" else poster_svg(*told).encode()
    return download(content, f"kaart-{situation.service}.{form}")
