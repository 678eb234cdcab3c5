"""What is assumed about a municipality before it answers, and the doubt that an odd answer raises."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from marke.baseline import Answer, Baseline
from marke.catalogue.figure import Figure
from marke.catalogue.intake import Question, questions
from marke.catalogue.schema import Catalogue, class_of
from marke.dutch import number, significant
from marke.region import Municipality, inhabitants_in
from marke.study import Study

_RELEASED = ("released_1", "released_2", "released_3", "released_4")


@dataclass(frozen=True)
class Estimate:
    """Low, most likely and high in the question's unit, and the figure it comes from."""

    low: float
    mode: float
    high: float
    figure: Figure

    def shown(self) -> str:
        """Write the estimate for beside an answer: ``schatting: 240 (200 tot 290)``."""
        low, mode, high = (number(significant(value, 3)) for value in (self.low, self.mode, self.high))
        return f"schatting: {mode} ({low} tot {high})"


def estimate(study: Study, catalogue: Catalogue, m: Municipality, question_id: str) -> Estimate | None:
    """Return what the exploration assumes for a question until it is answered; None when nothing.

    A driver that grows with another one starts from its answer where that was given.
    """
    inhabitants = float(inhabitants_in(m, study.settings.inhabitants_year))
    service, _, part = question_id.partition(".")
    driver = catalogue.drivers.get(question_id)
    base: str | None
    if service in catalogue.services and part in ("staff", "spend"):
        today = class_of(catalogue.services[service].today, inhabitants)
        figure, base = catalogue.figures[today.staff if part == "staff" else today.spend], today.per
    elif driver is not None and driver.fact is None:
        figure, base = catalogue.figures[class_of(driver.classes, inhabitants).rate], driver.of
    else:
        return None
    low, mode, high = _base(study, catalogue, m, base) if base else (1.0, 1.0, 1.0)
    return Estimate(low * figure.low, mode * figure.mode, high * figure.high, figure)


def _base(study: Study, catalogue: Catalogue, m: Municipality, driver: str) -> tuple[float, float, float]:
    """Low, most likely and high of the driver that an estimate grows with."""
    inhabitants = float(inhabitants_in(m, study.settings.inhabitants_year))
    known = inhabitants if catalogue.drivers[driver].fact else study.baseline.value(m.code, driver)
    if known is not None:
        return known, known, known
    found = estimate(study, catalogue, m, driver)
    assert found is not None  # noqa: S101  # a driver is a fact or has an estimate
    return found.low, found.mode, found.high


def with_doubts(
    study: Study, catalogue: Catalogue, m: Municipality, answers: Iterable[Answer]
) -> tuple[Answer, ...]:
    """Return the answers with what is asked about those that are hard to believe; none is refused."""
    answers = tuple(answers)
    baseline = study.baseline.replaced(m.code, answers)
    asked = {question.id: question for question in questions(catalogue)}
    study = replace(study, baseline=baseline)
    return tuple(replace(a, doubt=_doubt(study, catalogue, m, a, asked[a.question])) for a in answers)


def _doubt(study: Study, catalogue: Catalogue, m: Municipality, answer: Answer, question: Question) -> str:
    """Return the question to ask about an answer, or ""."""
    if not isinstance(answer.value, float):
        return ""
    expected = estimate(study, catalogue, m, question.id)
    if expected is not None and not expected.low <= answer.value <= expected.high:
        sort = "onze aanname is" if expected.figure.status == "assumption" else "volgens open data:"
        return (
            f"U vult {number(answer.value)} {question.part.shown_unit} in; voor een gemeente van uw omvang "
            f"is dit ongewoon ({sort} {number(expected.low)} tot {number(expected.high)}). Klopt dit?"
        )
    return _inconsistency(study.baseline, answer, question)


def _inconsistency(baseline: Baseline, answer: Answer, question: Question) -> str:
    part, value = question.part.id, answer.value
    assert isinstance(value, float)  # noqa: S101
    realised = baseline.value(answer.code, f"{question.section}.realised")
    if part == "spend" and realised is not None and value > realised:
        return (
            f"U geeft {number(value)} uit buiten de deur, maar alle lasten samen waren {number(realised)}. "
            "Klopt dit?"
        )
    if part in _RELEASED[1:]:
        before = _RELEASED[_RELEASED.index(part) - 1]
        earlier = baseline.value(answer.code, f"{question.section}.{before}")
        if earlier is not None and value < earlier:
            return f"In jaar {part[-1]} valt minder vrij dan in jaar {before[-1]}. Klopt dit?"
    return ""
