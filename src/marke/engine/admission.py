"""Which coalitions of a joint variant may form, as a mask over the game's coalitions."""

import numpy as np
from numpy.typing import NDArray

from marke.engine.case import Case
from marke.games import sizes


def admitted(case: Case, variant: str) -> NDArray[np.bool_]:
    """Whether each coalition may form in a variant: (2^n,); the empty one and single players always.

    A coalition must hold every player that the study requires, and be within the capacity.
    """
    count = sizes(len(case.players))
    admission = case.admissions[variant]
    required = sum(
        1 << number
        for number, player in enumerate(case.players)
        if any(m.code in admission.required for m in player)
    )
    complete = (np.arange(count.size) & required) == required
    within = count <= (admission.capacity or len(case.players))
    return np.asarray((complete & within) | (count < 2))
