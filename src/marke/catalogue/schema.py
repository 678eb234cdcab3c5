"""The shape of the catalogue: what a service, form, figure or rule consists of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

if TYPE_CHECKING:
    from marke.catalogue.intake import IntakeField

DIMENSIONS = 512
"""Length of the Sobol' sequence that every figure's ``dim`` points into; fixed, so that no figure moves."""


class _FigureMark:
    """Marks the fields that name a figure."""


FigureId = Annotated[str, _FigureMark]
"""Where a figure stands: ``file.table.key``. One that is written inline gets its id on loading."""

Status = Literal["sourced", "derived", "assumption", "own answer"]
Strength = Literal["statistic", "single case", "vendor", "claim", "judgement"]
Distribution = Literal["pert", "triangular", "uniform"]


class Record(BaseModel):
    """A frozen table of a data file in which an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Figure(Record):
    """An uncertain input: low, mode and high in ``unit``, with its source. Equal bounds mean fixed."""

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

    @model_validator(mode="after")
    def _ordered(self) -> "Figure":
        if not self.low <= self.mode <= self.high:
            raise ValueError(
                f"De grenzen staan niet op volgorde: low = {self.low:g}, mode = {self.mode:g}, "
                f"high = {self.high:g}."
            )
        return self

    @property
    def fixed(self) -> bool:
        """Whether the figure has one value only."""
        return self.low == self.high


class Source(Record):
    """Where a figure or rule was found."""

    title: str
    year: int


class SizeClass(Record):
    """What holds for municipalities with fewer inhabitants than ``below`` (None: for all others)."""

    below: int | None = None


SomeClass = TypeVar("SomeClass", bound=SizeClass)


def class_of(classes: Sequence[SomeClass], inhabitants: float) -> SomeClass:
    """Find the first class that a municipality of this size belongs to; the last one takes all."""
    return next(row for row in classes if row.below is None or inhabitants < row.below)


class RateClass(SizeClass):
    """A driver's rate for one size of municipality."""

    rate: FigureId


class Driver(Record):
    """What cost grows with: a fact of the region, or an answer with an estimate in its place."""

    label: str
    unit: str
    fact: Literal["inhabitants"] | None = None
    of: str | None = None
    classes: tuple[RateClass, ...] = ()


class Form(Record):
    """A way of working together, with its cost of steering, preparation and time."""

    label: str
    short: str
    basis: str
    basis_source: str
    overhead: FigureId
    vat_on_charge: bool
    steering_group: FigureId
    steering_member: FigureId
    preparation: FigureId
    months: FigureId
    council_permission: bool
    exit: str


class Rule(Record):
    """A dated rule: known from one day, in force from another, optionally until a third."""

    label: str
    known_from: date
    in_force_from: date
    until: date | None = None
    value: float | None = None
    unit: str = ""
    source: str

    def known(self, day: date) -> bool:
        """Whether the rule can be cited on ``day``."""
        return self.known_from <= day and (self.until is None or day < self.until)

    def in_force(self, day: date) -> bool:
        """Whether the rule is law on ``day``."""
        return self.known(day) and self.in_force_from <= day


class Gate(Record):
    """Something that must be settled before a joint form can start."""

    label: str
    outcome: Literal["ok", "attention", "blocked", "unknown", "lead_time"]
    reason: str
    resolve: str
    services: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


class Level(Record):
    """How well a service is done: its norm, and the amount of work relative to *basic*."""

    label: str
    norm: str
    source: str
    effort: FigureId


class Work(Record):
    """A work package: ``hours`` per year for each unit of the driver ``per`` (or per organisation).

    ``shared`` (sigma) is the part that, done once, serves all; ``local`` (lambda) the part that stays local.
    """

    label: str
    per: str
    hours: FigureId
    shared: FigureId | None = None
    local: FigureId | None = None


