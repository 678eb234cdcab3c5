"""How far today's people reach the level that the study asks for."""

import numpy as np

from marke.catalogue.schema import class_of
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.step import Step
from marke.engine.today import estimated
from marke.engine.work import work_alone

SMALLEST_COUNT = 5
"""A count of municipalities below this is not told: it would say too much about one of them."""


def level_reached(case: Case) -> Floats:
    """Share of the level's hours that each player's present people can make: (D, n), at most 1.

    Staff is confidential, so this uses the estimate and never an answer. What is bought outside does
    not count.
    """
    productive = case.figure(case.common.productive_hours)
    reached = []
    for number in range(len(case.players)):
        staff = staff_now(case, number).values
        asked = np.sum([work_alone(case, work, number).values for work in case.service.work.values()], axis=0)
        reached.append(np.minimum(staff * productive / asked, 1.0))
    return np.stack(reached, axis=1)


def staff_now(case: Case, player: int) -> Step:
    """Posts that a player has now, fte: the estimate for municipalities of that size, never an answer."""
    found, figures = np.zeros(case.draws.count), []
    for m in case.players[player]:
        row = class_of(case.service.today, float(case.origins[m.code, "inhabitants"].values[0]))
        staff = estimated(case, row.staff, row.per, m.code)
        found = found + staff.values
        figures += [staff.figure] if staff.figure else []
    return Step("formatie nu", found, "fte", "schatting naar omvang", (), tuple(dict.fromkeys(figures)))


def shown_count(count: int) -> int | None:
    """A count of municipalities as others may see it; None for one below five."""
    return count if count >= SMALLEST_COUNT else None
