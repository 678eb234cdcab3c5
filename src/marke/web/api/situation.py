"""A situation at the table as JSON: what the page shows, as numbers."""

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from marke.dutch import CRITERIA_NOUNS, GATES, OUTCOMES
from marke.situations.ask import Answer
from marke.situations.closely import Exact, Quality
from marke.situations.desk import Desk, Sheet
from marke.situations.lines import Line
from marke.situations.look import Quick
from marke.situations.package import Package
from marke.situations.seen import Seen
from marke.situations.situation import Situation, address
from marke.situations.words import summary, winners
from marke.web.api.shapes import Told


class SituationTold(Told):
    """Wie meedoet, waarin, en hoe het wordt verdeeld."""

    query: str = Field(alias="adres", description="De situatie achter het vraagteken van de tafel.")
    service: str = Field(alias="dienst", description="De dienst.")
    variant: str = Field(alias="vorm", description="De vorm.")
    level: str = Field(alias="niveau", description="Het niveau.")
    members: list[str] = Field(alias="gemeentecodes", description="Wie meedoet (CBS).")
    key: str = Field(alias="sleutel", description="De verdeelsleutel.")
    percentages: dict[str, float] = Field(alias="percentages", description="Eigen percentages per code.")
    foot: float = Field(alias="vasteVoet", description="Welk deel van wat samen is, gelijk wordt verdeeld.")
    dampening: int = Field(alias="ingroei", description="In hoeveel jaar bijdragen ingroeien.")
    figures: dict[str, float] = Field(alias="cijfers", description="Verschoven cijfers, per naam.")
    also: list[str] = Field(alias="ook", description="Verdere diensten met dezelfde gemeenten.")


class BandTold(Told):
    """Een bedrag met zijn band, euro."""

    mean: float = Field(alias="verwacht", description="Het gemiddelde over de trekkingen.")
    low: float = Field(alias="laag", description="P10.")
    high: float = Field(alias="hoog", description="P90.")


class CriterionTold(Told):
    """Wat er aan kwaliteit beter of slechter wordt."""

    criterion: str = Field(alias="maatstaf", description="Waarvan.")
    alone: float = Field(alias="apart", description="De waarde als ieder het apart doet.")
    together: float = Field(alias="samen", description="De waarde samen.")
    outcome: str = Field(alias="uitkomst", description="Samen beter of slechter, gelijk, of onzeker.")


class GateTold(Told):
    """Een voorwaarde voor deze vorm."""

    label: str = Field(alias="naam", description="Welke.")
    outcome: str = Field(alias="uitkomst", description="In orde, let op, nog uitzoeken, of kan zo niet.")
    reason: str = Field(alias="reden", description="Waarom.")


class ApartTold(Told):
    """Of een deel van de groep liever apart staat; alleen voor leden van de regio."""

    stable: bool = Field(alias="stabiel", description="Of geen groep ermee wint door apart te gaan.")
    members: list[str] = Field(alias="gemeentecodes", description="Wie er anders mee wint (CBS).")
    gain: float = Field(alias="winst", description="Wat zij dan samen winnen, euro per jaar.")


class TodayTold(Told):
    """Wat een gemeente nu betaalt: de eigen, of een die het vrijgaf."""

    amount: float = Field(alias="bedrag", description="Wat het nu kost, euro per jaar.")
    budgeted: float | None = Field(alias="begroot", description="Wat ervoor begroot is, als dat bekend is.")
    effect: float | None = Field(alias="effect", description="Wat de begroting moet stijgen, euro per jaar.")
    own: bool = Field(alias="eigen", description="Of het de gemeente is waarvoor u spreekt.")


