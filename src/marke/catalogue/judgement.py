"""What a choice is weighed by, and what is known about whether cooperation saves money."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from marke.catalogue.figure import FigureId, Record, Strength

ALONE, NOTHING = "alone", "nothing"
"""The possibilities beside the joint forms: the required level on one's own, and going on as now."""

Measure = Literal["cost", "quality", "vulnerability", "feasibility", "reversibility", "legal"]

_NEEDED: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "cost": (frozenset(), frozenset()),
    "legal": (frozenset(), frozenset()),
    "quality": (frozenset(), frozenset({NOTHING})),
    "vulnerability": (frozenset(), frozenset()),
    "feasibility": (frozenset({"limit", "attention", "unknown"}), frozenset({ALONE, NOTHING})),
    "reversibility": (frozenset(), frozenset({ALONE, NOTHING})),
}
"""Per measure the settings it needs, and the scores that it cannot compute."""


PARTS: Mapping[str, frozenset[str]] = {
    "quality": frozenset({"waiting", "round_the_clock", "presence"}),
    "vulnerability": frozenset({"continuity", "incident_one", "incident_all", "concentration"}),
}
"""Per measure the criteria of quality that it is the mean of."""


class Scale(Record):
    """A scale from ``worst`` (counts 0) to ``best`` (counts 1); what lies outside counts as the end."""

    worst: float
    best: float

    @model_validator(mode="after")
    def _has_length(self) -> "Scale":
        if self.worst == self.best:
            raise ValueError("'worst' en 'best' zijn gelijk; dan telt er niets.")
        return self


class Score(Record):
    """A judgement in the criterion's unit, and why."""

    score: FigureId
    reason: str = Field(min_length=1)


class Criterion(Scale):
    """Something that weighs in a choice, on a scale of its own.

    A criterion with a ``measure`` is computed from the findings with its ``settings``, or as the mean of its
    ``parts``, criteria of quality on a scale each. What it does not compute, and every criterion without a
    measure, has ``scores`` by form, ``alone`` and ``nothing``. ``how`` says in Dutch how it is scored;
    ``four_k`` marks the four K's.
    """

    label: str
    definition: str
    how: str
    unit: str = Field(min_length=1)
    four_k: bool = False
    measure: Measure | None = None
    settings: Mapping[str, FigureId] = Field(default_factory=dict)
    parts: Mapping[str, Scale] = Field(default_factory=dict)
    scores: Mapping[str, Score] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _settings(self) -> "Criterion":
        measure = self.measure or ""
        needed, unscored = _NEEDED.get(measure, (frozenset[str](), frozenset(self.scores)))
        parts = PARTS.get(measure, frozenset[str]())
        given = (self.settings, self.scores, self.parts)
        if tuple(map(frozenset, given)) != (needed, unscored, parts):
            names = ", ".join(sorted((*needed, *unscored, *parts))) or "niets"
            raise ValueError(f'Bij measure = "{self.measure}" hoort: {names}.')
        return self


class EvidenceStudy(Record):
    """One study or case: what it found, for whom, how strong that is, and how it is used here."""

    source: str
    label: str
    place: str = Field(min_length=1)
    years: str = Field(min_length=1)
    says: Literal["cheaper", "dearer", "no_difference", "depends"]
    effect: str = Field(min_length=1)
    conditions: str = Field(min_length=1)
    strength: Strength
    use: str = Field(min_length=1)


class Tension(Record):
    """A question on which studies disagree: both sides, and what is made of it here."""

    question: str
    one: tuple[str, ...] = Field(min_length=1)
    one_says: str
    other: tuple[str, ...] = Field(min_length=1)
    other_says: str
    told: str


class Prior(Record):
    """A reading of the evidence: a setback that can take the place of a service's own figure."""

    label: str
    reason: str
    studies: tuple[str, ...] = Field(min_length=1)
    setback: FigureId


class Evidence(Record):
    """All that is known, the disagreements in it, and the readings to choose from."""

    studies: Mapping[str, EvidenceStudy]
    tensions: tuple[Tension, ...]
    priors: Mapping[str, Prior]
