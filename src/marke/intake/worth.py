"""Which missing answer is worth most: how much of what is uncertain it would explain."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from marke.catalogue.intake import questions
from marke.engine.burden import make_group, within_player
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.explore import compare_alone
from marke.engine.today import today_cost, today_of
from marke.engine.uncertainty.sensitivity import explained
from marke.question import Question


@dataclass(frozen=True)
class Worth:
    """A missing answer, and the share of variance that it explains of the own and of the region's saving.

    A saving is counted twice, against alone and against today, with everybody together in the cheapest form;
    the larger share counts. Everything is summed over the services of the study (docs/model.md, section 8).
    """

    code: str
    question: str
    own: float
    region: float


@dataclass(frozen=True)
class Ranking:
    """Missing answers, and missing questions over all municipalities together; what is worth most first.

    ``answers`` are in order of the own share; ``questions`` pairs a question with the share of the region's
    saving that the total of all missing answers to it explains.
    """

    answers: tuple[Worth, ...]
    questions: tuple[tuple[str, float], ...]

    def of(self, code: str) -> tuple[Worth, ...]:
        """The missing answers of one municipality, what is worth most to itself first."""
        return tuple(each for each in self.answers if each.code == code)


@dataclass
class _Sums:
    """Yearly cost over all services, (D,) each: alone, now and together."""

    alone: Floats
    now: Floats
    together: Floats

    def savings(self) -> tuple[Floats, Floats]:
        return self.alone - self.together, self.now - self.together


@dataclass
class _Tally:
    """What was added up over services: costs per CBS code (and "" for the region), and what is unanswered."""

    sums: dict[str, _Sums] = field(default_factory=dict)
    missing: dict[tuple[str, str], Floats] = field(default_factory=dict)

    def add(self, code: str, alone: Floats, now: Floats, together: Floats) -> None:
        if code not in self.sums:
            self.sums[code] = _Sums(*(np.zeros_like(alone) for _ in range(3)))
        mine = self.sums[code]
        mine.alone, mine.now, mine.together = mine.alone + alone, mine.now + now, mine.together + together

    def share(self, values: Floats, code: str) -> float:
        """The larger of the shares of both savings that these draws, (D,), explain."""
        return max(explained(values, saving) for saving in self.sums[code].savings())


def rank_missing(question: Question) -> Ranking:
    """Rank every driver and figure of today that a municipality of the study has not answered."""
    tally = _Tally()
    for key in question.study.settings.services:
        _add_service(tally, question, question.case(key))
    asked_at_all = {each.id for each in questions(question.catalogue)}
    missing = {key: values for key, values in tally.missing.items() if key[1] in asked_at_all}
    found = [
        Worth(code, asked, own=tally.share(values, code), region=tally.share(values, ""))
        for (code, asked), values in missing.items()
    ]
    totals: dict[str, Floats] = {}
    for (_, asked), values in missing.items():
        totals[asked] = totals.get(asked, np.zeros_like(values)) + values
    shares = {asked: tally.share(total, "") for asked, total in totals.items()}
    return Ranking(
        tuple(sorted(found, key=lambda each: (-each.own, each.code, each.question))),
        tuple(sorted(shares.items(), key=lambda each: (-each[1], each[0]))),
    )


def _add_service(tally: _Tally, question: Question, case: Case) -> None:
    everyone = tuple(range(len(case.players)))
    costs = [make_group(case, variant, everyone).total.values for variant in case.variants]
    together = min(costs, key=lambda cost: float(cost.mean()))
    alone = compare_alone(case).cost
    inhabitants = float(case.inhabitants.sum())
    for number, player in enumerate(case.players):
        for part, m in zip(within_player(case, player=number), player, strict=True):
            now = today_cost(case, *today_of(case, question.study, m.code))
            share = float(case.origins[m.code, "inhabitants"].values[0]) / inhabitants
            mine = (alone[:, number] * part, now, together * share)
            tally.add(m.code, *mine)
            tally.add("", *mine)
            tally.missing |= _missing(question, case, m.code)


def _missing(question: Question, case: Case, code: str) -> Iterator[tuple[tuple[str, str], Floats]]:
    for driver in case.catalogue.drivers:
        origin = case.origins[code, driver]
        if origin.origin == "estimate":
            yield (code, driver), origin.values
    for part, values in zip(("staff", "spend"), today_of(case, question.study, code), strict=True):
        if values.origin == "estimate":
            yield (code, f"{case.key}.{part}"), values.values
