"""Compiled passes over all coalitions: Shapley fold, potential, minimum fold, core check, concavity."""

import numpy as np
from numba import njit

LOOSE = {"reassoc", "nsz", "contract", "nnan"}
"""Sums and maxima may be taken in any order; infinities stay what they are."""


@njit(cache=True, nogil=True, fastmath={"reassoc", "nsz", "contract"})
def shapley_rows(cost, weights, out):
    """Shapley value of every row: (k, 2^n), u(T) (2^n,) -> (k, n), in about 3 x 2^n additions a row."""
    players = out.shape[1]
    work = np.empty(cost.shape[1] // 2)
    for d in range(cost.shape[0]):
        row = cost[d]
        half = work.size
        total = 0.0
        upper = 0.0
        for mask in range(half):
            term = weights[half + mask] * row[half + mask]
            upper += term
            work[mask] = weights[mask] * row[mask] + term
        out[d, players - 1] = upper
        total += upper
        for player in range(players - 2, -1, -1):
            half //= 2
            upper = 0.0
            for mask in range(half):
                term = work[half + mask]
                upper += term
                work[mask] += term
            out[d, player] = upper
            total += upper
        surplus = (total - row[row.size - 1]) / players
        for player in range(players):
            out[d, player] -= surplus


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def _subset_sums(weights, out):
    out[0] = 0.0
    size = 1
    for weight in weights:
        for mask in range(size):
            out[size + mask] = out[mask] + weight
        size *= 2


@njit(cache=True, nogil=True, fastmath=LOOSE)
def least_remainder_rows(cost, separable, out):
    """Minimum over T holding i of c(T) - m(T): (k, 2^n), m (k, n) -> (k, n), by folding with min."""
    players = out.shape[1]
    work = np.empty(cost.shape[1])
    for d in range(cost.shape[0]):
        _subset_sums(separable[d], work)
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


@njit(cache=True, nogil=True, fastmath={"nnan", "nsz"})
def _row(cost, low, high, tolerance, largest, counts):
    """Running maximum of x(S) - c(S) and number of blocking coalitions, for every low part by itself."""
    for one in range(low.size):
        gain = low[one] + high - cost[one]
        largest[one] = max(gain, largest[one])
        counts[one] += 1.0 if gain > tolerance else 0.0


@njit(cache=True, nogil=True)
def _scan(cost, allocation, small, tolerance, low, high, largest, counts):
    """Most blocking proper coalition of one game: its mask, its gain and how many gain more than allowed."""
    _subset_sums(allocation[:small], low)
    _subset_sums(allocation[small:], high)
    largest[:] = -np.inf
    counts[:] = 0.0
    width = low.size
    for h in range(high.size):
        row = cost[h * width : (h + 1) * width]
        first = 1 if h == 0 else 0
        stop = width - 1 if h == high.size - 1 else width
        _row(row[first:stop], low[first:stop], high[h], tolerance, largest[first:stop], counts[first:stop])
    gain = largest.max()
    best = cost.size
    for one in range(width):
        if largest[one] == gain:
            for h in range(min(high.size, best // width + 1)):
                mask = h * width + one
                proper = 0 < mask < cost.size - 1
                if proper and mask < best and low[one] + high[h] - cost[mask] >= gain:
                    best = mask
    return best, gain, int(counts.sum())


@njit(cache=True, nogil=True)
def scan_rows(cost, allocation, tolerance, masks, gains, counts):
    """Core check of k allocations (k, n) in k games, or all in one: cost is (k, 2^n) or (1, 2^n)."""
    players = allocation.shape[1]
    small = min(players, 8)
    low = np.empty(2**small)
    high = np.empty(2 ** (players - small))
    largest = np.empty(low.size)
    blocking = np.empty(low.size)
    for d in range(allocation.shape[0]):
        game = cost[d if cost.shape[0] > 1 else 0]
        masks[d], gains[d], counts[d] = _scan(
            game, allocation[d], small, tolerance, low, high, largest, blocking
        )


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def concave_rows(cost, tolerance, out):
    """Whether the marginal cost of every player never rises with the group: (k, 2^n) -> (k,)."""
    for d in range(cost.shape[0]):
        out[d] = _concave(cost[d], tolerance)
