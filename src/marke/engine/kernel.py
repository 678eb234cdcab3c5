"""The compiled inner loop: every coalition of every joint variant of a service, draw by draw.

One draw's arrays of 2^n numbers stay in cache; nothing of size 2^n x D exists. Arrays over coalitions are
indexed by bitmask (bit i = player i); entry 0 is the empty coalition.
"""

import numpy as np
from numba import njit

SQRT2, LN2 = 2**0.5, 0.6931471805599453
EXPONENT_BITS = 0x7FF0000000000000
LANES = 64
NOTHING = 1e-9

FAST = {"reassoc", "contract", "nsz", "arcp", "nnan"}
"""Freedom that lets loops become vector instructions; the same machine still gives the same bytes."""


@njit(cache=True, nogil=True)
def _subset_sums(weights, out):
    out[0] = 0.0
    size = 1
    for weight in weights:
        for mask in range(size):
            out[size + mask] = out[mask] + weight
        size *= 2


@njit(cache=True, nogil=True)
def _add_largest(weights, load, work):
    """Add the largest member's weight of every coalition to ``load``."""
    work[0] = 0.0
    size = 1
    for weight in weights:
        for mask in range(size):
            work[size + mask] = max(work[mask], weight)
        size *= 2
    for mask in range(load.size):
        load[mask] += work[mask]


@njit(cache=True, nogil=True)
def _evaluate(base, linear, post, lead, threshold, step, least, load, cost):
    """Cost of every coalition from its workload ``load`` (fte) and member weights (euro)."""
    _subset_sums(linear, cost)
    each = 1.0 / step
    for mask in range(1, cost.size):
        team = max(step * np.ceil(load[mask] * each - 1e-9), least)
        cost[mask] += base + team * (post + (lead if team >= threshold else 0.0))
    cost[0] = 0.0


@njit(cache=True, nogil=True, fastmath=FAST)
def _log(values, scale):
    """Replace values >= 1 by their natural logarithm: binary exponent from the bits, atanh series."""
    bits, scale_bits = values.view(np.int64), scale.view(np.int64)
    for mask in range(values.size):
        scale_bits[mask] = bits[mask] & EXPONENT_BITS
    for mask in range(values.size):
        mantissa = values[mask] / scale[mask]
        exponent = float((scale_bits[mask] >> 52) - 1023)
        s = (mantissa - SQRT2) / (mantissa + SQRT2)
        q = s * s
        series = 1 / 11 + q * (1 / 13 + q * (1 / 15 + q * (1 / 17)))
        series = 1.0 + q * (1 / 3 + q * (1 / 5 + q * (1 / 7 + q * (1 / 9 + q * series))))
        values[mask] = (exponent + 0.5) * LN2 + 2.0 * s * series


@njit(cache=True, nogil=True, fastmath=FAST)
def _add_volume(price, power, units, amounts, logs, room, cost):
    """Add price * X * max(X, 1)^power for every coalition; three arrays (2^n,) of room to work in.

    The power is written out, to about 1e-15, because the compiler turns such loops into vector instructions
    and calls of a library not. The exponential is the Taylor series on a quarter of the argument.
    """
    _subset_sums(units, amounts)
    for mask in range(amounts.size):
        logs[mask] = max(amounts[mask], 1.0)
    _log(logs, room)
    quarter = 0.25 * power
    for mask in range(cost.size):
        z = quarter * logs[mask]
        y = 1 / 40320 + z * (1 / 362880 + z * (1 / 3628800 + z * (1 / 39916800 + z * (1 / 479001600))))
        y = 1 / 24 + z * (1 / 120 + z * (1 / 720 + z * (1 / 5040 + z * y)))
        y = 1.0 + z * (1.0 + z * (1 / 2 + z * (1 / 6 + z * y)))
        y *= y
        cost[mask] += price * amounts[mask] * y * y


