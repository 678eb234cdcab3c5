"""One service of one study, ready to be computed: its players, drivers, draws and settings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np

from marke.admission import Admission, variants_of
from marke.catalogue import Catalogue, Service
from marke.catalogue.schema import Common, class_of
from marke.engine.draws import Draws, Floats
from marke.region import Country, Municipality, inhabitants_in
from marke.study import Study

Rest = ParamSpec("Rest")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Values:
    """A quantity of one municipality: ``values`` of shape (D,) and where it came from."""

    values: Floats
    origin: str
    figure: str = ""


@dataclass(frozen=True)
class Case:
    """Everything one service's arithmetic needs; players are in the order of the game's bits.

    ``drivers[key]`` has shape (D, n): the sum over each player's municipalities. ``reference[key]`` is the
    driver of an average municipality of the country, from which a volume discount starts.
    """

    key: str
    service: Service
    catalogue: Catalogue
    draws: Draws
    players: tuple[tuple[Municipality, ...], ...]
    names: tuple[str, ...]
    effort: str
    persons: str
    variants: tuple[str, ...]
    admissions: Mapping[str, Admission]
    drivers: Mapping[str, Floats]
    sizes: Floats
    inhabitants: Floats
    reference: Mapping[str, float]
    origins: Mapping[tuple[str, str], Values]
    vat_rate: float
    annuity: float
    percentages: Floats | None
    """The study's free key: each player's share (n,), adding to 1."""
    worked: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What functions marked ``once`` worked out already."""

    @property
    def common(self) -> Common:
        """The ids of the figures that every service uses."""
        return self.catalogue.common

    def figure(self, figure_id: str) -> Floats:
        """The draws of a figure, shape (D,)."""
        return self.draws[figure_id]

    def with_figure(self, figure_id: str, value: float) -> "Case":
        """The same case with one figure fixed at ``value`` in every draw; drivers keep their values."""
        values = {**self.draws.values, figure_id: np.full(self.draws.count, value)}
        return replace(self, draws=replace(self.draws, values=values))

    def steering(self, variant: str) -> tuple[str, str]:
        """The figures of a joint variant's steering: for the group, and per member."""
        joint = self.service.joint[variant]
        form = self.catalogue.forms[joint.form]
        return joint.steering_group or form.steering_group, joint.steering_member or form.steering_member


def once(function: Callable[Concatenate[Case, Rest], Result]) -> Callable[Concatenate[Case, Rest], Result]:
    """Let a function keep in the case what it worked out, because it is asked for very often.

    Its other arguments must be hashable, and what it gives is not to be written in.
    """

    @wraps(function)
    def kept(case: Case, /, *args: Rest.args, **named: Rest.kwargs) -> Result:
        asked = (function, args, *named.items())
        if asked not in case.worked:
            case.worked[asked] = function(case, *args, **named)
        found: Result = case.worked[asked]
        return found

    return kept


@dataclass(frozen=True)
class Origins:
    """Every municipality's drivers, drawn once for all services: (code, driver) -> Values."""

    values: Mapping[tuple[str, str], Values]
    reference: Mapping[str, float]


def annuity(rate: float, years: int) -> float:
    """Yearly payment for one euro now, over ``years`` at real ``rate``; 1 / years at rate 0."""
    return 1 / years if rate == 0 else rate / (1 - (1 + rate) ** -years)


def draw_origins(study: Study, catalogue: Catalogue, country: Country, draws: Draws) -> Origins:
    """Measure, take from the baseline, or estimate every driver of every municipality of the study."""
    year = study.settings.inhabitants_year
    known = [m.inhabitants[year] for m in country.municipalities]
    average = float(np.mean([count for count in known if count is not None]))
    reference: dict[str, float] = {}
    for key, driver in catalogue.drivers.items():
        if driver.fact:
            reference[key] = average
        else:
            rate = catalogue.figures[_rate(catalogue, key, average)].mode
            reference[key] = rate * (reference[driver.of] if driver.of else 1.0)
    return Origins(_driver_values(study, catalogue, draws), reference)


def with_draws(case: Case, study: Study, draws: Draws) -> Case:
    """The same service with other draws, from which its drivers are estimated anew."""
    origins = Origins(_driver_values(study, case.catalogue, draws), case.reference)
    return make_case(study, case.catalogue, draws, origins, case.key)


def _driver_values(study: Study, catalogue: Catalogue, draws: Draws) -> dict[tuple[str, str], Values]:
    values: dict[tuple[str, str], Values] = {}
    for key in catalogue.drivers:
        for municipality in study.region.municipalities:
            values[municipality.code, key] = _driver_value(study, catalogue, draws, municipality, key, values)
    return values


def _driver_value(
    study: Study,
    catalogue: Catalogue,
    draws: Draws,
    municipality: Municipality,
    key: str,
    known: Mapping[tuple[str, str], Values],
) -> Values:
    driver = catalogue.drivers[key]
    count = inhabitants_in(municipality, study.settings.inhabitants_year)
    if driver.fact:
        return Values(np.full(draws.count, float(count)), "cbs")
    answer = study.baseline.value(municipality.code, key)
    if answer is not None:
        return Values(np.full(draws.count, answer), "answer")
    rate = _rate(catalogue, key, count)
    values = draws.of_municipality(rate, municipality.code)
    if driver.of:
        values = values * known[municipality.code, driver.of].values
    return Values(values, "estimate", rate)


def _rate(catalogue: Catalogue, driver: str, inhabitants: float) -> str:
    return class_of(catalogue.drivers[driver].classes, inhabitants).rate


def make_case(study: Study, catalogue: Catalogue, draws: Draws, origins: Origins, key: str) -> Case:
    """Gather one service: its players, their summed drivers, and the study's settings."""
    settings = study.settings
    scope = settings.services[key]
    service = catalogue.services[key]
    level = service.levels[scope.level]
    variants = variants_of(key, scope.variants, catalogue, study.admissions)
    players = study.players(key)

    def per_player(driver: str) -> Floats:
        return np.stack(
            [np.sum([origins.values[m.code, driver].values for m in p], axis=0) for p in players], axis=1
        )

    drivers = {driver: per_player(driver) for driver in catalogue.drivers}
    vat = catalogue.rules["vat"]
    return Case(
        key=key,
        service=service,
        catalogue=catalogue,
        draws=draws,
        players=players,
        names=tuple(study.bloc_name(player, key) for player in players),
        effort=level.effort,
        persons=level.minimum_persons or service.team.minimum_persons,
        variants=variants,
        admissions={
            variant: study.admissions.get(
                (key, variant),
                Admission(capacity=catalogue.forms[service.joint[variant].form].capacity),
            )
            for variant in variants
        },
        drivers=drivers,
        sizes=np.array([len(player) for player in players], dtype=np.float64),
        inhabitants=drivers["inhabitants"][0].copy(),
        reference=origins.reference,
        origins=origins.values,
        vat_rate=float(vat.value or 0.0),
        annuity=annuity(settings.discount_rate, settings.horizon),
        percentages=_percentages(study, players),
    )


def _percentages(study: Study, players: tuple[tuple[Municipality, ...], ...]) -> Floats | None:
    stated = study.percentages
    return None if stated is None else np.array([sum(stated[m.code] for m in p) for p in players])
