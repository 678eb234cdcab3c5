"""What becomes better or worse besides money, alone and together, in every draw."""

from marke.engine.quality.compare import LOWER_IS_BETTER, Comparison, clearly_better
from marke.engine.quality.level import level_reached, shown_count
from marke.engine.quality.measure import (
    Measures,
    average,
    measure_alone,
    measure_everyone,
    measure_now,
    measure_together,
)

__all__ = [
    "LOWER_IS_BETTER",
    "Comparison",
    "Measures",
    "average",
    "clearly_better",
    "level_reached",
    "measure_alone",
    "measure_everyone",
    "measure_now",
    "measure_together",
    "shown_count",
]
