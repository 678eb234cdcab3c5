"""Why a run says what it says: what a number was made of, and why it differs from an older run."""

from typing import Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from marke.differences import Difference
from marke.dutch import VERDICTS
from marke.errors import InputError
from marke.findings.statements import beginning
from marke.web.api.access import in_organisation, in_region, reads, writes
from marke.web.api.models import Area
from marke.web.api.runs import Door
from marke.web.api.shapes import Chosen, Text, Told
from marke.web.runs.comparing import WORDS, compared
from marke.web.runs.results import Derived, derived
from marke.web.runs.selectors import complete_in, may_cancel, older_than
from marke.web.runs.store import Stored, findings_of
from marke.web.runs.tasks import ask_comparison
from marke.web.studies.figures import FigureRow
from marke.web.tenancy.access import Place

router = Router(tags=["Uitleg bij een run"], by_alias=True)
READS, WRITES = reads(Area.RUNS), writes(Area.RUNS)
_REGION = "/regios/{slug:region}/runs/{uuid:run}"
_OWN = "/regios/{slug:region}/organisaties/{slug:organisation}/runs/{uuid:run}"


class FactsChosen(Chosen):
    """Welke feiten."""

    start: Text = Field(
        alias="begin", min_length=1, description="Hoe de naam begint, bijvoorbeeld `soc.verdict`."
    )


class FigureUsed(Told):
    """Een cijfer waar een getal op rust."""

    key: str = Field(alias="cijfer", description="De naam van het cijfer.")
    label: str = Field(alias="naam", description="De naam voor een lezer.")
    low: str = Field(alias="laag", description="De lage waarde, zoals een pagina haar toont.")
    mode: str = Field(alias="midden", description="De verwachte waarde.")
    high: str = Field(alias="hoog", description="De hoge waarde.")
    unit: str = Field(alias="eenheid", description="De eenheid.")
    source: str = Field(alias="bron", description="Waar het vandaan komt.")


class DerivedTold(Told):
    """Een getal, hoe het is gerekend, en waarvan het is gemaakt."""

    label: str = Field(alias="naam", description="Wat het is; van een feit zijn naam.")
    value: str = Field(alias="waarde", description="De waarde, zoals een pagina haar toont.")
    unit: str = Field(alias="eenheid", description="De eenheid; leeg als die in de waarde staat.")
    formula: str = Field(alias="formule", description="Hoe het is gerekend; leeg als het is gegeven.")
    parts: list["DerivedTold"] = Field(alias="delen", description="Waarvan het is gemaakt.")
    figures: list[FigureUsed] = Field(alias="cijfers", description="De cijfers waar het op rust.")


class OlderTold(Told):
    """Een oudere run waarmee deze te vergelijken is."""

    key: UUID = Field(alias="andere", description="De naam van de oudere run.")
    version: int = Field(alias="studieversie", description="De versie van haar studie.")


class ContributionTold(Told):
    """Wat een soort verandering deed."""

    group: str = Field(alias="wat", description="Wat er veranderde.")
    amount: float = Field(alias="bedrag", description="Wat dat deed met de besparing, euro per jaar.")


class DifferenceTold(Told):
    """Hoe de verwachte besparing van allen samen veranderde, voor een dienst."""

    service: str = Field(alias="dienst", description="De dienst.")
    before: float = Field(alias="was", description="De besparing in de oude run, euro per jaar.")
    after: float = Field(alias="wordt", description="De besparing in deze run, euro per jaar.")
    parts: list[ContributionTold] = Field(
        alias="delen", description="Het verschil, verdeeld over wat er veranderde (Shapley)."
    )
    rest: float = Field(alias="rest", description="Wat een andere versie van marke deed, euro per jaar.")
    verdict_before: str = Field(alias="oordeelWas", description="Het oordeel in de oude run.")
    verdict_after: str = Field(alias="oordeelWordt", description="Het oordeel in deze run.")


