"""The register of talks, and how the points of the motion stand."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Status
from pydantic import Field

from marke.talks import Level, Position
from marke.web.api.access import in_region, must_lead, reads, writes
from marke.web.api.models import Area
from marke.web.api.shapes import Asked, Text, Told
from marke.web.decisions.models import HeldTalk, PointState
from marke.web.decisions.selectors import Point, points_of
from marke.web.decisions.services import add_talk, remove_talk, set_point

router = Router(tags=["Gesprekken en motie"], by_alias=True)
READS, WRITES = reads(Area.DECISIONS), writes(Area.DECISIONS)
_TALKS, _POINTS = "/regios/{slug:region}/gesprekken", "/regios/{slug:region}/motiepunten"
PointWord = Literal["open", "in behandeling", "afgedaan", "vervallen"]


class TalkTold(Told):
    """Een gesprek: met wie, op welk niveau, en wat zij zeiden."""

    key: UUID = Field(alias="gesprek", description="De naam in het adres.")
    party: str = Field(alias="met", description="Een gemeente, of een orgaan aan de regionale tafel.")
    level: str = Field(alias="niveau", description="Op welk niveau is gesproken.")
    position: str = Field(alias="standpunt", description="Of zij meedoen.")
    day: date | None = Field(alias="datum", description="Wanneer is gesproken.")
    condition: str = Field(alias="voorwaarde", description="Onder welke voorwaarden.")
    confirmed_by: str = Field(alias="bevestigdDoor", description="Wie van hen het standpunt bevestigde.")


class TalkAsked(Asked):
    """Een gesprek dat u vastlegt."""

    party: Text = Field(alias="met", description="Een gemeente, of een orgaan aan de regionale tafel.")
    level: Level = Field(alias="niveau", description="Op welk niveau is gesproken.")
    position: Position = Field(alias="standpunt", description="Of zij meedoen.")
    day: Text = Field("", alias="datum", description="Wanneer is gesproken (jaar-maand-dag).")
    condition: Text = Field("", alias="voorwaarde", description="Onder welke voorwaarden.")
    confirmed_by: Text = Field(
        "", alias="bevestigdDoor", description="Wie van hen het bevestigde.", max_length=120
    )


class PointTold(Told):
    """Een punt van de motie met zijn stand."""

    number: int = Field(alias="nummer", description="Het nummer in het adres, vanaf 1.")
    text: str = Field(alias="punt", description="Wat de motie vraagt.")
    state: PointWord = Field(alias="stand", description="Hoe het ervoor staat.")
    note: str = Field(alias="toelichting", description="Waarom.")


class PointAsked(Asked):
    """De nieuwe stand van een punt."""

    state: PointWord = Field(alias="stand", description="Hoe het ervoor staat.")
    note: Text = Field("", alias="toelichting", description="Waarom.")


def _talk(row: HeldTalk) -> TalkTold:
    return TalkTold(
        key=row.pk,
        party=row.party,
        level=row.level,
        position=row.position,
        day=row.day,
        condition=row.condition,
        confirmed_by=row.confirmed_by,
    )


def _point(number: int, point: Point) -> PointTold:
    words: dict[PointState, PointWord] = {
        PointState.OPEN: "open",
        PointState.BUSY: "in behandeling",
        PointState.DONE: "afgedaan",
        PointState.DROPPED: "vervallen",
    }
    note = point.status.note if point.status else ""
    return PointTold(number=number, text=point.point.told, state=words[point.state], note=note)


@router.get(_TALKS, auth=READS, response=list[TalkTold], summary="De gesprekken")
def talks(request: HttpRequest, region: str) -> list[TalkTold]:
    """Met wie is gesproken, op welk niveau, en wat zij zeiden."""
    with in_region(request, region) as place:
        return [_talk(row) for row in HeldTalk.objects.filter(region=place.region)]


@router.post(_TALKS, auth=WRITES, response={201: TalkTold}, summary="Een gesprek vastleggen")
def add(request: HttpRequest, region: str, payload: TalkAsked) -> Status[TalkTold]:
    """Leg een gesprek vast, voor wie de regio leidt; het komt ook in het logboek van de regio."""
    with in_region(request, region) as place:
        must_lead(place)
        given = {
            "met": payload.party,
            "niveau": payload.level,
            "standpunt": payload.position,
            "datum": payload.day,
            "voorwaarde": payload.condition,
            "bevestigd_door": payload.confirmed_by,
        }
        row = add_talk(place=place, given=given)
        return Status(201, _talk(HeldTalk.objects.get(pk=row.pk)))


@router.delete(f"{_TALKS}/{{uuid:talk}}", auth=WRITES, response={204: None}, summary="Een gesprek weghalen")
def remove(request: HttpRequest, region: str, talk: UUID) -> Status[None]:
    """Haal een gesprek weg, voor wie de regio leidt; het logboek houdt wat er stond."""
    with in_region(request, region) as place:
        must_lead(place)
        found = HeldTalk.objects.filter(pk=talk, region=place.region).first()
        if found is None:
            raise Http404
        remove_talk(place=place, talk=found)
        return Status(204, None)


@router.get(_POINTS, auth=READS, response=list[PointTold], summary="De punten van de motie")
def points(request: HttpRequest, region: str) -> list[PointTold]:
    """De punten van de motie waarop de studie antwoord geeft, met hun stand."""
    with in_region(request, region) as place:
        return [_point(number, each) for number, each in enumerate(points_of(place.region), start=1)]


@router.put(f"{_POINTS}/{{int:number}}", auth=WRITES, response=PointTold, summary="De stand van een punt")
def set_state(request: HttpRequest, region: str, number: int, payload: PointAsked) -> PointTold:
    """Zeg hoe een punt van de motie ervoor staat, voor wie de regio leidt."""
    with in_region(request, region) as place:
        must_lead(place)
        found = points_of(place.region)
        if not 0 < number <= len(found):
            raise Http404
        state = next(each for each in PointState if each.label == payload.state)
        set_point(place=place, point=found[number - 1].point.key, state=state, note=payload.note)
        return _point(number, points_of(place.region)[number - 1])
