"""Compiled passes over all coalitions: Shapley fold, potential, minimum fold, core check, concavity."""

import numpy as np
from numba import njit

from marke.games.compiled import INNER, LOOP, SUM

LOOSE = {"reassoc", "nsz", "contract", "nnan"}
"""Sums and maxima may be taken in any order; infinities stay what they are."""


@njit(**INNER)
def subset_sums(weights, out):
    """Set the sum of the members' weights for every coalition: (k,) -> (2^k,)."""
    out[0] = 0.0
    size = 1
    for weight in weights:
        for mask in range(size):
            out[size + mask] = out[mask] + weight
        size *= 2


@njit(**SUM, fastmath={"reassoc", "nsz", "contract"})
def member_sums(values, out):
    """Set the sum of the values of all coalitions that hold player i, for every i: (2^k,) -> (k,).

    By folding, in about 2 x 2^k additions; overwrites ``values``.
    """
    half = values.size
    for player in range(out.size - 1, -1, -1):
        half //= 2
        upper = 0.0
        for mask in range(half):
            term = values[half + mask]
            upper += term
            values[mask] += term
        out[player] = upper


@njit(**INNER)
def make_efficient(total, out):
    """Take the same from everybody, so that ``out`` adds to ``total``."""
    surplus = -total
    for value in out:
        surplus += value
    surplus /= out.size
    for player in range(out.size):
        out[player] -= surplus


@njit(**LOOP)
def shapley_rows(cost, weights, work, out):
    """Shapley value of every row: (k, 2^n), u(T) (2^n,) -> (k, n); ``work`` (2^n,) is room to work in."""
    for d in range(cost.shape[0]):
        for mask in range(work.size):
            work[mask] = weights[mask] * cost[d, mask]
        member_sums(work, out[d])
        make_efficient(cost[d, -1], out[d])


@njit(**LOOP)
def potential_rows(cost, out):
    """P(S) = (c(S) + sum over i in S of P(S without i)) / |S| for every row: (k, 2^n) -> (k, 2^n)."""
    for d in range(cost.shape[0]):
        out[d, 0] = 0.0
        for mask in range(1, cost.shape[1]):
            total = cost[d, mask]
            rest = mask
            count = 0
            while rest:
                bit = rest & -rest
                total += out[d, mask ^ bit]
                rest ^= bit
                count += 1
            out[d, mask] = total / count


@njit(**LOOP, fastmath=LOOSE)
def least_remainder_rows(cost, separable, work, out):
    """Minimum over T holding i of c(T) - m(T): (k, 2^n), m (k, n) -> (k, n), by folding with min.

    ``work`` (2^n,) is room to work in.
    """
    players = out.shape[1]
    for d in range(cost.shape[0]):
        subset_sums(separable[d], work)
        for mask in range(work.size):
            work[mask] = cost[d, mask] - work[mask]
        half = work.size
        for player in range(players - 1, -1, -1):
            half //= 2
            least = np.inf
            for mask in range(half):
                upper = work[half + mask]
                least = min(least, upper)
                work[mask] = min(work[mask], upper)
            out[d, player] = least


@njit(**INNER, fastmath={"nnan", "nsz"})
def raise_gains(cost, low, high, largest):
    """Running maximum of x(S) - c(S) over a row of coalitions, for every low part by itself."""
    for one in range(low.size):
        gain = low[one] + high - cost[one]
        largest[one] = max(gain, largest[one])


@njit(**INNER, fastmath={"nnan", "nsz"})
def _count_gains(cost, low, high, tolerance, counts):
    for one in range(low.size):
        counts[one] += 1.0 if low[one] + high - cost[one] > tolerance else 0.0


@njit(**INNER, fastmath=LOOSE)
def largest_of(values):
    """The largest of an array without NaN."""
    best = -np.inf
    for value in values:
        best = max(best, value)
    return best


@njit(**INNER)
def mask_of_gain(gain, cost, low, high, largest):
    """Lowest mask of a proper coalition that gains ``gain``, known to be the largest of ``largest``."""
    width = low.size
    best = cost.size
    for one in range(width):
        if largest[one] == gain:
            for h in range(high.size):
                mask = h * width + one
                proper = 0 < mask < cost.size - 1
                if proper and mask < best and low[one] + high[h] - cost[h, one] >= gain:
                    best = mask
    return best


@njit(**LOOP)
def scan_rows(cost, allocation, tolerance, low, high, largest, blocking, masks, gains, counts):
    """Core check of k allocations (k, n) in k games, or all in one: cost is (k, H, L) or (1, H, L).

    Most blocking proper coalition of each: its mask, its gain and how many gain more than allowed. ``high``
    (H,) and three times (L,) are room to work in.
    """
    small = allocation.shape[1] if high.size == 1 else 8
    for d in range(allocation.shape[0]):
        game = cost[d if cost.shape[0] > 1 else 0]
        subset_sums(allocation[d, :small], low)
        subset_sums(allocation[d, small:], high)
        largest[:] = -np.inf
        blocking[:] = 0.0
        for h in range(high.size):
            first = 1 if h == 0 else 0
            stop = low.size - 1 if h == high.size - 1 else low.size
            row = game[h, first:stop]
            raise_gains(row, low[first:stop], high[h], largest[first:stop])
            _count_gains(row, low[first:stop], high[h], tolerance, blocking[first:stop])
        gains[d] = largest_of(largest)
        masks[d] = mask_of_gain(gains[d], game, low, high, largest)
        counts[d] = 0
        for count in blocking:
            counts[d] += int(count)


@njit(**INNER)
def _concave(cost, tolerance):
    size = cost.size
    one = 1
    while one < size:
        other = 2 * one
        while other < size:
            for mask in range(size):
                if mask & (one | other) == 0:
                    bend = cost[mask | one] + cost[mask | other] - cost[mask | one | other] - cost[mask]
                    if not bend >= -tolerance:
                        return False
            other *= 2
        one *= 2
    return True


@njit(**LOOP)
def concave_rows(cost, tolerance, out):
    """Whether the marginal cost of every player never rises with the group: (k, 2^n) -> (k,)."""
    for d in range(cost.shape[0]):
        out[d] = _concave(cost[d], tolerance)
