"""The shape of the findings: what ``findings.json`` holds. Its JSON Schema is published with every run."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = 1


class Part(BaseModel):
    """A frozen part of the findings."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Amount(Part):
    """Euro of the price year: the mean over draws, its standard error, and the band P10-P90."""

    mean: float
    error: float
    p10: float
    p90: float


class MunicipalityFinding(Part):
    """A municipality of the region; ``inhabitants`` on 1 January of the study's year."""

    code: str
    name: str
    inhabitants: int


class PlayerFinding(Part):
    """A player (one municipality or a bloc), with its alone cost and today's cost, euro a year.

    ``tie`` is true when the two cheapest alone variants differ by less than two standard errors.
    """

    name: str
    codes: tuple[str, ...]
    inhabitants: int
    alone: Amount
    alone_variant: str
    second_variant: str
    second_mean: float
    tie: bool
    today: Amount


class Burden(Part):
    """What one municipality bears under one key, expected euro a year (``one_off``: once).

    ``contribution`` is its share of the charge, ``vat`` its net VAT on it, ``own`` what it pays itself,
    ``unreleased`` what remains of today's cost; ``net`` is their sum. ``share`` is its part of what is joint.
    """

    code: str
    name: str
    key: str
    share: float
    contribution: float
    vat: float
    own: float
    unreleased: float
    net: float
    one_off: float
    today: float
    alone: float
    equivalent: float


class KeyFinding(Part):
    """How a key fares: the group that would gain most by standing apart in the expected game.

    ``blocked`` is the share of draws in which some group would gain more than the tolerance; it is known for
    all players together only.
    """

    key: str
    blocking: tuple[str, ...]
    gain: float
    blocked: float | None


class GroupFinding(Part):
    """One coalition in one joint variant, computed exactly over all draws.

    Chances are shares of draws; ``saving`` is against alone, ``saving_second`` its mean against the
    second-cheapest alone variant; ``per_inhabitant`` is euro a year.
    """

    variant: str
    label: str
    codes: tuple[str, ...]
    cost: Amount
    saving: Amount
    saving_second: float
    chance: float
    material: float
    cheaper: float
    alone: Amount
    today: Amount
    one_off: Amount
    team: Amount
    charge: float
    own: float
    vat: float
    annuity: float
    per_inhabitant: float
    burdens: tuple[Burden, ...]
    keys: tuple[KeyFinding, ...]


class StructureGroup(Part):
    """One group of a division: ``variant`` is empty for a player that stays alone."""

    codes: tuple[str, ...]
    variant: str
    cost: float


class StructureFinding(Part):
    """The division of all players into groups that costs least in expectation, euro a year.

    ``alone`` is what everyone apart costs, ``together`` everyone in one group in the cheapest form.
    """

    groups: tuple[StructureGroup, ...]
    cost: float
    alone: float
    together: float


class SizeFinding(Part):
    """All coalitions of one size in one variant, by expected cost in euro per inhabitant a year.

    ``best`` is the cheapest relative to alone (codes), with ``best_saving`` as a share of its alone cost.
    """

    size: int
    count: int
    low: float
    median: float
    high: float
    best: tuple[str, ...]
    best_cost: float
    best_saving: float


class CloudCell(Part):
    """How many coalitions of a size have an expected saving (share of alone) between low and high."""

    size: int
    low: float
    high: float
    count: int


class GateFinding(Part):
    """One gate of one variant with its outcome on the reference date."""

    gate: str
    label: str
    outcome: Literal["ok", "attention", "blocked", "unknown"]
    reason: str
    resolve: str
    rules: tuple[str, ...]


class VariantFinding(Part):
    """One joint variant: all players together, its curve over group sizes, and what must be settled.

    ``saving_positive`` is the share of all coalitions with an expected saving.
    """

    key: str
    label: str
    short: str
    basis: str
    exit: str
    earliest: tuple[date, date, date]
    everyone: GroupFinding
    sizes: tuple[SizeFinding, ...]
    cloud: tuple[CloudCell, ...]
    saving_positive: float
    gates: tuple[GateFinding, ...]


class Influence(Part):
    """A figure and the share of the variance of the saving that it explains on its own."""

    figure: str
    label: str
    share: float
    status: str


class ServiceFinding(Part):
    """One service. ``budgeted`` is None as long as not every municipality has answered.

    ``everyone`` names the variant that is cheapest for all together, ``best`` the group with the largest
    expected saving over all variants (or, when none saves, that loses least for its size), and
    ``viewpoint_best`` the group that is cheapest for the viewpoint municipality under Shapley; ``structure``
    is the best division of all players into groups.
    """

    key: str
    label: str
    short: str
    motion: str
    summary: str
    level: str
    norm: str
    answer: Literal["attractive", "uncertain", "dearer"]
    players: tuple[PlayerFinding, ...]
    today: Amount
    today_answered: int
    budgeted: float | None
    budgeted_answered: int
    alone: Amount
    alone_variants: tuple[tuple[str, float], ...]
    unavailable: tuple[str, ...]
    everyone: str
    variants: tuple[VariantFinding, ...]
    best: GroupFinding
    viewpoint_best: GroupFinding
    structure: StructureFinding
    influences: tuple[Influence, ...]


class FigureFinding(Part):
    """A figure as it was used."""

    id: str
    label: str
    low: float
    mode: float
    high: float
    unit: str
    year: int
    source: str
    status: str
    strength: str
    note: str


class RuleFinding(Part):
    """A dated rule that was known on the reference date."""

    id: str
    label: str
    in_force: bool
    in_force_from: date
    source: str


class PartnershipFinding(Part):
    """A bloc or partnership that exists already."""

    name: str
    members: tuple[str, ...]
    services: tuple[str, ...]
    subject: str
    source: str
    is_bloc: bool


class StudyFinding(Part):
    """The question and its settings. ``viewer`` names the only municipality that may see it; "": all may."""

    name: str
    question: str
    region: str
    viewpoint: str
    viewpoint_code: str
    viewer: str
    reference_date: date
    wanted_start: date
    price_year: int
    inhabitants_year: int
    horizon: int
    discount_rate: float
    draws: int
    seed: int
    materiality: float
    chance: float
    stability: float


class Findings(Part):
    """Everything a reader is told. ``assumed`` is the share of drawn figures that is only assumed.

    ``influence_assumed`` is the share of the explained variance, over all services, that assumptions carry.
    """

    schema_version: int
    marke_version: str
    study: StudyFinding
    municipalities: tuple[MunicipalityFinding, ...]
    partnerships: tuple[PartnershipFinding, ...]
    services: tuple[ServiceFinding, ...]
    figures: tuple[FigureFinding, ...]
    rules: tuple[RuleFinding, ...]
    answers_given: int
    answers_possible: int
    assumed: float
    influence_assumed: float
