"""What a region makes public of a run."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Router, Status
from pydantic import Field

from marke.web.api.access import in_region, must_lead, reads, writes
from marke.web.api.models import Area
from marke.web.api.shapes import Asked, Named, Told
from marke.web.runs.models import Publication, SharedRun
from marke.web.runs.publishing import publication_in, publish, withdraw
from marke.web.runs.selectors import complete_in

router = Router(tags=["Openbaar"], by_alias=True)
READS, WRITES = reads(Area.PUBLIC), writes(Area.PUBLIC)
_HERE = "/regios/{slug:region}/publicatie"


class PublicationTold(Told):
    """Wat van een regio openbaar is: een kopie die iedereen leest, zonder sleutel."""

    run: UUID = Field(alias="run", description="Van welke run.")
    mark: str = Field(alias="kenmerk", description="SHA-256 van de bevindingen van die run.")
    published_by: str = Field(alias="openbaarDoor", description="Wie het openbaar maakte.")
    published_at: datetime = Field(alias="openbaarOp", description="Wanneer (UTC).")
    page: str = Field(alias="pagina", description="Het pad van de pagina voor iedereen.")
    data: str = Field(alias="gegevens", description="Het pad van dezelfde uitkomsten als JSON.")


class PublicationAsked(Asked):
    """Een run openbaar maken."""

    run: Named = Field(alias="run", description="Een run van de regio die klaar is.")
    sure: Literal[True] = Field(alias="iedereenMagDitZien", description="Zeg dat iedereen dit mag zien.")


def _told(found: Publication) -> PublicationTold:
    return PublicationTold(
        run=found.run_id,
        mark=found.mark,
        published_by=found.published_by.name,
        published_at=found.published_at,
        page=reverse("public", args=[found.slug]),
        data=reverse("public-data", args=[found.slug]),
    )


@router.get(_HERE, auth=READS, response=PublicationTold, summary="Wat openbaar is")
def current(request: HttpRequest, region: str) -> PublicationTold:
    """Welke uitkomsten van een regio openbaar zijn. Zonder openbare uitkomsten is het 404."""
    with in_region(request, region) as place:
        found = publication_in(place)
        if found is None:
            raise Http404
        return _told(found)


@router.put(_HERE, auth=WRITES, response=PublicationTold, summary="Uitkomsten openbaar maken")
def put(request: HttpRequest, region: str, payload: PublicationAsked) -> PublicationTold:
    """Maak de openbare samenvatting van een run van de regio openbaar. Voor wie de regio leidt.

    Wat er openbaar was, wordt vervangen. Een run met eigen antwoorden van een gemeente kan niet.
    """
    with in_region(request, region) as place:
        must_lead(place)
        run = complete_in(place, payload.run)
        if not isinstance(run, SharedRun):
            raise Http404
        return _told(publish(place=place, run=run))


@router.delete(_HERE, auth=WRITES, response={204: None}, summary="Uitkomsten intrekken")
def delete(request: HttpRequest, region: str) -> Status[None]:
    """Trek in wat openbaar is. Voor wie de regio leidt. Was er niets openbaar, dan is het 404."""
    with in_region(request, region) as place:
        must_lead(place)
        if not withdraw(place=place):
            raise Http404
        return Status(204, None)
