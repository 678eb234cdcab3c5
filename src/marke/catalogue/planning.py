"""What a budget and a calendar need besides services and forms."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from pydantic import Field, model_validator

from marke.catalogue.figure import FigureId, Record

MomentKind = Literal["budget", "council", "joint_body"]


class LedgerFigures(Record):
    """The figures of a ledger. Each but ``case_law`` and ``incident_example`` is a municipality's own.

    ``case_law`` is what leaving costs where nothing was arranged: parts of a yearly contribution in the
    first, second ... year after. ``incident_example`` is one case, beside ``incident_cost``.
    """

    price_index: FigureId
    interest_rate: FigureId
    asset_life: FigureId
    release_years: FigureId
    incident_cost: FigureId
    incident_example: FigureId
    case_law: tuple[FigureId, ...] = Field(min_length=1)


class Moment(Record):
    """A date that returns every year (``month``, ``day``), or one that lies ``weeks_before_start``.

    ``forms`` are the forms it matters for; none named: all.
    """

    label: str
    kind: MomentKind
    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)
    weeks_before_start: int | None = Field(default=None, ge=1)
    forms: tuple[str, ...] = ()
    status: Literal["sourced", "derived", "assumption"]
    source: str
    note: str = ""

    @model_validator(mode="after")
    def _one_way_to_date(self) -> "Moment":
        yearly = self.month is not None and self.day is not None
        if (self.month is None) != (self.day is None) or yearly == (self.weeks_before_start is not None):
            raise ValueError("Een moment heeft óf 'month' en 'day', óf 'weeks_before_start'.")
        if yearly and self.day and self.month and self.day > monthrange(2027, self.month)[1]:
            raise ValueError(f"Dag {self.day} van maand {self.month} bestaat niet in ieder jaar.")
        return self

    def on(self, year: int, start: date) -> date:
        """The day on which it falls in ``year``; one that counts back from ``start`` falls once."""
        if self.month is None or self.day is None:
            return start - timedelta(weeks=self.weeks_before_start or 0)
        return date(year, self.month, self.day)
