"""What all shapes of the API share: Dutch names in JSON, English ones in code, texts that can be stored."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Text = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")]
"""A line of text without a null character, which the database cannot hold."""

LongText = Annotated[str, StringConstraints(max_length=200_000, pattern=r"^[^\x00]*$")]


class Told(BaseModel):
    """What the API tells."""

    model_config = ConfigDict(populate_by_name=True)


class Chosen(BaseModel):
    """What stands behind the question mark of an address."""

    model_config = ConfigDict(populate_by_name=True)


class Asked(BaseModel):
    """What a program sends: exactly these fields, each of its own kind."""

    model_config = ConfigDict(populate_by_name=True, extra="forbid", strict=True)
