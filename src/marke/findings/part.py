"""What every part of the findings is made of."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A frozen part of the findings."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Amount(Part):
    """Euro of the price year: the mean over draws, its standard error, and the band P10-P90."""

    mean: float
    error: float
    p10: float
    p90: float
