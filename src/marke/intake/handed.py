"""Which questions a municipality handed to somebody else than the role that the intake names."""

from collections.abc import Iterator
from dataclasses import dataclass

from marke.baseline import Baseline
from marke.catalogue.intake import Asked, asked_fields
from marke.catalogue.schema import Catalogue


@dataclass(frozen=True)
class Handed:
    """A field that somebody else fills in, and how many of its questions are still open."""

    asked: Asked
    who: str
    open: int


def who_fills_in(baseline: Baseline, code: str, asked: Asked) -> str:
    """Return who fills in a field for a municipality (CBS code); empty for the role that the intake names."""
    answers = (baseline.answers.get((code, question.id)) for question in asked.questions)
    return next((answer.who for answer in answers if answer is not None and answer.who), "")


def handed_over(baseline: Baseline, code: str, catalogue: Catalogue) -> Iterator[Handed]:
    """Yield the fields of a municipality (CBS code) that were handed to somebody, in order."""
    for asked in asked_fields(catalogue):
        who = who_fills_in(baseline, code, asked)
        if who:
            answers = (baseline.answers.get((code, question.id)) for question in asked.questions)
            yield Handed(asked, who, sum(each is None or each.state == "open" for each in answers))
