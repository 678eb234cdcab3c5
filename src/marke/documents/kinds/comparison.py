"""The possibilities of a service side by side, with plus and minus signs and the reasons."""

from collections.abc import Iterator, Sequence

from marke.documents.kinds.context import Told
from marke.documents.tree import Column, Row, Table
from marke.dutch import MINUS, capital, chance, enumerate_names
from marke.findings.judged import AlternativeFinding
from marke.findings.model import ServiceFinding

SIGNS = ((0.8, "++"), (0.6, "+"), (0.4, "0"), (0.2, MINUS), (0.0, MINUS * 2))
"""From which score on, between 0 and 1, a possibility gets a sign."""

LEGEND = (
    f"In de tabellen is ++ het best en {MINUS * 2} het slechtst. De laatste regel zegt hoe vaak een "
    "mogelijkheid als beste uitkomt, over alle gewichten van de maatstaven."
)


def criteria(told: Told) -> Table:
    """What is weighed, and how each criterion is scored; the four K's are named as such."""
    found = told.services[0].acceptability.criteria
    four = enumerate_names([each.label for each in found if each.four_k])
    return Table(
        caption="Waarop is vergeleken",
        corner="Maatstaf",
        columns=(Column("Wat het is", "text"), Column("Hoe het is bepaald", "text")),
        rows=tuple(Row(capital(each.label), (each.definition, each.how)) for each in found),
        note=f"De vier K’s: {four}." if four else "",
    )


def compared(service: ServiceFinding) -> Iterator[Table]:
    """The signs of every possibility, and why the possibility that the verdict is about scores so."""
    found = service.acceptability
    yield Table(
        caption=f"{capital(service.short)}: de mogelijkheden naast elkaar",
        corner="Maatstaf",
        columns=tuple(Column(capital(each.short), "text") for each in found.alternatives),
        rows=(
            *(_signs(each.key, each.label, found.alternatives) for each in found.criteria),
            Row(
                "Het vaakst de beste", tuple(chance(each.ranks[0], each.error) for each in found.alternatives)
            ),
        ),
    )
    chosen = [each for each in found.alternatives if each.key == service.verdict.variant]
    labels = {each.key: each.label for each in found.criteria}
    for each in chosen:
        yield Table(
            caption=f"{capital(service.short)}, als {each.short}: waarom",
            corner="Maatstaf",
            columns=(Column("Reden", "text"),),
            rows=tuple(Row(capital(labels[score.criterion]), (score.reason,)) for score in each.scores),
        )


def _signs(key: str, label: str, alternatives: Sequence[AlternativeFinding]) -> Row:
    values = ({score.criterion: score.value for score in each.scores}[key] for each in alternatives)
    return Row(capital(label), tuple(sign(value) for value in values))


def sign(value: float) -> str:
    """The sign of a score between 0 and 1."""
    return next(mark for least, mark in SIGNS if value >= least)