class ComparisonTold(Told):
    """Waarom een run verschilt van een oudere."""

    state: Literal["niet berekend", "berekend", "kan niet"] = Field(
        alias="toestand", description="Of het verschil bekend is. 'Niet berekend': vraag erom met PUT."
    )
    reason: str = Field(alias="reden", description="Waarom het niet te berekenen is.")
    changed: list[str] = Field(alias="veranderd", description="Welke invoer veranderde.")
    services: list[DifferenceTold] = Field(alias="diensten", description="De diensten van beide runs.")
    new: list[str] = Field(alias="nieuw", description="Diensten die er in de oude run niet waren.")
    gone: list[str] = Field(alias="verdwenen", description="Diensten die er nu niet meer zijn.")


def _figure(row: FigureRow) -> FigureUsed:
    return FigureUsed(
        key=row.key,
        label=row.label,
        low=row.low,
        mode=row.mode,
        high=row.high,
        unit=row.unit,
        source=row.source,
    )


def _told(step: Derived) -> DerivedTold:
    return DerivedTold(
        label=step.label,
        value=step.value,
        unit=step.unit,
        formula=step.formula,
        parts=[_told(part) for part in step.parts],
        figures=[_figure(row) for row in step.figures],
    )


def _difference(found: Difference) -> DifferenceTold:
    return DifferenceTold(
        service=found.service,
        before=found.before,
        after=found.after,
        parts=[ContributionTold(group=WORDS[each.group], amount=each.amount) for each in found.parts],
        rest=found.rest,
        verdict_before=VERDICTS[found.verdict_before],
        verdict_after=VERDICTS[found.verdict_after],
    )


def _comparison(new: Stored, old: Stored) -> ComparisonTold:
    nothing = ComparisonTold(state="niet berekend", reason="", changed=[], services=[], new=[], gone=[])
    try:
        found = compared(new, old)
    except InputError as error:
        return nothing.model_copy(update={"state": "kan niet", "reason": str(error)})
    if found is None:
        return nothing
    return ComparisonTold(
        state="berekend",
        reason="",
        changed=[WORDS[group] for group in found.changed],
        services=[_difference(each) for each in found.services],
        new=list(found.new),
        gone=list(found.gone),
    )


def _facts(door: Door, run: UUID, start: str) -> list[str]:
    with door as place:
        return [each.address for each in beginning(findings_of(complete_in(place, run)), start)]


def _derived(door: Door, run: UUID, fact: str) -> DerivedTold:
    with door as place:
        found = complete_in(place, run)
        try:
            return _told(derived(found, fact))
        except InputError as error:
            raise Http404 from error


def _older(door: Door, run: UUID) -> list[OlderTold]:
    with door as place:
        older = older_than(place, complete_in(place, run))
        return [OlderTold(key=each.pk, version=each.version.number) for each in older]


def _both(place: Place, run: UUID, other: UUID) -> tuple[Stored, Stored]:
    new = complete_in(place, run)
    old = next((each for each in older_than(place, new) if each.pk == other), None)
    if old is None:
        raise Http404
    return new, old


def _compared(door: Door, run: UUID, other: UUID) -> ComparisonTold:
    with door as place:
        return _comparison(*_both(place, run, other))


def _ask(door: Door, run: UUID, other: UUID) -> Status[ComparisonTold]:
    with door as place:
        new, old = _both(place, run, other)
        if not may_cancel(place, new):
            raise Http404
        told = _comparison(new, old)
        if told.state == "niet berekend":
            ask_comparison(new, old)
        return Status(202, told)


@router.get(
    f"{_REGION}/herleidingen", auth=READS, response=list[str], summary="Wat een run van een regio zegt"
)
def facts_shared(request: HttpRequest, region: str, run: UUID, chosen: Query[FactsChosen]) -> list[str]:
    """De namen van alles wat een run van een regio zegt: de weg ernaartoe in `bevindingen`."""
    return _facts(in_region(request, region), run, chosen.start)