@njit(cache=True, nogil=True, fastmath=FAST)
def _shapley(cost, weights, work, out):
    """Exact Shapley value by folding: all n weighted sums in about 3 x 2^n additions."""
    players = out.size
    for mask in range(cost.size):
        work[mask] = weights[mask] * cost[mask]
    half = cost.size // 2
    total = 0.0
    for player in range(players - 1, -1, -1):
        upper = 0.0
        for mask in range(half):
            upper += work[half + mask]
            work[mask] += work[half + mask]
        out[player] = upper
        total += upper
        half //= 2
    surplus = (total - cost[-1]) / players
    for player in range(players):
        out[player] -= surplus


@njit(cache=True, nogil=True)
def _scrb(cost, alone, out):
    """Separable costs, and the rest by alone minus separable; NaN when those add to 0 and a rest is left."""
    whole = cost.size - 1
    rest = cost[whole]
    benefits = 0.0
    for player in range(out.size):
        separable = cost[whole] - cost[whole ^ (1 << player)]
        out[player] = separable
        rest -= separable
        benefits += alone[player] - separable
    little = NOTHING * np.abs(alone).sum()
    if abs(benefits) > little:
        for player in range(out.size):
            out[player] += rest / benefits * (alone[player] - out[player])
    elif abs(rest) > little:
        out[:] = np.nan


@njit(cache=True, nogil=True, fastmath=FAST)
def _largest_excess(work, envelope):
    """Largest x(S) - c(S) over proper coalitions, with x(S) in ``work``, which then holds the excesses."""
    width = min(LANES, work.size)
    best = np.full(width, -np.inf)
    work[0] = work[-1] = -np.inf
    for start in range(0, work.size, width):
        for lane in range(width):
            excess = work[start + lane] - envelope[start + lane]
            work[start + lane] = excess
            best[lane] = excess if excess > best[lane] else best[lane]
    return best.max()


@njit(cache=True, nogil=True)
def _most_blocking(allocation, envelope, work):
    """What the most blocking group would gain, and its mask: the lowest when equal, 0 when nobody gains."""
    if np.isnan(allocation).any():
        return np.nan, 0
    _subset_sums(allocation, work)
    gain = _largest_excess(work, envelope)
    if not gain > 0.0:
        return gain, 0
    mask = 1
    while work[mask] != gain:
        mask += 1
    return gain, mask


@njit(cache=True, nogil=True)
def _cost_of_draw(
    d, base, linear, fte_once, fte, largest, step, least, post, lead, threshold, price, units, power,
    load, work, room, cost,
):  # fmt: skip
    """Cost of every coalition of one variant in draw ``d``."""
    _subset_sums(fte[d], load)
    for k in range(largest.shape[0]):
        _add_largest(largest[k, d], load, work)
    for mask in range(load.size):
        load[mask] += fte_once[d]
    _evaluate(base[d], linear[d], post[d], lead[d], threshold[d], step[d], least[d], load, cost)
    for j in range(price.shape[0]):
        _add_volume(price[j, d], power[j, d], units[j, d], work, load, room, cost)


@njit(cache=True, nogil=True, fastmath=FAST)
def _count(cost, alone, today, materiality, sums, squares, saves, material, cheaper):
    for mask in range(cost.size):
        saving = alone[mask] - cost[mask]
        sums[mask] += cost[mask]
        squares[mask] += saving * saving
        saves[mask] += 1.0 if saving > 0.0 else 0.0
        material[mask] += 1.0 if saving >= materiality * alone[mask] else 0.0
        cheaper[mask] += 1.0 if cost[mask] < today[mask] else 0.0


@njit(cache=True, nogil=True)
def _allocate(cost, alone, own, shares, shapley_weights, work, out):
    """Divide the cost of all players: the linear keys split what is joint, the others the whole."""
    total = cost[-1]
    linear = len(shares)
    for key in range(linear):
        out[key] = shares[key] * (total - own.sum()) + own
    out[linear] = total * alone / alone.sum()
    _scrb(cost, alone, out[linear + 1])
    _shapley(cost, shapley_weights, work, out[linear + 2])


