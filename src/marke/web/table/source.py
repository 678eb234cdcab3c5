"""Where the table's results come from: the region's last shared run, laid open and kept in memory."""

from functools import lru_cache

from django.http import Http404

from marke.errors import InputError
from marke.situations.desk import Desk
from marke.web.runs.models import SharedRun
from marke.web.runs.selectors import latest_shared
from marke.web.runs.store import open_stored
from marke.web.tenancy.access import Place

KEPT = 10
"""Runs that one process keeps laid open; the one that was not asked for longest makes room."""


def current_desk(place: Place) -> Desk | None:
    """Return the region's last complete run laid open; None as long as there is none.

    Raises InputError when it is damaged or of another version of marke.
    """
    run = latest_shared(place)
    return None if run is None else _laid_open(run)


def desk_of(place: Place) -> Desk:
    """Return the region's last complete run laid open; raises Http404 where there is none to open."""
    try:
        desk = current_desk(place)
    except InputError as error:
        raise Http404 from error
    if desk is None:
        raise Http404
    return desk


def current_mark(place: Place) -> str:
    """Return the hash of the findings of that run, by which a document names it."""
    run = latest_shared(place)
    return "" if run is None else run.mark


@lru_cache(maxsize=KEPT)
def _laid_open(run: SharedRun) -> Desk:
    return Desk(open_stored(run))
