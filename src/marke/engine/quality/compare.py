"""Whether together is clearly better or worse than alone on one criterion."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from marke.engine.draws import Floats

Outcome = Literal["better", "worse", "equal", "uncertain"]

LOWER_IS_BETTER = {
    "continuity": True,
    "waiting": True,
    "incident_one": False,
    "incident_all": False,
    "concentration": True,
    "round_the_clock": False,
    "presence": False,
}
"""The criteria in the order of telling, and whether a lower value is the better one."""


@dataclass(frozen=True)
class Comparison:
    """One criterion over the draws: the chances that together is better and worse, and what that says."""

    outcome: Outcome
    better: float
    worse: float


def clearly_better(
    criterion: str, alone: Floats, together: Floats, *, margin: Floats, chance: float
) -> Comparison:
    """Compare together with alone, (D,) each, draw by draw.

    A draw counts as better or worse when the difference is at least ``margin``. The outcome is the one that
    holds in a share of draws of at least ``chance`` (above one half, so that no two hold), else uncertain.
    """
    gain = (alone - together) if LOWER_IS_BETTER[criterion] else (together - alone)
    better, worse = float(np.mean(gain >= margin)), float(np.mean(gain <= -margin))
    shares: dict[Outcome, float] = {"better": better, "worse": worse, "equal": 1 - better - worse}
    likeliest = max(shares, key=lambda outcome: shares[outcome])
    return Comparison(likeliest if shares[likeliest] >= chance else "uncertain", better, worse)
