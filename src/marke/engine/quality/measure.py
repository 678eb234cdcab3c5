"""The criteria of quality, alone and together: every one a step that knows its formula and figures.

``docs/quality.md`` states the same equations with their sources. All values have shape (D,).
"""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce

import numpy as np

from marke.catalogue import Work
from marke.engine.case import Case
from marke.engine.prices import seat_fte
from marke.engine.quality.crew import Crew, capacity, make_crew, servers
from marke.engine.quality.waiting import mean_remaining, mean_wait
from marke.engine.step import Members, Step, total
from marke.engine.trace import team_alone, team_joint
from marke.engine.work import driver_step, local_part, work_alone, work_joint

Measures = Mapping[str, Step]
"""By criterion (``compare.LOWER_IS_BETTER``) the value of one player, without those that do not apply."""

HALF_DAYS = 10
"""Half-days in a working week."""


def measure_alone(case: Case, variant: str, player: int) -> Measures:
    """Measure one player on its own in one alone variant.

    Work that is bought counts as if as many people did it as the hours ask.
    """
    chosen = case.service.alone[variant]
    crew = make_crew(case, team_alone(case, chosen, player), least=None, seats=chosen.seats)
    quality = case.catalogue.quality
    found = {
        "continuity": _continuity(case, crew),
        "waiting": _waiting(case, crew, lambda work: work_alone(case, work, player)),
        "presence": _half_days(case, crew.fte, quality.on_site_own, case.sizes[player]),
        "concentration": _own_share(case, player),
    }
    if case.service.quality.incident:
        help_given = _help(case, [crew.fte], "eigen mensen")
        covered = _covered(help_given, _help_asked(case, (player,)))
        found |= {"incident_one": covered, "incident_all": covered}
    if case.service.quality.round_the_clock:
        found["round_the_clock"] = _round_the_clock(case, crew)
    return found


def measure_together(case: Case, variant: str, members: Members) -> tuple[Measures, ...]:
    """Measure a coalition in one joint variant, for each of its members in order.

    What is the same for all members is one and the same step.
    """
    seats = case.service.joint[variant].seats
    crew = make_crew(case, team_joint(case, variant, members), least=case.persons, seats=seats)
    quality = case.catalogue.quality
    halls = case.sizes[list(members)].sum()
    visits = _half_days(case, crew.fte, quality.on_site_joint, halls)
    shared = {
        "continuity": _continuity(case, crew),
        "waiting": _waiting(case, crew, lambda work: work_joint(case, work, members)),
    }
    local = [_local_fte(case, player) for player in members]
    if case.service.quality.incident:
        everyone = _help(case, [crew.fte, *local], "gezamenlijk team en lokale mensen")
        shared["incident_all"] = _covered(everyone, _help_asked(case, members))
    if case.service.quality.round_the_clock:
        shared["round_the_clock"] = _round_the_clock(case, crew)
    reached = case.inhabitants[list(members)].sum() / case.inhabitants.sum()
    found = []
    for own, player in zip(local, members, strict=True):
        there = _half_days(case, own, quality.on_site_own, case.sizes[player])
        measures = {
            **shared,
            "presence": total("", "aanwezig op het gemeentehuis", [there, visits], "dagdelen/week"),
            "concentration": _stops_at_once(case, variant, reached, player),
        }
        if case.service.quality.incident:
            given = _help(case, [crew.fte, own], "gezamenlijk team en eigen lokale mensen")
            measures["incident_one"] = _covered(given, _help_asked(case, (player,)))
        found.append(measures)
    return tuple(found)


def average(measured: Sequence[Measures]) -> Measures:
    """Average each criterion over the members; what is the same for all stays as it is."""
    return {key: _mean([measures[key] for measures in measured]) for key in measured[0]}


def _mean(steps: Sequence[Step]) -> Step:
    if all(step is steps[0] for step in steps):
        return steps[0]
    values = reduce(np.add, (step.values for step in steps)) / len(steps)
    return Step(steps[0].label, values, steps[0].unit, "gemiddelde over de deelnemers", tuple(steps))


def _continuity(case: Case, crew: Crew) -> Step:
    quality = case.catalogue.quality
    there = crew.presence * (1 - case.figure(quality.absence))
    nobody = (1 - there) ** crew.persons.values
    return Step(
        "werkdagen per jaar zonder iemand",
        case.figure(quality.working_days) * nobody,
        "werkdagen/jaar",
        "werkdagen × (1 − deel van de week × (1 − afwezigheid))^mensen",
        (crew.persons,),
        (quality.working_days, quality.absence),
    )


