"""The regional table: one situation as its page shows it to this person, its choices and its questions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router
from pydantic import Field

from marke.dutch import KEYS_SHORT
from marke.situations.ask import QUESTIONS, ask
from marke.situations.closely import worked_out
from marke.situations.desk import Desk, Sheet
from marke.situations.package import package
from marke.situations.situation import Situation, address, read
from marke.web.api.access import in_region, reads
from marke.web.api.models import Area
from marke.web.api.problems import RefusedError
from marke.web.api.shapes import ChoiceTold, Chosen, LongText, Text, Told, choices_of
from marke.web.api.situation import TableAnswerTold, TableTold, answer_told, table_told
from marke.web.downloads import TYPES, download
from marke.web.table.exports import DOCUMENTS, one_page
from marke.web.table.selectors import asker, ours, spoken_for, today_seen
from marke.web.table.source import desk_of
from marke.web.tenancy.access import Place

router = Router(tags=["Tafel"], by_alias=True)
READS = reads(Area.RUNS)
_BASE = "/regios/{slug:region}/tafel"
_FREE = {
    "parameters": [
        {
            "name": "overige",
            "in": "query",
            "description": "Eigen percentages (`deel.GM0147=60`) en verschoven cijfers (`cijfer.NAAM=1,5`).",
            "required": False,
            "style": "form",
            "explode": True,
            "schema": {
                "type": "object",
                "propertyNames": {"pattern": r"^(deel\.GM[0-9]{4}|cijfer\.[a-z0-9_.]+)$"},
                "additionalProperties": {"type": "string"},
            },
        }
    ]
}
_DOCUMENT = {
    "responses": {
        200: {
            "description": "Het stuk",
            "content": {
                TYPES[form]: {"schema": {"type": "string", "format": "binary"}} for form in DOCUMENTS
            },
        }
    }
}


class SituationChosen(Chosen):
    """Een situatie; wat u weglaat is het gewone. Met dezelfde namen als in het adres van de pagina."""

    service: Text = Field("", alias="dienst", description="De dienst; anders de eerste van de studie.")
    variant: Text = Field("", alias="vorm", description="De vorm; anders de goedkoopste voor allen.")
    level: Text = Field("", alias="niveau", description="Het niveau; anders dat van de studie.")
    members: LongText | None = Field(
        None, alias="met", description="Gemeentecodes met streepjes; weglaten is iedereen, leeg is niemand."
    )
    key: Text = Field("", alias="sleutel", description="De verdeelsleutel; anders per inwoner.")
    foot: Text = Field("", alias="voet", description="De vaste voet, in procenten.")
    dampening: Text = Field("", alias="ingroei", description="In hoeveel jaar bijdragen ingroeien.")
    also: Text = Field("", alias="ook", description="Verdere diensten, met streepjes.")


class ServiceChosen(Chosen):
    """Van welke dienst."""

    service: Text = Field("", alias="dienst", description="De dienst; anders de eerste van de studie.")


class SliderTold(Told):
    """Een cijfer dat u kunt verschuiven, in de eenheid waarin u het stuurt."""

    key: str = Field(alias="cijfer", description="De naam, achter `cijfer.`.")
    label: str = Field(alias="naam", description="De naam voor een lezer.")
    unit: str = Field(alias="eenheid", description="De eenheid.")
    low: float = Field(alias="laag", description="De laagste waarde.")
    mode: float = Field(alias="midden", description="De waarde van de studie.")
    high: float = Field(alias="hoog", description="De hoogste waarde.")
    source: str = Field(alias="bron", description="Waar het vandaan komt.")


class ChoicesTold(Told):
    """Waaruit u aan de tafel kiest, voor een dienst."""

    services: list[ChoiceTold] = Field(alias="diensten", description="De diensten van de run.")
    variants: list[ChoiceTold] = Field(alias="vormen", description="De vormen van de dienst.")
    levels: list[ChoiceTold] = Field(alias="niveaus", description="De niveaus van de dienst.")
    keys: list[ChoiceTold] = Field(alias="sleutels", description="De verdeelsleutels.")
    municipalities: list[ChoiceTold] = Field(alias="gemeenten", description="De gemeenten van de run.")
    figures: list[SliderTold] = Field(alias="cijfers", description="Wat u kunt verschuiven.")


class QuestionTold(Told):
    """Een vraag die u aan de tafel kunt stellen."""

    key: str = Field(alias="vraag", description="De naam in het adres.")
    label: str = Field(alias="naam", description="De vraag.")


class AskedTold(QuestionTold):
    """Een vraag met haar antwoorden."""

    who: str = Field(alias="wij", description="Voor welke gemeente 'wij' is gelezen.")
    answers: list[TableAnswerTold] = Field(alias="antwoorden", description="De antwoorden.")


@dataclass(frozen=True)
class _Asked:
    """A situation that somebody asks for, and the run laid open that answers it."""

    place: Place
    desk: Desk
    situation: Situation

    @property
    def sheet(self) -> Sheet:
        return self.desk.sheet(self.situation.service)


@contextmanager
def _at_the_table(request: HttpRequest, region: str) -> Iterator[_Asked]:
    """Enter a region and read the situation; what cannot be read is refused, since no other was asked for."""
    with in_region(request, region) as place:
        desk = desk_of(place)
        found = read(desk, {key: [str(each) for each in values] for key, values in request.GET.lists()})
        if found.problem:
            raise RefusedError(400, found.problem)
        yield _Asked(place, desk, found.situation)


@router.get(_BASE, auth=READS, response=TableTold, summary="Een situatie aan de tafel", openapi_extra=_FREE)
def table(request: HttpRequest, region: str, chosen: Query[SituationChosen]) -> TableTold:  # noqa: ARG001
    """Wat als deze gemeenten meedoen, in deze vorm: over alle trekkingen gerekend uit de laatste run.

    Wat een gemeente nu betaalt, staat er alleen van uw eigen gemeente en van wie het vrijgaf. Zonder een run
    van de regio die klaar is, is het 404.
    """
    with _at_the_table(request, region) as asked:
        sheet, situation = asked.sheet, asked.situation
        answer, exact = worked_out(sheet, situation)
        seen = today_seen(sheet, exact, ours(spoken_for(asked.place), situation.service))
        together = package(asked.desk, answer) if situation.also else None
        return table_told(asked.desk, answer, exact, seen, together)


@router.get(f"{_BASE}/keuzes", auth=READS, response=ChoicesTold, summary="Keuzes aan de tafel")
def choices(request: HttpRequest, region: str, chosen: Query[ServiceChosen]) -> ChoicesTold:  # noqa: ARG001
    """De diensten, en van een dienst de vormen, niveaus, sleutels en cijfers die u kunt verschuiven."""
    with _at_the_table(request, region) as asked:
        sheet = asked.sheet
        return ChoicesTold(
            services=choices_of(asked.desk.labels),
            variants=choices_of({key: sheet.variant(key).label for key in sheet.case.variants}),
            levels=choices_of({key: level.label for key, level in sheet.case.service.levels.items()}),
            keys=choices_of(KEYS_SHORT),
            municipalities=choices_of(sheet.names),
            figures=[
                SliderTold(
                    key=each.id,
                    label=each.label,
                    unit=each.unit,
                    low=each.low * each.scale,
                    mode=each.mode * each.scale,
                    high=each.high * each.scale,
                    source=each.source,
                )
                for each in sheet.sliders.values()
            ],
        )


@router.get(f"{_BASE}/vragen", auth=READS, response=list[QuestionTold], summary="Vragen aan de tafel")
def questions(request: HttpRequest, region: str) -> list[QuestionTold]:
    """De vragen die u over een situatie kunt stellen."""
    with in_region(request, region):
        return [QuestionTold(key=key, label=label) for key, (label, _) in QUESTIONS.items()]


@router.get(
    f"{_BASE}/vragen/{{slug:question}}",
    auth=READS, response=AskedTold, summary="Een vraag aan de tafel stellen", openapi_extra=_FREE,
)  # fmt: skip
def asked_about(
    request: HttpRequest,
    region: str,
    question: str,
    chosen: Query[SituationChosen],  # noqa: ARG001
) -> AskedTold:
    """Stel een vraag over een situatie; ieder antwoord is een situatie die u op tafel kunt leggen."""
    with _at_the_table(request, region) as asked:
        if question not in QUESTIONS:
            raise Http404
        sheet = asked.sheet
        who = asker(sheet, ours(spoken_for(asked.place), asked.situation.service))
        found = ask(sheet, asked.situation, question, sheet.player_of[who])
        return AskedTold(
            key=question,
            label=QUESTIONS[question][0],
            who=sheet.names[who],
            answers=[answer_told(asked.desk, each) for each in found],
        )


@router.get(
    f"{_BASE}/opleggers/{{slug:form}}",
    auth=READS, summary="Een oplegger van een situatie", openapi_extra=_FREE | _DOCUMENT,
)  # fmt: skip
def document(
    request: HttpRequest,
    region: str,
    form: str,
    chosen: Query[SituationChosen],  # noqa: ARG001
) -> HttpResponse:
    """Eén pagina over een situatie, als pdf, odt of docx. Voor iedereen te lezen: zonder wat u nu betaalt."""
    with _at_the_table(request, region) as asked:
        if form not in DOCUMENTS:
            raise Http404
        query = address(asked.desk, asked.situation)
        page = request.build_absolute_uri(f"{reverse('table', args=[region])}?{query}")
        content = one_page(asked.place, asked.desk, asked.situation, form, page)
        return download(content, f"oplegger-{asked.situation.service}.{form}")
