"""Regions, organisations and their logs."""

from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from marke.web.api.access import in_organisation, in_region, reads, writes
from marke.web.api.models import Area
from marke.web.api.problems import RefusedError
from marke.web.api.shapes import Asked, Text, Told
from marke.web.studies.selectors import latest
from marke.web.studies.services import open_region
from marke.web.tenancy.access import person_of
from marke.web.tenancy.models import Organisation
from marke.web.tenancy.selectors import events_of, organisations_of, parts_of

router = Router(tags=["Regio's"], by_alias=True)
READS, WRITES = reads(Area.REGION), writes(Area.REGION)


class OrganisationTold(Told):
    """Een gemeente in een regio, of het regiobureau."""

    slug: str = Field(alias="organisatie", description="De naam in het adres.")
    name: str = Field(alias="naam", description="De naam voor een lezer.")
    code: str = Field(alias="gemeentecode", description="De code van het CBS; leeg bij het regiobureau.")


class PartTold(Told):
    """Waar de persoon van de sleutel bij hoort, en als wat."""

    region: str = Field(alias="regio", description="De naam van de regio in het adres.")
    region_name: str = Field(alias="regioNaam", description="De naam van de regio.")
    organisation: OrganisationTold = Field(alias="organisatie", description="De organisatie.")
    roles: list[str] = Field(alias="rollen", description="De rollen daar.")


class RegionTold(Told):
    """Een regio met haar organisaties."""

    slug: str = Field(alias="regio", description="De naam in het adres.")
    name: str = Field(alias="naam", description="De naam voor een lezer.")
    version: int = Field(alias="studieversie", description="Het nummer van de studie die nu geldt.")
    organisations: list[OrganisationTold] = Field(
        alias="organisaties", description="Het regiobureau eerst, dan de gemeenten."
    )


class RegionAsked(Asked):
    """Een nieuwe regio."""

    name: Text = Field(alias="naam", description="De naam van de regio.", min_length=1)
    municipalities: list[Text] = Field(
        alias="gemeenten", description="Namen of CBS-codes van de gemeenten.", min_length=2, max_length=60
    )


class EventTold(Told):
    """Een regel van het logboek."""

    happened_at: datetime = Field(alias="op", description="Wanneer het gebeurde (UTC).")
    name: str = Field(alias="wie", description="Wie het deed.")
    action: str = Field(alias="handeling", description="Wat er gebeurde.")
    subject: str = Field(alias="onderwerp", description="Waarmee.")
    result: str = Field(alias="uitkomst", description="Met welk gevolg.")


def _organisation(found: Organisation) -> OrganisationTold:
    return OrganisationTold(slug=found.slug, name=found.name, code=found.code)


@router.get("/deelnames", auth=READS, response=list[PartTold], summary="Waar u bij hoort")
def participations(request: HttpRequest) -> list[PartTold]:
    """Alle regio's en organisaties waar de persoon van de sleutel vandaag een rol heeft."""
    return [
        PartTold(
            region=part.region.slug,
            region_name=part.region.name,
            organisation=_organisation(part.organisation),
            roles=list(part.roles),
        )
        for part in parts_of(person_of(request))
    ]


@router.post("/regios", auth=WRITES, response={201: RegionTold}, summary="Een regio maken")
def create(request: HttpRequest, payload: RegionAsked) -> Status[RegionTold]:
    """Maak een regio met een organisatie voor iedere gemeente en een regiobureau. Alleen voor beheerders."""
    user = person_of(request)
    if not user.is_administrator:
        raise RefusedError(HTTPStatus.FORBIDDEN, "Alleen een beheerder van de werkruimte maakt een regio.")
    made = open_region(user=user, wanted=payload.municipalities, name=payload.name)
    return Status(201, _region(request, made.slug))


@router.get("/regios/{slug:region}", auth=READS, response=RegionTold, summary="Een regio")
def region(request: HttpRequest, region: str) -> RegionTold:
    """Een regio met haar organisaties en het nummer van de studie die geldt."""
    return _region(request, region)


def _region(request: HttpRequest, slug: str) -> RegionTold:
    with in_region(request, slug) as place:
        return RegionTold(
            slug=place.region.slug,
            name=place.region.name,
            version=latest(place.region).number,
            organisations=[_organisation(each) for each in organisations_of(place)],
        )


@router.get(
    "/regios/{slug:region}/organisaties/{slug:organisation}",
    auth=READS, response=OrganisationTold, summary="Een organisatie",
)  # fmt: skip
def organisation(request: HttpRequest, region: str, organisation: str) -> OrganisationTold:
    """Een organisatie waar de persoon van de sleutel bij hoort."""
    with in_organisation(request, region, organisation) as place:
        return _organisation(place.own)


@router.get(
    "/regios/{slug:region}/organisaties/{slug:organisation}/logregels",
    auth=READS, response=list[EventTold], summary="Het logboek van een organisatie",
)  # fmt: skip
def events(request: HttpRequest, region: str, organisation: str) -> list[EventTold]:
    """De laatste vijftig regels van het logboek van een organisatie."""
    with in_organisation(request, region, organisation) as place:
        return [
            EventTold(
                happened_at=each.happened_at,
                name=each.user.name,
                action=each.action,
                subject=each.subject,
                result=each.result,
            )
            for each in events_of(place.own)
        ]
