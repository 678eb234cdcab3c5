"""Compiled arithmetic on a row of coalitions: every group of the low players, joined by one of high ones.

What adds up over members is a low part per coalition of the row plus one high part, so a row needs no arrays
but short ones that stay in the first cache. Every loop becomes vector instructions; each writes one or two
arrays, because the compiler gives up proving more of them apart. All become part of the kernel: which of them
the compiler would call instead, and how slow that is, changes with every line.
"""

import numpy as np
from numba import njit

from marke.games.compiled import INNER, SUM

FAST = {"contract", "nsz", "arcp", "nnan"}
"""Freedom that lets loops become vector instructions; the same machine still gives the same bytes."""
row_loop = njit(**INNER, forceinline=True, fastmath=FAST)

HALF_BITS = int(np.array(0.5**0.5).view(np.int64))
MANTISSA_BITS = 52
ROUND = 1.5 * 2.0**52
"""Added to a number, this leaves the nearest integer in the lowest bits."""


def _fitted(function, low, high, degree):
    """Coefficients of the polynomial through the Chebyshev points of an interval: nearly the least error."""
    fit = np.polynomial.Chebyshev.interpolate(function, degree, domain=[low, high])
    return tuple(fit.convert(kind=np.polynomial.Polynomial).coef.tolist())


LOG = _fitted(lambda q: 2 * np.log2(np.e) * np.arctanh(q**0.5) / q**0.5, 0.0, (3 - 8**0.5) ** 2, 5)
"""log2(m) = s LOG(s^2) with s = (m - 1) / (m + 1), for m from sqrt(1/2) to sqrt(2)."""
EXP = _fitted(np.exp2, -0.5, 0.5, 8)


@row_loop
def volume(low, high, power, room, out):
    """Set X max(X, 1)^power, X = low + high, to about 1e-12; ``room`` is a row to work in.

    Written out, because loops that call a library do not become vector instructions. The logarithm takes the
    exponent from the bits of the number and the exponential puts it back there.
    """
    bits = room.view(np.int64)
    for one in range(low.size):
        amount = low[one] + high
        room[one] = max(amount, 1.0)
        exponent = (bits[one] - HALF_BITS) >> MANTISSA_BITS
        bits[one] -= exponent << MANTISSA_BITS
        s = (room[one] - 1.0) / (room[one] + 1.0)
        q = s * s
        series = LOG[0] + q * (LOG[1] + q * (LOG[2] + q * (LOG[3] + q * (LOG[4] + q * LOG[5]))))
        logarithm = power * float(exponent) + power * s * series
        room[one] = logarithm + ROUND
        z = logarithm - (room[one] - ROUND)
        scale = bits[one] << MANTISSA_BITS
        series = EXP[4] + z * (EXP[5] + z * (EXP[6] + z * (EXP[7] + z * EXP[8])))
        room[one] = amount * (EXP[0] + z * (EXP[1] + z * (EXP[2] + z * (EXP[3] + z * series))))
        bits[one] += scale
        out[one] = room[one]


@row_loop
def add(low, high, out):
    """Set low + high."""
    for one in range(low.size):
        out[one] = low[one] + high


@row_loop
def add_largest(low, high, out):
    """Add the larger of low and high: the largest member's weight."""
    for one in range(low.size):
        out[one] += max(low[one], high)


@row_loop
def round_up(step, load):
    """Round a workload (fte) up to whole steps of appointment."""
    each = 1.0 / step
    for one in range(load.size):
        load[one] = step * np.ceil(load[one] * each - 1e-9)


@row_loop
def cost_of_team(low, high, steps, least, post, lead, threshold, cost):
    """Set what adds up over members plus the team's posts, with a lead each from the threshold."""
    for one in range(low.size):
        team = max(steps[one], least)
        cost[one] = low[one] + high + team * (post + (lead if team >= threshold else 0.0))


@row_loop
def add_scaled(price, amounts, cost):
    """Add price x amount."""
    for one in range(cost.size):
        cost[one] += price * amounts[one]


@row_loop
def lower(cost, envelope):
    """Lower the envelope to the cost where that is less."""
    for one in range(cost.size):
        envelope[one] = min(envelope[one], cost[one])


@row_loop
def stand_apart(apart, alone, cost, envelope):
    """The same for groups together; those that stand apart cost what they cost alone."""
    for one in range(cost.size):
        least = envelope[one]
        envelope[one] = least if apart[one] else min(least, cost[one])
        cost[one] = alone[one] if apart[one] else cost[one]


@row_loop
def choose(apart, alone, cost, out):
    """Set the cost of the groups, and what those that stand apart cost alone."""
    for one in range(cost.size):
        out[one] = alone[one] if apart[one] else cost[one]


@row_loop
def total(cost, alone, sums, squares):
    """Add costs and squared savings to their totals over draws."""
    for one in range(cost.size):
        saving = alone[one] - cost[one]
        sums[one] += cost[one]
        squares[one] += saving * saving


@row_loop
def count_savings(cost, alone, materiality, saves, material):
    """Count draws with a saving, and with a material one."""
    for one in range(cost.size):
        saving = alone[one] - cost[one]
        saves[one] += 1.0 if saving > 0.0 else 0.0
        material[one] += 1.0 if saving >= materiality * alone[one] else 0.0


@row_loop
def count_cheaper(cost, low, high, cheaper):
    """Count draws in which the group is cheaper than low + high."""
    for one in range(cost.size):
        cheaper[one] += 1.0 if cost[one] < low[one] + high else 0.0


@njit(**SUM, fastmath={*FAST, "reassoc"})
def add_weighted(weights, cost, sums):
    """Add weight x cost to the running sums of the row; returns its total."""
    whole = 0.0
    for one in range(cost.size):
        term = weights[one] * cost[one]
        sums[one] += term
        whole += term
    return whole
