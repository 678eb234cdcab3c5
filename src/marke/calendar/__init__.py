"""The calendar of natural moments: when joining costs least, and which days decide."""

from marke.calendar.ics import to_icalendar
from marke.calendar.joining import Month, cheapest, months
from marke.calendar.moments import (
    Contract,
    Event,
    Replacement,
    due_event,
    next_months,
    own_events,
    public_events,
    yearly_events,
)

__all__ = [
    "Contract",
    "Event",
    "Month",
    "Replacement",
    "cheapest",
    "due_event",
    "months",
    "next_months",
    "own_events",
    "public_events",
    "to_icalendar",
    "yearly_events",
]