def _waiting(case: Case, crew: Crew, hours_of: Callable[[Work], Step]) -> Step:
    """Mean wait of a request in working days; reactive work counts, and goes before planned work."""
    quality = case.catalogue.quality
    label, unit = "wachten tot iemand begint", "werkdagen"
    packages = [(work, work.reactive) for work in case.service.work.values() if work.reactive]
    if not packages:
        return Step(label, np.zeros(case.draws.count), unit, "geen werk dat als vraag binnenkomt")
    kinds = []
    for work, reactive in packages:
        hours = hours_of(work)
        part = hours.values * case.figure(reactive.share)
        kinds.append(Step(work.label, part, hours.unit, "deel × uren", (hours,), (reactive.share,)))
    asked = total("", "uren voor vragen", kinds, "uur/jaar")
    one = np.ones(case.draws.count)
    remaining = mean_remaining(
        np.stack([kind.values for kind in kinds]),
        np.stack([case.figure(reactive.handling) for _, reactive in packages]),
        np.stack([case.figure(r.variation) if r.variation else one for _, r in packages]),
    )
    busy = case.figure(quality.utilisation) * asked.values / capacity(case, crew)
    people, a_day = servers(case, crew)
    figures = [figure for _, r in packages for figure in (r.handling, r.variation) if figure]
    return Step(
        label,
        mean_wait(people, busy, remaining) / a_day,
        unit,
        "Erlang C × resterende uren van een vraag / (mensen × (1 − bezetting)) / uren per werkdag",
        (asked, crew.persons),
        (*figures, quality.utilisation, case.common.productive_hours, quality.working_days),
    )


def _local_fte(case: Case, player: int) -> Step:
    """Posts of one member's own people that stay beside a joint team."""
    productive = case.common.productive_hours
    values = np.zeros(case.draws.count)
    figures = [productive]
    for work in case.service.work.values():
        if work.local:
            values = values + work_alone(case, work, player).values * local_part(case, work)
            figures.append(work.local)
    formula = "lokaal × uren / productieve uren"
    return Step("lokale mensen", values / case.figure(productive), "fte", formula, (), tuple(figures))


def _half_days(case: Case, fte: Step, on_site: str, halls: float) -> Step:
    """Half-days a week that people are at each of ``halls`` town halls."""
    absence = case.catalogue.quality.absence
    values = fte.values * HALF_DAYS * (1 - case.figure(absence)) * case.figure(on_site) / halls
    formula = f"fte × 10 dagdelen × (1 − afwezigheid) × deel ter plaatse / {halls:g} gemeentehuizen"
    label = "aanwezig op het gemeentehuis"
    return Step(label, values, "dagdelen/week", formula, (fte,), (absence, on_site))


def _help(case: Case, crews: Sequence[Step], whose: str) -> Step:
    """Hours of help that people can give in the first week after an attack."""
    quality = case.catalogue.quality
    fte = reduce(np.add, (step.values for step in crews))
    hours = case.figure(quality.week_hours) * (1 - case.figure(quality.absence)) * case.figure(quality.surge)
    figures = (quality.week_hours, quality.absence, quality.surge)
    formula = "fte × werkweek × (1 − afwezigheid) × extra inzet"
    return Step(f"hulp van {whose}", fte * hours, "uur", formula, tuple(crews), figures)


def _help_asked(case: Case, players: Members) -> Step:
    """Hours of help that players need together in the first week after an attack."""
    incident = case.service.quality.incident
    if incident is None:
        raise ValueError(f"{case.key} asks no help after an attack")
    label, hours = "hulp die nodig is", case.figure(incident.hours)
    if incident.per == "organisation":
        return Step(label, hours * len(players), "uur", "uren × organisaties", (), (incident.hours,))
    units = driver_step(case, incident.per, players)
    return Step(label, hours * units.values, "uur", "uren × maatstaf", (units,), (incident.hours,))


def _covered(given: Step, asked: Step) -> Step:
    return Step(
        "deel van de hulp dat eigen mensen geven",
        np.minimum(given.values / asked.values, 1.0),
        "deel van de hulp",
        "min(hulp / hulp die nodig is, 1)",
        (given, asked),
    )


def _own_share(case: Case, player: int) -> Step:
    share = case.inhabitants[player] / case.inhabitants.sum()
    label = "inwoners van de regio die één storing treft"
    return Step(label, np.full(case.draws.count, share), "deel van de inwoners", "eigen inwoners / regio")


def _stops_at_once(case: Case, variant: str, reached: float, player: int) -> Step:
    """Share of the region's inhabitants that one failure hits: all of the group for the part that is one."""
    at_once = case.catalogue.quality.at_once[case.service.joint[variant].form]
    part, own = case.figure(at_once), _own_share(case, player)
    return Step(
        own.label,
        part * reached + (1 - part) * own.values,
        own.unit,
        "deel dat tegelijk stilvalt × inwoners van de groep + de rest × eigen inwoners, / regio",
        (own,),
        (at_once,),
    )


def _round_the_clock(case: Case, crew: Crew) -> Step:
    """What the people can do at night: 0 needs a contract, 1 an on-call duty, 2 a manned seat."""
    on_call = case.catalogue.quality.on_call_persons
    values = np.where(crew.persons.values >= case.figure(on_call), 1.0, 0.0)
    values = np.where(crew.fte.values >= seat_fte(case), 2.0, values)
    return Step(
        "dag en nacht (0: contract nodig, 1: oproepdienst, 2: bemande plaats)",
        values,
        "trede",
        "2 als fte ≥ 8.760 / productieve uren; anders 1 als er genoeg mensen zijn voor een oproepdienst",
        (crew.fte, crew.persons),
        (case.common.productive_hours, on_call),
    )
