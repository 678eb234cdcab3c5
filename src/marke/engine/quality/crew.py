"""Who does the work: how many people, what part of the week each is there, and how they are rostered."""

from dataclasses import dataclass

import numpy as np

from marke.engine import prices
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.step import Step


@dataclass(frozen=True)
class Crew:
    """The people of one service: posts, people, and the part of the working week that each is there.

    ``seats`` are the places that are manned round the clock, or None for a team in office hours.
    """

    fte: Step
    persons: Step
    presence: Floats
    seats: str | None


def make_crew(case: Case, fte: Step, *, least: str | None, seats: str | None) -> Crew:
    """Divide posts over people: as many as fit the usual appointment, at least ``least`` and at least one.

    Nobody is there for more than the whole working week.
    """
    appointment = case.catalogue.quality.appointment
    floor = np.floor(case.figure(least) + 0.5) if least else 1.0
    persons = np.maximum(np.floor(fte.values / case.figure(appointment) + 0.5), np.maximum(floor, 1.0))
    figures = (appointment, least) if least else (appointment,)
    formula = "fte / gewone aanstelling, afgerond, ten minste " + ("het kleinste team" if least else "1")
    step = Step("mensen", persons, "personen", formula, (fte,), figures)
    return Crew(fte, step, np.minimum(fte.values / persons, 1.0), seats)


def servers(case: Case, crew: Crew) -> tuple[Floats, Floats]:
    """How many people can take a request, and the hours each has per working day, (D,) each."""
    days = case.figure(case.catalogue.quality.working_days)
    if crew.seats:
        return np.maximum(np.floor(case.figure(crew.seats) + 0.5), 1.0), prices.HOURS_IN_A_YEAR / days
    return crew.persons.values, crew.presence * case.figure(case.common.productive_hours) / days


def capacity(case: Case, crew: Crew) -> Floats:
    """Hours a year in which requests can be taken, (D,)."""
    if crew.seats:
        return servers(case, crew)[0] * prices.HOURS_IN_A_YEAR
    return np.asarray(crew.fte.values * case.figure(case.common.productive_hours))
