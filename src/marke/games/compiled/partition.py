"""Compiled search over splits of coalitions: cheapest partition, subadditive cover, subadditivity."""

from numba import njit

from marke.games.compiled import INNER, LOOP


@njit(**INNER)
def _cheapest(cost, best, mask):
    """Cheapest c(T) + f(S without T) over T in S that hold the lowest player of S.

    The next two players are taken in and out side by side: four minima that need not wait for each other.
    """
    rest = mask & (mask - 1)
    a = rest & -rest
    rest ^= a
    b = rest & -rest
    rest ^= b
    one = two = three = four = cost[mask]
    other = rest
    while True:
        left = mask ^ other
        value = cost[left] + best[other]
        one = value if value < one else one
        value = cost[left ^ a] + best[other | a]
        two = value if value < two else two
        value = cost[left ^ b] + best[other | b]
        three = value if value < three else three
        value = cost[left ^ a ^ b] + best[other | a | b]
        four = value if value < four else four
        if other == 0:
            return min(min(one, two), min(three, four))
        other = (other - 1) & rest


@njit(**LOOP)
def cover_rows(cost, best):
    """Cost of the cheapest partition of every coalition: (k, 2^n) -> (k, 2^n)."""
    for d in range(cost.shape[0]):
        best[d, 0] = 0.0
        for mask in range(1, cost.shape[1]):
            best[d, mask] = _cheapest(cost[d], best[d], mask)


@njit(**LOOP)
def half_cover(cost, best):
    """The cover of coalitions without player 0 and of all players: a third of the work of the whole.

    Only those are asked for when the group of player 0 is split off first. Odd entries but the last are left.
    """
    best[0] = 0.0
    for mask in range(2, cost.size, 2):
        best[mask] = _cheapest(cost, best, mask)
    best[cost.size - 1] = _cheapest(cost, best, cost.size - 1)


@njit(**INNER)
def walk(cost, best, groups):
    """Read one cheapest partition of all players off the half cover; returns the number of groups."""
    count = 0
    left = cost.size - 1
    while left:
        rest = left & (left - 1)
        least = cost[left]
        group = left
        other = rest
        while other:
            value = cost[left ^ other] + best[other]
            if value < least:
                least, group = value, left ^ other
            other = (other - 1) & rest
        groups[count] = group
        count += 1
        left ^= group
    return count


@njit(**INNER)
def _subadditive(cost, tolerance):
    for mask in range(1, cost.size):
        rest = mask & (mask - 1)
        other = rest
        while other:
            if cost[mask ^ other] + cost[other] < cost[mask] - tolerance:
                return False
            other = (other - 1) & rest
    return True


@njit(**LOOP)
def subadditive_rows(cost, tolerance, out):
    """Whether no coalition is dearer than two parts of it: (k, 2^n) -> (k,)."""
    for d in range(cost.shape[0]):
        out[d] = _subadditive(cost[d], tolerance)


@njit(**LOOP)
def structure_rows(cost, best, totals, groups, counts):
    """Cheapest partition of every game: (k, 2^n) -> totals (k,), groups (k, n), number of groups (k,).

    ``best`` (2^n,) is room to work in.
    """
    for d in range(cost.shape[0]):
        half_cover(cost[d], best)
        totals[d] = best[best.size - 1]
        counts[d] = walk(cost[d], best, groups[d])
