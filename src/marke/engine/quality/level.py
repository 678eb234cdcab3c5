"""How far today's people reach the level that the study asks for."""

import numpy as np

from marke.catalogue.schema import class_of
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.today import estimated
from marke.engine.work import work_alone

SMALLEST_COUNT = 5
"""A count of municipalities below this is not told: it would say too much about one of them."""


def level_reached(case: Case) -> Floats:
    """Share of the level's hours that each player's present people can make: (D, n), at most 1.

    Staff is confidential, so this uses the estimate for a municipality of that size and never an answer.
    What is bought outside does not count.
    """
    productive = case.figure(case.common.productive_hours)
    reached = []
    for number, player in enumerate(case.players):
        staff = np.sum([_staff(case, m.code) for m in player], axis=0)
        asked = np.sum([work_alone(case, work, number).values for work in case.service.work.values()], axis=0)
        reached.append(np.minimum(staff * productive / asked, 1.0))
    return np.stack(reached, axis=1)


def _staff(case: Case, code: str) -> Floats:
    row = class_of(case.service.today, float(case.origins[code, "inhabitants"].values[0]))
    return estimated(case, row.staff, row.per, code).values


def shown_count(count: int) -> int | None:
    """A count of municipalities as others may see it; None for one below five."""
    return count if count >= SMALLEST_COUNT else None
