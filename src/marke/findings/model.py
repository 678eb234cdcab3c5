"""The shape of the findings: what ``findings.json`` holds. Its JSON Schema is published with every run."""

from datetime import date
from typing import Literal, Protocol

from marke.findings.booked import LedgerFinding
from marke.findings.calendar import CalendarFinding
from marke.findings.judged import AcceptabilityFinding, EvidenceFinding, PriorFinding, StepFinding
from marke.findings.judged import GateFinding as GateFinding
from marke.findings.part import Amount as Amount
from marke.findings.part import Part as Part
from marke.findings.quality import QualityFinding
from marke.findings.standing import CoreFinding, GrowthStep, MovesFinding, PlayerOffers, StructureFinding
from marke.findings.uncertainty import UncertaintyFinding
from marke.findings.verdict import RouteStep, VerdictFinding

SCHEMA_VERSION = 4


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

    ``defined`` is false where the key divides nothing here (no tau value, say). ``follows_inhabitants``: it
    rests on drivers that nobody answered. ``blocked`` is the share of draws in which some group would gain
    more than the tolerance, and ``often_blocking`` the group that then gains most in the largest share of
    draws (``often``); they are known for all players together, and for the keys that divide every draw.
    """

    key: str
    defined: bool
    follows_inhabitants: bool
    blocking: tuple[str, ...]
    gain: float
    blocked: float | None
    often_blocking: tuple[str, ...]
    often: float | None


class GroupFinding(Part):
    """One coalition in one joint variant, computed exactly over all draws.

    Chances are shares of draws, each with its standard error; ``saving`` is against alone, ``saving_second``
    its mean against the second-cheapest alone variant; ``per_inhabitant`` is euro a year.
    """

    variant: str
    label: str
    codes: tuple[str, ...]
    cost: Amount
    saving: Amount
    saving_second: float
    chance: float
    chance_error: float
    material: float
    material_error: float
    cheaper: float
    cheaper_error: float
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


class VariantFinding(Part):
    """One joint variant: all players together, its curve over group sizes, and what must be settled.

    ``growth`` is the path from the best pair to the largest group; it and ``core`` need every coalition, and
    are empty and None for a sample. ``steps`` is the way to a start.

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
    core: CoreFinding | None
    growth: tuple[GrowthStep, ...]
    gates: tuple[GateFinding, ...]
    steps: tuple[StepFinding, ...]


class MethodFinding(Part):
    """How the groups of a service were computed: all of them, or a sample and what a search found.

    ``groups`` of the ``possible`` groups of two players or more were computed, in every form. Of a sample:
    at most ``per_size`` were drawn of one size, and the Shapley value for all together rests on ``orders``
    random orders of the players (the fewest of any form), with a standard error of at most ``error`` euro a
    year for one player.
    """

    kind: Literal["exact", "sampled"]
    groups: int
    possible: int
    per_size: int | None = None
    orders: int | None = None
    error: float | None = None


class ServiceFinding(Part):
    """One service. ``budgeted`` is None as long as not every municipality has answered.

    ``everyone`` names the variant that is cheapest for all together, ``best`` the group with the largest
    expected saving over all variants (or, when none saves, that loses least for its size), and
    ``viewpoint_best`` the group that is cheapest for the viewpoint municipality under Shapley; ``structure``
    is the best division of all players into groups (None where they are too many to search). ``moves`` are
    those of all together and of the best group, ``offers`` the best groups as every player sees them. Where
    ``method`` tells of a sample, best is the best of the groups that were seen, what is said about standing
    apart is a lower bound, and ``moves`` and ``offers`` are empty. Amounts of a service that ``overlaps``
    others are never added to theirs.
    ``acceptability`` weighs all possibilities, ``priors`` the answer under each reading of the evidence.
    ``uncertainty`` is that of all together (first), and of the best group where that is another.
    """

    key: str
    label: str
    short: str
    motion: str
    summary: str
    level: str
    norm: str
    answer: Literal["attractive", "uncertain", "dearer"]
    overlaps: bool
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
    structure: StructureFinding | None
    moves: tuple[MovesFinding, ...]
    offers: tuple[PlayerOffers, ...]
    method: MethodFinding
    ledger: LedgerFinding
    quality: QualityFinding
    acceptability: AcceptabilityFinding
    priors: tuple[PriorFinding, ...]
    uncertainty: tuple[UncertaintyFinding, ...]
    verdict: VerdictFinding


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
    article: str
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
    premium: float
    answer: float


class About(Protocol):
    """What names groups and dates: all findings, or what is known while services are still being told."""

    @property
    def study(self) -> StudyFinding:
        """The settings."""

    @property
    def municipalities(self) -> tuple[MunicipalityFinding, ...]:
        """All municipalities of the region."""


class Findings(Part):
    """Everything a reader is told; assumptions carry a share of the figures and of the explained variance."""

    schema_version: int
    marke_version: str
    study: StudyFinding
    municipalities: tuple[MunicipalityFinding, ...]
    partnerships: tuple[PartnershipFinding, ...]
    services: tuple[ServiceFinding, ...]
    figures: tuple[FigureFinding, ...]
    rules: tuple[RuleFinding, ...]
    calendar: CalendarFinding
    evidence: EvidenceFinding
    route: tuple[RouteStep, ...]
    answers_given: int
    answers_possible: int
    assumed: float
    influence_assumed: float
