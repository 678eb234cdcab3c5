"""The shape of what is told about how sure an outcome is."""

from typing import Annotated, Literal

from marke.findings.part import Amount, By, Codes, Given, Part
from marke.findings.shares import error_of


class Influence(Part):
    """A figure and the share of the variance of the saving that it explains on its own, with its interval.

    ``low`` and ``high`` hold the true share in 95 of 100 runs.
    """

    figure: str
    label: str
    status: str
    share: Annotated[float, By("Var(E[besparing | cijfer]) / Var(besparing)", "saving")]
    low: Annotated[float, By("ondergrens van het 95 %-interval: jackknife over reeksen trekkingen", "share")]
    high: Annotated[float, By("bovengrens van het 95 %-interval: jackknife over reeksen trekkingen", "share")]

    @property
    def error(self) -> float:
        """The standard error of the share, from its 95 % interval."""
        return (self.high - self.low) / 4


class SwingFinding(Part):
    """A figure moved alone in the base case: its own low, mode and high, and the saving at low and high."""

    figure: str
    label: str
    unit: str
    status: str
    low: Annotated[float, Given("het cijfer zelf")]
    mode: Annotated[float, Given("het cijfer zelf")]
    high: Annotated[float, Given("het cijfer zelf")]
    at_low: Annotated[
        float,
        By("besparing met dit cijfer op laag en alle andere op hun waarschijnlijkste waarde", "low", "base"),
    ]
    at_high: Annotated[
        float,
        By("besparing met dit cijfer op hoog en alle andere op hun waarschijnlijkste waarde", "high", "base"),
    ]


class BreakEven(Part):
    """The value of a figure, between ``low`` and ``high``, at which the expected saving becomes 0.

    ``value`` is None where that is nowhere. ``pays`` says on which side together is cheaper, and ``chance``
    in which share of draws the figure lies there. ``at_low`` and ``at_high`` are the expected savings at the
    ends.
    """

    figure: str
    label: str
    unit: str
    low: Annotated[float, Given("het cijfer zelf")]
    mode: Annotated[float, Given("het cijfer zelf")]
    high: Annotated[float, Given("het cijfer zelf")]
    value: Annotated[
        float | None,
        By(
            "waar de verwachte besparing nul wordt als alleen dit cijfer beweegt",
            "at_low",
            "at_high",
            "saving",
        ),
    ]
    pays: Annotated[
        Literal["above", "below", "always", "never"],
        By("aan welke kant van het omslagpunt samen goedkoper is", "at_low", "at_high"),
    ]
    chance: Annotated[float, By("deel van de trekkingen aan de goede kant", "value")]
    at_low: Annotated[float, By("verwachte besparing met dit cijfer op laag", "low", "saving")]
    at_high: Annotated[float, By("verwachte besparing met dit cijfer op hoog", "high", "saving")]


class BoxLimit(Part):
    """A figure of a box and the part of its range that belongs to it; None: that end is free.

    ``least`` and ``most`` are the low and high of the figure itself. ``quasi_p`` is how often chance alone
    would make the box as dense without this limit.
    """

    figure: str
    label: str
    unit: str
    least: Annotated[float, Given("het cijfer zelf")]
    most: Annotated[float, Given("het cijfer zelf")]
    low: Annotated[float | None, By("ondergrens die PRIM vindt, in drie cijfers", "saving")]
    high: Annotated[float | None, By("bovengrens die PRIM vindt, in drie cijfers", "saving")]
    quasi_p: Annotated[float, By("binomiale kans op zoveel gevallen zonder deze grens", "saving")]


class BoxFinding(Part):
    """Limits that hold together.

    ``coverage`` is the part of all cases that lies in the box, ``density`` the part of the box that is a
    case, ``support`` the part of all draws in it.
    """

    limits: tuple[BoxLimit, ...]
    coverage: Annotated[float, By("gevallen binnen de grenzen / alle gevallen", "limits")]
    density: Annotated[float, By("gevallen binnen de grenzen / trekkingen binnen de grenzen", "limits")]
    support: Annotated[float, By("trekkingen binnen de grenzen / alle trekkingen", "limits")]


class Search(Part):
    """The search for boxes in which together ``pays`` (by the materiality) or ``costs`` more than alone.

    ``share`` is the share of all draws in which it does, ``wanted`` the density that is asked of a box.
    ``outcome``: so it is nearly ``everywhere``, ``hardly`` anywhere, in the box that was ``found``, or in
    ``none`` of that density; then the densest box is given.
    """

    case: Annotated[
        Literal["pays", "costs"], Given("wat wordt gezocht: samen bespaart genoeg, of samen is duurder")
    ]
    share: Annotated[float, By("deel van de trekkingen waarin dat zo is", "saving", "study.materiality")]
    wanted: Annotated[float, By("de kans die de studie vraagt", "study.chance")]
    outcome: Annotated[
        Literal["everywhere", "hardly", "found", "none"],
        By("of er grenzen zijn waarbinnen het vaak genoeg zo is", "share", "wanted", "boxes"),
    ]
    boxes: tuple[BoxFinding, ...]


class UncertaintyFinding(Part):
    """How sure the saving of one group in one form is, euro a year.

    ``base`` is the saving with every figure at its mode. ``half`` is the saving when the advantage of working
    together comes for half and its price (``price``: steering, client role, one-off cost) in full.
    ``regret_together`` and ``regret_alone`` are what one loses, on average, by having chosen so.
    """

    variant: str
    label: str
    codes: Codes
    saving: Annotated[Amount, By("alleen − samen", step="saving")]
    base: Annotated[
        float, By("alleen − samen met alle cijfers op hun waarschijnlijkste waarde", step="saving")
    ]
    influences: tuple[Influence, ...]
    swings: tuple[SwingFinding, ...]
    break_even: tuple[BreakEven, ...]
    searches: tuple[Search, ...]
    price: Annotated[
        float,
        By("aansturing met tegenvaller + opdrachtgeven en overleg + eenmalige kosten per jaar", step="joint"),
    ]
    half: Annotated[Amount, By("besparing − max(besparing + prijs, 0) / 2", "saving", "price")]
    half_chance: Annotated[float, By("deel van de trekkingen waarin dat meer dan 0 is", "half")]
    half_chance_error: Annotated[float, error_of("half_chance")]
    regret_together: Annotated[Amount, By("max(−besparing, 0)", "saving")]
    regret_alone: Annotated[Amount, By("max(besparing, 0)", "saving")]
