"""Compiled nucleolus: a sequence of linear programs, each solved by simplex with coalitions priced lazily.

Level k: minimise e subject to x(S) - w(|S|) e <= c(S) for unsettled S, x(F) fixed for settled F, and, where
asked, x_i <= c(i). The dual has n + 1 rows, so a basis is n + 1 coalitions: settled ones carry a free weight,
the others weights lambda >= 0 with sum of lambda w = 1. A coalition enters when its excess passes e; ties in
the ratio test are broken lexicographically, so no basis comes back. At the optimum the coalitions with
non-zero dual are settled, and all in the span of those leave the game (their cost becomes infinite).
"""

import numpy as np
from numba import njit

from marke.games.compiled import INNER, LOOP, PART

ENTER = 1e-11
ZERO = 1e-9
TIE = 1e-12
POOL = 1024
GROUPS = 64
LANES = 16
TABLE = 256
PIVOTS = 20_000
FIXED, EXCESS, BOUND = range(3)

inner = njit(**INNER)
part = njit(**PART)


@inner
def _tables(weights, tables):
    """Sums over the subsets of each run of eight players: (n,) -> (3, 256)."""
    for part in range(3):
        tables[part, 0] = 0.0
        size = 1
        for player in range(8 * part, min(8 * part + 8, weights.size)):
            for mask in range(size):
                tables[part, size + mask] = tables[part, mask] + weights[player]
            size *= 2


@inner
def _sum(tables, mask):
    return tables[0, mask & 255] + tables[1, (mask >> 8) & 255] + tables[2, mask >> 16]


@inner
def _count(mask):
    count = 0
    while mask:
        mask &= mask - 1
        count += 1
    return count


@njit(**INNER, fastmath={"reassoc", "nsz", "contract", "nnan"})
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
    for value in work:
        best = max(best, value)
    return best


@part
def _violated(cost, tables, scale, least, work, found):
    """The coalitions of largest excess above ``least``, one for each of at most 64 parts of the lattice.

    Returns how many were found.
    """
    size = min(cost.size, TABLE)
    blocks, count = cost.size // size, 0
    groups = min(blocks, GROUPS)
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


@inner
def _subtract(factor, row, out):
    if factor != 0.0:
        for k in range(out.size):
            out[k] -= factor * row[k]


@inner
def _add_row(echelon, pivots, rank, mask):
    """Add a coalition's membership vector to a reduced echelon form of rank below n; returns the rank."""
    players = echelon.shape[1]
    row = echelon[rank]
    for player in range(players):
        row[player] = (mask >> player) & 1
    for k in range(rank):
        _subtract(row[pivots[k]], echelon[k], row)
    place = 0
    for player in range(players):
        if abs(row[player]) > abs(row[place]):
            place = player
    pivot = row[place]
    if abs(pivot) < ZERO:
        return rank
    for player in range(players):
        row[player] /= pivot
    pivots[rank] = place
    for k in range(rank):
        _subtract(echelon[k, place], row, echelon[k])
        echelon[k, place] = 0.0
    return rank + 1


@inner
def _normal(echelon, pivots, rank, noise, out):
    """Project ``noise`` to a vector orthogonal to every row: out(S) = 0 only for S in their span."""
    for player in range(noise.size):
        out[player] = noise[player]
    for k in range(rank):
        out[pivots[k]] = 0.0
    for k in range(rank):
        total = 0.0
        for player in range(noise.size):
            if player != pivots[k]:
                total += echelon[k, player] * out[player]
        out[pivots[k]] = -total


@part
def _settle_span(cost, rank, noise, room):
    """Take every coalition in the span of the settled ones out of the game."""
    echelon, pivots, normal = room.echelon, room.pivots, room.normal
    _normal(echelon, pivots, rank, noise[0], normal)
    _tables(normal, room.tables)
    _normal(echelon, pivots, rank, noise[1], normal)
    _tables(normal, room.other)
    for mask in range(cost.size):
        if abs(_sum(room.tables, mask)) < ZERO and abs(_sum(room.other, mask)) < ZERO:
            cost[mask] = np.inf


@inner
def _set_column(mask, kind, weights, column):
    """A coalition's column of the dual: its members and, for an excess, its weight."""
    players = column.size - 1
    for player in range(players):
        column[player] = (mask >> player) & 1
    column[players] = weights[_count(mask)] if kind == EXCESS else 0.0


@inner
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


@part
def _leaving(inverse, start, step, kinds, values, tied):
    """Row that leaves the basis: least ratio, ties by the rows of (basis inverse x first basis)."""
    m = step.size
    for i in range(m):
        tied[i] = kinds[i] != FIXED and step[i] > ZERO
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


@inner
def _times(matrix, vector, out):
    for i in range(out.size):
        total = 0.0
        for k in range(vector.size):
            total += matrix[i, k] * vector[k]
        out[i] = total


@inner
def _times_left(vector, matrix, out):
    for i in range(out.size):
        total = 0.0
        for k in range(vector.size):
            total += matrix[k, i] * vector[k]
        out[i] = total


@njit(**{**INNER, "_nrt": True})
def _invert(matrix, out):
    found = np.linalg.inv(matrix)
    for i in range(out.shape[0]):
        for k in range(out.shape[0]):
            out[i, k] = found[i, k]


@part
def _pivot(inverse, step, row):
    m = step.size
    for k in range(m):
        inverse[row, k] /= step[row]
    for i in range(m):
        if i != row:
            _subtract(step[i], inverse[row], inverse[i])


