"""What everyone in a region may see of the intake: counts, released figures and totals."""

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from marke.web.api.access import in_region, must_lead, reads
from marke.web.api.intake import WorthTold, worth_told
from marke.web.api.models import Area
from marke.web.api.shapes import Told
from marke.web.intake.selectors import board, released_rows, reminders, totals, worth_to_region

router = Router(tags=["Stand"], by_alias=True)
READS = reads(Area.INTAKE)


class SectionCountTold(Told):
    """Hoe ver een gemeente is met een onderdeel."""

    section: str = Field(alias="onderdeel", description="De naam van het onderdeel.")
    given: int = Field(alias="gegeven", description="Vragen met een antwoord.")
    total: int = Field(alias="vragen", description="Alle vragen.")


class CountTold(Told):
    """Hoe ver een gemeente is: aantallen, nooit een antwoord."""

    organisation: str = Field(alias="organisatie", description="De naam in het adres.")
    given: int = Field(alias="gegeven", description="Vragen met een antwoord.")
    unknown: int = Field(alias="onbekend", description="Vragen met 'weet ik niet'.")
    open: int = Field(alias="open", description="Vragen zonder antwoord.")
    signed: int = Field(alias="ondertekend", description="Onderdelen die controller en secretaris tekenden.")
    released: int = Field(alias="vrijgegeven", description="Cijfers die anderen zien.")
    sections: list[SectionCountTold] = Field(alias="onderdelen", description="Hetzelfde per onderdeel.")


class SharedTold(Told):
    """Een vrijgegeven cijfer."""

    organisation: str = Field(alias="organisatie", description="Van welke gemeente het is.")
    question: str = Field(alias="vraag", description="De naam van de vraag.")
    value: str = Field(alias="waarde", description="Het cijfer, zoals in een werkmap.")
    price_year: int | None = Field(alias="prijspeil", description="Het jaar van de prijzen van een bedrag.")


class TotalTold(Told):
    """Een totaal over de hele regio, afgerond; leeg onder vijf gemeenten."""

    question: str = Field(alias="vraag", description="De naam van de vraag.")
    municipalities: int = Field(alias="gemeenten", description="Over hoeveel gemeenten.")
    total: float | None = Field(alias="totaal", description="Het totaal, op twee cijfers afgerond.")


class BoardTold(Told):
    """De stand van de nulmeting in een regio."""

    municipalities: list[CountTold] = Field(alias="gemeenten", description="Hoe ver iedere gemeente is.")
    released: list[SharedTold] = Field(
        alias="vrijgegevenCijfers", description="Wat gemeenten van elkaar zien."
    )
    totals: list[TotalTold] = Field(alias="totalen", description="Totalen over de regio.")


class ReminderTold(Told):
    """Het concept van een herinnering; de werkruimte verstuurt niets."""

    organisation: str = Field(alias="organisatie", description="Voor welke gemeente.")
    people: list[str] = Field(alias="aan", description="De namen van de contactpersonen.")
    text: str = Field(alias="tekst", description="Het concept.")


@router.get(
    "/regios/{slug:region}/stand", auth=READS, response=BoardTold, summary="De stand van de nulmeting"
)
def state(request: HttpRequest, region: str) -> BoardTold:
    """Wie wat leverde, de vrijgegeven cijfers en de totalen."""
    with in_region(request, region) as place:
        return BoardTold(
            municipalities=[
                CountTold(
                    organisation=each.organisation.slug,
                    given=each.given,
                    unknown=each.unknown,
                    open=each.open,
                    signed=each.signed,
                    released=each.released,
                    sections=[
                        SectionCountTold(section=count.section, given=count.given, total=count.total)
                        for count in each.counts
                    ],
                )
                for each in board(place)
            ],
            released=[
                SharedTold(
                    organisation=each.organisation.slug,
                    question=each.question,
                    value=each.value,
                    price_year=each.price_year,
                )
                for each in released_rows(place)
            ],
            totals=[
                TotalTold(question=each.question.id, municipalities=each.municipalities, total=each.value)
                for each in totals(place)
            ],
        )


@router.get(
    "/regios/{slug:region}/belangrijkste-vragen",
    auth=READS, response=list[WorthTold], summary="Wat een regio het meest helpt",
)  # fmt: skip
def worthy(request: HttpRequest, region: str) -> list[WorthTold]:
    """De vragen waarvan de antwoorden van alle gemeenten voor de regio het meest verklaren."""
    with in_region(request, region) as place:
        return worth_told(worth_to_region(place))


@router.get(
    "/regios/{slug:region}/herinneringen",
    auth=READS,
    response=list[ReminderTold],
    summary="Concepten van herinneringen",
)
def drafts(request: HttpRequest, region: str) -> list[ReminderTold]:
    """Wat u gemeenten met open vragen kunt schrijven, voor wie de regio leidt. Er wordt niets verstuurd."""
    with in_region(request, region) as place:
        must_lead(place)
        return [
            ReminderTold(
                organisation=each.organisation.slug,
                people=[person.user.name for person in each.people],
                text=each.text,
            )
            for each in reminders(place)
        ]