@router.get(
    f"{_REGION}/herleidingen/{{fact}}",
    auth=READS,
    response=DerivedTold,
    summary="Waar een getal van een regio vandaan komt",
)
def derived_shared(request: HttpRequest, region: str, run: UUID, fact: str) -> DerivedTold:
    """Herleid een feit van een run van een regio tot cijfers met bronnen en wat gemeenten vrijgaven."""
    return _derived(in_region(request, region), run, fact)


@router.get(
    f"{_REGION}/verschillen",
    auth=READS,
    response=list[OlderTold],
    summary="Waarmee een run van een regio te vergelijken is",
)
def older_shared(request: HttpRequest, region: str, run: UUID) -> list[OlderTold]:
    """De oudere runs van een regio waarmee een run te vergelijken is, de laatste eerst."""
    return _older(in_region(request, region), run)


@router.get(
    f"{_REGION}/verschillen/{{uuid:other}}",
    auth=READS,
    response=ComparisonTold,
    summary="Waarom een run van een regio verschilt",
)
def compared_shared(request: HttpRequest, region: str, run: UUID, other: UUID) -> ComparisonTold:
    """Waarom een run van een regio verschilt van een oudere: het verschil, verdeeld over wat veranderde."""
    return _compared(in_region(request, region), run, other)


@router.put(
    f"{_REGION}/verschillen/{{uuid:other}}",
    auth=WRITES, response={202: ComparisonTold}, summary="Een verschil van een regio laten uitrekenen",
)  # fmt: skip
def ask_shared(request: HttpRequest, region: str, run: UUID, other: UUID) -> Status[ComparisonTold]:
    """Laat op de achtergrond uitrekenen waarom twee runs verschillen. Voor wie runs van de regio start."""
    return _ask(in_region(request, region), run, other)


@router.get(
    f"{_OWN}/herleidingen", auth=READS, response=list[str], summary="Wat een run van een gemeente zegt"
)
def facts_own(
    request: HttpRequest, region: str, organisation: str, run: UUID, chosen: Query[FactsChosen]
) -> list[str]:
    """De namen van alles wat een run zegt, ook een run met de eigen antwoorden van de gemeente."""
    return _facts(in_organisation(request, region, organisation), run, chosen.start)


@router.get(
    f"{_OWN}/herleidingen/{{fact}}",
    auth=READS,
    response=DerivedTold,
    summary="Waar een getal van een gemeente vandaan komt",
)
def derived_own(request: HttpRequest, region: str, organisation: str, run: UUID, fact: str) -> DerivedTold:
    """Herleid een feit van een run tot cijfers met bronnen, en tot de eigen opgave van de gemeente."""
    return _derived(in_organisation(request, region, organisation), run, fact)


@router.get(
    f"{_OWN}/verschillen",
    auth=READS,
    response=list[OlderTold],
    summary="Waarmee een run van een gemeente te vergelijken is",
)
def older_own(request: HttpRequest, region: str, organisation: str, run: UUID) -> list[OlderTold]:
    """De oudere runs van dezelfde soort waarmee een run te vergelijken is, de laatste eerst."""
    return _older(in_organisation(request, region, organisation), run)


@router.get(
    f"{_OWN}/verschillen/{{uuid:other}}",
    auth=READS,
    response=ComparisonTold,
    summary="Waarom een run van een gemeente verschilt",
)
def compared_own(
    request: HttpRequest, region: str, organisation: str, run: UUID, other: UUID
) -> ComparisonTold:
    """Waarom een run verschilt van een oudere van dezelfde soort."""
    return _compared(in_organisation(request, region, organisation), run, other)


@router.put(
    f"{_OWN}/verschillen/{{uuid:other}}",
    auth=WRITES, response={202: ComparisonTold}, summary="Een verschil van een gemeente laten uitrekenen",
)  # fmt: skip
def ask_own(
    request: HttpRequest, region: str, organisation: str, run: UUID, other: UUID
) -> Status[ComparisonTold]:
    """Laat uitrekenen waarom twee eigen runs verschillen. Voor wie runs van de gemeente start."""
    return _ask(in_organisation(request, region, organisation), run, other)
