"""What every part of the findings is."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A frozen part of the findings."""

    model_config = ConfigDict(frozen=True, extra="forbid")
