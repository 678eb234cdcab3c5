"""What the law says and since when, what must be settled before a start, and the steps towards it."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from marke.catalogue.figure import FigureId, Record

Outcome = Literal["ok", "attention", "blocked", "unknown"]
"""How a gate stands."""

Actor = Literal["region", "college", "council"]
"""Who takes a step of a path: all together, or one municipality's college or council."""

Asked = Literal["act", "consent", "view"]
"""What a step asks: an act that is done, a consent that ends the path for who refuses it, or a view, which
may be given until its term ends."""


class Rule(Record):
    """A dated rule: known from one day, in force from another, optionally until a third.

    ``article`` says where it stands.
    """

    label: str
    article: str = ""
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
    """Something that must be settled before a joint form can start.

    ``outcome`` is fixed, or the name of the check that computes it; ``source`` is where it comes from when no
    rule is cited. ``forbids``: a bad answer would forbid the form, not only make it dearer or later.
    """

    label: str
    outcome: (
        Outcome
        | Literal[
            "lead_time", "council", "vat", "tender", "staffing", "contracts", "mandate", "host", "groups"
        ]
    )
    reason: str
    resolve: str
    services: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    source: str = ""
    forbids: bool = False

    @model_validator(mode="after")
    def _has_a_ground(self) -> "Gate":
        if not (self.rules or self.source):
            raise ValueError("Een voorwaarde rust op een regel ('rules') of noemt een bron ('source').")
        return self


class PathStep(Record):
    """A step on the way: as long as ``rule`` says (weeks or days), or a ``part`` of the remaining time.

    ``told`` is how one municipality records it, ``note`` what the law says of it.
    """

    label: str
    part: FigureId | None = None
    rule: str | None = None
    by: Actor = "region"
    asks: Asked = "act"
    told: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _part_or_rule(self) -> "PathStep":
        if (self.part is None) == (self.rule is None):
            raise ValueError("Een stap heeft 'part' of 'rule', en niet allebei.")
        if (self.by == "region") == bool(self.told):
            raise ValueError("Een stap van college of raad heeft 'told', een stap van de regio niet.")
        return self


class Path(Record):
    """The steps from preparation to start, in order."""

    label: str
    steps: Mapping[str, PathStep] = Field(min_length=1)