class MunicipalityTold(Told):
    """Wat de situatie een gemeente kost, euro per jaar; leeg is niet bekend."""

    code: str = Field(alias="gemeentecode", description="De code van het CBS.")
    name: str = Field(alias="naam", description="De naam.")
    inside: bool = Field(alias="doetMee", description="Of zij meedoet.")
    alone: float = Field(alias="alleen", description="Wat het alleen kost.")
    cost: float | None = Field(alias="kosten", description="Wat het zo kost; doet zij niet mee: alleen.")
    low: float | None = Field(alias="laag", description="P10 daarvan.")
    high: float | None = Field(alias="hoog", description="P90 daarvan.")
    chance: float | None = Field(alias="kansGoedkoper", description="De kans dat het minder is dan alleen.")
    leaving: float | None = Field(alias="uittreden", description="Wat uittreden eenmalig kost.")
    today: TodayTold | None = Field(alias="nu", description="Wat zij nu betaalt, als u dat mag zien.")


class PartOfPackageTold(Told):
    """Een dienst van een pakket."""

    service: str = Field(alias="dienst", description="De dienst.")
    variant: str = Field(alias="vorm", description="De vorm: bij verdere diensten de goedkoopste.")
    alone: float = Field(alias="apart", description="Wat het ieder apart kost, samen, euro per jaar.")
    cost: float | None = Field(alias="samen", description="Wat het samen kost, euro per jaar.")
    chance: float | None = Field(alias="kansGoedkoper", description="De kans dat samen minder is.")
    added: bool = Field(alias="telt", description="Of het meetelt; wat overlapt, telt niet.")


class PackageTold(Told):
    """Meer diensten met dezelfde gemeenten."""

    parts: list[PartOfPackageTold] = Field(alias="diensten", description="Iedere dienst.")
    alone: float = Field(alias="apart", description="Wat het ieder apart kost, samen, euro per jaar.")
    cost: float | None = Field(alias="samen", description="Wat het samen kost, euro per jaar.")


class TableTold(Told):
    """Een situatie aan de tafel, doorgerekend over alle trekkingen; leeg is niet bekend."""

    situation: SituationTold = Field(alias="situatie", description="Waar het over gaat.")
    run: str = Field(alias="run", description="De naam van de run waaruit het volgt.")
    sentence: str = Field(alias="zin", description="De uitkomst in een zin.")
    winners: str = Field(alias="wieErOpVooruitgaat", description="Hoeveel gemeenten, in een zin.")
    alone: float = Field(alias="apart", description="Wat het ieder apart kost, samen, euro per jaar.")
    cost: float | None = Field(alias="samen", description="Wat het samen kost, euro per jaar.")
    band: BandTold | None = Field(alias="band", description="De band van samen.")
    cheaper: float | None = Field(alias="kansGoedkoper", description="De kans dat samen goedkoper is.")
    material: float | None = Field(
        alias="kansBesparing", description="De kans op een besparing die meetelt in het oordeel."
    )
    one_off: float | None = Field(alias="eenmalig", description="Eenmalige kosten, euro.")
    team: float | None = Field(alias="team", description="Het gezamenlijke team, fte.")
    criteria: list[CriterionTold] = Field(alias="kwaliteit", description="Wat beter of slechter wordt.")
    standing: ApartTold | None = Field(alias="blijftIedereen", description="Of niemand liever apart staat.")
    allowed: bool = Field(alias="toegelaten", description="Of de vorm deze groep toelaat.")
    gates: list[GateTold] = Field(alias="voorwaarden", description="Wat geregeld moet zijn.")
    start: date = Field(alias="start", description="Wanneer de vorm naar verwachting kan beginnen.")
    leaving: str = Field(alias="uittreedregel", description="Hoe een gemeente eruit kan.")
    municipalities: list[MunicipalityTold] = Field(alias="gemeenten", description="Iedere gemeente.")
    package: PackageTold | None = Field(alias="pakket", description="Met de verdere diensten van `ook`.")


