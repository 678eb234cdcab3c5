"""What the quality of a service follows from: who is there, what waits, and what one attack asks."""

from collections.abc import Mapping

from marke.catalogue.figure import FigureId, Record


class Reactive(Record):
    """The part of a work package that comes in as requests, which wait until somebody is free.

    ``share`` is the part of the package's hours, ``handling`` the hours of one request. ``variation`` is the
    squared coefficient of variation of those hours; without it they vary as an exponential time does (1).
    """

    share: FigureId
    handling: FigureId
    variation: FigureId | None = None


class Incident(Record):
    """Hours of help in the first week after an attack, for every unit of ``per`` (or per organisation)."""

    hours: FigureId
    per: str = "organisation"


class ServiceQuality(Record):
    """What sets a service apart: whether nights and weekends count, and what an attack asks of its people."""

    round_the_clock: bool = False
    incident: Incident | None = None


class Margins(Record):
    """Per criterion the smallest difference that counts, in the unit of the criterion."""

    continuity: FigureId
    waiting: FigureId
    incident_one: FigureId
    incident_all: FigureId
    concentration: FigureId
    round_the_clock: FigureId
    presence: FigureId


class CommonQuality(Record):
    """The figures of quality that every service uses.

    ``at_once`` gives per form the part of a service that stops for all members together when the one who
    carries it fails.
    """

    working_days: FigureId
    week_hours: FigureId
    absence: FigureId
    appointment: FigureId
    utilisation: FigureId
    surge: FigureId
    on_call_persons: FigureId
    on_site_own: FigureId
    on_site_joint: FigureId
    at_once: Mapping[str, FigureId]
    margin: Margins
