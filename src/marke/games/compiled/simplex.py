"""Compiled nucleolus: a sequence of linear programs, each solved by simplex with coalitions priced lazily.

Level k: minimise e subject to x(S) - w(|S|) e <= c(S) for unsettled S, x(F) fixed for settled F, and, where
asked, x_i <= c(i). The dual has n + 1 rows, so a basis is n + 1 coalitions: settled ones carry a free weight,
the others weights lambda >= 0 with sum of lambda w = 1. A coalition enters when its excess passes e; ties in
the ratio test are broken lexicographically, so no basis comes back. At the optimum the coalitions with
non-zero dual are settled, and all in the span of those leave the game (their cost becomes infinite).
"""

import numpy as np
from numba import njit

ENTER = 1e-11
ZERO = 1e-9
TIE = 1e-12
POOL = 1024
GROUPS = 64
LANES = 16
TABLE = 256
PIVOTS = 20_000
FIXED, EXCESS, BOUND = range(3)


@njit(cache=True, nogil=True)
def _tables(weights, tables):
    """Sums over the subsets of each run of eight players: (n,) -> (3, 256)."""
    for part in range(3):
        tables[part, 0] = 0.0
        size = 1
        for player in range(8 * part, min(8 * part + 8, weights.size)):
            for mask in range(size):
                tables[part, size + mask] = tables[part, mask] + weights[player]
            size *= 2


@njit(cache=True, nogil=True)
def _sum(tables, mask):
    return tables[0, mask & 255] + tables[1, (mask >> 8) & 255] + tables[2, mask >> 16]


@njit(cache=True, nogil=True)
def _count(mask):
    count = 0
    while mask:
        mask &= mask - 1
        count += 1
    return count


@njit(cache=True, nogil=True, fastmath={"reassoc", "nsz", "contract", "nnan"})
def _largest(cost, low, high, scale, work):
    """Largest excess of a block, in lanes of a running maximum that compile to vector instructions."""
    best = -np.inf
    if cost.size < LANES:
        for mask in range(cost.size):
            best = max(best, (low[mask] + high - cost[mask]) * scale[mask])
        return best
    work[:] = best
    for start in range(0, cost.size, LANES):
        for k in range(LANES):
            value = (low[start + k] + high - cost[start + k]) * scale[start + k]
            work[k] = value if value > work[k] else work[k]
    return work.max()


