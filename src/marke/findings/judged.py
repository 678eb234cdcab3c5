"""The shape of what is judged: gates, the steps to a start, criteria with their weights, and the evidence."""

from datetime import date
from typing import Annotated, Literal

from marke.catalogue.rules import Outcome
from marke.findings.part import Amount, By, Codes, Given, Part
from marke.findings.shares import Saves


class CitedRule(Part):
    """A dated rule as it is cited: ``article`` and ``source`` say where it stands."""

    id: str
    label: str
    article: str
    source: str
    in_force: Annotated[bool, By("de regel geldt op de peildatum", "in_force_from", "study.reference_date")]
    in_force_from: Annotated[date, Given("de regel zelf")]


class GateFinding(Part):
    """One gate of one variant with its outcome on ``day``: the reference date, or that of the study's answer.

    ``ground`` says what it rests on: ``rule`` (the law alone), ``computed`` or ``answered`` by the study.
    ``resolve`` is what would settle it; ``source`` is where it comes from besides the ``rules``. ``forbids``:
    a bad answer would forbid the form.
    """

    gate: str
    label: str
    outcome: Annotated[
        Outcome,
        By(
            "het antwoord van de studie, anders de toets, anders de catalogus",
            "ground",
            "day",
            "earliest",
            "everyone.team",
            step="gate",
        ),
    ]
    reason: str
    resolve: str
    ground: Annotated[Literal["rule", "computed", "answered"], Given("de studie, een toets of een regel")]
    source: str
    day: Annotated[date, Given("de peildatum, of de dag van het antwoord")]
    rules: tuple[CitedRule, ...]
    forbids: Annotated[bool, Given("de catalogus")]


class StepFinding(Part):
    """A step on the way to a start: the day it is done at P10, the median and P90 of the draws.

    ``rule`` cites the term that the law sets; empty where the step takes its part of the lead time.
    """

    label: str
    soon: Annotated[
        date,
        By(
            "peildatum + vaste termijnen + deel van de rest van de doorlooptijd (P10)",
            "study.reference_date",
            step="months",
        ),
    ]
    likely: Annotated[
        date,
        By(
            "peildatum + vaste termijnen + deel van de rest van de doorlooptijd (mediaan)",
            "study.reference_date",
            step="months",
        ),
    ]
    late: Annotated[
        date,
        By(
            "peildatum + vaste termijnen + deel van de rest van de doorlooptijd (P90)",
            "study.reference_date",
            step="months",
        ),
    ]
    rule: str


class CriterionFinding(Part):
    """A criterion with its scale: ``worst`` counts 0 and ``best`` counts 1; ``computed`` or judged."""

    key: str
    label: str
    definition: str
    how: str
    unit: str
    worst: Annotated[float, Given("de catalogus")]
    best: Annotated[float, Given("de catalogus")]
    four_k: Annotated[bool, Given("de catalogus")]
    computed: Annotated[bool, Given("de catalogus")]


class ScoreFinding(Part):
    """What a possibility scores on a criterion, in its unit, and why; ``value`` is its mean from 0 to 1."""

    criterion: str
    mean: Annotated[float, By("gemiddelde van de score over de trekkingen", step="possibility")]
    p10: Annotated[float, By("P10 van de score over de trekkingen", step="possibility")]
    p90: Annotated[float, By("P90 van de score over de trekkingen", step="possibility")]
    value: Annotated[float, By("(score − slechtste) / (beste − slechtste), tussen 0 en 1", "mean")]
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
    codes: Codes
    blocked: Annotated[bool, By("een voorwaarde verbiedt deze vorm, ook later", step="possibility")]
    ranks: Annotated[
        tuple[float, ...], By("deel van de gewichten en trekkingen met deze plaats", "scores", "samples")
    ]
    error: Annotated[float, By("standaardfout van de eerste plaats tussen reeksen trekkingen", "ranks")]
    central: Annotated[
        tuple[tuple[str, float], ...], By("gemiddelde gewichten waarbij zij eerste wordt", "ranks")
    ]
    confidence: Annotated[float, By("hoe vaak zij met die gewichten eerste wordt", "central", "scores")]
    favoured: Annotated[tuple[str, ...], By("criteria die dan duidelijk meer wegen dan gemiddeld", "central")]
    scores: tuple[ScoreFinding, ...]


class AcceptabilityFinding(Part):
    """Which possibility comes first over all weights and draws; ``weights`` says in Dutch which were drawn.

    Alternatives stand in the order of how often they come first.
    """

    criteria: tuple[CriterionFinding, ...]
    alternatives: tuple[AlternativeFinding, ...]
    samples: Annotated[int, By("één stel gewichten bij iedere trekking", "study.draws")]
    weights: str


class PriorOutcome(Part):
    """A group's saving under one reading of the evidence, euro a year, and the chance of any saving."""

    codes: Codes
    variant: str
    saving: Annotated[
        Amount,
        By(
            "besparing − (bijdrage + btw) × ((1 + andere tegenvaller) / (1 + tegenvaller) − 1)",
            "low",
            "mode",
            "high",
            step="saving",
        ),
    ]
    chance: Saves


class PriorFinding(Part):
    """One reading of the evidence on the setback, and what the answer would be with it.

    ``used`` marks the one that everything else was computed with. ``everyone`` and ``best`` are the groups of
    the service's finding.
    """

    key: str
    label: str
    reason: str
    low: Annotated[float, Given("de bron van deze lezing")]
    mode: Annotated[float, Given("de bron van deze lezing")]
    high: Annotated[float, Given("de bron van deze lezing")]
    source: str
    used: Annotated[bool, Given("de studie")]
    everyone: PriorOutcome
    best: PriorOutcome


class EvidenceStudyFinding(Part):
    """One study or case in the evidence."""

    key: str
    label: str
    place: str
    years: str
    says: Annotated[Literal["cheaper", "dearer", "no_difference", "depends"], Given("de genoemde studie")]
    effect: str
    conditions: str
    strength: str
    use: str
    source: str


class TensionFinding(Part):
    """A question on which studies (by label) disagree."""

    question: str
    one: Annotated[tuple[str, ...], Given("de genoemde studies")]
    one_says: str
    other: Annotated[tuple[str, ...], Given("de genoemde studies")]
    other_says: str
    told: str


class EvidenceFinding(Part):
    """What is known about whether cooperation saves money, and where it disagrees."""

    studies: tuple[EvidenceStudyFinding, ...]
    tensions: tuple[TensionFinding, ...]
