"""The ways of working together: what each costs to run, and how it is entered, left and booked."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from marke.catalogue.figure import FigureId, Record

ExitKind = Literal["notice_plus_committed", "remaining_term", "staff_return_plus_book_value", "exit_sum"]

_EXIT_FIGURES: dict[ExitKind, frozenset[str]] = {
    "notice_plus_committed": frozenset({"notice_months", "committed"}),
    "remaining_term": frozenset({"remaining_years"}),
    "staff_return_plus_book_value": frozenset({"staff_months"}),
    "exit_sum": frozenset({"schedule"}),
}


class ExitRule(Record):
    """What a member owes when it leaves, by ``kind``; each kind has its own figures and no other.

    ``notice_plus_committed``: its yearly contribution over ``notice_months``, and the part ``committed`` of a
    yearly contribution for which the group is bound to others. ``remaining_term``: its own contract for
    ``remaining_years``. ``staff_return_plus_book_value``: its share of the staff's cost over ``staff_months``
    and of the book value. ``exit_sum``: ``schedule``, parts of a yearly contribution in the years after it.
    """

    kind: ExitKind
    source: str
    notice_months: FigureId | None = None
    committed: FigureId | None = None
    remaining_years: FigureId | None = None
    staff_months: FigureId | None = None
    schedule: tuple[FigureId, ...] = ()

    @model_validator(mode="after")
    def _figures_of_kind(self) -> "ExitRule":
        given = {name for name in frozenset().union(*_EXIT_FIGURES.values()) if getattr(self, name)}
        wanted = _EXIT_FIGURES[self.kind]
        if given != wanted:
            names = ", ".join(f"'{name}'" for name in sorted(wanted))
            raise ValueError(f'Bij kind = "{self.kind}" horen {names}, en geen andere cijfers.')
        return self


class Form(Record):
    """A way of working together, with its cost of steering, preparation and time.

    ``decides`` says who decides, ``vat`` how VAT falls (Dutch). ``ramp`` is the part of the benefits that is
    reached in year 1, 2, ...; after the last one all is. A ``hosted`` form has one member that does the work;
    one that ``joins`` needs a partnership that exists. ``capacity`` is the most members it can serve, and
    ``path`` names the steps towards its start.
    """

    label: str
    short: str
    basis: str
    basis_source: str
    decides: str
    council_permission: bool
    vat: str
    vat_source: str
    vat_on_charge: bool
    overhead: FigureId
    steering_group: FigureId
    steering_member: FigureId
    preparation: FigureId
    months: FigureId
    ramp: tuple[FigureId, ...] = Field(min_length=1)
    path: str
    exit: str
    exit_rule: ExitRule
    hosted: bool = False
    joins: bool = False
    capacity: int | None = Field(default=None, ge=2)


class BudgetRow(Record):
    """Where a municipality books its contribution to a form, from ``known_from`` until a later row.

    ``economic_category`` is that of Iv3, ``task_field`` a BBV task field, ``paragraph`` the one of the
    programme budget that tells about it.
    """

    form: str
    known_from: date
    economic_category: str = Field(pattern=r"^[0-9](\.[0-9])+$")
    category_label: str
    task_field: str = Field(pattern=r"^[0-9]+\.[0-9]+$")
    task_field_label: str
    paragraph: Literal["bedrijfsvoering", "verbonden partijen"]
    source: str
    note: str = ""


def booked(rows: Iterable[BudgetRow], form: str, day: date) -> BudgetRow | None:
    """The rule for a form that holds on ``day``: the latest one known by then; None when none is."""
    known = [row for row in rows if row.form == form and row.known_from <= day]
    return max(known, key=lambda row: row.known_from, default=None)
