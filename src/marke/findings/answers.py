"""What missing answers are worth to a choice between together and alone."""

from collections.abc import Iterable, Iterator

from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.uncertainty.information import value_of_knowing, value_of_knowing_all
from marke.findings.verdict import AnswerFinding

SHOWN = 5
LEAST = 0.001
"""Where knowing everything is worth less than this part of the cost alone, no single answer is looked at."""

Asked = tuple[str, str, str, tuple[str, ...], Floats]
"""What could be known: key, label, how to find out, who has not answered, and its draws (D,)."""


def worth_of_answers(
    case: Case, members: Iterable[int], figures: Iterable[str], saving: Floats, alone: float
) -> tuple[AnswerFinding, ...]:
    """Rank what is missing by its worth to a choice whose gain is ``saving`` (D,), euro a year.

    Every driver that some of ``members`` have not answered, over all of them together, and every one of
    ``figures`` that can be found out. ``alone`` is the cost that the worth is a part of.
    """
    if value_of_knowing_all(saving).value < LEAST * alone:
        return ()
    asked = (*_questions(case, members), *_figures(case, figures))
    found = [
        AnswerFinding(
            key=key,
            label=label,
            find_out=find_out,
            codes=codes,
            value=worth.value,
            error=worth.error,
            share=worth.value / alone,
        )
        for key, label, find_out, codes, values in asked
        if (worth := value_of_knowing(values, saving)).value > 0
    ]
    return tuple(sorted(found, key=lambda each: (-each.value, each.key))[:SHOWN])


def _questions(case: Case, members: Iterable[int]) -> Iterator[Asked]:
    codes = [m.code for i in members for m in case.players[i]]
    for key, driver in case.catalogue.drivers.items():
        missing = tuple(code for code in codes if case.origins[code, key].origin == "estimate")
        if missing:
            yield key, driver.label, "", missing, sum(case.origins[code, key].values for code in missing)  # type: ignore[misc]


def _figures(case: Case, figures: Iterable[str]) -> Iterator[Asked]:
    for key in sorted(figures):
        figure = case.draws.figures[key]
        if figure.find_out:
            yield key, figure.label, figure.find_out, (), case.draws[key]
