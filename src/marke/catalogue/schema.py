"""The shape of the catalogue: what a service and a driver consist of, and the catalogue as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, product
from typing import Literal, TypeVar

from pydantic import Field, model_validator

from marke.catalogue.figure import Figure, FigureId, Record, Source, Status
from marke.catalogue.forms import BudgetRow, Form, booked
from marke.catalogue.intake import IntakeField
from marke.catalogue.judgement import Criterion, Evidence
from marke.catalogue.planning import LedgerFigures, Moment
from marke.catalogue.quality import CommonQuality, Reactive, ServiceQuality
from marke.catalogue.rules import Gate, Path, Rule
from marke.catalogue.terms import TermRules


class SizeClass(Record):
    """What holds for municipalities with fewer inhabitants than ``below`` (None: for all others)."""

    below: int | None = None


SomeClass = TypeVar("SomeClass", bound=SizeClass)


def class_of(classes: Sequence[SomeClass], inhabitants: float) -> SomeClass:
    """Find the first class that a municipality of this size belongs to; the last one takes all."""
    return next(row for row in classes if row.below is None or inhabitants < row.below)


class RateClass(SizeClass):
    """For one size of municipality: a driver's rate per unit of the driver it is estimated from.

    For a driver that is estimated from no other, ``rate`` is the driver itself.
    """

    rate: FigureId


class Driver(Record):
    """What cost grows with: a fact of the region, or an answer with an estimate in its place."""

    label: str
    unit: str
    fact: Literal["inhabitants"] | None = None
    of: str | None = None
    classes: tuple[RateClass, ...] = ()


class Level(Record):
    """How well a service is done: its norm, and the amount of work relative to *basic*.

    ``minimum_persons`` replaces that of the team where the level asks for fewer or more people, such as a
    deputy.
    """

    label: str
    norm: str
    source: str
    effort: FigureId
    minimum_persons: FigureId | None = None


class Work(Record):
    """A work package: ``hours`` per year for each unit of the driver ``per`` (or per organisation).

    ``shared`` (sigma) is the part that, done once, serves all; ``local`` (lambda) the part that stays local.
    Where doing it once for a group takes other hours than for one, ``joint_hours`` are those for one unit,
    and ``joint_extra`` those for every further unit that takes part; then all that is alike is shared.
    """

    label: str
    per: str
    hours: FigureId
    shared: FigureId | None = None
    local: FigureId | None = None
    joint_hours: FigureId | None = None
    joint_extra: FigureId | None = None
    reactive: Reactive | None = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> "Work":
        if (self.joint_hours is None) != (self.joint_extra is None) or (self.joint_hours and self.shared):
            raise ValueError("'joint_hours' en 'joint_extra' horen bij elkaar, en niet bij 'shared'.")
        return self


class Line(Record):
    """A bought good: ``amount`` euro a year per ``group``, per ``member`` or per unit of a driver.

    ``discount`` is the exponent of a volume discount. A line that is ``borne_by`` the member stays with each
    member and never enters the joint charge.
    """

    label: str
    amount: FigureId
    per: str
    vat: bool
    discount: FigureId | None = None
    borne_by: Literal["charge", "member"] = "charge"


class Terms(Record):
    """The terms on which a variant buys the named ``lines`` (none named: all its lines).

    On the ``addressable`` part of the amount (default: all) ``reduction`` comes off the price and ``fee`` is
    added, both as a fraction of the price.
    """

    reduction: FigureId
    addressable: FigureId | None = None
    fee: FigureId | None = None
    lines: tuple[str, ...] = ()


class Team(Record):
    """The smallest team with which a joint function can start."""

    minimum_persons: FigureId
    minimum_appointment: FigureId


class OneOff(Record):
    """One-off cost: a share of the yearly charge, per recruited fte, for the group and per member.

    While the old and the new run side by side for ``double_months``, the part ``double_share`` of the yearly
    charge is paid twice. ``book_value`` is what must be written off, per member or unit of a driver.
    """

    transition_share: FigureId | None = None
    recruitment: FigureId | None = None
    transition_group: FigureId | None = None
    transition_member: FigureId | None = None
    double_months: FigureId | None = None
    double_share: FigureId | None = None
    book_value: FigureId | None = None
    book_value_per: str = "member"

    @model_validator(mode="after")
    def _months_and_share(self) -> "OneOff":
        if (self.double_months is None) != (self.double_share is None):
            raise ValueError("'double_months' en 'double_share' horen bij elkaar.")
        return self


class TodayClass(SizeClass):
    """The estimate of what a municipality of one size has and spends now, until it answers itself.

    ``staff`` is fte and ``spend`` euro a year, for the municipality as a whole or ``per`` unit of a driver.
    """

    staff: FigureId
    spend: FigureId
    per: str = ""


class AloneVariant(Record):
    """One municipality on its own: who does the work, and what it buys.

    ``market`` buys the hours at ``rate``; a ``contract`` has its whole price in the lines.
    """

    label: str
    staffing: Literal["own", "hire", "market", "contract"]
    lines: tuple[str, ...]
    terms: Terms | None = None
    rate: FigureId | None = None
    seats: FigureId | None = None

    @model_validator(mode="after")
    def _rate_for_market(self) -> "AloneVariant":
        if (self.staffing == "market") != (self.rate is not None):
            raise ValueError("'rate' (uurtarief) hoort bij staffing = \"market\", en alleen daarbij.")
        return self


class JointVariant(Record):
    """A group in one form: what it buys, and how many seats it mans round the clock.

    Steering may cost more than the form's own figures say. A variant ``on_request`` is explored only when the
    study names it.
    """

    form: str
    lines: tuple[str, ...]
    terms: Terms | None = None
    label: str = ""
    seats: FigureId | None = None
    steering_group: FigureId | None = None
    steering_member: FigureId | None = None
    on_request: bool = False


class Service(Record):
    """A function that municipalities may share.

    What a service that ``overlaps`` buys is also part of others: its amounts are never added to theirs.
    """

    label: str
    short: str
    order: int
    motion: str
    summary: str
    scale: FigureId
    use: str
    """The driver that measures how much a municipality uses the service."""
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
    overlaps: bool = False
    quality: ServiceQuality = ServiceQuality()


class Correlation(Record):
    """A rank correlation (Spearman) between every two of some figures, or of each with each of ``others``."""

    figures: tuple[FigureId, ...] = Field(min_length=2)
    others: tuple[FigureId, ...] = ()
    correlation: float = Field(gt=-1, lt=1)
    source: str
    status: Status
    note: str = ""

    @property
    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every two figures that correlate."""
        return product(self.figures, self.others) if self.others else combinations(self.figures, 2)


