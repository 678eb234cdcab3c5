"""The criteria of quality, alone and together: every one a step that knows its formula and figures.

``docs/quality.md`` states the same equations with their sources. All values have shape (D,).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial, reduce

import numpy as np

from marke.catalogue import Work
from marke.engine.case import Case, once
from marke.engine.prices import seat_fte
from marke.engine.quality.crew import Crew, capacity, make_crew, servers
from marke.engine.quality.level import staff_now
from marke.engine.quality.waiting import mean_remaining, mean_wait
from marke.engine.step import Members, Step, total
from marke.engine.trace import team_alone, team_joint
from marke.engine.work import driver_step, local_part, work_alone, work_joint

Measures = Mapping[str, Step]
"""By criterion (``compare.LOWER_IS_BETTER``) the value of one player, without those that do not apply.

A value is worked out when it is looked at.
"""

HALF_DAYS = 10
"""Half-days in a working week."""


class _Measured(Measures):
    """Measures, each worked out once, when it is looked at."""

    def __init__(self, measure: Mapping[str, Callable[[], Step]]) -> None:
        self._measure = measure
        self._found: dict[str, Step] = {}

    def __getitem__(self, criterion: str) -> Step:
        if criterion not in self._found:
            self._found[criterion] = self._measure[criterion]()
        return self._found[criterion]

    def __iter__(self) -> Iterator[str]:
        return iter(self._measure)

    def __len__(self) -> int:
        return len(self._measure)


def measure_alone(case: Case, variant: str, player: int) -> Measures:
    """Measure one player on its own in one alone variant.

    Work that is bought counts as if as many people did it as the hours ask.
    """
    chosen = case.service.alone[variant]
    crew = make_crew(case, team_alone(case, chosen, player), least=None, seats=chosen.seats)
    return _measure_own(case, crew, player)


def measure_now(case: Case, player: int) -> Measures:
    """Measure one player with the people that it is estimated to have now, at the level asked for.

    How long a request waits for so few is not known: that criterion is not there.
    """
    measured = _measure_own(case, make_crew(case, staff_now(case, player), least=None, seats=None), player)
    return _Measured({key: partial(measured.__getitem__, key) for key in measured if key != "waiting"})


def _measure_own(case: Case, crew: Crew, player: int) -> Measures:
    quality = case.catalogue.quality
    measure: dict[str, Callable[[], Step]] = {
        "continuity": lambda: _continuity(case, crew),
        "waiting": lambda: _waiting(case, crew, lambda work: work_alone(case, work, player)),
        "presence": lambda: _half_days(case, crew.fte, quality.on_site_own, case.sizes[player]),
        "concentration": lambda: _own_share(case, player),
    }
    if case.service.quality.incident:
        measure |= dict.fromkeys(("incident_one", "incident_all"), lambda: _own_help(case, crew, player))
    if case.service.quality.round_the_clock:
        measure["round_the_clock"] = lambda: _round_the_clock(case, crew)
    return _Measured(measure)


def measure_together(case: Case, variant: str, members: Members) -> tuple[Measures, ...]:
    """Measure a coalition in one joint variant, for each of its members in order.

    What is the same for all members is one and the same step.
    """
    seats = case.service.joint[variant].seats
    crew = make_crew(case, team_joint(case, variant, members), least=case.persons, seats=seats)
    quality = case.catalogue.quality
    halls = case.sizes[list(members)].sum()
    visits = _half_days(case, crew.fte, quality.on_site_joint, halls)
    measure: dict[str, Callable[[], Step]] = {
        "continuity": lambda: _continuity(case, crew),
        "waiting": lambda: _waiting(case, crew, lambda work: work_joint(case, work, members)),
    }
    if case.service.quality.incident:
        measure["incident_all"] = lambda: _joint_help(case, crew, members)
    if case.service.quality.round_the_clock:
        measure["round_the_clock"] = lambda: _round_the_clock(case, crew)
    shared = _Measured(measure)
    reached = case.inhabitants[list(members)].sum() / case.inhabitants.sum()

    def of_member(player: int) -> Measures:
        measure: dict[str, Callable[[], Step]] = {
            **{criterion: partial(shared.__getitem__, criterion) for criterion in shared},
            "presence": lambda: _presence(case, player, visits),
            "concentration": lambda: _stops_at_once(case, variant, reached, player),
        }
        if case.service.quality.incident:
            measure["incident_one"] = lambda: _help_for_one(case, crew, player)
        return _Measured(measure)

    return tuple(map(of_member, members))


@once
def measure_everyone(case: Case, variant: str) -> tuple[Measures, ...]:
    """Measure all players together in one joint variant."""
    return measure_together(case, variant, tuple(range(len(case.players))))


def average(measured: Sequence[Measures]) -> Measures:
    """Average each criterion over the members; what is the same for all stays as it is."""
    return _Measured({key: partial(_mean_of, measured, key) for key in measured[0]})


def _mean_of(measured: Sequence[Measures], criterion: str) -> Step:
    return _mean([measures[criterion] for measures in measured])


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


def _presence(case: Case, player: int, visits: Step) -> Step:
    """Half-days a week that a member's own people and those of the joint team are at its town halls."""
    own = _local_fte(case, player)
    there = _half_days(case, own, case.catalogue.quality.on_site_own, case.sizes[player])
    return total("", "aanwezig op het gemeentehuis", [there, visits], "dagdelen/week")


@once
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


def _own_help(case: Case, crew: Crew, player: int) -> Step:
    return _covered(_help(case, [crew.fte], "eigen mensen"), _help_asked(case, (player,)))


def _help_for_one(case: Case, crew: Crew, player: int) -> Step:
    given = _help(case, [crew.fte, _local_fte(case, player)], "gezamenlijk team en eigen lokale mensen")
    return _covered(given, _help_asked(case, (player,)))


def _joint_help(case: Case, crew: Crew, members: Members) -> Step:
    local = [_local_fte(case, player) for player in members]
    given = _help(case, [crew.fte, *local], "gezamenlijk team en lokale mensen")
    return _covered(given, _help_asked(case, members))


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
