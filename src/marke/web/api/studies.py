"""Versions of a region's study, and its figures."""

from datetime import datetime
from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from marke.catalogue import Catalogue
from marke.web.api.access import in_region, must_lead, reads, writes
from marke.web.api.models import Area
from marke.web.api.shapes import Asked, Chosen, LongText, Text, Told
from marke.web.studies.figures import figure_rows, read_figure, row
from marke.web.studies.models import StudyVersion
from marke.web.studies.question import catalogue_of
from marke.web.studies.selectors import latest, versions
from marke.web.studies.services import add_version, replace_figure

router = Router(tags=["Studie"], by_alias=True)
READS, WRITES = reads(Area.STUDY), writes(Area.STUDY)

Number = Annotated[float, Field(allow_inf_nan=False)]


class VersionTold(Told):
    """Een versie van de studie; zij verandert nooit meer."""

    number: int = Field(alias="nummer", description="Het nummer; het hoogste geldt.")
    reason: str = Field(alias="reden", description="Waarom de studie veranderde.")
    made_by: str = Field(alias="gemaaktDoor", description="Wie haar maakte.")
    made_at: datetime = Field(alias="gemaaktOp", description="Wanneer (UTC).")


class WholeVersionTold(VersionTold):
    """Een versie met haar tekst."""

    text: str = Field(alias="tekst", description="Het studiebestand (TOML).")
    replaced: list[str] = Field(
        alias="vervangenCijfers", description="Welke cijfers van de catalogus zij vervangt."
    )


class VersionAsked(Asked):
    """Een nieuwe versie."""

    text: LongText = Field(alias="tekst", description="Het hele studiebestand (TOML).")
    reason: Text = Field(alias="reden", description="Waarom u de studie verandert.", min_length=1)


class FigureTold(Told):
    """Een cijfer met zijn grenzen en bron."""

    key: str = Field(alias="cijfer", description="De naam in het adres.")
    label: str = Field(alias="naam", description="De naam voor een lezer.")
    low: float = Field(alias="laag", description="De lage waarde.")
    mode: float = Field(alias="midden", description="De verwachte waarde.")
    high: float = Field(alias="hoog", description="De hoge waarde.")
    unit: str = Field(alias="eenheid", description="De eenheid.")
    status: str = Field(alias="status", description="Waar het op rust: bron, afgeleid, aanname of vervangen.")
    source: str = Field(alias="bron", description="Waar het vandaan komt.")
    replaced: bool = Field(alias="vervangen", description="Of deze studie het vervangt.")


class Search(Chosen):
    """Welke cijfers."""

    word: str = Field("", alias="zoek", description="Een woord uit de naam of de eenheid.")


class FigureAsked(Asked):
    """Andere grenzen voor een cijfer in deze studie."""

    low: Number = Field(alias="laag", description="De lage waarde.")
    mode: Number = Field(alias="midden", description="De verwachte waarde.")
    high: Number = Field(alias="hoog", description="De hoge waarde.")
    source: Text = Field(alias="bron", description="Waar dit cijfer vandaan komt.", min_length=1)


def _whole(version: StudyVersion) -> WholeVersionTold:
    return WholeVersionTold(
        number=version.number,
        reason=version.reason,
        made_by=version.made_by.name,
        made_at=version.made_at,
        text=version.text,
        replaced=sorted(catalogue_of(version).replaced),
    )


def _figure(catalogue: Catalogue, key: str) -> FigureTold:
    figure, shown = catalogue.figures[key], row(catalogue, key)
    return FigureTold(
        key=key,
        label=shown.label,
        low=figure.low,
        mode=figure.mode,
        high=figure.high,
        unit=shown.unit,
        status=shown.status,
        source=shown.source,
        replaced=shown.replaced,
    )


@router.get(
    "/regios/{slug:region}/studieversies",
    auth=READS,
    response=list[VersionTold],
    summary="De versies van de studie",
)
def all_versions(request: HttpRequest, region: str) -> list[VersionTold]:
    """Alle versies van de studie van een regio, de laatste eerst."""
    with in_region(request, region) as place:
        return [
            VersionTold(number=v.number, reason=v.reason, made_by=v.made_by.name, made_at=v.made_at)
            for v in versions(place.region)
        ]


@router.post(
    "/regios/{slug:region}/studieversies",
    auth=WRITES,
    response={201: WholeVersionTold},
    summary="De studie wijzigen",
)
def add(request: HttpRequest, region: str, payload: VersionAsked) -> Status[WholeVersionTold]:
    """Voeg een versie toe, voor wie de regio leidt. Zij wordt nagekeken; wat niet past, staat in `detail`."""
    with in_region(request, region) as place:
        must_lead(place)
        made = add_version(region=place.region, user=place.user, text=payload.text, reason=payload.reason)
        return Status(201, _whole(made))


@router.get(
    "/regios/{slug:region}/studieversies/{int:number}",
    auth=READS, response=WholeVersionTold, summary="Een versie van de studie",
)  # fmt: skip
def version(request: HttpRequest, region: str, number: int) -> WholeVersionTold:
    """Een versie van de studie, met haar tekst."""
    with in_region(request, region) as place:
        found = next((each for each in versions(place.region) if each.number == number), None)
        if found is None:
            raise Http404
        return _whole(found)


@router.get(
    "/regios/{slug:region}/cijfers", auth=READS, response=list[FigureTold], summary="De cijfers van de studie"
)
def figures(request: HttpRequest, region: str, chosen: Query[Search]) -> list[FigureTold]:
    """De cijfers waarmee de studie rekent; met `zoek` alleen die met dat woord in naam of eenheid."""
    with in_region(request, region) as place:
        catalogue = catalogue_of(latest(place.region))
        return [_figure(catalogue, each.key) for each in figure_rows(catalogue, chosen.word)]


@router.get("/regios/{slug:region}/cijfers/{figure}", auth=READS, response=FigureTold, summary="Een cijfer")
def figure(request: HttpRequest, region: str, figure: str) -> FigureTold:
    """Een cijfer met zijn grenzen en bron."""
    with in_region(request, region) as place:
        catalogue = catalogue_of(latest(place.region))
        if figure not in catalogue.figures:
            raise Http404
        return _figure(catalogue, figure)


@router.put(
    "/regios/{slug:region}/cijfers/{figure}", auth=WRITES, response=FigureTold, summary="Een cijfer vervangen"
)
def replace(request: HttpRequest, region: str, figure: str, payload: FigureAsked) -> FigureTold:
    """Vervang een cijfer voor deze studie, voor wie de regio leidt; dat maakt een nieuwe versie."""
    with in_region(request, region) as place:
        must_lead(place)
        catalogue = catalogue_of(latest(place.region))
        if figure not in catalogue.figures:
            raise Http404
        given = {name: str(value) for name, value in payload.model_dump().items()}
        values = read_figure(catalogue.figures[figure], given)
        made = replace_figure(region=place.region, user=place.user, key=figure, values=values)
        return _figure(catalogue_of(made), figure)


@router.delete(
    "/regios/{slug:region}/cijfers/{figure}",
    auth=WRITES, response={204: None}, summary="Een cijfer herstellen",
)  # fmt: skip
def restore(request: HttpRequest, region: str, figure: str) -> Status[None]:
    """Neem de vervanging van een cijfer terug, voor wie de regio leidt; dat maakt een nieuwe versie.

    Zonder vervanging is het 404.
    """
    with in_region(request, region) as place:
        must_lead(place)
        if figure not in catalogue_of(latest(place.region)).replaced:
            raise Http404
        replace_figure(region=place.region, user=place.user, key=figure, values=None)
        return Status(204, None)