class Common(Record):
    """The figures that belong to no single service, form or driver."""

    productive_hours: FigureId
    salary_scale: Mapping[str, FigureId] = Field(min_length=2)
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
    release_overhead: FigureId
    governance_hours: FigureId

    @model_validator(mode="after")
    def _whole_scales(self) -> "Common":
        scales = [int(key) if key.isdecimal() else -1 for key in self.salary_scale]
        if scales != list(range(scales[0], scales[0] + len(scales))) or scales[0] < 0:
            raise ValueError("De salarisschalen zijn hele, opeenvolgende nummers, de laagste bovenaan.")
        return self

    @property
    def scales(self) -> Mapping[int, FigureId]:
        """The monthly salary of every whole scale, from low to high."""
        return {int(key): figure for key, figure in self.salary_scale.items()}


@dataclass(frozen=True)
class Catalogue:
    """All data files, read, checked and cross-referenced. Keys are ids; order is that of the files.

    ``replaced`` holds the figures that a study replaced, as they were.
    """

    figures: Mapping[str, Figure]
    common: Common
    sources: Mapping[str, Source]
    drivers: Mapping[str, Driver]
    forms: Mapping[str, Form]
    rules: Mapping[str, Rule]
    gates: Mapping[str, Gate]
    services: Mapping[str, Service]
    correlations: tuple[Correlation, ...]
    budget: tuple[BudgetRow, ...]
    ledger: LedgerFigures
    terms: TermRules
    calendar: Mapping[str, Moment]
    intake: Mapping[str, IntakeField]
    quality: CommonQuality
    paths: Mapping[str, Path]
    criteria: Mapping[str, Criterion]
    evidence: Evidence
    replaced: Mapping[str, Figure] = field(default_factory=dict)

    def variant_label(self, service: str, variant: str) -> str:
        """Name a joint variant: its own label, or else that of its form."""
        joint = self.services[service].joint[variant]
        return joint.label or self.forms[joint.form].label

    def budget_row(self, form: str, day: date) -> BudgetRow:
        """Where a contribution to a form is booked, by what was known on ``day`` (else by the first row)."""
        rows = (row for row in self.budget if row.form == form)
        return booked(self.budget, form, day) or min(rows, key=lambda row: row.known_from)