class Line(Record):
    """A bought good: ``amount`` euro a year per ``group``, per ``member`` or per unit of a driver.

    ``discount`` is the exponent of a volume discount, ``reduction`` a fraction off the price. A line that is
    ``borne_by`` the member stays with each member and never enters the joint charge.
    """

    label: str
    amount: FigureId
    per: str
    vat: bool
    discount: FigureId | None = None
    reduction: FigureId | None = None
    borne_by: Literal["charge", "member"] = "charge"


class Team(Record):
    """The smallest team with which a joint function can start."""

    minimum_persons: FigureId
    minimum_appointment: FigureId


class OneOff(Record):
    """One-off cost: a share of the yearly charge, per recruited fte, and per member."""

    transition_share: FigureId | None = None
    recruitment: FigureId | None = None
    transition_member: FigureId | None = None


class TodayClass(SizeClass):
    """The estimate of what a municipality of one size has and spends now, until it answers itself."""

    staff: FigureId
    spend: FigureId


class AloneVariant(Record):
    """One municipality on its own: who does the work, and what it buys."""

    label: str
    staffing: Literal["own", "hire", "market"]
    lines: tuple[str, ...]
    rate: FigureId | None = None
    seats: FigureId | None = None

    @model_validator(mode="after")
    def _rate_for_market(self) -> "AloneVariant":
        if (self.staffing == "market") != (self.rate is not None):
            raise ValueError("'rate' (uurtarief) hoort bij staffing = \"market\", en alleen daarbij.")
        return self


class JointVariant(Record):
    """A group in one form: what it buys, and how many seats it mans round the clock."""

    form: str
    lines: tuple[str, ...]
    label: str = ""
    seats: FigureId | None = None


class Service(Record):
    """A function that municipalities may share."""

    label: str
    short: str
    order: int
    motion: str
    summary: str
    scale: FigureId
    client_role: FigureId
    disappointment: FigureId
    levels: Mapping[str, Level] = Field(min_length=1)
    work: Mapping[str, Work] = Field(min_length=1)
    lines: Mapping[str, Line]
    team: Team
    one_off: OneOff
    today: tuple[TodayClass, ...] = Field(min_length=1)
    alone: Mapping[str, AloneVariant] = Field(min_length=1)
    joint: Mapping[str, JointVariant] = Field(min_length=1)
    unavailable: Mapping[str, str] = Field(default_factory=dict)


class Correlation(Record):
    """A rank correlation (Spearman) between two figures."""

    figures: tuple[FigureId, FigureId]
    correlation: float = Field(gt=-1, lt=1)
    source: str
    note: str = ""


class Common(Record):
    """The figures that belong to no single service, form or driver."""

    productive_hours: FigureId
    salary_scale_10: FigureId
    salary_scale_11: FigureId
    salary_scale_12: FigureId
    individual_choice_budget: FigureId
    employer_charges: FigureId
    overhead_own: FigureId
    hire_share: FigureId
    hire_premium: FigureId
    shift_allowance: FigureId
    lead_span: FigureId
    lead_threshold: FigureId
    lead_scale: FigureId
    appointment_step: FigureId
    homogeneity: FigureId
    recoverable_vat: FigureId
    overrun: FigureId
    recruit_share: FigureId
    release_part: FigureId
    release_whole: FigureId
    release_contract: FigureId
    governance_hours: FigureId


@dataclass(frozen=True)
class Catalogue:
    """All data files, read, checked and cross-referenced. Keys are ids; order is that of the files."""

    figures: Mapping[str, Figure]
    common: Common
    sources: Mapping[str, Source]
    drivers: Mapping[str, Driver]
    forms: Mapping[str, Form]
    rules: Mapping[str, Rule]
    gates: Mapping[str, Gate]
    services: Mapping[str, Service]
    correlations: tuple[Correlation, ...]
    intake: Mapping[str, "IntakeField"]

    def variant_label(self, service: str, variant: str) -> str:
        """Name a joint variant: its own label, or else that of its form."""
        joint = self.services[service].joint[variant]
        return joint.label or self.forms[joint.form].label
