"""Where a contribution is booked: economic category, task field and paragraph, by dated rule."""

from collections.abc import Iterable
from datetime import date

from marke.catalogue import BudgetRow


def booked(rows: Iterable[BudgetRow], form: str, day: date) -> BudgetRow | None:
    """The rule for a form that holds on ``day``: the latest one known by then; None when none is."""
    known = [row for row in rows if row.form == form and row.known_from <= day]
    return max(known, key=lambda row: row.known_from, default=None)
