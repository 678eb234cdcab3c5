"""The shape of what is told about how sure an outcome is."""

from typing import Literal

from marke.findings.part import Amount, Part


class Influence(Part):
    """A figure and the share of the variance of the saving that it explains on its own, with its interval.

    ``low`` and ``high`` hold the true share in 95 of 100 runs.
    """

    figure: str
    label: str
    status: str
    share: float
    low: float
    high: float


class SwingFinding(Part):
    """A figure moved alone in the base case: its own low, mode and high, and the saving at low and high."""

    figure: str
    label: str
    unit: str
    status: str
    low: float
    mode: float
    high: float
    at_low: float
    at_high: float


class BreakEven(Part):
    """The value of a figure, between ``low`` and ``high``, at which the expected saving becomes 0.

    ``value`` is None where that is nowhere. ``pays`` says on which side together is cheaper, and ``chance``
    in which share of draws the figure lies there. ``at_low`` and ``at_high`` are the expected savings at the
    ends.
    """

    figure: str
    label: str
    unit: str
    low: float
    mode: float
    high: float
    value: float | None
    pays: Literal["above", "below", "always", "never"]
    chance: float
    at_low: float
    at_high: float


class BoxLimit(Part):
    """A figure of a box and the part of its range that belongs to it; None: that end is free.

    ``quasi_p`` is how often chance alone would make the box as dense without this limit.
    """

    figure: str
    label: str
    unit: str
    low: float | None
    high: float | None
    quasi_p: float


class BoxFinding(Part):
    """Limits that hold together.

    ``coverage`` is the part of all cases that lies in the box, ``density`` the part of the box that is a
    case, ``support`` the part of all draws in it.
    """

    limits: tuple[BoxLimit, ...]
    coverage: float
    density: float
    support: float


class Search(Part):
    """The search for boxes in which together ``pays`` (by the materiality) or ``costs`` more than alone.

    ``share`` is the share of all draws in which it does, ``wanted`` the density that is asked of a box.
    ``outcome``: so it is nearly ``everywhere``, ``hardly`` anywhere, in the box that was ``found``, or in
    ``none`` of that density; then the densest box is given.
    """

    case: Literal["pays", "costs"]
    share: float
    wanted: float
    outcome: Literal["everywhere", "hardly", "found", "none"]
    boxes: tuple[BoxFinding, ...]


class UncertaintyFinding(Part):
    """How sure the saving of one group in one form is, euro a year.

    ``base`` is the saving with every figure at its mode. ``half`` is the saving when the advantage of working
    together comes for half and its price (``price``: steering, client role, one-off cost) in full.
    ``regret_together`` and ``regret_alone`` are what one loses, on average, by having chosen so.
    """

    variant: str
    label: str
    codes: tuple[str, ...]
    saving: Amount
    base: float
    influences: tuple[Influence, ...]
    swings: tuple[SwingFinding, ...]
    break_even: tuple[BreakEven, ...]
    searches: tuple[Search, ...]
    price: float
    half: Amount
    half_chance: float
    half_chance_error: float
    regret_together: Amount
    regret_alone: Amount