@njit(cache=True, nogil=True)
def _violated(cost, tables, scale, least, found):
    """The coalitions of largest excess above ``least``, one for each of at most 64 parts of the lattice.

    ``scale`` (p, 2^8) holds 1 / w(|S|) by number of high players and low part. Returns how many were found.
    """
    size = min(cost.size, TABLE)
    blocks = cost.size // size
    groups = min(blocks, GROUPS)
    work = np.empty(LANES)
    count = 0
    for group in range(groups):
        best, place = least, -1
        for block in range(group * blocks // groups, (group + 1) * blocks // groups):
            high = tables[1, block & 255] + tables[2, block >> 8]
            row = cost[block * size : (block + 1) * size]
            value = _largest(row, tables[0], high, scale[_count(block)], work)
            if value > best:
                best, place = value, block
        if place >= 0:
            high = tables[1, place & 255] + tables[2, place >> 8]
            row = scale[_count(place)]
            best, chosen = -np.inf, place * size
            for part in range(size):
                value = (tables[0, part] + high - cost[place * size + part]) * row[part]
                if value > best:
                    best, chosen = value, place * size + part
            found[count] = chosen
            count += 1
    return count


@njit(cache=True, nogil=True)
def _add_row(echelon, pivots, rank, mask):
    """Add a coalition's membership vector to a reduced echelon form; returns the new rank."""
    players = echelon.shape[1]
    row = echelon[rank] if rank < players else np.empty(players)
    for player in range(players):
        row[player] = (mask >> player) & 1
    for k in range(rank):
        factor = row[pivots[k]]
        if factor != 0.0:
            for player in range(players):
                row[player] -= factor * echelon[k, player]
    place = np.argmax(np.abs(row))
    if abs(row[place]) < ZERO:
        return rank
    row /= row[place]
    pivots[rank] = place
    for k in range(rank):
        factor = echelon[k, place]
        if factor != 0.0:
            for player in range(players):
                echelon[k, player] -= factor * row[player]
            echelon[k, place] = 0.0
    return rank + 1


@njit(cache=True, nogil=True)
def _normal(echelon, pivots, rank, noise, out):
    """Project ``noise`` to a vector orthogonal to every row: out(S) = 0 only for S in their span."""
    out[:] = noise
    for k in range(rank):
        out[pivots[k]] = 0.0
    for k in range(rank):
        total = 0.0
        for player in range(noise.size):
            if player != pivots[k]:
                total += echelon[k, player] * out[player]
        out[pivots[k]] = -total


@njit(cache=True, nogil=True)
def _settle_span(cost, echelon, pivots, rank, noise, tables, other):
    """Take every coalition in the span of the settled ones out of the game."""
    normal = np.empty(noise.shape[1])
    _normal(echelon, pivots, rank, noise[0], normal)
    _tables(normal, tables)
    _normal(echelon, pivots, rank, noise[1], normal)
    _tables(normal, other)
    for mask in range(cost.size):
        if abs(_sum(tables, mask)) < ZERO and abs(_sum(other, mask)) < ZERO:
            cost[mask] = np.inf


@njit(cache=True, nogil=True)
def _set_column(matrix, place, mask, weight):
    players = matrix.shape[0] - 1
    for player in range(players):
        matrix[player, place] = (mask >> player) & 1
    matrix[players, place] = weight


@njit(cache=True, nogil=True)
def _keep_least(tied, values):
    """Keep only the rows of least value; returns how many stay and the last of them."""
    least = np.inf
    for i in range(tied.size):
        if tied[i]:
            least = min(least, values[i])
    count, chosen = 0, -1
    for i in range(tied.size):
        tied[i] = tied[i] and values[i] <= least + TIE
        if tied[i]:
            count += 1
            chosen = i
    return count, chosen


@njit(cache=True, nogil=True)
def _leaving(inverse, start, step, kind):
    """Row that leaves the basis: least ratio, ties by the rows of (basis inverse x first basis)."""
    m = step.size
    tied = (kind != FIXED) & (step > ZERO)
    values = np.zeros(m)
    for i in range(m):
        if tied[i]:
            values[i] = max(inverse[i, m - 1], 0.0) / step[i]
    count, chosen = _keep_least(tied, values)
    column = 0
    while count > 1 and column < m:
        for i in range(m):
            if tied[i]:
                values[i] = 0.0
                for k in range(m):
                    values[i] += inverse[i, k] * start[k, column]
                values[i] /= step[i]
        count, chosen = _keep_least(tied, values)
        column += 1
    return chosen


@njit(cache=True, nogil=True)
def _times(matrix, vector, out):
    for i in range(out.size):
        total = 0.0
        for k in range(vector.size):
            total += matrix[i, k] * vector[k]
        out[i] = total


@njit(cache=True, nogil=True)
def _pivot(inverse, step, row):
    m = step.size
    pivot = inverse[row] / step[row]
    for i in range(m):
        if step[i] != 0.0:
            factor = step[i]
            for k in range(m):
                inverse[i, k] -= factor * pivot[k]
    inverse[row] = pivot


@njit(cache=True, nogil=True)
def _first_basis(cost, echelon, pivots, rank, masks, kinds, values):
    """Complete the settled coalitions to a feasible basis; what is usable of the last basis stays in it.

    The first ``rank`` entries are settled; entries of kind -1 after them are free to be replaced.
    """
    players = echelon.shape[0]
    full = (1 << players) - 1
    rows, places, filled = echelon.copy(), pivots.copy(), rank
    for i in range(rank, players + 1):
        mask, kind, value = masks[i], kinds[i], values[i]
        if kind > FIXED and filled < players and _add_row(rows, places, filled, mask) > filled:
            masks[filled], kinds[filled], values[filled] = mask, kind, value
            filled += 1
    for player in range(players):
        mask = 1 << player
        if filled < players and _add_row(rows, places, filled, mask) > filled:
            masks[filled], kinds[filled], values[filled] = mask, EXCESS, cost[mask]
            filled += 1
    masks[players] = full ^ masks[rank]
    kinds[players] = EXCESS
    values[players] = cost[masks[players]]


@njit(cache=True, nogil=True)
def _entering(cost, scale, tables, x, bounded, least, pool, used):
    """Most violated row: the pooled coalitions first, all coalitions when none of those is violated.

    Returns mask, kind (-1 when no row is violated) and the pool's new size.
    """
    size = min(cost.size, TABLE)
    for turn in range(2):
        best, mask, kind = least + ENTER, 0, -1
        for i in range(used):
            one = pool[i]
            factor = scale[_count(one // size), one % size]
            value = (_sum(tables, one) - cost[one]) * factor
            if value > best:
                best, mask, kind = value, one, EXCESS
        if bounded:
            for player in range(x.size):
                value = x[player]
                if value > ENTER and value + least > best:
                    best, mask, kind = value + least, 1 << player, BOUND
        if kind >= 0 or turn == 1:
            break
        if used + GROUPS > pool.size:
            used = 0
        used += _violated(cost, tables, scale, least + ENTER, pool[used:])
    return mask, kind, used


@njit(cache=True, nogil=True)
def _solve_level(cost, weights, scale, bounded, masks, kinds, values, pool, used, tables, solution):
    """Solve one linear program from a feasible basis; ``solution`` receives x and -e, last the duals.

    Returns the duals lambda and the pool's new size, or a negative size when the pivots ran out.
    """
    m = masks.size
    start = np.empty((m, m))
    for i in range(m):
        _set_column(start, i, masks[i], weights[_count(masks[i])] if kinds[i] == EXCESS else 0.0)
    basis = start.copy()
    inverse = np.linalg.inv(basis)
    column = np.empty((m, 1))
    step = np.empty(m)
    fresh = True
    for turn in range(PIVOTS):
        _times(inverse.T, values, solution)
        x = solution[: m - 1]
        _tables(x, tables)
        mask, kind, used = _entering(cost, scale, tables, x, bounded, -solution[m - 1], pool, used)
        if kind < 0:
            if fresh:
                return inverse[:, m - 1].copy(), used
            inverse = np.linalg.inv(basis)
            fresh = True
            continue
        _set_column(column, 0, mask, weights[_count(mask)] if kind == EXCESS else 0.0)
        _times(inverse, column[:, 0], step)
        row = _leaving(inverse, start, step, kinds)
        if row < 0:
            break
        basis[:, row] = column[:, 0]
        masks[row], kinds[row] = mask, kind
        values[row] = cost[mask] if kind == EXCESS else 0.0
        if turn % 32 == 31:
            inverse = np.linalg.inv(basis)
            fresh = True
        else:
            _pivot(inverse, step, row)
            fresh = False
    return inverse[:, m - 1].copy(), -1


@njit(cache=True, nogil=True)
def _settle(duals, solution, echelon, pivots, rank, masks, kinds, values):
    """Fix x(S) for the coalitions with non-zero dual and put them in front of the basis; new rank."""
    m = masks.size
    for i in range(rank, m):
        if kinds[i] > FIXED and duals[i] > ZERO:
            mask = masks[i]
            kinds[i] = -1
            if rank < m - 1 and _add_row(echelon, pivots, rank, mask) > rank:
                total = 0.0
                for player in range(m - 1):
                    total += solution[player] * ((mask >> player) & 1)
                masks[i], kinds[i], values[i] = masks[rank], kinds[rank], values[rank]
                masks[rank], kinds[rank], values[rank] = mask, FIXED, total
                rank += 1
    return rank


@njit(cache=True, nogil=True)
def nucleolus_row(cost, weights, bounded, levels, noise, out):
    """Nucleolus of one game; destroys ``cost`` (2^n,), in which every player alone costs 0.

    Returns the first level's e, NaN when the pivots ran out. ``weights`` (n + 1,) by coalition size,
    ``noise`` (2, n) any random numbers, ``out`` (n,). With
    ``bounded`` no player pays more than its own cost. ``levels`` stops early: 1 gives the least core.
    """
    players = out.size
    full = cost.size - 1
    size = min(cost.size, TABLE)
    scale = np.empty((max(players - 8, 0) + 1, TABLE))
    for high in range(scale.shape[0]):
        for low in range(size):
            scale[high, low] = 1.0 / weights[max(high + _count(low), 1)]
    tables, other = np.zeros((3, TABLE)), np.zeros((3, TABLE))
    echelon, pivots = np.zeros((players, players)), np.zeros(players, dtype=np.int64)
    masks = np.zeros(players + 1, dtype=np.int64)
    kinds = np.full(players + 1, -1, dtype=np.int64)
    values, solution = np.zeros(players + 1), np.zeros(players + 1)
    pool, used = np.zeros(POOL, dtype=np.int64), 0
    masks[0], kinds[0], values[0] = full, FIXED, cost[full]
    rank = _add_row(echelon, pivots, 0, full)
    first = 0.0
    solution[0] = cost[full]
    for level in range(min(levels, players - 1)):
        _settle_span(cost, echelon, pivots, rank, noise, tables, other)
        _first_basis(cost, echelon, pivots, rank, masks, kinds, values)
        duals, used = _solve_level(
            cost, weights, scale, bounded, masks, kinds, values, pool, used, tables, solution
        )
        if used < 0:
            return np.nan
        if level == 0:
            first = -solution[players]
        before = rank
        rank = _settle(duals, solution, echelon, pivots, rank, masks, kinds, values)
        if rank == before:
            return np.nan
        if rank == players:
            break
    out[:] = solution[:players]
    return first
