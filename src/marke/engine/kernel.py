"""The compiled inner loop: every coalition of every joint variant of a service, draw by draw.

Arrays over coalitions are indexed by bitmask (bit i = player i); entry 0 is the empty coalition. They are
worked through in rows (``rows``), each for a batch of draws at once, so that running totals stay in cache. Of
size 2^n there are only those totals and an envelope per draw of the batch; nothing of size 2^n x D exists.
"""

from collections import namedtuple

import numpy as np
from numba import njit

from marke.engine import rows
from marke.games.compiled import INNER, LOOP, PART, fold

PARTS = "9d1d2d003139"
"""Digest of ``rows``, ``fold`` and the compiler's options, so that a change there makes this file another."""

ROW_PLAYERS = 8
BATCH = 4
NOTHING = 1e-9

Terms = namedtuple(
    "Terms", "base linear own fte_once fte largest step least post lead threshold price units power allowed"
)
"""``Program`` of V variants for T draws: every array with a leading axis V."""

Tables = namedtuple("Tables", "low high largest_low largest_high work volume")
"""A batch of B draws prepared: what adds up over the l players of a row, and over the others.

``low`` (B, R, 2^l) and ``high`` (B, R, 2^(n-l)) have a row for alone, today and, per variant, fte, linear
cost and J units; ``largest_low`` and ``largest_high`` (B, V, K, ...) hold the largest member's fte. ``work``
(B, V) and ``volume`` (B, V, J): whether a variant needs its own whole steps and volume, not an earlier one's.
"""
ALONE, TODAY, VARIANTS = range(3)

compiled = njit(**INNER)
part = njit(**PART)


@compiled
def _same(one, other):
    differs = 0
    for place in range(one.size):
        differs += one[place] != other[place]
    return differs == 0


@compiled
def _same_work(terms, v, d):
    """Whether a variant has the workload of the one before, so that its whole steps are known already."""
    if v == 0 or terms.step[v, d] != terms.step[v - 1, d] or terms.fte_once[v, d] != terms.fte_once[v - 1, d]:
        return False
    for k in range(terms.largest.shape[1]):
        if not _same(terms.largest[v, k, d], terms.largest[v - 1, k, d]):
            return False
    return _same(terms.fte[v, d], terms.fte[v - 1, d])


@part
def _plan(terms, d, work, volume):
    """Set which variants need whole steps (V,) and volumes (V, J) of their own; none without a price."""
    variants, count = volume.shape
    for v in range(variants):
        work[v] = not _same_work(terms, v, d)
    for j in range(count):
        last = -1
        for v in range(variants):
            known = last >= 0 and terms.power[v, j, d] == terms.power[last, j, d]
            known = known and _same(terms.units[v, j, d], terms.units[last, j, d])
            volume[v, j] = terms.price[v, j, d] != 0.0 and not known
            last = v if volume[v, j] else last


@compiled
def _both_sums(weights, low, high):
    """Subset sums over the players of a row and over the others."""
    small = weights.size if high.size == 1 else ROW_PLAYERS
    fold.subset_sums(weights[:small], low)
    fold.subset_sums(weights[small:], high)


@compiled
def _subset_maxima(weights, out):
    out[0] = 0.0
    size = 1
    for weight in weights:
        for mask in range(size):
            out[size + mask] = max(out[mask], weight)
        size *= 2


@part
def _prepare(terms, alone, today, d, tables, place):
    """Fill the tables for draw ``d`` at ``place`` in the batch."""
    low, high = tables.low[place], tables.high[place]
    work, volume = tables.work[place], tables.volume[place]
    _plan(terms, d, work, volume)
    _both_sums(alone[d], low[ALONE], high[ALONE])
    _both_sums(today[d], low[TODAY], high[TODAY])
    variants, count = volume.shape
    players = alone.shape[1]
    small = players if high.shape[1] == 1 else ROW_PLAYERS
    for v in range(variants):
        row = VARIANTS + (2 + count) * v
        _both_sums(terms.linear[v, d], low[row + 1], high[row + 1])
        if work[v]:
            _both_sums(terms.fte[v, d], low[row], high[row])
            for k in range(terms.largest.shape[1]):
                _subset_maxima(terms.largest[v, k, d, :small], tables.largest_low[place, v, k])
                _subset_maxima(terms.largest[v, k, d, small:], tables.largest_high[place, v, k])
        for j in range(count):
            if volume[v, j]:
                _both_sums(terms.units[v, j, d], low[row + 2 + j], high[row + 2 + j])


