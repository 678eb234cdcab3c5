"""What municipalities are asked: the fields of the intake, written out for the services of a catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from marke.catalogue.figure import Record

if TYPE_CHECKING:
    from marke.catalogue.schema import Catalogue

ONCE = "once"
EVERY = "every"
RELEASE = "release"
"""Id of the part with which a municipality releases its releasable answers: see ``release_of``."""

Kind = Literal["number", "amount", "percentage", "year", "date", "yes_no", "choice", "text", "list"]
Visibility = Literal["raw", "releasable", "confidential"]
Role = Literal["I&A", "CISO", "FG", "controller", "gemeentesecretaris"]

NUMBERS: frozenset[Kind] = frozenset({"number", "amount", "percentage", "year"})
_UNITS: Mapping[Kind, str] = {
    "percentage": "%",
    "year": "jaar",
    "date": "datum",
    "yes_no": "ja/nee",
    "choice": "keuze",
    "text": "tekst",
    "list": "lijst",
}


OwnMoment = Literal["contract_end", "replacement"]


class Natural(Record):
    """What a date means for joining: a contract ends, or something must be bought anew.

    ``amount`` and ``notice`` are parts of the same field: what ends costs so much a year, and must be given
    notice so many months before.
    """

    kind: OwnMoment
    amount: str = ""
    notice: str = ""


class Part(Record):
    """One cell of an answer. Bounds are in ``unit``, as the municipality writes it.

    ``driver`` means that the id is that of a driver, whatever the section in which it is asked. ``moment``
    makes a date a natural moment; what the label says before a colon names it.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)?$")
    label: str = Field(min_length=1)
    kind: Kind
    unit: str = ""
    least: float = 0
    most: float | None = None
    options: tuple[str, ...] = ()
    driver: bool = False
    moment: Natural | None = None
    visibility: Visibility = Field(alias="class")

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "Part":
        if (self.kind in ("number", "amount")) != bool(self.unit):
            raise ValueError(f"'unit' hoort bij een getal of bedrag, en alleen daarbij ({self.id}).")
        if (self.kind == "choice") != bool(self.options):
            raise ValueError(f"'options' hoort bij een keuze, en alleen daarbij ({self.id}).")
        if self.moment is not None and self.kind != "date":
            raise ValueError(f"'moment' hoort alleen bij een datum ({self.id}).")
        if self.most is not None and self.most < self.least:
            raise ValueError(f"De grenzen staan niet op volgorde ({self.id}).")
        return self

    @property
    def releases(self) -> bool:
        """Whether the answer releases others."""
        return self.id.rpartition(".")[2] == RELEASE

    @property
    def shown_unit(self) -> str:
        """The unit, or for what has none the kind of answer, in Dutch."""
        return self.unit or _UNITS[self.kind]


class IntakeField(Record):
    """One question: what it means, why it is asked, who answers it, and the cells of its answer."""

    section: str
    label: str
    definition: str
    why: str
    who: Role
    parts: tuple[Part, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Question:
    """One cell that a municipality is asked to fill: ``id`` is that of the baseline, ``label`` names it."""

    id: str
    label: str
    section: str
    part: Part


@dataclass(frozen=True)
class Asked:
    """A field as it is asked about one section: ``once`` or the key of a service; ``label`` names both."""

    section: str
    label: str
    field: IntakeField
    questions: tuple[Question, ...]


def asked_fields(catalogue: "Catalogue") -> tuple[Asked, ...]:
    """Return every field that is asked, by section: once, then the services in the catalogue's order.

    A field about a service that the catalogue does not have is not asked.
    """
    fields = catalogue.intake.values()
    found = [_ask(field, ONCE, "") for field in fields if field.section == ONCE]
    for key, service in catalogue.services.items():
        found += [_ask(field, key, service.label) for field in fields if field.section in (EVERY, key)]
    return tuple(found)


def questions(catalogue: "Catalogue") -> tuple[Question, ...]:
    """Return every cell that a municipality is asked to fill, in order."""
    return tuple(question for asked in asked_fields(catalogue) for question in asked.questions)


def release_of(question_id: str) -> str:
    """Return the id of the question that releases the answer to another: of a service, or of all suites."""
    return f"{question_id.partition('.')[0]}.{RELEASE}"


def moments_of(catalogue: "Catalogue", service: str, kind: OwnMoment) -> tuple[Question, ...]:
    """Return the questions about a service that are natural moments of a kind, in order."""
    asked = (question for question in questions(catalogue) if question.section == service)
    return tuple(q for q in asked if q.part.moment is not None and q.part.moment.kind == kind)


def _ask(field: IntakeField, section: str, label: str) -> Asked:
    once = section == ONCE
    cells = (
        Question(
            part.id if once or part.driver else f"{section}.{part.id}",
            part.label if once else f"{label}: {part.label}",
            section,
            part,
        )
        for part in field.parts
    )
    return Asked(section, field.label if once else f"{label}: {field.label}", field, tuple(cells))
