"""How the benchmarks measure and print: interleaved repeats, medians, ratios to a reference row."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDS, SLICE, PATIENCE = 7, 0.01, 3.0  # repeats, seconds of one, seconds of a row's repeats


@dataclass
class Row:
    """A call gives ``per`` results; ratios are to the last ``first`` row; ``limited`` calls stop early."""

    what: str
    players: int
    call: Callable[[], Any] | None
    note: str = ""
    per: float = 1.0
    first: bool = False
    limited: bool = False


def on_one_core() -> None:
    """Keep this process on one core, where the system allows it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def measure(rows: list[Row]) -> list[float]:
    """Median CPU seconds of a result of every row over interleaved repeats, fewer of slow ones; NaN: none."""
    loops = [1] * len(rows)
    taken: list[list[float]] = [[] for _ in rows]
    for turn in range(-1, ROUNDS):
        for place, row in enumerate(rows):
            if row.call is None or sum(taken[place]) * loops[place] > PATIENCE:
                continue
            begin = time.process_time()
            for _ in range(loops[place]):
                row.call()
            each = (time.process_time() - begin) / loops[place]
            if turn >= 0 or each > PATIENCE:
                taken[place].append(each)
            else:
                loops[place] = max(1, int(SLICE / max(each, 1e-9)))
    return [median(one) / row.per if one else np.nan for one, row in zip(taken, rows, strict=True)]


def shown(seconds: float) -> str:
    """A duration with three digits and a fitting unit."""
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def ratio(value: float) -> str:
    """A ratio with two digits, in full from 100."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}"


def table(rows: list[Row]) -> Iterator[str]:
    """Time the rows together and give each its ratio to the reference."""
    yield "| what | players | time | ratio | result |"
    yield "|---|---|---|---|---|"
    first = np.nan
    for row, seconds in zip(rows, measure(rows), strict=True):
        first = seconds if row.first else first
        least = "> " if row.limited else ""
        cells = (
            f"{least}{shown(seconds)} | {least}{ratio(seconds / first)}" if seconds == seconds else "- | -"
        )
        yield f"| {row.what} | {row.players} | {cells} | {row.note} |"
