"""Who delivered what: given, not known and open, per municipality and section."""

from collections.abc import Mapping
from dataclasses import dataclass

from marke.baseline import Baseline
from marke.catalogue.intake import questions
from marke.catalogue.schema import Catalogue
from marke.region import Municipality, Region


@dataclass(frozen=True)
class Count:
    """How many questions were answered, are not known, and are still open."""

    given: int = 0
    unknown: int = 0
    open: int = 0

    @property
    def total(self) -> int:
        """All questions."""
        return self.given + self.unknown + self.open

    def __add__(self, other: "Count") -> "Count":
        return Count(self.given + other.given, self.unknown + other.unknown, self.open + other.open)


@dataclass(frozen=True)
class Delivered:
    """One municipality's counts by section: ``once`` or a service."""

    municipality: Municipality
    sections: Mapping[str, Count]

    @property
    def total(self) -> Count:
        """All sections together."""
        return sum(self.sections.values(), Count())


def delivered(baseline: Baseline, region: Region, catalogue: Catalogue) -> tuple[Delivered, ...]:
    """Count the state of every question for every municipality of the region."""
    return tuple(_count(baseline, municipality, catalogue) for municipality in region.municipalities)


def _count(baseline: Baseline, municipality: Municipality, catalogue: Catalogue) -> Delivered:
    sections: dict[str, Count] = {}
    for question in questions(catalogue):
        answer = baseline.answers.get((municipality.code, question.id))
        one = Count(**{answer.state if answer else "open": 1})
        sections[question.section] = sections.get(question.section, Count()) + one
    return Delivered(municipality, sections)
