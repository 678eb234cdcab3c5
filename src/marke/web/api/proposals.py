"""Proposals, what every municipality decided about them, what is due, and the log of decisions."""

from datetime import date
from typing import Literal

from django.http import Http404, HttpRequest
from ninja import Router, Status
from pydantic import Field

from marke.decision import Recorded
from marke.decision import State as StepWord
from marke.errors import InputError
from marke.web.api.access import in_organisation, in_region, must_lead, reads, writes
from marke.web.api.models import Area
from marke.web.api.shapes import Asked, Day, Text, Told
from marke.web.decisions.consequences import consequences, last_findings
from marke.web.decisions.log import entries_of
from marke.web.decisions.selectors import services_of
from marke.web.decisions.services import close_proposal, make_proposal, record_step, take_back_step
from marke.web.decisions.standings import Board, asked_of, board_of, boards, deadlines, own_steps
from marke.web.decisions.standings import Told as StepShown
from marke.web.tenancy.access import Place

router = Router(tags=["Besluiten"], by_alias=True)
READS, WRITES = reads(Area.DECISIONS), writes(Area.DECISIONS)
_ALL = "/regios/{slug:region}/voorstellen"
_OWN = "/regios/{slug:region}/organisaties/{slug:organisation}/voorstellen/{int:number}/stappen"


class StepTold(Told):
    """Een stap van een besluit: wat is vastgelegd, of wanneer hij aan de beurt is."""

    key: str = Field(alias="stap", description="De naam in het adres.")
    label: str = Field(alias="naam", description="Wat er gebeurt.")
    state: StepWord = Field(alias="stand", description="Hoe de stap ervoor staat.")
    text: str = Field(alias="tekst", description="De stand in woorden.")
    due: date = Field(alias="uiterlijk", description="Tot wanneer, of wanneer het wordt verwacht.")
    certain: bool = Field(alias="zeker", description="Of die dag vaststaat.")
    day: date | None = Field(alias="datum", description="Wanneer de stap is gezet.")
    outcome: str | None = Field(alias="uitkomst", description="Hoe de stap afliep.")
    note: str = Field(alias="toelichting", description="Onder welke woorden.")


class DecidingTold(Told):
    """Hoe een voorstel er in een gemeente voor staat."""

    organisation: str = Field(alias="organisatie", description="De naam in het adres.")
    steps: list[StepTold] = Field(alias="stappen", description="Alle stappen, in volgorde.")


class ProposalTold(Told):
    """Een voorstel aan colleges en raden."""

    number: int = Field(alias="nummer", description="Het nummer in het adres.")
    title: str = Field(alias="naam", description="Hoe het voorstel heet.")
    form: str = Field(alias="vorm", description="De rechtsvorm; zij bepaalt de stappen.")
    services: list[str] = Field(alias="diensten", description="Voor welke diensten.")
    codes: list[str] = Field(alias="gemeentecodes", description="Voor welke gemeenten.")
    begins_on: date = Field(alias="vanaf", description="Vanaf wanneer de verwachte dagen rekenen.")
    closed_on: date | None = Field(alias="afgeslotenOp", description="Wanneer het is afgesloten.")
    reason: str = Field(alias="reden", description="Waarom het is afgesloten.")


class WholeProposalTold(ProposalTold):
    """Een voorstel met de stand in iedere gemeente."""

    members: list[DecidingTold] = Field(alias="gemeenten", description="De stand per gemeente.")
    office: list[StepTold] = Field(alias="stappenSamen", description="Wat de regio voor allen doet.")


class ProposalAsked(Asked):
    """Een nieuw voorstel."""

    title: Text = Field(alias="naam", description="Hoe het voorstel heet.", min_length=1, max_length=120)
    form: Text = Field(alias="vorm", description="De rechtsvorm; zij bepaalt de stappen.")
    services: list[Text] = Field(alias="diensten", description="Voor welke diensten.", max_length=40)
    codes: list[Text] = Field(alias="gemeentecodes", description="Voor welke gemeenten (CBS).", max_length=60)
    begin: Day = Field(alias="vanaf", description="Vanaf wanneer de verwachte dagen rekenen.")


class CloseAsked(Asked):
    """Een voorstel afsluiten."""

    reason: Text = Field(alias="reden", description="Waarom het wordt afgesloten.", min_length=1)


class StepAsked(Asked):
    """Wat er in een stap gebeurde."""

    day: Day = Field(alias="datum", description="Wanneer.")
    outcome: Literal["done", "yes", "conditions", "no", "none"] = Field(
        alias="uitkomst", description="Gedaan, ja, ja onder voorwaarden, nee, of geen zienswijze."
    )
    note: Text = Field("", alias="toelichting", description="Onder welke woorden.")


