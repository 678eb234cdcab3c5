"""What a service costs now, and what of that remains after joining."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from marke.catalogue.schema import class_of
from marke.engine import prices
from marke.engine.case import Case, Values
from marke.engine.draws import Floats
from marke.study import Study

RELEASED = "released_4"
"""What is released in the last year of the multi-year budget, which holds for every year after it."""


@dataclass(frozen=True)
class Now:
    """Today's cost: ``players`` (D, n) euro a year; per CBS code the mean, and the mean that remains."""

    players: Floats
    cost: Mapping[str, float]
    kept: Mapping[str, float]


def look_at_today(case: Case, study: Study) -> Now:
    """Work out today's cost of every player, and of every municipality in expectation."""
    found = {m.code: today_of(case, study, m.code) for player in case.players for m in player}
    costs = {code: today_cost(case, *each) for code, each in found.items()}
    players = [np.sum([costs[m.code] for m in player], axis=0) for player in case.players]
    kept = {code: float(remains(case, study, code).mean()) for code in found}
    return Now(np.stack(players, axis=1), {code: float(c.mean()) for code, c in costs.items()}, kept)


def today_of(case: Case, study: Study, code: str) -> tuple[Values, Values]:
    """What one municipality has and spends now for a service: fte and euro a year outside.

    Each is its answer where it gave one, else its own draws of the estimate for its size. Where it gave only
    what it realised in all, both estimates are scaled so that they cost just that.
    """
    inhabitants = float(case.origins[code, "inhabitants"].values[0])
    estimate = class_of(case.service.today, inhabitants)
    found = []
    for name, figure in (("staff", estimate.staff), ("spend", estimate.spend)):
        answer = study.baseline.value(code, f"{case.key}.{name}")
        if answer is None:
            found.append(estimated(case, figure, estimate.per, code))
        else:
            found.append(Values(np.full(case.draws.count, answer), "answer"))
    staff, spend = found
    realised = study.baseline.value(code, f"{case.key}.realised")
    if realised is None or "answer" in (staff.origin, spend.origin):
        return staff, spend
    factor = realised / _direct_cost(case, staff.values, spend.values)
    return (
        Values(staff.values * factor, "part of answer", staff.figure),
        Values(spend.values * factor, "part of answer", spend.figure),
    )


def _direct_cost(case: Case, staff: Floats, spend: Floats) -> Floats:
    """What the accounts show: wages, hire and purchases without overhead and VAT; at least one euro."""
    overhead = case.common.overhead_own
    wages = prices.own_post(case, overhead, shifts=False).total - case.figure(overhead)
    return np.maximum(staff * wages + spend, 1.0)


def estimated(case: Case, figure: str, per: str, code: str) -> Values:
    """One municipality's own draws of a figure of today, times its driver ``per`` where there is one."""
    values = case.draws.of_municipality(figure, code)
    if per:
        values = values * case.origins[code, per].values
    return Values(values, "estimate", figure)


def today_cost(case: Case, staff: Values, spend: Values) -> Floats:
    """Yearly cost of a service as it is now for one municipality, (D,) euro including net VAT."""
    post = prices.own_post(case, case.common.overhead_own, shifts=False)
    taxed = staff.values * post.hired + spend.values
    return np.asarray(staff.values * post.total + spend.values + taxed * prices.net_vat_rate(case))


def remains(case: Case, study: Study, code: str) -> Floats:
    """What a municipality keeps paying in the end of what it pays now, (D,) euro a year.

    By its own answer where it gave one, else by the estimate.
    """
    now = today_of(case, study, code)
    answer = release_of(case, study, code)
    return unreleased(case, *now) if answer is None else today_cost(case, *now) * (1 - answer)


def release_of(case: Case, study: Study, code: str) -> float | None:
    """The part of today's cost that a municipality says is released in the end; None without an answer."""
    return study.baseline.value(code, f"{case.key}.{RELEASED}")


def unreleased(case: Case, staff: Values, spend: Values) -> Floats:
    """The estimate of what a municipality keeps paying of today's cost after joining, (D,) euro a year.

    Part of a job releases less than a whole one, and the overhead of a job hardly; contracts release after
    their end.
    """
    common = case.common
    post = prices.own_post(case, common.overhead_own, shifts=False)
    vat = prices.net_vat_rate(case)
    released = np.where(
        staff.values >= 1.0, case.figure(common.release_whole), case.figure(common.release_part)
    )
    overhead = case.figure(common.overhead_own)
    people = staff.values * (post.total - overhead + post.hired * vat) * (1 - released)
    stays = staff.values * overhead * (1 - case.figure(common.release_overhead))
    return np.asarray(people + stays + spend.values * (1 + vat) * (1 - case.figure(common.release_contract)))
