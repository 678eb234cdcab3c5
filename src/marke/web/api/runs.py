"""Runs of a region, and of a municipality with its own answers: started, stopped and fetched."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Status
from pydantic import Field

from marke.run import FINDINGS
from marke.web.api.access import in_organisation, in_region, reads, writes
from marke.web.api.models import Area
from marke.web.api.problems import JSON
from marke.web.api.shapes import Asked, Told
from marke.web.runs.models import OwnRun, State
from marke.web.runs.selectors import complete_in, may_cancel, may_start, run_in, runs_in, stage_of
from marke.web.runs.services import cancel, start
from marke.web.runs.store import Stored, content_of
from marke.web.tenancy.access import Place

router = Router(tags=["Runs"], by_alias=True)
READS, WRITES = reads(Area.RUNS), writes(Area.RUNS)
_REGION = "/regios/{slug:region}/runs"
_OWN = "/regios/{slug:region}/organisaties/{slug:organisation}/runs"
_FINDINGS = {
    "responses": {200: {"description": "De bevindingen", "content": {JSON: {"schema": {"type": "object"}}}}}
}

Door = AbstractContextManager[Place]
StateWord = Literal["wacht", "rekent", "klaar", "mislukt", "gestopt"]
STATES: Mapping[str, StateWord] = {
    State.WAITING: "wacht",
    State.RUNNING: "rekent",
    State.COMPLETE: "klaar",
    State.FAILED: "mislukt",
    State.CANCELLED: "gestopt",
}


class RunTold(Told):
    """Een run: de studie, doorgerekend."""

    key: UUID = Field(alias="run", description="De naam in het adres.")
    own: bool = Field(
        alias="metEigenAntwoorden", description="Of eigen antwoorden van de gemeente meetellen."
    )
    version: int = Field(alias="studieversie", description="De versie van de studie.")
    state: StateWord = Field(alias="toestand", description="Hoe ver; de laatste drie zijn een einde.")
    percent: int = Field(alias="procent", description="Hoeveel er al is doorgerekend.")
    reason: str = Field(alias="reden", description="Waarom een run mislukte of stopte.")
    mark: str = Field(alias="kenmerk", description="SHA-256 van de bevindingen van een run die klaar is.")
    asked_by: str = Field(alias="gestartDoor", description="Wie de run startte.")
    asked_at: datetime = Field(alias="gestartOp", description="Wanneer (UTC).")
    ended_at: datetime | None = Field(alias="afgelopenOp", description="Wanneer de run eindigde (UTC).")


class StopAsked(Asked):
    """Een run stoppen."""

    state: Literal["gestopt"] = Field(alias="toestand", description="Alleen 'gestopt'.")


def _told(run: Stored) -> RunTold:
    stage = stage_of(run)
    return RunTold(
        key=run.pk,
        own=isinstance(run, OwnRun),
        version=run.version.number,
        state=STATES[run.state],
        percent=100 if run.complete else stage.percent if stage else 0,
        reason=run.reason,
        mark=run.mark,
        asked_by=run.asked_by.name,
        asked_at=run.asked_at,
        ended_at=run.ended_at,
    )


def _all(door: Door) -> list[RunTold]:
    with door as place:
        return [_told(run) for run in runs_in(place)]


def _start(door: Door) -> Status[RunTold]:
    with door as place:
        runs_in(place)
        if not may_start(place):
            raise Http404
        return Status(201, _told(start(place=place)))


def _one(door: Door, run: UUID) -> RunTold:
    with door as place:
        return _told(run_in(place, run))


def _stop(door: Door, run: UUID) -> RunTold:
    with door as place:
        found = run_in(place, run)
        if not may_cancel(place, found):
            raise Http404
        cancel(place=place, run=found)
        return _told(run_in(place, run))


def _findings(door: Door, run: UUID) -> HttpResponse:
    with door as place:
        return HttpResponse(content_of(complete_in(place, run), FINDINGS), content_type=JSON)


@router.get(_REGION, auth=READS, response=list[RunTold], summary="Runs van een regio")
def shared(request: HttpRequest, region: str) -> list[RunTold]:
    """De runs van een regio, de laatste eerst: met vrijgegeven cijfers en schattingen."""
    return _all(in_region(request, region))


@router.post(_REGION, auth=WRITES, response={201: RunTold}, summary="Een run van een regio starten")
def start_shared(request: HttpRequest, region: str) -> Status[RunTold]:
    """Laat de studie doorrekenen, voor wie de regio leidt. Op de achtergrond; één run tegelijk."""
    return _start(in_region(request, region))


@router.get(f"{_REGION}/{{uuid:run}}", auth=READS, response=RunTold, summary="Een run van een regio")
def one_shared(request: HttpRequest, region: str, run: UUID) -> RunTold:
    """Hoe ver een run is."""
    return _one(in_region(request, region), run)


@router.patch(
    f"{_REGION}/{{uuid:run}}", auth=WRITES, response=RunTold, summary="Een run van een regio stoppen"
)
def stop_shared(request: HttpRequest, region: str, run: UUID, payload: StopAsked) -> RunTold:  # noqa: ARG001
    """Stop een run die wacht of rekent, voor wie de regio leidt. Wat klaar is, blijft zoals het is."""
    return _stop(in_region(request, region), run)


@router.get(
    f"{_REGION}/{{uuid:run}}/bevindingen",
    auth=READS,
    summary="De bevindingen van een run van een regio",
    openapi_extra=_FINDINGS,
)
def findings_shared(request: HttpRequest, region: str, run: UUID) -> HttpResponse:
    """De bevindingen van een run die klaar is, gelijk aan `findings.json` van `marke verken`."""
    return _findings(in_region(request, region), run)


@router.get(_OWN, auth=READS, response=list[RunTold], summary="Runs van een gemeente")
def own(request: HttpRequest, region: str, organisation: str) -> list[RunTold]:
    """De eigen runs van een gemeente, en daarna die van haar regio."""
    return _all(in_organisation(request, region, organisation))


@router.post(_OWN, auth=WRITES, response={201: RunTold}, summary="Een run van een gemeente starten")
def start_own(request: HttpRequest, region: str, organisation: str) -> Status[RunTold]:
    """Laat de studie doorrekenen met de eigen antwoorden van de gemeente, alleen voor haar te zien.

    Voor wie voor de gemeente schrijft.
    """
    return _start(in_organisation(request, region, organisation))


@router.get(f"{_OWN}/{{uuid:run}}", auth=READS, response=RunTold, summary="Een run van een gemeente")
def one_own(request: HttpRequest, region: str, organisation: str, run: UUID) -> RunTold:
    """Hoe ver een run is."""
    return _one(in_organisation(request, region, organisation), run)


@router.patch(
    f"{_OWN}/{{uuid:run}}", auth=WRITES, response=RunTold, summary="Een run van een gemeente stoppen"
)
def stop_own(
    request: HttpRequest,
    region: str,
    organisation: str,
    run: UUID,
    payload: StopAsked,  # noqa: ARG001
) -> RunTold:
    """Stop een eigen run die wacht of rekent, voor wie voor de gemeente schrijft."""
    return _stop(in_organisation(request, region, organisation), run)


@router.get(
    f"{_OWN}/{{uuid:run}}/bevindingen",
    auth=READS,
    summary="De bevindingen van een run van een gemeente",
    openapi_extra=_FINDINGS,
)
def findings_own(request: HttpRequest, region: str, organisation: str, run: UUID) -> HttpResponse:
    """De bevindingen van een eigen run, of van een run van de regio, die klaar is."""
    return _findings(in_organisation(request, region, organisation), run)
