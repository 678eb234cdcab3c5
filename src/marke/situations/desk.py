"""A run laid open: what is asked of it again and again, worked out once and kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from marke.engine import trace
from marke.engine.admission import Rule, admission_rule, may_form
from marke.engine.burden import within_player
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.explore import Explored
from marke.engine.sampled import Sampled
from marke.findings import Findings, ServiceFinding
from marke.findings.model import GateFinding, VariantFinding
from marke.games import members_of
from marke.region import inhabitants_in
from marke.run import Run
from marke.situations.circles import Picture, draw_circles
from marke.study import Study

SLIDERS = 6
"""Figures that can be moved at the table: those that explain most of the saving of all together."""


@dataclass(frozen=True)
class Slider:
    """A figure that can be moved within its range; ``scale`` turns its unit into what is shown (percents)."""

    id: str
    label: str
    unit: str
    low: float
    mode: float
    high: float
    scale: float
    source: str
    status: str


@dataclass(frozen=True)
class Sheet:
    """One service of a run, laid open. Players are in the order of the game's bits."""

    explored: Explored
    study: Study
    finding: ServiceFinding
    findings: Findings

    @property
    def key(self) -> str:
        """The service's key."""
        return self.case.key

    @property
    def case(self) -> Case:
        """The service, ready to be computed."""
        return self.explored.case

    @property
    def draws(self) -> int:
        """How many draws the run had: as many digits of a chance are told as these support."""
        return self.findings.study.draws

    @property
    def region(self) -> str:
        """The region's name."""
        return self.findings.study.region

    @property
    def level(self) -> str:
        """The key of the level that the study chose."""
        return self.study.settings.services[self.key].level

    @property
    def everyone(self) -> int:
        """The mask of all players."""
        return (1 << len(self.case.players)) - 1

    @property
    def exact(self) -> bool:
        """Whether every coalition was computed, and not a sample."""
        return not isinstance(self.explored, Sampled)

    @cached_property
    def player_of(self) -> Mapping[str, int]:
        """The player that each municipality (CBS code) belongs to."""
        return {m.code: number for number, player in enumerate(self.case.players) for m in player}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of each municipality by CBS code."""
        return {m.code: m.name for player in self.case.players for m in player}

    @cached_property
    def parts(self) -> tuple[tuple[str, int, float], ...]:
        """Every municipality in order of code: its code, its player, and its part of that player's share."""
        rows = [
            (m.code, number, float(part))
            for number, player in enumerate(self.case.players)
            for m, part in zip(player, within_player(self.case, number), strict=True)
        ]
        return tuple(sorted(rows))

    @cached_property
    def alone(self) -> Floats:
        """Expected cost alone of every player, (n,) euro a year."""
        return np.asarray(self.explored.alone.cost.mean(axis=0))

    @cached_property
    def today(self) -> Floats:
        """Expected cost today of every player, (n,) euro a year: what was released, else estimates."""
        return np.asarray(self.explored.now.players.mean(axis=0))

    @cached_property
    def own(self) -> Mapping[str, Floats]:
        """Per variant what every player keeps paying itself in a group, (n,) euro a year in expectation."""
        players = range(len(self.case.players))
        return {
            variant: np.array([trace.own_of_member(self.case, variant, player).mean for player in players])
            for variant in self.case.variants
        }

    @cached_property
    def drivers(self) -> Floats:
        """Expected use of the service by every player, (n,), in the unit of its driver."""
        return np.asarray(self.case.drivers[self.case.service.use].mean(axis=0))

    @cached_property
    def sliders(self) -> Mapping[str, Slider]:
        """The figures that can be moved, the most important first."""
        known = {figure.id: figure for figure in self.findings.figures}
        influences = self.finding.uncertainty[0].influences
        found = [known[each.figure] for each in influences]
        return {
            figure.id: Slider(
                figure.id,
                figure.label,
                "%" if figure.unit.startswith("deel") else figure.unit,
                figure.low,
                figure.mode,
                figure.high,
                100.0 if figure.unit.startswith("deel") else 1.0,
                figure.source,
                figure.status,
            )
            for figure in found[:SLIDERS]
        }

    def mask(self, codes: frozenset[str]) -> int:
        """The coalition of these municipalities: a bloc is in with one of its municipalities."""
        return sum(1 << player for player in {self.player_of[code] for code in codes})

    def codes(self, mask: int) -> frozenset[str]:
        """The CBS codes of the members of a coalition."""
        return frozenset(m.code for player in members_of(mask) for m in self.case.players[player])

    def place(self, mask: int) -> int | None:
        """Where a coalition stands in the stored statistics; None where a sample does not hold it."""
        masks = self.explored.masks
        at = int(np.searchsorted(masks, mask))
        return at if at < len(masks) and int(masks[at]) == mask else None

    def allows(self, variant: str, mask: int) -> bool:
        """Whether a form admits a group."""
        return bool(may_form(self._rules[variant], np.array([mask]))[0])

    @cached_property
    def _rules(self) -> Mapping[str, Rule]:
        return {variant: admission_rule(self.case, variant) for variant in self.case.variants}

    def variant(self, key: str) -> VariantFinding:
        """What was found of a joint variant."""
        return next(each for each in self.finding.variants if each.key == key)

    def gates(self, variant: str) -> tuple[GateFinding, ...]:
        """What must be settled before a variant can start."""
        return self.variant(variant).gates


class Desk:
    """A run laid open; a service is read when it is first asked for, and then kept."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._sheets: dict[str, Sheet] = {}

    @property
    def services(self) -> tuple[str, ...]:
        """The keys of the services, in the order of the study."""
        return tuple(self.run.question.study.settings.services)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The short name of each service; for these no service is laid open."""
        return {service.key: service.short for service in self.run.findings.services}

    @cached_property
    def picture(self) -> Picture:
        """The region as circles."""
        study = self.run.question.study
        municipalities, year = study.region.municipalities, study.settings.inhabitants_year
        return draw_circles(municipalities, [float(inhabitants_in(m, year)) for m in municipalities])

    def sheet(self, service: str) -> Sheet:
        """One service; raises InputError when the run has no such service."""
        if service not in self._sheets:
            explored = self.run.explored(service)
            finding = next(each for each in self.run.findings.services if each.key == service)
            study = self.run.question.study
            self._sheets[service] = Sheet(explored, study, finding, self.run.findings)
        return self._sheets[service]
