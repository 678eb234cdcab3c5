"""What the compiled nucleolus works in, made beforehand: functions that allocate take long to compile."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from marke.games.compiled.simplex import LANES, POOL, TABLE
from marke.games.lattice import Floats

Numbers = NDArray[np.int64]


class Room(NamedTuple):
    """Room for games of n players.

    ``scale`` (p, 2^8) holds 1 / w(|S|) by number of high players and low part; ``echelon`` and ``pivots`` the
    settled coalitions, ``rows`` and ``places`` a copy that is completed; ``masks``, ``kinds`` and ``values``
    (n + 1,) the basis, from its ``start``, and its ``inverse``; ``solution`` x and -e, ``duals`` lambda.
    """

    scale: Floats
    tables: Floats
    other: Floats
    normal: Floats
    echelon: Floats
    pivots: Numbers
    rows: Floats
    places: Numbers
    masks: Numbers
    kinds: Numbers
    values: Floats
    solution: Floats
    duals: Floats
    start: Floats
    basis: Floats
    inverse: Floats
    column: Floats
    step: Floats
    ratio: Floats
    tied: NDArray[np.bool_]
    pool: Numbers
    lanes: Floats


def make_room(players: int, weights: Floats) -> Room:
    """Make room for games of ``players`` players; ``weights`` (n + 1,) by coalition size."""
    size = players + 1
    low = np.bitwise_count(np.arange(min(1 << players, TABLE)))
    high = np.arange(max(players - 8, 0) + 1)
    shapes = {
        **dict.fromkeys(("tables", "other"), (3, TABLE)),
        **dict.fromkeys(("echelon", "rows"), (players, players)),
        **dict.fromkeys(("start", "basis", "inverse"), (size, size)),
        **dict.fromkeys(("values", "solution", "duals", "column", "step", "ratio"), (size,)),
        "normal": (players,),
        "lanes": (LANES,),
    }
    numbers = {"pivots": players, "places": players, "masks": size, "kinds": size, "pool": POOL}
    room: dict[str, Any] = {name: np.empty(shape) for name, shape in shapes.items()}
    room |= {name: np.empty(length, np.int64) for name, length in numbers.items()}
    return Room(
        scale=1.0 / weights[np.maximum(high[:, None] + low, 1)], tied=np.empty(size, np.bool_), **room
    )
