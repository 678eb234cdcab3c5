"""What a choice is weighed by, and what is known about whether cooperation saves money."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from marke.catalogue.figure import FigureId, Record, Strength

ALONE, NOTHING = "alone", "nothing"
"""The possibilities beside the joint forms: the required level on one's own, and going on as now."""

Measure = Literal["cost", "vulnerability", "feasibility", "reversibility", "legal"]

_NEEDED: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "cost": (frozenset(), frozenset()),
    "legal": (frozenset(), frozenset()),
    "vulnerability": (frozenset({"bought"}), frozenset()),
    "feasibility": (frozenset({"limit", "attention", "unknown"}), frozenset({ALONE, NOTHING})),
    "reversibility": (frozenset(), frozenset({ALONE, NOTHING})),
}
"""Per measure the settings it needs, and the scores that it cannot compute."""


class Score(Record):
    """A judgement in the criterion's unit, and why."""

    score: FigureId
    reason: str = Field(min_length=1)


class Criterion(Record):
    """Something that weighs in a choice, on a scale from ``worst`` (counts 0) to ``best`` (counts 1).

    A criterion with a ``measure`` is computed from the findings with its ``settings``; what it does not
    compute, and every criterion without one, has ``scores`` by form, ``alone`` and ``nothing``. ``how`` says
    in Dutch how it is scored; ``four_k`` marks the four K's.
    """

    label: str
    definition: str
    how: str
    unit: str = Field(min_length=1)
    worst: float
    best: float
    four_k: bool = False
    measure: Measure | None = None
    settings: Mapping[str, FigureId] = Field(default_factory=dict)
    scores: Mapping[str, Score] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _scale_and_settings(self) -> "Criterion":
        if self.worst == self.best:
            raise ValueError("'worst' en 'best' zijn gelijk; dan telt er niets.")
        needed, unscored = _NEEDED.get(self.measure or "", (frozenset[str](), frozenset(self.scores)))
        if set(self.settings) != needed or set(self.scores) != unscored:
            names = ", ".join(sorted((*needed, *unscored))) or "niets"
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
