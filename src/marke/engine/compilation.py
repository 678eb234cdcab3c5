"""What a first run waits for: loops compiled side by side, before they are used; later runs find them."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from marke import games

PLAYERS = 13
"""Smaller games are worked out without compiled code, except their nucleolus."""

AXES = {"linear": 3, "own": 3, "fte": 3, "largest": 4, "price": 3, "units": 4, "power": 3}
"""Number of axes of ``Terms``, where it is not two."""


def compile_ahead() -> None:
    """Compile the kernel here and the games in a process beside it; nothing when both were kept.

    What that process does not finish is compiled when it is used.
    """
    from marke.engine import kernel
    from marke.games.compiled import simplex

    functions = kernel.run, simplex.nucleolus_row
    if all(map(_kept, functions)):
        return
    command = [sys.executable, "-c", f"from {__name__} import compile_games; compile_games()"]
    beside = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        compile_kernel()
        ended = beside.wait()
    finally:
        beside.kill()
        beside.wait()
    if ended == 0:
        for version in (version for function in functions for version in _versions(function)):
            version.touch()


def compile_kernel() -> None:
    """Run the kernel on the smallest study."""
    from marke.engine.kernel import Terms
    from marke.engine.simulate import evaluate

    terms = {name: np.ones([1] * AXES.get(name, 2)) for name in Terms._fields if name != "allowed"}
    evaluate(Terms(**terms, allowed=np.ones((1, 2), np.bool_)), np.ones((1, 1)))


def compile_games() -> None:
    """Work out one game in every way that findings ask for."""
    cost = np.sqrt(games.sizes(PLAYERS))
    games.nucleolus(cost)
    games.optimal_structure(cost)
    games.potential(cost)
    games.tau_value(cost)
    games.most_blocking(cost, games.shapley(cost))


def _kept(function: Any) -> bool:
    """Whether a version of a function was kept, or seen to be good, since its file was written."""
    written = Path(function.py_func.__code__.co_filename).stat().st_mtime
    return any(version.stat().st_mtime >= written for version in _versions(function))


def _versions(function: Any) -> Iterator[Path]:
    """The versions of a function in the compiler's cache."""
    return Path(function.stats.cache_path).glob(f"*.{function.__name__}-*.nbi")
