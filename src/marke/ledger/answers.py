"""What a municipality told about its own budget; what it did not tell stays None or is a guess of its own."""

from dataclasses import dataclass

import numpy as np

from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.ledger.years import YEARS
from marke.study import Study

JOINT = "samen"
"""Stands for the joint organisation where a figure is drawn per organisation."""


@dataclass(frozen=True)
class Answers:
    """One municipality's answers about one service; amounts in euro, shares as parts of one.

    ``budgeted`` and ``released`` have one value per year of the multi-year budget.
    """

    now: float | None
    budgeted: tuple[float | None, ...]
    released: tuple[float | None, ...]
    requested: float | None
    cover: float | None
    state_money: float | None
    book_value: float | None
    vat_unrecoverable: float | None


def answers_of(study: Study, service: str, code: str) -> Answers:
    """Collect what one municipality answered about one service."""

    def value(name: str) -> float | None:
        return study.baseline.value(code, name)

    def per_year(name: str) -> tuple[float | None, ...]:
        return tuple(value(f"{service}.{name}_{year}") for year in range(1, YEARS + 1))

    return Answers(
        now=value(f"{service}.budgeted_now"),
        budgeted=per_year("budgeted"),
        released=per_year("released"),
        requested=value(f"{service}.requested"),
        cover=value(f"{service}.cover"),
        state_money=value(f"{service}.state_money"),
        book_value=value(f"{service}.book_value"),
        vat_unrecoverable=value("vat_unrecoverable"),
    )


def price_index(case: Case, study: Study, code: str) -> Floats:
    """Yearly rise of prices in a municipality's budget (``JOINT``: that of the joint organisation), (D,)."""
    return _own(case, study, code, "index", case.catalogue.ledger.price_index)


def interest_rate(case: Case, study: Study, code: str) -> Floats:
    """The rate at which a municipality charges interest on its capital, (D,)."""
    return _own(case, study, code, "interest_rate", case.catalogue.ledger.interest_rate)


def _own(case: Case, study: Study, code: str, question: str, figure: str) -> Floats:
    answer = study.baseline.value(code, question)
    if answer is None:
        return case.draws.of_municipality(figure, code)
    return np.full(case.draws.count, answer)