class DeadlineTold(Told):
    """Wie wat moet doen, en wanneer."""

    who: str = Field(alias="wie", description="De gemeente, of de regio.")
    number: int = Field(alias="voorstel", description="Het nummer van het voorstel.")
    what: str = Field(alias="wat", description="De stap.")
    due: date = Field(alias="uiterlijk", description="Tot wanneer, of wanneer het wordt verwacht.")
    certain: bool = Field(alias="zeker", description="Of die dag vaststaat.")


class ConsequenceTold(Told):
    """Wat er voor een dienst volgt als een gemeente nee zegt."""

    service: str = Field(alias="dienst", description="De naam van de dienst.")
    sentences: list[str] = Field(alias="zinnen", description="Wat er volgt, in zinnen.")


class ConsequencesTold(Told):
    """Wat er volgt uit de weigeringen van een voorstel."""

    computed: bool = Field(alias="berekend", description="Of er een run van de regio is die het zegt.")
    refused: list[str] = Field(alias="weigeringen", description="Welke gemeenten nee zeiden.")
    services: list[ConsequenceTold] = Field(alias="diensten", description="Wat er volgt, per dienst.")


class EntryTold(Told):
    """Een regel van het logboek; iedere regel bevat het kenmerk van de regel ervoor."""

    number: int = Field(alias="nummer", description="De plaats in het logboek.")
    when: str = Field(alias="op", description="Wanneer (UTC).")
    who: str = Field(alias="wie", description="Wie, en namens welke organisatie.")
    what: str = Field(alias="wat", description="Wat er gebeurde.")
    about: str = Field(alias="waarover", description="Waarmee.")
    before: str = Field(alias="kenmerkErvoor", description="De hash van de regel ervoor.")
    mark: str = Field(alias="kenmerk", description="De hash van deze regel (SHA-256).")


def _step(shown: StepShown) -> StepTold:
    state = shown.state
    record = state.recorded
    return StepTold(
        key=state.key,
        label=state.step.told or state.step.label,
        state=state.state,
        text=shown.text,
        due=state.due.day,
        certain=state.due.certain,
        day=record.day if record else None,
        outcome=record.outcome if record else None,
        note=record.text if record else "",
    )


def _fields(board: Board) -> ProposalTold:
    proposal = board.proposal
    return ProposalTold(
        number=proposal.number,
        title=proposal.title,
        form=proposal.form,
        services=proposal.services,
        codes=proposal.members,
        begins_on=proposal.begins_on,
        closed_on=proposal.closed_on,
        reason=proposal.reason,
    )


def _whole(place: Place, number: int) -> WholeProposalTold:
    board = board_of(place.region, number)
    if board is None:
        raise Http404
    return WholeProposalTold(
        **_fields(board).model_dump(),
        members=[
            DecidingTold(organisation=each.organisation.slug, steps=[_step(told) for told in each.steps])
            for each in board.members
        ],
        office=[_step(told) for told in board.office],
    )


@router.get(_ALL, auth=READS, response=list[ProposalTold], summary="De voorstellen")
def proposals(request: HttpRequest, region: str) -> list[ProposalTold]:
    """Alle voorstellen van een regio: eerst wat open staat, dan wat is afgesloten."""
    with in_region(request, region) as place:
        return [_fields(each) for each in (*boards(place.region), *boards(place.region, closed=True))]


@router.post(_ALL, auth=WRITES, response={201: WholeProposalTold}, summary="Een voorstel maken")
def make(request: HttpRequest, region: str, payload: ProposalAsked) -> Status[WholeProposalTold]:
    """Maak een voorstel voor ten minste twee gemeenten. Voor wie de regio leidt."""
    with in_region(request, region) as place:
        must_lead(place)
        strange = set(payload.services) - set(services_of(place.region))
        if strange:
            raise InputError(f"Deze dienst is er niet: {', '.join(sorted(strange))}.", where="diensten")
        made = make_proposal(
            place=place,
            title=payload.title,
            form=payload.form,
            services=payload.services,
            members=payload.codes,
            begin=payload.begin,
        )
        return Status(201, _whole(place, made.number))


@router.get(f"{_ALL}/{{int:number}}", auth=READS, response=WholeProposalTold, summary="Een voorstel")
def proposal(request: HttpRequest, region: str, number: int) -> WholeProposalTold:
    """Een voorstel met de stand in iedere gemeente."""
    with in_region(request, region) as place:
        return _whole(place, number)


