"""Documents for college and council that a municipality has made of a run."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Status
from pydantic import Field

from marke.errors import InputError
from marke.web.api.access import in_organisation, must_write, reads, writes
from marke.web.api.models import Area
from marke.web.api.runs import STATES, StateWord
from marke.web.api.shapes import Asked, Named, Text, Told
from marke.web.downloads import TYPES, download
from marke.web.runs.documents import FORMATS, TITLES, content_of_file
from marke.web.runs.models import Binder
from marke.web.runs.selectors import binders_of, complete_in, file_of, files_of
from marke.web.runs.services import ask_documents
from marke.web.tenancy.access import Place

router = Router(tags=["Stukken"], by_alias=True)
READS, WRITES = reads(Area.RUNS), writes(Area.RUNS)
_BASE = "/regios/{slug:region}/organisaties/{slug:organisation}"
_BINDERS = f"{_BASE}/stukken"
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_FILE = {
    200: {
        "description": "Het bestand",
        "content": {TYPES[form]: _BINARY for form in (*FORMATS, "xml")} | {TYPES["json"]: {"schema": {}}},
    }
}


class KindTold(Told):
    """Een soort stuk dat gemaakt kan worden."""

    key: str = Field(alias="soort", description="Wat u stuurt als u er een vraagt.")
    title: str = Field(alias="naam", description="De naam voor een lezer.")
    forms: list[str] = Field(
        alias="bestandsvormen", description="Als wat het er komt; 'ods' alleen waar een tabel is."
    )


class FileTold(Told):
    """Een bestand van een stuk, of wat een archief ervan moet weten."""

    name: str = Field(alias="bestand", description="De naam in het adres.")
    members: bool = Field(alias="vertrouwelijk", description="Of het alleen voor de eigen gemeente is.")
    digest: str = Field(alias="kenmerk", description="SHA-256 van de inhoud.")


class BinderTold(Told):
    """Stukken die samen van één run zijn gemaakt: een versie."""

    number: int = Field(alias="nummer", description="De versie, en de naam in het adres.")
    run: UUID = Field(alias="run", description="Van welke run.")
    mark: str = Field(alias="kenmerkVanRun", description="SHA-256 van de bevindingen van die run.")
    kinds: list[str] = Field(alias="soorten", description="Welke stukken zijn gevraagd.")
    state: StateWord = Field(alias="toestand", description="Hoe ver; klaar en mislukt zijn een einde.")
    reason: str = Field(alias="reden", description="Wat er niet kon worden gemaakt, en waarom.")
    asked_by: str = Field(alias="gevraagdDoor", description="Wie erom vroeg.")
    asked_at: datetime = Field(alias="gevraagdOp", description="Wanneer (UTC).")
    files: list[FileTold] = Field(alias="bestanden", description="Wat er is gemaakt, als het klaar is.")


class BinderAsked(Asked):
    """Stukken die u laat maken."""

    run: Named = Field(alias="run", description="Van welke run: een van de regio of een eigen, die klaar is.")
    kinds: list[Text] = Field(alias="soorten", description="Welke stukken.", min_length=1, max_length=40)


def _told(binder: Binder) -> BinderTold:
    return BinderTold(
        number=binder.number,
        run=binder.run,
        mark=binder.mark,
        kinds=binder.kinds,
        state=STATES[binder.state],
        reason=binder.reason,
        asked_by=binder.asked_by.name,
        asked_at=binder.asked_at,
        files=[
            FileTold(name=each.name, members=each.members, digest=each.digest) for each in files_of(binder)
        ],
    )


def _binder(place: Place, number: int) -> Binder:
    found = next((each for each in binders_of(place) if each.number == number), None)
    if found is None:
        raise Http404
    return found


@router.get(
    "/stuksoorten", auth=READS, response=list[KindTold], summary="Welke stukken er zijn"
)  # fmt: skip
def kinds(request: HttpRequest) -> list[KindTold]:  # noqa: ARG001
    """De soorten stukken die van een run gemaakt kunnen worden, en als welk bestand."""
    return [KindTold(key=key, title=title, forms=list(FORMATS)) for key, title in TITLES.items()]


@router.get(_BINDERS, auth=READS, response=list[BinderTold], summary="De stukken van een gemeente")
def binders(request: HttpRequest, region: str, organisation: str) -> list[BinderTold]:
    """Alle versies van de stukken van een gemeente, de laatste eerst. Alleen haar eigen mensen zien ze."""
    with in_organisation(request, region, organisation) as place:
        return [_told(each) for each in binders_of(place)]


@router.post(_BINDERS, auth=WRITES, response={202: BinderTold}, summary="Stukken laten maken")
def ask(request: HttpRequest, region: str, organisation: str, payload: BinderAsked) -> Status[BinderTold]:
    """Laat op de achtergrond stukken maken van een run die klaar is, voor wie voor de gemeente schrijft."""
    with in_organisation(request, region, organisation) as place:
        must_write(place)
        if strange := set(payload.kinds) - TITLES.keys():
            told = f"Dit stuk is er niet: {', '.join(sorted(strange))}."
            raise InputError(told, where="soorten", mend="Kies uit /stuksoorten.")
        made = ask_documents(place=place, run=complete_in(place, payload.run), kinds=payload.kinds)
        return Status(202, _told(made))


@router.get(
    f"{_BINDERS}/{{int:number}}", auth=READS, response=BinderTold, summary="Een versie van de stukken"
)
def binder(request: HttpRequest, region: str, organisation: str, number: int) -> BinderTold:
    """Hoe ver het maken is, en welke bestanden er zijn."""
    with in_organisation(request, region, organisation) as place:
        return _told(_binder(place, number))


@router.get(
    f"{_BINDERS}/{{int:number}}/bestanden/{{file}}",
    auth=READS, summary="Een bestand van de stukken", openapi_extra={"responses": _FILE},
)  # fmt: skip
def file(request: HttpRequest, region: str, organisation: str, number: int, file: str) -> HttpResponse:
    """Een bestand van een versie, zoals het is gemaakt. Wat vertrouwelijk is, blijft bij de gemeente."""
    with in_organisation(request, region, organisation) as place:
        row = file_of(place, _binder(place, number).pk, file)
        return download(content_of_file(row), row.name)
