"""A game as a table "coalition,cost": reading it, and telling what the package finds in it."""

import csv
import re
from collections.abc import Callable, Iterable

import numpy as np

from marke.games.errors import PLAYERS_AT_MOST, NotAGameError, TooManyPlayersError
from marke.games.keys import equal, proportional_to_alone, separable_costs_remaining_benefits, tau_value
from marke.games.lattice import Floats, members_of
from marke.games.lexicographic import least_core, nucleolus, per_capita_nucleolus
from marke.games.marginal import shapley
from marke.games.partition import is_subadditive, optimal_structure
from marke.games.stability import TOLERANCE, blocking_count, in_core, is_concave, most_blocking

ALLOCATIONS: dict[str, Callable[[Floats], Floats]] = {
    "equal": equal,
    "prop. to alone": proportional_to_alone,
    "SCRB": separable_costs_remaining_benefits,
    "Shapley": shapley,
    "tau": tau_value,
    "nucleolus": nucleolus,
    "per-cap. nucl.": per_capita_nucleolus,
}


def read_table(lines: Iterable[str]) -> tuple[list[str], Floats]:
    """Read "coalition,cost" rows: player names in order of appearance (n,), and the game (2^n,).

    A coalition is names joined by + or spaces; a first row whose cost is no number is a header. Raises
    NotAGameError with the line for a bad, double or missing coalition, TooManyPlayersError above 24 players.
    """
    names: dict[str, int] = {}
    costs: dict[int, float] = {}
    for number, row in enumerate(csv.reader(lines), start=1):
        if not any(field.strip() for field in row):
            continue
        if len(row) != 2:
            raise NotAGameError(f"line {number}: expected coalition,cost but found {len(row)} columns")
        cost = _number(row[1])
        if cost is None:
            if number == 1:
                continue
            raise NotAGameError(f"line {number}: the cost {row[1].strip()!r} is not a finite number")
        mask = _mask(row[0], names, number)
        if mask in costs:
            raise NotAGameError(f"line {number}: coalition {row[0].strip()} is given twice")
        costs[mask] = cost
    return list(names), _game(list(names), costs)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def _mask(text: str, names: dict[str, int], number: int) -> int:
    members = [name for name in re.split(r"[+\s]+", text.strip()) if name]
    if not members:
        raise NotAGameError(f"line {number}: the coalition is empty")
    if len(set(members)) < len(members):
        raise NotAGameError(f"line {number}: coalition {text.strip()} names a player twice")
    return sum(1 << names.setdefault(name, len(names)) for name in members)


def _game(names: list[str], costs: dict[int, float]) -> Floats:
    if not names:
        raise NotAGameError("the table holds no coalition; expected rows like A+B,120")
    if len(names) > PLAYERS_AT_MOST:
        raise TooManyPlayersError(len(names))
    size = 1 << len(names)
    missing = size - 1 - len(costs)
    if missing:
        first = next(mask for mask in range(1, size) if mask not in costs)
        more = f"and {missing - 1} more are" if missing > 1 else "is"
        raise NotAGameError(f"coalition {label(names, first)} {more} missing: every group needs a cost")
    game = np.zeros(size)
    game[list(costs)] = list(costs.values())
    return game


def label(names: list[str], mask: int) -> str:
    """Names of the members of ``mask`` joined by +."""
    return "+".join(names[player] for player in members_of(mask))


def describe(names: list[str], game: Floats) -> str:
    """Allocations and stability of one game (2^n,) as text, a column for each player."""
    width = max(9, *(len(name) + 1 for name in names))
    lines = [
        f"{'allocation':15}" + "".join(f"{name:>{width}}" for name in names) + "  in core  most blocking"
    ]
    for title, allocate in ALLOCATIONS.items():
        value = allocate(game)
        if np.isnan(value).any():
            lines.append(f"{title:15}  undefined for this game")
            continue
        shares = "".join(f"{share:>{width}.2f}" for share in value)
        lines.append(f"{title:15}{shares}  {_stability(names, game, value)}")
    return "\n".join([*lines, "", *_facts(names, game)])


def _stability(names: list[str], game: Floats, value: Floats) -> str:
    if in_core(game, value):
        return "yes"
    mask, gain = most_blocking(game, value)
    count = int(blocking_count(game, value))
    return f"no       {label(names, mask)} gains {gain:.2f} ({count} blocking)"


def _facts(names: list[str], game: Floats) -> list[str]:
    epsilon = float(least_core(game)[0])
    core = "empty" if epsilon > TOLERANCE else "not empty"
    answer = {True: "yes", False: "no"}
    total, groups = optimal_structure(game)
    return [
        f"subadditive: {answer[bool(is_subadditive(game))]}; concave: {answer[bool(is_concave(game))]}",
        f"least core: epsilon {epsilon:.2f}, so the core is {core}",
        f"all together {game[-1]:.2f}; cheapest partition {total:.2f}: "
        + " | ".join(label(names, mask) for mask in groups),
    ]
