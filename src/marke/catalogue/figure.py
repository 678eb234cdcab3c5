"""What a figure is: an uncertain input with its unit, year, source and status."""

from math import isclose, sqrt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

DIMENSIONS = 512
"""Length of the Sobol' sequence that every figure's ``dim`` points into; fixed, so that no figure moves."""


class _FigureMark:
    """Marks the fields that name a figure."""


FigureId = Annotated[str, _FigureMark]
"""Where a figure stands: ``file.table.key``. One that is written inline gets its id on loading."""

Status = Literal["sourced", "derived", "assumption", "own answer"]
Strength = Literal["statistic", "single case", "vendor", "claim", "judgement"]
Distribution = Literal["pert", "triangular", "uniform", "lognormal"]


class Record(BaseModel):
    """A frozen table of a data file in which an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Figure(Record):
    """An uncertain input: low, mode and high in ``unit``, with its source. Equal bounds mean fixed.

    Low and high are the bounds, and mode the likeliest value. For ``lognormal``, for work of which a few
    cases take very long, they are the 5th, 50th and 95th percentile; then mode is the root of low times high.
    ``find_out`` says how it could be known before a decision; empty where only time will tell.
    """

    label: str
    low: float
    mode: float
    high: float
    unit: str = Field(min_length=1)
    year: int
    source: str
    status: Status
    strength: Strength
    distribution: Distribution = "pert"
    dim: int | None = Field(default=None, ge=0, lt=DIMENSIONS)
    note: str = ""
    find_out: str = ""

    @model_validator(mode="after")
    def _ordered(self) -> "Figure":
        if not self.low <= self.mode <= self.high:
            raise ValueError(
                f"De grenzen staan niet op volgorde: low = {self.low:g}, mode = {self.mode:g}, "
                f"high = {self.high:g}."
            )
        if self.distribution == "lognormal" and not self._is_middle():
            raise ValueError(
                "Bij lognormal is mode de wortel van low maal high, en is low groter dan 0: "
                f"low = {self.low:g}, mode = {self.mode:g}, high = {self.high:g}."
            )
        return self

    def _is_middle(self) -> bool:
        return self.low > 0 and isclose(self.mode, sqrt(self.low * self.high), rel_tol=0.02)

    @property
    def fixed(self) -> bool:
        """Whether the figure has one value only."""
        return self.low == self.high


class Source(Record):
    """Where a figure or rule was found."""

    title: str
    year: int
