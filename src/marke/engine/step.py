"""A step of a derivation: a value over all draws that knows its formula, its parts and its figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from marke.engine.draws import Floats


@dataclass(frozen=True)
class Step:
    """One line of a derivation: its value per draw, the formula, the steps and figures it was made of."""

    label: str
    values: Floats
    unit: str
    formula: str = ""
    parts: tuple["Step", ...] = ()
    figures: tuple[str, ...] = ()
    key: str = ""

    @cached_property
    def mean(self) -> float:
        """Mean over the draws."""
        return float(self.values.mean())

    def part(self, key: str) -> "Step":
        """The direct part with this key; raises KeyError when there is none."""
        for step in self.parts:
            if step.key == key:
                return step
        raise KeyError(key)

    def behind(self) -> frozenset[str]:
        """Every figure that this step and the steps it was made of rest on."""
        return frozenset(self.figures).union(*(part.behind() for part in self.parts))


Members = Sequence[int]
"""Player numbers (bits of the game) of a coalition."""


def total(key: str, label: str, parts: Sequence[Step], unit: str = "EUR/jaar", formula: str = "som") -> Step:
    """Add steps up; of none the sum is 0."""
    zero = np.zeros_like(parts[0].values) if parts else np.zeros(1)
    return Step(label, sum((p.values for p in parts), zero), unit, formula, tuple(parts), (), key)


def scaled(key: str, label: str, base: Step, factor: Floats, formula: str, figures: tuple[str, ...]) -> Step:
    """Multiply a step by a factor per draw."""
    return Step(label, base.values * factor, base.unit, formula, (base,), figures, key)
