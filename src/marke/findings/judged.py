"""The shape of what is judged: gates, the steps to a start, criteria with their weights, and the evidence."""

from datetime import date
from typing import Literal

from marke.catalogue.rules import Outcome
from marke.findings.part import Amount, Part


class CitedRule(Part):
    """A dated rule as it is cited: ``article`` and ``source`` say where it stands."""

    id: str
    label: str
    article: str
    source: str
    in_force: bool
    in_force_from: date


class GateFinding(Part):
    """One gate of one variant with its outcome on ``day``: the reference date, or that of the study's answer.

    ``ground`` says what it rests on: ``rule`` (the law alone), ``computed`` or ``answered`` by the study.
    ``resolve`` is what would settle it; ``source`` is where it comes from besides the ``rules``. ``forbids``:
    a bad answer would forbid the form.
    """

    gate: str
    label: str
    outcome: Outcome
    reason: str
    resolve: str
    ground: Literal["rule", "computed", "answered"]
    source: str
    day: date
    rules: tuple[CitedRule, ...]
    forbids: bool


class StepFinding(Part):
    """A step on the way to a start: the day it is done at P10, the median and P90 of the draws.

    ``rule`` cites the term that the law sets; empty where the step takes its part of the lead time.
    """

    label: str
    soon: date
    likely: date
    late: date
    rule: str


class CriterionFinding(Part):
    """A criterion with its scale: ``worst`` counts 0 and ``best`` counts 1; ``computed`` or judged."""

    key: str
    label: str
    definition: str
    how: str
    unit: str
    worst: float
    best: float
    four_k: bool
    computed: bool


class ScoreFinding(Part):
    """What a possibility scores on a criterion, in its unit, and why; ``value`` is its mean from 0 to 1."""

    criterion: str
    mean: float
    p10: float
    p90: float
    value: float
    reason: str


class AlternativeFinding(Part):
    """One possibility: ``ranks`` are the shares of weights and draws in which it comes first, second ...

    ``error`` is the standard error of the first; ``central`` holds the mean weights with which it comes first
    (by criterion; empty where it never does), and ``confidence`` how often it does with those weights.
    ``favoured`` names the criteria that then weigh more than on average. ``blocked``: a gate forbids it.
    """

    key: str
    label: str
    short: str
    codes: tuple[str, ...]
    blocked: bool
    ranks: tuple[float, ...]
    error: float
    central: tuple[tuple[str, float], ...]
    confidence: float
    favoured: tuple[str, ...]
    scores: tuple[ScoreFinding, ...]


class AcceptabilityFinding(Part):
    """Which possibility comes first over all weights and draws; ``weights`` says in Dutch which were drawn.

    Alternatives stand in the order of how often they come first.
    """

    criteria: tuple[CriterionFinding, ...]
    alternatives: tuple[AlternativeFinding, ...]
    samples: int
    weights: str


class PriorOutcome(Part):
    """A group's saving under one reading of the evidence, euro a year, and the chance of any saving."""

    codes: tuple[str, ...]
    variant: str
    saving: Amount
    chance: float


class PriorFinding(Part):
    """One reading of the evidence on the setback, and what the answer would be with it.

    ``used`` marks the one that everything else was computed with. ``everyone`` and ``best`` are the groups of
    the service's finding.
    """

    key: str
    label: str
    reason: str
    low: float
    mode: float
    high: float
    source: str
    used: bool
    everyone: PriorOutcome
    best: PriorOutcome


class EvidenceStudyFinding(Part):
    """One study or case in the evidence."""

    key: str
    label: str
    place: str
    years: str
    says: Literal["cheaper", "dearer", "no_difference", "depends"]
    effect: str
    conditions: str
    strength: str
    use: str
    source: str


class TensionFinding(Part):
    """A question on which studies (by label) disagree."""

    question: str
    one: tuple[str, ...]
    one_says: str
    other: tuple[str, ...]
    other_says: str
    told: str


class EvidenceFinding(Part):
    """What is known about whether cooperation saves money, and where it disagrees."""

    studies: tuple[EvidenceStudyFinding, ...]
    tensions: tuple[TensionFinding, ...]