class TableAnswerTold(Told):
    """Een antwoord op een vraag aan de tafel."""

    sentence: str = Field(alias="zin", description="Het antwoord.")
    situation: SituationTold | None = Field(alias="situatie", description="Wat u op tafel kunt leggen.")
    basis: str = Field(alias="grond", description="Waaruit het is gerekend.")


def situation_told(desk: Desk, found: Situation) -> SituationTold:
    """Tell which situation it is."""
    return SituationTold(
        query=address(desk, found),
        service=found.service,
        variant=found.variant,
        level=found.level or desk.sheet(found.service).level,
        members=sorted(found.members),
        key=found.key,
        percentages=dict(found.percentages),
        foot=found.foot,
        dampening=found.dampening,
        figures=dict(found.figures),
        also=list(found.also),
    )


def table_told(
    desk: Desk, answer: Quick, exact: Exact | None, seen: Mapping[str, Seen], together: Package | None
) -> TableTold:
    """Tell a situation that was worked out, with what the asker may see of today."""
    sheet = desk.sheet(answer.situation.service)
    variant = sheet.variant(answer.situation.variant)
    group = exact.group if exact else None
    return TableTold(
        situation=situation_told(desk, answer.situation),
        run=desk.run.folder.name,
        sentence=summary(sheet, answer),
        winners=winners(answer),
        alone=answer.alone,
        cost=answer.cost,
        band=BandTold(mean=group.cost.mean, low=group.cost.p10, high=group.cost.p90) if group else None,
        cheaper=answer.chances.cheaper if answer.chances else None,
        material=answer.chances.material if answer.chances else None,
        one_off=group.one_off.mean if group else None,
        team=group.team.mean if group else None,
        criteria=[_criterion(each) for each in exact.qualities] if exact else [],
        standing=_apart(sheet, answer),
        allowed=answer.allowed,
        gates=[
            GateTold(label=each.label, outcome=GATES[each.outcome], reason=each.reason)
            for each in answer.gates
        ],
        start=variant.earliest[1],
        leaving=variant.exit,
        municipalities=[_municipality(each, exact, seen.get(each.code)) for each in answer.lines],
        package=_package(together) if together else None,
    )


def answer_told(desk: Desk, found: Answer) -> TableAnswerTold:
    """Tell an answer to a question."""
    situation = situation_told(desk, found.situation) if found.situation else None
    return TableAnswerTold(sentence=found.sentence, situation=situation, basis=found.basis)


def _criterion(found: Quality) -> CriterionTold:
    return CriterionTold(
        criterion=CRITERIA_NOUNS[found.criterion],
        alone=found.alone,
        together=found.together,
        outcome=OUTCOMES[found.outcome],
    )


def _apart(sheet: Sheet, answer: Quick) -> ApartTold | None:
    found = answer.apart
    if found is None:
        return None
    members = [] if found.stable else sorted(sheet.codes(found.mask))
    return ApartTold(stable=found.stable, members=members, gain=0.0 if found.stable else found.gain)


def _municipality(line: Line, exact: Exact | None, seen: Seen | None) -> MunicipalityTold:
    left = exact.exits.get(line.code) if exact else None
    return MunicipalityTold(
        code=line.code,
        name=line.name,
        inside=line.inside,
        alone=line.alone,
        cost=line.cost,
        low=line.low,
        high=line.high,
        chance=line.chance,
        leaving=left.cost if left else None,
        today=_today(seen) if seen else None,
    )


def _today(seen: Seen) -> TodayTold:
    return TodayTold(amount=seen.today, budgeted=seen.budgeted, effect=seen.effect, own=seen.own)


def _package(found: Package) -> PackageTold:
    parts = [
        PartOfPackageTold(
            service=part.situation.service,
            variant=part.situation.variant,
            alone=part.alone,
            cost=part.cost,
            chance=part.chances.cheaper if part.chances else None,
            added=part.situation.service not in found.overlapping,
        )
        for part in found.parts
    ]
    return PackageTold(parts=parts, alone=found.alone, cost=found.cost)
