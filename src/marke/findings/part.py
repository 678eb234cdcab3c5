"""What every part of the findings is made of."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A frozen part of the findings."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Amount(Part):
    """A number over the draws, euro of the price year unless said otherwise: mean, its error, P10 and P90."""

    mean: float
    error: float
    p10: float
    p90: float
