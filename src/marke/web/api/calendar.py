"""Days that matter to a region or an organisation, and those that a council names itself."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Status
from pydantic import Field

from marke.calendar import Event
from marke.dutch import STATUS
from marke.web.api.access import in_organisation, in_region, must_write, reads, writes
from marke.web.api.models import Area
from marke.web.api.shapes import Asked, ChoiceTold, Day, Text, Told, choices_of
from marke.web.decisions.calendar import days_of
from marke.web.decisions.models import CouncilDays
from marke.web.decisions.selectors import forms_of, named_day, named_days, own_moments, services_of
from marke.web.decisions.services import name_days, remove_days
from marke.web.tenancy.access import Place

router = Router(tags=["Kalender"], by_alias=True)
READS, WRITES = reads(Area.DECISIONS), writes(Area.DECISIONS)
_OWN = "/regios/{slug:region}/organisaties/{slug:organisation}"
_DAYS = f"{_OWN}/eigen-dagen"


class CalendarDayTold(Told):
    """Een dag die telt voor een raad, een begroting of een besluit."""

    day: date = Field(alias="dag", description="Wanneer.")
    label: str = Field(alias="wat", description="Wat er die dag is, of uiterlijk moet gebeuren.")
    status: str = Field(alias="status", description="Hoe zeker de dag is, bijvoorbeeld 'aanname'.")
    note: str = Field(alias="toelichting", description="De regel of de bron van de dag.")


class DaysTold(Told):
    """Dagen die een raad zelf noemde; zij gaan voor wat anders wordt aangenomen."""

    key: UUID = Field(alias="dagen", description="De naam in het adres.")
    moment: str = Field(alias="moment", description="Waarvoor: reces, of een moment van de kalender.")
    first: date = Field(alias="eersteDag", description="De dag, of de eerste dag van het reces.")
    last: date = Field(alias="laatsteDag", description="De laatste dag; alleen bij reces een andere.")


class DaysAsked(Asked):
    """Dagen die een raad noemt."""

    moment: Text = Field(alias="moment", description="Een van de momenten die bij de keuzes staan.")
    first: Day = Field(alias="eersteDag", description="De dag, of de eerste dag van het reces.")
    last: Day | None = Field(None, alias="laatsteDag", description="De laatste dag, alleen bij reces.")


class DecisionChoicesTold(Told):
    """Waaruit u kiest bij een voorstel en bij eigen dagen."""

    forms: list[ChoiceTold] = Field(alias="vormen", description="De rechtsvormen van een voorstel.")
    services: list[ChoiceTold] = Field(alias="diensten", description="De diensten van de studie.")
    moments: list[ChoiceTold] = Field(alias="momenten", description="Waarvoor een raad eigen dagen noemt.")


def _event(event: Event) -> CalendarDayTold:
    told = event.note or event.source
    return CalendarDayTold(day=event.day, label=event.label, status=STATUS[event.status], note=told)


def _days(row: CouncilDays) -> DaysTold:
    return DaysTold(key=row.pk, moment=row.moment, first=row.first, last=row.last)


def _council(place: Place) -> None:
    """Only a municipality has a council."""
    if not place.own.code:
        raise Http404


@router.get(
    "/regios/{slug:region}/besluitkeuzes",
    auth=READS,
    response=DecisionChoicesTold,
    summary="Keuzes bij besluiten",
)
def choices(request: HttpRequest, region: str) -> DecisionChoicesTold:
    """De vormen en diensten van een voorstel, en de momenten waarvoor een raad eigen dagen noemt."""
    with in_region(request, region) as place:
        return DecisionChoicesTold(
            forms=choices_of(forms_of(place.region)),
            services=choices_of(services_of(place.region)),
            moments=choices_of(own_moments()),
        )


@router.get(
    "/regios/{slug:region}/kalender",
    auth=READS,
    response=list[CalendarDayTold],
    summary="De kalender van een regio",
)
def shared(request: HttpRequest, region: str) -> list[CalendarDayTold]:
    """Wat er komt voor raden, begrotingen en besluiten in een regio, de eerste dag eerst."""
    with in_region(request, region) as place:
        return [_event(each) for each in days_of(place.region)]


@router.get(
    f"{_OWN}/kalender", auth=READS, response=list[CalendarDayTold], summary="De kalender van een organisatie"
)
def own(request: HttpRequest, region: str, organisation: str) -> list[CalendarDayTold]:
    """Wat een organisatie zelf moet doen, met de dagen die haar raad noemde in plaats van de aannames."""
    with in_organisation(request, region, organisation) as place:
        return [_event(each) for each in days_of(place.region, place.own)]


@router.get(_DAYS, auth=READS, response=list[DaysTold], summary="Eigen dagen van een raad")
def days(request: HttpRequest, region: str, organisation: str) -> list[DaysTold]:
    """Het reces en de raadsdagen die een gemeente zelf noemde. Alle leden van de regio zien ze."""
    with in_organisation(request, region, organisation) as place:
        _council(place)
        return [_days(each) for each in named_days(place)]


@router.post(_DAYS, auth=WRITES, response={201: DaysTold}, summary="Eigen dagen noemen")
def add(request: HttpRequest, region: str, organisation: str, payload: DaysAsked) -> Status[DaysTold]:
    """Noem een reces of de dag van een moment, voor wie voor de gemeente schrijft.

    Staat er al iets op die eerste dag, dan vervangt dit het. Het komt in het logboek van de regio.
    """
    with in_organisation(request, region, organisation) as place:
        _council(place)
        must_write(place)
        row = name_days(place=place, moment=payload.moment, first=payload.first, last=payload.last)
        return Status(201, _days(row))


@router.delete(
    f"{_DAYS}/{{uuid:days}}", auth=WRITES, response={204: None}, summary="Eigen dagen weghalen"
)  # fmt: skip
def remove(request: HttpRequest, region: str, organisation: str, days: UUID) -> Status[None]:
    """Haal genoemde dagen weg, voor wie voor de gemeente schrijft; dan geldt weer de aanname."""
    with in_organisation(request, region, organisation) as place:
        remove_days(place=place, days=named_day(place, days))
        return Status(204, None)
