"""The door to the compiled loop: what it needs room for is made here, and its results get their shape."""

from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from marke.engine import kernel
from marke.engine.draws import Floats
from marke.engine.kernel import BATCH, ROW_PLAYERS, VARIANTS, Divided, Scratch, Tables, Terms, Totals
from marke.engine.keys import EACH_DRAW

LINE = 64
NO_COSTS: Floats = np.empty((0, 0, 0, 0))


def aligned(shape: tuple[int, ...]) -> Floats:
    """Return room for numbers that starts at a cache line, so that no vector of eight straddles two."""
    size = prod(shape)
    room = np.empty(size + LINE // 8 - 1)
    start = -room.ctypes.data % LINE // 8
    return room[start : start + size].reshape(shape)


def _make_tables(terms: Terms, width: int, lines: int) -> Tables:
    variants, count = terms.price.shape[:2]
    largest = terms.largest.shape[1]
    adding = VARIANTS + variants * (2 + count)
    return Tables(
        low=aligned((BATCH, adding, width)),
        high=aligned((BATCH, adding, lines)),
        largest_low=aligned((BATCH, variants, largest, width)),
        largest_high=aligned((BATCH, variants, largest, lines)),
        work=np.empty((BATCH, variants), np.bool_),
        volume=np.empty((BATCH, variants, count), np.bool_),
    )


def _make_scratch(terms: Terms, width: int, lines: int, keys: int) -> Scratch:
    variants, _, players = terms.linear.shape
    return Scratch(
        envelope=aligned((BATCH, lines, width)),
        low_sums=aligned((BATCH, variants, width)),
        high_sums=aligned((BATCH, variants, lines)),
        edge=aligned((BATCH, variants, players + 1)),
        volumes=aligned((terms.price.shape[1], width)),
        high=aligned((lines,)),
        paid=aligned((keys, players)),
        **{name: aligned((width,)) for name in ("steps", "room", "cost", "alone", "low", "best")},
    )


def _standing_apart(terms: Terms, width: int) -> NDArray[np.bool_]:
    """Which coalitions cost what their members cost alone: (V, R, 2^l)."""
    variants, _, players = terms.linear.shape
    apart = ~terms.allowed
    apart[:, [0, *(1 << np.arange(players))]] = True
    return np.asarray(apart.reshape(variants, -1, width))


class Prepared(NamedTuple):
    """What does not change from draw to draw.

    Who stands apart (V, R, 2^l), whether anybody in a row does (V, R), the Shapley weights by number of high
    players (rows differ in nothing else), and room to work in.
    """

    apart: NDArray[np.bool_]
    mixed: NDArray[np.bool_]
    weights: Floats
    tables: Tables
    scratch: Scratch


def prepare(terms: Terms, shapley_weights: Floats, keys: int) -> Prepared:
    """Make room for a replicate that is divided under ``keys`` keys; ``shapley_weights`` is (2^n,)."""
    players = terms.linear.shape[2]
    width = 2 ** min(players, ROW_PLAYERS)
    lines = 2**players // width
    apart = _standing_apart(terms, width)
    weights = aligned((max(players - ROW_PLAYERS, 0) + 1, width))
    for size in range(len(weights)):
        weights[size] = shapley_weights.reshape(lines, width)[2**size - 1]
    tables, scratch = _make_tables(terms, width, lines), _make_scratch(terms, width, lines, keys)
    return Prepared(apart, np.asarray(apart.any(axis=2)), weights, tables, scratch)


def evaluate(terms: Terms, alone: Floats) -> Floats:
    """Costs (V, T, 2^n) of every coalition in every variant and draw; inputs as for ``simulate``."""
    variants, draws, players = terms.linear.shape
    apart, mixed, weights, tables, scratch = prepare(terms, np.zeros(1 << players), 0)
    costs = aligned((variants, draws, *apart.shape[1:]))
    nothing = np.empty((0, 0, 0))
    totals = Totals(*[nothing] * len(Totals._fields))
    divided = Divided(NO_COSTS, nothing, np.empty((0, 0, 0), np.int32))
    kernel.run(
        terms, apart, mixed, alone, alone, nothing, weights, 0.0, tables, scratch, totals, divided, costs
    )
    return costs.reshape(variants, draws, -1)


def simulate(
    terms: Terms,
    alone: Floats,
    today: Floats,
    shares: Floats,
    shapley_weights: Floats,
    materiality: float,
) -> tuple[Totals, Divided]:
    """Run one replicate: every coalition of every variant in every draw.

    With V variants, T draws, n players and L linear keys: ``terms`` holds the programs, ``alone`` and
    ``today`` are (T, n), ``shares`` (V, L, n), each row adding to 1, ``shapley_weights`` (2^n,). The keys
    are the L linear ones, proportional to alone, SCRB and Shapley (``keys``).
    """
    variants, draws, players = terms.linear.shape
    keys = shares.shape[1] + len(EACH_DRAW)
    apart, mixed, weights, tables, scratch = prepare(terms, shapley_weights, keys)
    totals = Totals(*aligned((len(Totals._fields), *apart.shape)))
    for each in totals:
        each[:] = 0.0
    divided = Divided(
        np.empty((variants, keys, draws, players)),
        np.empty((variants, keys, draws)),
        np.empty((variants, keys, draws), np.int32),
    )
    kernel.run(
        terms, apart, mixed, alone, today, shares, weights, materiality,
        tables, scratch, totals, divided, NO_COSTS,
    )  # fmt: skip
    return Totals(*(each.reshape(variants, -1) for each in totals)), divided