@part
def _cost_of_row(terms, d, tables, place, v, h, steps, volumes, room, cost):
    """Cost of the coalitions of row ``h``; ``steps`` and ``volumes`` keep what the next variant may share."""
    low, high = tables.low[place], tables.high[place]
    count = len(volumes)
    row = VARIANTS + (2 + count) * v
    if tables.work[place, v]:
        rows.add(low[row], high[row, h] + terms.fte_once[v, d], steps)
        for k in range(terms.largest.shape[1]):
            rows.add_largest(tables.largest_low[place, v, k], tables.largest_high[place, v, k, h], steps)
        rows.round_up(terms.step[v, d], steps)
    rows.cost_of_team(
        low[row + 1], high[row + 1, h] + terms.base[v, d], steps,
        terms.least[v, d], terms.post[v, d], terms.lead[v, d], terms.threshold[v, d], cost,
    )  # fmt: skip
    for j in range(count):
        if tables.volume[place, v, j]:
            rows.volume(low[row + 2 + j], high[row + 2 + j, h], terms.power[v, j, d], room, volumes[j])
        if terms.price[v, j, d] != 0.0:
            rows.add_scaled(terms.price[v, j, d], volumes[j], cost)


@compiled
def _keep_edge(h, last, cost, edge):
    """Keep the cost of all players but one (n of them) and of all, where this row holds it."""
    small = edge.size - 1 if last == 0 else ROW_PLAYERS
    if h == last:
        for player in range(small):
            edge[player] = cost[cost.size - 1 - (1 << player)]
        edge[-1] = cost[-1]
    for player in range(small, edge.size - 1):
        if h == last - (1 << (player - small)):
            edge[player] = cost[-1]


@compiled
def _sum(values):
    total = 0.0
    for value in values:
        total += value
    return total


@part
def _separable(alone, edge, out):
    """Separable costs, and the rest by alone minus separable; NaN when those add to 0 and a rest is left."""
    rest = edge[-1]
    benefits = 0.0
    for player in range(out.size):
        out[player] = edge[-1] - edge[player]
        rest -= out[player]
        benefits += alone[player] - out[player]
    little = NOTHING * _sum(alone)
    if abs(benefits) > little:
        for player in range(out.size):
            out[player] += rest / benefits * (alone[player] - out[player])
    elif abs(rest) > little:
        out[:] = np.nan


@part
def _allocate(edge, alone, own, shares, low_sums, high_sums, out):
    """Divide the cost of all players: the linear keys split what is joint, the others the whole."""
    whole = edge[-1]
    linear = len(shares)
    joint = whole - _sum(own)
    each = whole / _sum(alone)
    for player in range(own.size):
        for key in range(linear):
            out[key, player] = shares[key, player] * joint + own[player]
        out[linear, player] = each * alone[player]
    _separable(alone, edge, out[linear + 1])
    small = own.size if high_sums.size == 1 else ROW_PLAYERS
    fold.member_sums(low_sums, out[linear + 2, :small])
    fold.member_sums(high_sums, out[linear + 2, small:])
    fold.make_efficient(whole, out[linear + 2])


@compiled
def _most_blocking(allocation, envelope, low, high, largest):
    """What the most blocking group would gain, and its mask, as in ``Divided``."""
    if np.isnan(allocation[0]):
        return np.nan, 0
    _both_sums(allocation, low, high)
    largest[:] = -np.inf
    for h in range(high.size):
        fold.raise_gains(envelope[h], low, high[h], largest)
    gain = fold.largest_of(largest)
    if not gain > 0.0:
        return gain, 0
    return gain, fold.mask_of_gain(gain, envelope, low, high, largest)


@compiled
def _bits(mask):
    count = 0
    while mask:
        mask &= mask - 1
        count += 1
    return count


