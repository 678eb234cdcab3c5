"""The shape of the findings: what ``findings.json`` holds. Its JSON Schema is published with every run."""

from datetime import date
from typing import Literal

from marke.findings.part import Amount as Amount
from marke.findings.part import Part
from marke.findings.uncertainty import UncertaintyFinding

SCHEMA_VERSION = 3


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


class CoreFinding(Part):
    """How far all players together are from a division that no smaller group would leave, euro a year.

    ``epsilon`` is the least core's: what the most discontented group gains at best; ``stable`` when it is at
    most the tolerance of the study. Over a sample of draws: the band of epsilon, and the share of draws in
    which it is above the tolerance; None where no sample was taken.
    """

    epsilon: float
    stable: bool
    sample: int
    p10: float | None
    p90: float | None
    unstable: float | None


class MoveFinding(Part):
    """What changes, euro a year, when ``codes`` leave or enter a group divided by Shapley.

    ``others`` is what the rest pays more together, ``most`` what the hardest hit of them (``hit``) pays more,
    ``own`` what the movers pay more.
    """

    codes: tuple[str, ...]
    others: float
    most: float
    hit: tuple[str, ...]
    own: float


class MovesFinding(Part):
    """What one player leaving, two leaving, and one entering do to a group in one variant."""

    variant: str
    codes: tuple[str, ...]
    leaving: tuple[MoveFinding, ...]
    two_leaving: tuple[MoveFinding, ...]
    entering: tuple[MoveFinding, ...]


class GrowthStep(Part):
    """One step of a growth path: who came, the expected saving then, and how many members pay more by it."""

    codes: tuple[str, ...]
    added: tuple[str, ...]
    saving: float
    saving_share: float
    worse_off: int


class OfferFinding(Part):
    """A group as one player sees it: its expected cost under Shapley there, and alone, euro a year."""

    variant: str
    codes: tuple[str, ...]
    cost: float
    alone: float


class PlayerOffers(Part):
    """The groups that leave one player cheapest off, best first."""

    codes: tuple[str, ...]
    offers: tuple[OfferFinding, ...]


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


class StructureGroup(Part):
    """One group of a division: ``variant`` is empty for a player that stays alone."""

    codes: tuple[str, ...]
    variant: str
    cost: float


class StructureShare(Part):
    """A division into groups (codes, without who stays alone) and the share of draws that it is best in."""

    groups: tuple[tuple[str, ...], ...]
    share: float


class StructureFinding(Part):
    """The division of all players into groups that costs least in expectation, euro a year.

    ``alone`` is what everyone apart costs, ``together`` everyone in one group in the cheapest form.
    ``frequency`` is the share of ``sample`` draws in which this division is the cheapest, ``others`` the
    divisions that are cheapest most often; None and empty where no sample was taken.
    """

    groups: tuple[StructureGroup, ...]
    cost: float
    alone: float
    together: float
    sample: int
    frequency: float | None
    others: tuple[StructureShare, ...]


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

    ``growth`` is the path from the best pair to the largest group.

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
    core: CoreFinding
    growth: tuple[GrowthStep, ...]
    gates: tuple[GateFinding, ...]


class ServiceFinding(Part):
    """One service. ``budgeted`` is None as long as not every municipality has answered.

    ``everyone`` names the variant that is cheapest for all together, ``best`` the group with the largest
    expected saving over all variants (or, when none saves, that loses least for its size), and
    ``viewpoint_best`` the group that is cheapest for the viewpoint municipality under Shapley; ``structure``
    is the best division of all players into groups (None where they are too many to search). ``moves`` are
    those of all together and of the best group, ``offers`` the best groups as every player sees them.
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
    uncertainty: tuple[UncertaintyFinding, ...]


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
    """The question and its settings."""

    name: str
    question: str
    region: str
    viewpoint: str
    viewpoint_code: str
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
