"""The intake of one municipality: its answers, releases and workbook."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from marke.web.api.access import in_organisation, must_write, reads, writes
from marke.web.api.models import Area
from marke.web.api.problems import XLSX, RefusedError
from marke.web.api.shapes import Asked, Chosen, LongText, Text, Told
from marke.web.downloads import download
from marke.web.intake.answers import answerable, asked
from marke.web.intake.models import Answer, Signature
from marke.web.intake.selectors import (
    Line,
    Worthy,
    blocks,
    figures,
    overview,
    sections,
    workbook_of,
    worth_to_own,
)
from marke.web.intake.services import (
    Entry,
    accept_upload,
    compare_upload,
    keep_upload,
    own_rows,
    release,
    save_answers,
    shown_state,
)
from marke.web.operations.limits import UPLOADS, reached
from marke.web.tenancy.access import Place, person_of

router = Router(tags=["Nulmeting"], by_alias=True)
READS, WRITES = reads(Area.INTAKE), writes(Area.INTAKE)
_BASE = "/regios/{slug:region}/organisaties/{slug:organisation}/nulmeting"
_BOOK = {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}


class SignatureTold(Told):
    """Wie een onderdeel ondertekende."""

    name: str = Field(alias="wie", description="De naam van de persoon.")
    signed_at: datetime = Field(alias="op", description="Wanneer (UTC).")


class SectionTold(Told):
    """Een onderdeel van de nulmeting: hoeveel vragen zijn beantwoord, en wie tekende."""

    key: str = Field(alias="onderdeel", description="De naam in het adres.")
    title: str = Field(alias="naam", description="De naam voor een lezer.")
    given: int = Field(alias="gegeven", description="Vragen met een antwoord.")
    unknown: int = Field(alias="onbekend", description="Vragen met 'weet ik niet'.")
    total: int = Field(alias="vragen", description="Alle vragen.")
    controller: bool = Field(alias="ondertekendDoorController", description="Zoals de antwoorden nu zijn.")
    client: bool = Field(alias="ondertekendDoorSecretaris", description="Zoals de antwoorden nu zijn.")
    by_controller: SignatureTold | None = Field(
        alias="handtekeningController", description="De laatste, ook als een antwoord daarna veranderde."
    )
    by_client: SignatureTold | None = Field(
        alias="handtekeningSecretaris", description="De laatste, ook als een antwoord daarna veranderde."
    )


class AnswerTold(Told):
    """Een vraag met haar antwoord."""

    question: str = Field(alias="vraag", description="De naam van de vraag.")
    section: str = Field(alias="onderdeel", description="Het onderdeel waar zij bij hoort.")
    label: str = Field(alias="omschrijving", description="De vraag voor een lezer.")
    unit: str = Field(alias="eenheid", description="De eenheid of de soort.")
    value: str = Field(
        alias="waarde", description="Het antwoord, zoals in een werkmap; leeg als het er niet is."
    )
    unknown: bool = Field(alias="onbekend", description="Of het antwoord 'weet ik niet' is.")
    note: str = Field(alias="toelichting", description="De toelichting van de gemeente.")
    price_year: int | None = Field(alias="prijspeil", description="Het jaar van de prijzen van een bedrag.")
    estimate: str = Field(alias="schatting", description="Wat zonder antwoord geldt.")
    doubt: str = Field(alias="twijfel", description="Wat er aan het antwoord opvalt.")
    asked: str = Field(alias="gevraagdAan", description="Aan welke collega de vraag is overgedragen.")
    released: bool = Field(alias="vrijgegeven", description="Of de andere gemeenten het zien.")
    state: str = Field(
        alias="toestand", description="Stuur dit terug bij een wijziging: dan wist u niets van een collega."
    )


class AnswerAsked(Asked):
    """Een antwoord; het vervangt alles wat er bij deze vraag stond."""

    question: Text = Field(alias="vraag", description="De naam van de vraag.")
    value: LongText = Field("", alias="waarde", description="Het antwoord, zoals in een werkmap.")
    unknown: bool = Field(default=False, alias="onbekend", description="'Weet ik niet'.")
    note: LongText = Field("", alias="toelichting", description="Een toelichting.")
    price_year: int | None = Field(
        None, alias="prijspeil", description="Het jaar van de prijzen van een bedrag."
    )
    state: LongText | None = Field(
        None, alias="toestand", description="De toestand die u las; zonder toestand geldt uw antwoord altijd."
    )


class AnswersAsked(Asked):
    """Antwoorden op een of meer vragen."""

    answers: list[AnswerAsked] = Field(
        alias="antwoorden", description="Ieder antwoord op een andere vraag.", min_length=1, max_length=1000
    )


class WorthTold(Told):
    """Een vraag waarvan het antwoord veel helpt."""

    question: str = Field(alias="vraag", description="De naam van de vraag.")
    label: str = Field(alias="omschrijving", description="De vraag voor een lezer.")
    share: str = Field(
        alias="aandeel", description="Welk deel van wat onzeker is, het antwoord verklaart, in woorden."
    )


class OneSection(Chosen):
    """Van welk onderdeel."""

    section: str = Field("", alias="onderdeel", description="Eén onderdeel; leeg is alle.")


class Trial(Chosen):
    """Of er iets bewaard wordt."""

    trial: bool = Field(default=False, alias="proef", description="Alleen laten zien wat er verandert.")


class ChangedTold(Told):
    """Hoeveel antwoorden veranderden."""

    changed: int = Field(alias="veranderd", description="Het aantal.")


class ReleasableTold(Told):
    """Een cijfer dat vrijgegeven kan worden."""

    question: str = Field(alias="vraag", description="De naam van de vraag.")
    label: str = Field(alias="omschrijving", description="De vraag voor een lezer.")
    value: str = Field(alias="waarde", description="Het antwoord nu.")
    released: str | None = Field(alias="vrijgegevenWaarde", description="Wat anderen zien, als het vrij is.")


class ReleaseAsked(Asked):
    """Welke cijfers van een onderdeel de andere gemeenten zien."""

    figures: list[Text] = Field(
        alias="vragen", description="De namen; wat er niet bij staat, wordt ingetrokken.", max_length=200
    )


class ChangeTold(Told):
    """Wat een werkmap verandert."""

    label: str = Field(alias="wat", description="Wat er verandert, in woorden.")
    questions: list[str] = Field(alias="vragen", description="De namen van de vragen waar het om gaat.")
    before: str = Field(alias="was", description="Wat er stond.")
    after: str = Field(alias="wordt", description="Wat er komt te staan.")


class WorkbookTold(Told):
    """Wat het inlezen van een werkmap deed, of zou doen."""

    written: bool = Field(alias="bewaard", description="Of het is bewaard; bij een proef niet.")
    changes: list[ChangeTold] = Field(alias="veranderingen", description="Ieder antwoord dat verandert.")


@contextmanager
def _municipality(
    request: HttpRequest, region: str, organisation: str, *, helpers: bool = False, writing: bool = False
) -> Iterator[Place]:
    """Enter a municipality; its regional office has no intake, and who may not write gets 404 for writing."""
    with in_organisation(request, region, organisation, helpers=helpers) as place:
        if not place.own.code or (writing and not place.answers):
            raise Http404
        yield place


@router.get(
    f"{_BASE}/onderdelen", auth=READS, response=list[SectionTold], summary="De onderdelen van de nulmeting"
)
def all_sections(request: HttpRequest, region: str, organisation: str) -> list[SectionTold]:
    """De onderdelen van de nulmeting met hun stand."""
    with _municipality(request, region, organisation) as place:
        return [
            SectionTold(
                key=each.key,
                title=each.title,
                given=each.given,
                unknown=each.unknown,
                total=each.total,
                controller=each.controller_holds,
                client=each.client_holds,
                by_controller=_signature(each.controller),
                by_client=_signature(each.client),
            )
            for each in overview(place)
        ]


def _signature(found: Signature | None) -> SignatureTold | None:
    return SignatureTold(name=found.signed_by.name, signed_at=found.signed_at) if found else None


def worth_told(found: Iterable[Worthy]) -> list[WorthTold]:
    """Tell which answers are worth most."""
    return [WorthTold(question=each.question, label=each.label, share=each.share) for each in found]


@router.get(
    f"{_BASE}/belangrijkste-vragen",
    auth=READS,
    response=list[WorthTold],
    summary="Wat een gemeente het meest helpt",
)
def worthy(request: HttpRequest, region: str, organisation: str) -> list[WorthTold]:
    """De open vragen waarvan het antwoord voor de gemeente het meest verklaart, als dat al is uitgerekend."""
    with _municipality(request, region, organisation) as place:
        return worth_told(worth_to_own(place))


@router.get(
    f"{_BASE}/antwoorden", auth=READS, response=list[AnswerTold], summary="De antwoorden van een gemeente"
)
def answers(
    request: HttpRequest, region: str, organisation: str, chosen: Query[OneSection]
) -> list[AnswerTold]:
    """De vragen met hun antwoord. Een collega voor enkele vragen ziet alleen die."""
    with _municipality(request, region, organisation, helpers=True) as place:
        wanted = [each for each in sections() if chosen.section in ("", each)]
        return [
            _answer(each, line, block.who)
            for each in wanted
            for block in blocks(place, each)
            for line in block.lines
        ]


def _answer(section: str, line: Line, who: str) -> AnswerTold:
    entry = line.entry
    return AnswerTold(
        question=line.question.id,
        section=section,
        label=line.question.label,
        unit=line.question.part.shown_unit,
        value=entry.value,
        unknown=entry.unknown,
        note=entry.note,
        price_year=int(entry.price_year) if entry.price_year else None,
        estimate=line.estimate,
        doubt=line.doubt,
        asked=who,
        released=line.released,
        state=entry.was,
    )


@router.patch(f"{_BASE}/antwoorden", auth=WRITES, response=ChangedTold, summary="Antwoorden geven")
def give(request: HttpRequest, region: str, organisation: str, payload: AnswersAsked) -> ChangedTold:
    """Geef antwoorden: alle, of bij een fout geen enkel. Dan staat in `errors` wat niet klopt.

    Voor wie voor de gemeente schrijft; een collega voor enkele vragen beantwoordt alleen die.
    """
    with _municipality(request, region, organisation, helpers=True, writing=True) as place:
        rows, mine = own_rows(place), _asked_of(place)
        entries = {each.question: _entry(each, rows.get(each.question)) for each in payload.answers}
        strange = {key: f"Er is voor u geen vraag '{key}'." for key in entries if key not in mine}
        if strange:
            raise _unfit(payload, strange)
        saved = save_answers(place=place, entries=entries)
        if saved.problems:
            raise _unfit(payload, saved.problems)
        return ChangedTold(changed=saved.changed)


def _asked_of(place: Place) -> frozenset[str]:
    """Return the questions that a person may answer here: never those about signing or releasing."""
    known = frozenset(question.id for field in asked() for question in answerable(field))
    return known if place.only is None else known & place.only


def _entry(given: AnswerAsked, row: Answer | None) -> Entry:
    was = shown_state(row) if given.state is None else given.state
    return Entry(given.value, given.unknown, given.note, str(given.price_year or ""), was)


def _unfit(payload: AnswersAsked, problems: Mapping[str, str]) -> RefusedError:
    places = {f"/antwoorden/{n}": problems.get(each.question, "") for n, each in enumerate(payload.answers)}
    return RefusedError(
        400,
        "Deze antwoorden passen niet; er is niets bewaard.",
        errors={place: told for place, told in places.items() if told},
    )


_RELEASE = f"{_BASE}/onderdelen/{{slug:section}}/vrijgave"


@router.get(_RELEASE, auth=READS, response=list[ReleasableTold], summary="Wat andere gemeenten zien")
def released(request: HttpRequest, region: str, organisation: str, section: str) -> list[ReleasableTold]:
    """De cijfers van een onderdeel die vrijgegeven kunnen worden, en wat anderen er nu van zien."""
    with _municipality(request, region, organisation) as place:
        return _figures(place, section)


@router.put(_RELEASE, auth=WRITES, response=list[ReleasableTold], summary="Cijfers vrijgeven")
def put_release(
    request: HttpRequest, region: str, organisation: str, section: str, payload: ReleaseAsked
) -> list[ReleasableTold]:
    """Geef cijfers vrij zoals ze nu zijn en ondertekend zijn, en trek de andere van dit onderdeel in.

    Voor wie voor de gemeente schrijft.
    """
    with _municipality(request, region, organisation, writing=True) as place:
        must_write(place)
        if section not in sections():
            raise Http404
        release(place=place, section=section, chosen=payload.figures)
        return _figures(place, section)


def _figures(place: Place, section: str) -> list[ReleasableTold]:
    if section not in sections():
        raise Http404
    return [
        ReleasableTold(
            question=each.question.id,
            label=each.question.label,
            value=each.value,
            released=each.released.value if each.released else None,
        )
        for each in figures(place, section)
    ]


@router.get(
    f"{_BASE}/werkmap", auth=READS, summary="De werkmap van een gemeente",
    openapi_extra={"responses": {200: {"description": "Een werkmap (xlsx)", **_BOOK}}},
)  # fmt: skip
def workbook(request: HttpRequest, region: str, organisation: str) -> HttpResponse:
    """De werkmap van een gemeente, met wat zij al antwoordde."""
    with _municipality(request, region, organisation) as place:
        return download(*workbook_of(place))


@router.put(
    f"{_BASE}/werkmap", auth=WRITES, response=WorkbookTold, summary="Een werkmap inlezen",
    openapi_extra={"requestBody": {"required": True, **_BOOK}},
)  # fmt: skip
def put_workbook(request: HttpRequest, region: str, organisation: str, chosen: Query[Trial]) -> WorkbookTold:
    """Lees een ingevulde werkmap in, voor wie voor de gemeente schrijft.

    Met `proef=true` ziet u alleen wat er zou veranderen.
    """
    if request.content_type != XLSX:
        raise RefusedError(415)
    if wait := reached(UPLOADS, str(person_of(request).pk)):
        raise RefusedError(429, UPLOADS.told(), wait=wait)
    with _municipality(request, region, organisation, writing=True) as place:
        must_write(place)
        kept = keep_upload(place=place, name="werkmap.xlsx", content=request.body)
        found = compare_upload(place, kept)
        if chosen.trial:
            kept.delete()
        else:
            accept_upload(place=place, upload=kept)
        changes = [
            ChangeTold(label=c.label, questions=[q.id for q in c.questions], before=c.before, after=c.after)
            for c in found.changes
        ]
        return WorkbookTold(written=not chosen.trial, changes=changes)
