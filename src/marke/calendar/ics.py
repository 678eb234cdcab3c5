"""The calendar as iCalendar (RFC 5545): the same events give the same bytes."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import icalendar

from marke.calendar.moments import Event
from marke.dutch import capital

PRODUCT = "-//marke//kalender//NL"


def to_icalendar(events: Iterable[Event], *, name: str, stamp: date) -> bytes:
    """Write all-day events, in order; ``stamp`` (the study's reference date) is when they were made.

    An event of one municipality is marked confidential.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    made = datetime.combine(stamp, time(), UTC)
    for event in events:
        calendar.add_component(_entry(event, made))
    return bytes(calendar.to_ical())


def _entry(event: Event, made: datetime) -> icalendar.Event:
    entry = icalendar.Event()
    identity = "|".join((event.day.isoformat(), event.kind, event.label, event.code))
    entry.add("uid", f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}@marke")
    entry.add("dtstamp", made)
    entry.add("dtstart", event.day)
    entry.add("dtend", event.day + timedelta(days=1))
    entry.add("summary", capital(event.label))
    assumed = "Aanname: deze dag verschilt per gemeente. " if event.status == "assumption" else ""
    entry.add("description", f"{assumed}{event.note + ' ' if event.note else ''}Bron: {event.source}")
    entry.add("class", "CONFIDENTIAL" if event.code else "PUBLIC")
    entry.add("transp", "TRANSPARENT")
    return entry
