"""What one municipality may see of what things cost today: its own, and what others released.

A shared run holds released answers and estimates only (``marke.question``). An estimate of what another
spends today is not shown either: it would be read as that municipality's own figure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from marke.baseline import Baseline
from marke.engine.today import today_cost, today_of, unreleased
from marke.situations.closely import Exact
from marke.situations.desk import Sheet

ANSWERS = ("realised", "staff", "spend")
"""The questions of a service that tell what it costs today."""

BUDGET = "budgeted_1"


@dataclass(frozen=True)
class Seen:
    """One municipality's today, euro a year, and what it budgeted for it; ``own`` where it is the asker's.

    ``effect`` is what together costs more than the budget (than today where no budget is known), what remains
    of today's cost included.
    """

    today: float
    budgeted: float | None
    own: bool
    net: float | None

    @property
    def effect(self) -> float | None:
        """What the budget must rise by; negative where it may fall."""
        if self.net is None:
            return None
        return self.net - (self.today if self.budgeted is None else self.budgeted)


def todays(
    sheet: Sheet, exact: Exact | None, viewer: str | None = None, own: Baseline | None = None
) -> Mapping[str, Seen]:
    """Today by CBS code, of the ``viewer`` (from its ``own`` answers) and of who released an answer."""
    found = {}
    for code, _, _ in sheet.parts:
        mine = code == viewer
        baseline = own if mine and own is not None else sheet.study.baseline
        if not mine and not _told(baseline, code, sheet.key):
            continue
        now = today_of(sheet.case, replace(sheet.study, baseline=baseline), code)
        net = None
        if exact and code in exact.burdens:
            burden = exact.burdens[code]
            net = burden.net - burden.unreleased + float(unreleased(sheet.case, *now).mean())
        budgeted = baseline.value(code, f"{sheet.key}.{BUDGET}")
        found[code] = Seen(float(today_cost(sheet.case, *now).mean()), budgeted, mine, net)
    return found


def _told(baseline: Baseline, code: str, service: str) -> bool:
    return any(baseline.value(code, f"{service}.{name}") is not None for name in ANSWERS)