@njit(cache=True, nogil=True)
def _admit(allowed, alone_sums, cost, envelope):
    """Let inadmissible coalitions stand apart; the others enter the envelope."""
    for mask in range(1, cost.size):
        if allowed[mask]:
            envelope[mask] = min(envelope[mask], cost[mask])
        else:
            cost[mask] = alone_sums[mask]


@njit(cache=True, nogil=True)
def simulate(
    base, linear, own, fte_once, fte, largest, step, least, post, lead, threshold, price, units, power,
    allowed, alone, today, shares, shapley_weights, materiality,
    sums, squares, saves, material, cheaper, allocation, gain, blocking,
):  # fmt: skip
    """Run one replicate. V variants, T draws, n players, K and J extra terms, L linear keys.

    Per-draw inputs are those of ``Program`` with a leading axis V; ``allowed`` is (V, 2^n), ``alone`` and
    ``today`` (T, n), ``shares`` (V, L, n), each row adding to 1, ``shapley_weights`` (2^n,). Adds to
    ``sums``, ``squares`` (of the saving), ``saves``, ``material`` and ``cheaper``, all (V, 2^n). The keys
    are the L linear ones, proportional to alone, SCRB and Shapley: fills ``allocation`` (V, L + 3, T, n),
    and ``gain`` and ``blocking`` (V, L + 3, T): what the most blocking group would gain against the lower
    envelope of the variants, and its mask (0 when nobody gains). NaN and 0 where a key is undefined.
    """
    variants, draws, players = linear.shape
    size = 2**players
    cost = np.empty((variants, size))
    envelope = np.empty(size)
    work = np.empty(size)
    load = np.empty(size)
    room = np.empty(size)
    alone_sums = np.empty(size)
    today_sums = np.empty(size)
    for d in range(draws):
        _subset_sums(alone[d], alone_sums)
        _subset_sums(today[d], today_sums)
        envelope[:] = np.inf
        for v in range(variants):
            _cost_of_draw(
                d, base[v], linear[v], fte_once[v], fte[v], largest[v], step[v], least[v], post[v], lead[v],
                threshold[v], price[v], units[v], power[v], load, work, room, cost[v],
            )  # fmt: skip
            for player in range(players):
                cost[v, 2**player] = alone[d, player]
            _admit(allowed[v], alone_sums, cost[v], envelope)
            _count(
                cost[v], alone_sums, today_sums, materiality,
                sums[v], squares[v], saves[v], material[v], cheaper[v],
            )  # fmt: skip
        for player in range(players):
            envelope[2**player] = alone[d, player]
        for v in range(variants):
            paid = allocation[v, :, d]
            _allocate(cost[v], alone[d], own[v, d], shares[v], shapley_weights, work, paid)
            for key in range(len(paid)):
                gain[v, key, d], blocking[v, key, d] = _most_blocking(paid[key], envelope, work)


@njit(cache=True, nogil=True)
def evaluate(
    d, base, linear, fte_once, fte, largest, step, least, post, lead, threshold, price, units, power,
    allowed, alone, cost,
):  # fmt: skip
    """Fill ``cost`` (V, 2^n) with every coalition's cost in draw ``d``; inputs as of ``simulate``."""
    variants, size = cost.shape
    load, work, room = np.empty(size), np.empty(size), np.empty(size)
    alone_sums, envelope = np.empty(size), np.empty(size)
    _subset_sums(alone[d], alone_sums)
    for v in range(variants):
        _cost_of_draw(
            d, base[v], linear[v], fte_once[v], fte[v], largest[v], step[v], least[v], post[v], lead[v],
            threshold[v], price[v], units[v], power[v], load, work, room, cost[v],
        )  # fmt: skip
        for player in range(alone.shape[1]):
            cost[v, 2**player] = alone[d, player]
        _admit(allowed[v], alone_sums, cost[v], envelope)
