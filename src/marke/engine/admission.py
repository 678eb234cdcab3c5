"""Which coalitions of a joint variant may form."""

import numpy as np
from numpy.typing import NDArray

from marke.engine.case import Case

Rule = tuple[int, int]
"""The mask of the players that every group must hold, and the most players that it may have."""


def admission_rule(case: Case, variant: str) -> Rule:
    """What the study says about the groups of one variant."""
    admission = case.admissions[variant]
    required = sum(
        1 << number
        for number, player in enumerate(case.players)
        if any(m.code in admission.required for m in player)
    )
    return required, admission.capacity or len(case.players)


def may_form(rule: Rule, masks: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each coalition may form, (k,) masks -> (k,); the empty one and single players always."""
    required, capacity = rule
    count = np.bitwise_count(masks)
    return np.asarray(((masks & required == required) & (count <= capacity)) | (count < 2))


def admitted(case: Case, variant: str) -> NDArray[np.bool_]:
    """Whether each coalition may form in a variant, (2^n,)."""
    return may_form(admission_rule(case, variant), np.arange(1 << len(case.players)))
