"""What all shapes of the API share: Dutch names in JSON, English ones in code, texts that can be stored."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, Strict, StringConstraints

Text = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")]
"""A line of text without a null character, which the database cannot hold."""

LongText = Annotated[str, StringConstraints(max_length=200_000, pattern=r"^[^\x00]*$")]

Day = Annotated[date, Strict(False), Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))]  # noqa: FBT003
"""A day as text, in the span for which terms are counted."""

Named = Annotated[UUID, Strict(False)]  # noqa: FBT003
"""The name of a row, as text."""


class Told(BaseModel):
    """What the API tells."""

    model_config = ConfigDict(populate_by_name=True)


class Chosen(BaseModel):
    """What stands behind the question mark of an address."""

    model_config = ConfigDict(populate_by_name=True)


class Asked(BaseModel):
    """What a program sends: exactly these fields, each of its own kind."""

    model_config = ConfigDict(populate_by_name=True, extra="forbid", strict=True)


class ChoiceTold(Told):
    """Iets waaruit u kiest."""

    key: str = Field(alias="keuze", description="Wat u stuurt.")
    label: str = Field(alias="naam", description="De naam voor een lezer.")


def choices_of(labels: Mapping[str, str]) -> list[ChoiceTold]:
    """Return what can be chosen, by what is sent."""
    return [ChoiceTold(key=key, label=label) for key, label in labels.items()]
