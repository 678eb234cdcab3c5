"""Is it worth it: the chance of an incident that earns the extra cost back, and what waiting costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from marke.catalogue import Figure
from marke.ledger.book import Book
from marke.ledger.bridge import Bridge
from marke.ledger.lines import Deal
from marke.ledger.years import YEARS
from marke.region import Municipality

Yardstick = Literal["budgeted", "now"]


@dataclass(frozen=True)
class Worth:
    """What one municipality pays extra in a structural year, and what that is worth.

    ``extra`` is whole euros a year more (negative: less) than the ``yardstick``. ``break_even`` holds the
    yearly chances of an incident at which the extra cost is earned back, for a high, likely and low cost of
    an incident; None when there is no extra cost. Above 1 that alone never earns it back.
    ``waiting`` is what a year of waiting costs (negative: saves) when the level is then reached alone.
    """

    code: str
    extra: int
    yardstick: Yardstick
    per_inhabitant: float
    per_household: float | None
    break_even: tuple[float, float, float] | None
    waiting: int


def break_even(extra: float, incident: Figure) -> tuple[float, float, float] | None:
    """Extra cost a year over the cost of an incident (high, mode, low); None when there is no extra cost."""
    if extra <= 0:
        return None
    return extra / incident.high, extra / incident.mode, extra / incident.low


def worths(deal: Deal, book: Book, bridges: Sequence[Bridge]) -> tuple[Worth | None, ...]:
    """Judge every municipality of a deal by its printed ledger and reconciliation, in code order.

    Of one that has left there is nothing to judge: None.
    """
    known = {m.code: m for player in deal.case.players for m in player}
    return tuple(_worth(deal, book, bridge, known[bridge.code]) for bridge in bridges)


def _worth(deal: Deal, book: Book, bridge: Bridge, municipality: Municipality) -> Worth | None:
    effect = book.effect(bridge.code)[YEARS]
    extra = book.more_than_now(bridge.code)[YEARS] if effect is None else effect
    if extra is None:
        return None
    inhabitants = float(deal.case.origins[bridge.code, "inhabitants"].values[0])
    households = municipality.households
    incident = deal.case.catalogue.figures[deal.case.catalogue.ledger.incident_cost]
    return Worth(
        code=bridge.code,
        extra=extra,
        yardstick="now" if effect is None else "budgeted",
        per_inhabitant=extra / inhabitants,
        per_household=extra / households if households else None,
        break_even=break_even(extra, incident),
        waiting=bridge.alone - bridge.together,
    )
