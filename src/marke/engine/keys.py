"""Cost keys: the ways in which what a group pays together is divided over its members."""

from collections.abc import Callable, Collection, Mapping

import numpy as np

from marke.engine.burden import Group
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.work import work_joint
from marke.games import (
    nucleolus,
    prenucleolus,
    separable_costs_remaining_benefits,
    shapley,
    tau_value,
)

LINEAR = ("equal", "per_inhabitant", "mixed", "per_use", "free")
"""Keys that split what is joint by fixed shares; ``free`` only where the study states percentages."""

EACH_DRAW = ("proportional_to_alone", "scrb", "shapley")
"""Keys that divide the whole cost of every draw's own game."""

EXPECTED = ("tau", "nucleolus")
"""Keys that are worked out on the expected game only."""

Shares = Mapping[str, Floats]
"""Per key, each member's share of what is joint: (p,), adding to 1, maybe negative; NaN where undefined."""


def keys_of(case: Case) -> tuple[str, ...]:
    """The keys that this case can be divided by, in the order in which they are told."""
    linear = LINEAR if case.percentages is not None else LINEAR[:-1]
    return (*linear, *EACH_DRAW, *EXPECTED)


def divide(
    case: Case,
    group: Group,
    alone: Floats,
    game: Floats,
    standing: Floats,
    keys: Collection[str] | None = None,
) -> Shares:
    """Shares of the joint cost under the ``keys`` (all of ``keys_of``), in expectation.

    ``alone`` (p,) and ``game`` (2^p,) are expected costs of the members and of their coalitions in the
    group's form; ``standing`` (2^p,) is the game in which a smaller group may take its cheapest form.
    Keys that divide the whole give what remains after a member's own cost as its share of what is joint.
    """
    wanted = [key for key in keys_of(case) if keys is None or key in keys]
    own = np.array([step.mean for step in group.own])
    joint = game[-1] - own.sum()
    whole = game_allocations(alone, game, standing, wanted)
    shares = {
        **linear_shares(case, group, wanted),
        **{key: (value - own) / joint for key, value in whole.items()},
    }
    return {key: shares[key] for key in wanted}


def linear_shares(case: Case, group: Group, keys: Collection[str] = LINEAR) -> Shares:
    """Shares (p,) under those of the ``keys`` that need no game.

    ``mixed``: what every organisation adds equally is split equally, the rest by the driver it grows with.
    ``per_use``: by the one driver that measures the service's use. ``free``: the study's percentages.
    """
    members = list(group.members)
    rules: dict[str, Callable[[], Floats]] = {
        "equal": lambda: np.full(len(members), 1 / len(members)),
        "per_inhabitant": lambda: case.inhabitants[members] / case.inhabitants[members].sum(),
        "mixed": lambda: _mixed(case, group),
        "per_use": lambda: _use(case, case.service.use, members),
    }
    if (stated := case.percentages) is not None:
        rules["free"] = lambda: scaled(stated[members])
    return {key: rule() for key, rule in rules.items() if key in keys}


def scaled(weights: Floats) -> Floats:
    """Weights (p,) as shares that add to 1; NaN where all are 0."""
    with np.errstate(invalid="ignore"):
        return np.asarray(weights / weights.sum())


def _use(case: Case, driver: str, members: list[int]) -> Floats:
    expected = case.drivers[driver].mean(axis=0)[members]
    return np.asarray(expected / expected.sum())


def _mixed(case: Case, group: Group) -> Floats:
    members = list(group.members)
    parts = cost_by_driver(case, group)
    whole = sum(parts.values())
    equal = np.full(len(members), 1 / len(members))
    split = (equal if not driver else _use(case, driver, members) for driver in parts)
    return np.asarray(sum(part / whole * share for part, share in zip(parts.values(), split, strict=True)))


def cost_by_driver(case: Case, group: Group) -> dict[str, float]:
    """Expected joint cost before setbacks by the driver it grows with, euro a year; '' grows with none.

    The team is counted by the hours of its work packages.
    """
    before = group.charge.part("before")
    hours = {key: work_joint(case, w, group.members).mean for key, w in case.service.work.items()}
    people = before.part("people").mean + before.part("lead").mean
    parts = {"": 0.0}

    def add(per: str, amount: float) -> None:
        driver = per if per in case.drivers else ""
        parts[driver] = parts.get(driver, 0.0) + amount

    for key, work in case.service.work.items():
        add(work.per, people * hours[key] / sum(hours.values()))
    for step in before.parts:
        if step.key in case.service.lines:
            add(case.service.lines[step.key].per, step.mean)
        elif step.key not in ("people", "lead"):
            add("", step.mean)
    return parts


def game_allocations(
    alone: Floats, game: Floats, standing: Floats, keys: Collection[str]
) -> dict[str, Floats]:
    """Divide c(S) of one game under those of the ``keys`` that need it: costs (p,), NaN where undefined.

    ``game`` (2^p,) holds the group's form for every coalition; ``standing`` the same for the whole group but
    the cheapest form for every smaller one, which is what the nucleolus weighs (``least_objection``).
    """
    rules: dict[str, Callable[[], Floats]] = {
        "proportional_to_alone": lambda: game[-1] * alone / alone.sum(),
        "scrb": lambda: separable_costs_remaining_benefits(game),
        "shapley": lambda: shapley(game),
        "tau": lambda: tau_value(game),
        "nucleolus": lambda: least_objection(standing),
    }
    return {key: rule() for key, rule in rules.items() if key in keys}


def least_objection(standing: Floats) -> Floats:
    """Nucleolus (..., n) of games (..., 2^n); the prenucleolus where nobody can be spared more than alone."""
    value = nucleolus(standing)
    missing = np.isnan(value).any(axis=-1)
    if missing.any():
        value[missing] = prenucleolus(standing[missing])
    return value


def estimated_from_inhabitants(case: Case, key: str, members: tuple[int, ...]) -> bool:
    """Whether a key by use rests on drivers that nobody answered, so that it follows the inhabitants."""
    if key not in ("mixed", "per_use"):
        return False
    packages = {work.per for work in case.service.work.values()} & case.drivers.keys()
    used = {case.service.use} if key == "per_use" else packages
    codes = [m.code for player in members for m in case.players[player]]
    return all(case.origins[code, driver].origin != "answer" for code in codes for driver in used)