@part
def _end_envelope(alone, envelope):
    """A single player stands alone; nobody and everybody block nothing."""
    for player in range(alone.size):
        envelope[(1 << player) // envelope.shape[1], (1 << player) % envelope.shape[1]] = alone[player]
    envelope[0, 0] = envelope[-1, -1] = np.inf


Scratch = namedtuple(
    "Scratch", "envelope low_sums high_sums edge steps volumes room cost alone low high best paid"
)
"""Room for a batch of draws (the first four) and for one row or one key."""

Totals = namedtuple("Totals", "sums squares saves material cheaper")
"""Over draws, (V, 2^n) each: cost, squared saving; draws with a saving, a material one, less than today."""

Divided = namedtuple("Divided", "allocation gain blocking")
"""Under k keys: ``allocation`` (V, k, T, n), ``gain`` and ``blocking`` (V, k, T).

What the most blocking group would gain against the lower envelope of the variants, and its mask (0 when
nobody gains); NaN and 0 where a key is undefined.
"""


@part
def _add_row(terms, first, batch, h, weights, apart, mixed, materiality, tables, scratch, totals, costs):
    """Add row ``h`` of all variants to what is kept, or write it to ``costs``, for the draws of a batch."""
    cost, alone = scratch.cost, scratch.alone
    for place in range(batch):
        low, high = tables.low[place], tables.high[place]
        rows.add(low[ALONE], high[ALONE, h], alone)
        scratch.envelope[place, h][:] = np.inf
        for v in range(len(apart)):
            _cost_of_row(
                terms, first + place, tables, place, v, h, scratch.steps, scratch.volumes, scratch.room, cost
            )
            if len(costs):
                rows.choose(apart[v, h], alone, cost, costs[v, first + place, h])
                continue
            if mixed[v, h]:
                rows.stand_apart(apart[v, h], alone, cost, scratch.envelope[place, h])
            else:
                rows.lower(cost, scratch.envelope[place, h])
            scratch.high_sums[place, v, h] = rows.add_weighted(weights, cost, scratch.low_sums[place, v])
            _keep_edge(h, len(scratch.high) - 1, cost, scratch.edge[place, v])
            rows.total(cost, alone, totals.sums[v, h], totals.squares[v, h])
            rows.count_savings(cost, alone, materiality, totals.saves[v, h], totals.material[v, h])
            rows.count_cheaper(cost, low[TODAY], high[TODAY, h], totals.cheaper[v, h])


@part
def _divide(terms, alone, d, place, shares, scratch, divided):
    """Divide one draw's costs under every key and look who would block."""
    envelope, paid = scratch.envelope[place], scratch.paid
    _end_envelope(alone[d], envelope)
    for v in range(len(divided.gain)):
        _allocate(
            scratch.edge[place, v], alone[d], terms.own[v, d], shares[v],
            scratch.low_sums[place, v], scratch.high_sums[place, v], paid,
        )  # fmt: skip
        for key in range(len(paid)):
            for player in range(paid.shape[1]):
                divided.allocation[v, key, d, player] = paid[key, player]
            divided.gain[v, key, d], divided.blocking[v, key, d] = _most_blocking(
                paid[key], envelope, scratch.low, scratch.high, scratch.best
            )


@njit(**LOOP)
def run(
    terms, apart, mixed, alone, today, shares, weights, materiality, tables, scratch, totals, divided, costs
):  # fmt: skip
    """Fill ``totals`` and ``divided``, a batch of draws at a time; ``simulate`` tells what the arrays are.

    Or fill only ``costs`` (V, T, R, 2^l), every coalition's cost in every draw, unless it is empty: one loop
    for both, because compiling it is what a first run waits for.
    """
    for first in range(0, len(alone), BATCH):
        batch = min(BATCH, len(alone) - first)
        for place in range(batch):
            _prepare(terms, alone, today, first + place, tables, place)
        scratch.low_sums[:] = 0.0
        for h in range(len(scratch.high)):
            _add_row(
                terms, first, batch, h, weights[_bits(h)], apart, mixed, materiality,
                tables, scratch, totals, costs,
            )  # fmt: skip
        for place in range(0 if len(costs) else batch):
            _divide(terms, alone, first + place, place, shares, scratch, divided)