@part
def _first_basis(cost, rank, room):
    """Complete the settled coalitions to a feasible basis; what is usable of the last basis stays in it.

    The first ``rank`` entries are settled; entries of kind -1 after them are free to be replaced.
    """
    rows, places, masks, kinds, values = room.rows, room.places, room.masks, room.kinds, room.values
    players = places.size
    full = (1 << players) - 1
    for k in range(rank):
        places[k] = room.pivots[k]
        for player in range(players):
            rows[k, player] = room.echelon[k, player]
    filled = rank
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
    masks[players], kinds[players] = full ^ masks[rank], EXCESS
    values[players] = cost[masks[players]]


@part
def _entering(cost, bounded, used, room):
    """Most violated row: the pooled coalitions first, all coalitions when none of those is violated.

    Returns mask, kind (-1 when no row is violated) and the pool's new size.
    """
    scale, tables, pool, x = room.scale, room.tables, room.pool, room.solution
    size, players = min(cost.size, TABLE), x.size - 1
    least = -x[players]
    for turn in range(2):
        best, mask, kind = least + ENTER, 0, -1
        for i in range(used):
            one = pool[i]
            factor = scale[_count(one // size), one % size]
            value = (_sum(tables, one) - cost[one]) * factor
            if value > best:
                best, mask, kind = value, one, EXCESS
        if bounded:
            for player in range(players):
                value = x[player]
                if value > ENTER and value + least > best:
                    best, mask, kind = value + least, 1 << player, BOUND
        if kind >= 0 or turn == 1:
            break
        if used + GROUPS > pool.size:
            used = 0
        used += _violated(cost, tables, scale, least + ENTER, room.lanes, pool[used:])
    return mask, kind, used


@part
def _solve_level(cost, weights, bounded, used, room):
    """Solve one linear program from a feasible basis: the room's ``solution`` and ``duals``.

    Returns the pool's new size, negative when the pivots ran out.
    """
    masks, kinds, values, solution = room.masks, room.kinds, room.values, room.solution
    basis, inverse, column, step = room.basis, room.inverse, room.column, room.step
    m = masks.size
    for i in range(m):
        _set_column(masks[i], kinds[i], weights, column)
        for k in range(m):
            room.start[k, i] = basis[k, i] = column[k]
    _invert(basis, inverse)
    fresh, solved = True, False
    for turn in range(PIVOTS):
        _times_left(values, inverse, solution)
        _tables(solution[: m - 1], room.tables)
        mask, kind, used = _entering(cost, bounded, used, room)
        if kind < 0:
            if fresh:
                solved = True
                break
            _invert(basis, inverse)
            fresh = True
            continue
        _set_column(mask, kind, weights, column)
        _times(inverse, column, step)
        row = _leaving(inverse, room.start, step, kinds, room.ratio, room.tied)
        if row < 0:
            break
        for k in range(m):
            basis[k, row] = column[k]
        masks[row], kinds[row] = mask, kind
        values[row] = cost[mask] if kind == EXCESS else 0.0
        fresh = turn % 32 == 31
        if fresh:
            _invert(basis, inverse)
        else:
            _pivot(inverse, step, row)
    for i in range(m):
        room.duals[i] = inverse[i, m - 1]
    return used if solved else -1


@part
def _settle(rank, room):
    """Fix x(S) for the coalitions with non-zero dual and put them in front of the basis; new rank."""
    masks, kinds, values = room.masks, room.kinds, room.values
    players = room.pivots.size
    for i in range(rank, masks.size):
        if kinds[i] > FIXED and room.duals[i] > ZERO:
            mask = masks[i]
            kinds[i] = -1
            if rank < players and _add_row(room.echelon, room.pivots, rank, mask) > rank:
                total = 0.0
                for player in range(players):
                    total += room.solution[player] * ((mask >> player) & 1)
                masks[i], kinds[i], values[i] = masks[rank], kinds[rank], values[rank]
                masks[rank], kinds[rank], values[rank] = mask, FIXED, total
                rank += 1
    return rank


@njit(**LOOP)
def nucleolus_row(cost, weights, bounded, levels, noise, room, out):
    """Nucleolus of one game; destroys ``cost`` (2^n,), in which every player alone costs 0.

    Returns the first level's e, NaN when the pivots ran out. ``weights`` (n + 1,) by coalition size,
    ``noise`` (2, n) any random numbers, a ``Room``, ``out`` (n,). With ``bounded`` no player pays more than
    its own cost. ``levels`` stops early: 1 gives the least core.
    """
    players, full = out.size, cost.size - 1
    for i in range(players + 1):
        room.kinds[i] = -1
    room.masks[0], room.kinds[0], room.values[0] = full, FIXED, cost[full]
    room.solution[0] = cost[full]
    # a version is compiled for every literal: these are numbers like any other
    rank, used, first = np.int64(0), np.int64(0), 0.0
    rank = _add_row(room.echelon, room.pivots, rank, full)
    for level in range(min(levels, players - 1)):
        _settle_span(cost, rank, noise, room)
        _first_basis(cost, rank, room)
        used = _solve_level(cost, weights, bounded, used, room)
        if used < 0:
            return np.nan
        if level == 0:
            first = -room.solution[players]
        before = rank
        rank = _settle(rank, room)
        if rank == before:
            return np.nan
        if rank == players:
            break
    for player in range(players):
        out[player] = room.solution[player]
    return first