@router.get(
    f"{_ALL}/{{int:number}}/gevolgen",
    auth=READS,
    response=ConsequencesTold,
    summary="Als een gemeente weigert",
)
def refusals(request: HttpRequest, region: str, number: int) -> ConsequencesTold:
    """Wat er volgt uit de weigeringen van een voorstel, volgens de laatste run van de regio."""
    with in_region(request, region) as place:
        board = board_of(place.region, number)
        if board is None:
            raise Http404
        findings = last_findings(place)
        return ConsequencesTold(
            computed=findings is not None,
            refused=[each.organisation.slug for each in board.refused],
            services=[
                ConsequenceTold(service=each.service, sentences=list(each.sentences))
                for each in consequences(place.region, board, findings)
            ],
        )


@router.patch(
    f"{_ALL}/{{int:number}}", auth=WRITES, response=WholeProposalTold, summary="Een voorstel afsluiten"
)
def close(request: HttpRequest, region: str, number: int, payload: CloseAsked) -> WholeProposalTold:
    """Sluit een voorstel af, met de reden. Voor wie de regio leidt."""
    with in_region(request, region) as place:
        must_lead(place)
        board = board_of(place.region, number)
        if board is None:
            raise Http404
        close_proposal(place=place, proposal=board.proposal, reason=payload.reason)
        return _whole(place, number)


@router.get(
    "/regios/{slug:region}/termijnen",
    auth=READS,
    response=list[DeadlineTold],
    summary="Wat eerst gedaan moet worden",
)
def due(request: HttpRequest, region: str) -> list[DeadlineTold]:
    """Wat er bij open voorstellen nu gedaan moet worden, de eerste dag eerst."""
    with in_region(request, region) as place:
        return [
            DeadlineTold(
                who=each.who,
                number=each.proposal.number,
                what=each.what,
                due=each.told.state.due.day,
                certain=each.told.state.due.certain,
            )
            for each in deadlines(boards(place.region))
        ]


@router.get(
    "/regios/{slug:region}/logregels",
    auth=READS,
    response=list[EntryTold],
    summary="Het logboek van besluiten",
)
def log(request: HttpRequest, region: str) -> list[EntryTold]:
    """Het hele logboek van gesprekken en besluiten, als keten die na te rekenen is."""
    with in_region(request, region) as place:
        return [
            EntryTold(
                number=each.number,
                when=each.when,
                who=each.who,
                what=each.what,
                about=each.about,
                before=each.before,
                mark=each.mark,
            )
            for each in entries_of(place.region)
        ]


def _mine(place: Place, number: int) -> Board:
    found = next((each for each in asked_of(place) if each.proposal.number == number), None)
    if found is None:
        raise Http404
    return found


def _own_step(place: Place, number: int, step: str) -> Board:
    board = _mine(place, number)
    if not place.writes or step not in {each.state.key for each in own_steps(board, place.own)}:
        raise Http404
    return board


def _steps(place: Place, number: int) -> list[StepTold]:
    return [_step(each) for each in own_steps(_mine(place, number), place.own)]


@router.get(_OWN, auth=READS, response=list[StepTold], summary="De eigen stappen")
def steps(request: HttpRequest, region: str, organisation: str, number: int) -> list[StepTold]:
    """De stappen van een open voorstel die de organisatie zelf zet."""
    with in_organisation(request, region, organisation) as place:
        return _steps(place, number)


@router.put(f"{_OWN}/{{slug:step}}", auth=WRITES, response=list[StepTold], summary="Een stap vastleggen")
def record(
    request: HttpRequest, region: str, organisation: str, number: int, step: str, payload: StepAsked
) -> list[StepTold]:
    """Leg vast wat er in een stap gebeurde, of verander dat, voor wie voor de organisatie schrijft."""
    with in_organisation(request, region, organisation) as place:
        board = _own_step(place, number, step)
        new = Recorded(step, payload.day, payload.outcome, payload.note)
        record_step(place=place, proposal=board.proposal, new=new)
        return _steps(place, number)


@router.delete(f"{_OWN}/{{slug:step}}", auth=WRITES, response={204: None}, summary="Een stap terugnemen")
def take_back(request: HttpRequest, region: str, organisation: str, number: int, step: str) -> Status[None]:
    """Neem terug wat bij een stap was vastgelegd, voor wie voor de organisatie schrijft.

    Het logboek houdt dat het er stond.
    """
    with in_organisation(request, region, organisation) as place:
        take_back_step(place=place, proposal=_own_step(place, number, step).proposal, step=step)
        return Status(204, None)
