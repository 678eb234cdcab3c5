"""The motion that a study answers: who asked what, when, and by when."""

from datetime import date
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

TALK: Final = "praten"
EXAMINE: Final = "onderzoeken"
INFORM: Final = "informeren"
BUDGET: Final = "begroten"
Asks = Literal["praten", "onderzoeken", "informeren", "begroten"]
"""What a point asks: to talk with others, to examine, to inform the council, to feed the budget."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PointTable(_Table):
    """One point, told after "het college gevraagd om"."""

    key: str = Field(min_length=1, alias="sleutel")
    asks: Asks = Field(alias="vraagt")
    told: str = Field(min_length=1, alias="tekst")


class MotionTable(_Table):
    """The motion: ``due`` is the day by which the council would be informed, ``occasion`` names it."""

    council: str = Field(min_length=1, alias="raad")
    title: str = Field(min_length=1, alias="titel")
    day: date = Field(alias="datum")
    due: date = Field(alias="termijn")
    occasion: str = Field(min_length=1, alias="moment")
    points: tuple[PointTable, ...] = Field(min_length=1, alias="punt")
    source: str = Field(min_length=1, alias="bron")
