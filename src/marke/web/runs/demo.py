"""Runs and documents of the example: asked for like anyone asks, and made by the worker."""

import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from marke.baseline import Baseline
from marke.errors import InputError
from marke.files import slug
from marke.web.accounts.models import User
from marke.web.runs.models import Binder, OwnRun, State
from marke.web.runs.selectors import run_in, stage_of
from marke.web.runs.services import ask_documents, start
from marke.web.runs.store import Stored
from marke.web.studies.question import study_of
from marke.web.studies.selectors import latest
from marke.web.tenancy.access import Place, organisation_entered, region_entered
from marke.web.tenancy.models import Region

KINDS = ("raadsinformatiebrief", "bijdragen")
_PAUSE = 0.5

Tell = Callable[[str], None]
Enter = Callable[[], AbstractContextManager[Place]]


def add_runs(region: Region, lead: User, tell: Tell) -> None:
    """Have the region computed, and one municipality for itself with documents.

    ``tell`` gets how far the work is. Raises InputError when something does not end well.
    """
    with region_entered(lead, region.slug, origin="demo") as place:
        shared, own = start(place=place), own_slug(region)
    contact = User.objects.get(email=f"contact@{own}.example")

    def enter() -> AbstractContextManager[Place]:
        return organisation_entered(contact, region.slug, own, origin="demo")

    with enter() as place:
        mine = start(place=place)
    _await(enter, lambda place: _busy_run(place, shared, mine), tell)
    with enter() as place:
        binder = ask_documents(place=place, run=run_in(place, shared.pk), kinds=KINDS)
    _await(enter, lambda _: _busy_binder(binder), tell)


def own_slug(region: Region) -> str:
    """Return the name in addresses of the municipality that the example is told for."""
    return slug(study_of(latest(region), Baseline({})).viewpoint.name)


def _await(enter: Enter, busy: Callable[[Place], str], tell: Tell) -> None:
    """Let a worker do what waits, and tell what ``busy`` says when that changes, until it says nothing."""
    command = [sys.executable, "-m", "django", "work", "--one-shot"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as worker:  # noqa: S603  # our own command
        said = ""
        while True:
            with enter() as place:
                now = busy(place)
            if not now:
                return
            if now != said:
                tell(f"  {now}")
            if worker.poll():
                raise InputError("De werker van het voorbeeld stopte.", mend="Start 'marke serve'.")
            said = now
            time.sleep(_PAUSE)


def _busy_run(place: Place, *runs: Stored) -> str:
    """Say how far the first run is that did not end; raises InputError for one that ended badly."""
    for run in (run_in(place, each.pk) for each in runs):
        name = place.own.name if isinstance(run, OwnRun) else place.region.name
        if run.busy:
            stage = stage_of(run)
            told = f"dienst {stage.number} van {stage.services}" if stage else run.get_state_display()
            return f"run van {name}: {told}"
        _check(run.state, run.reason)
    return ""


def _busy_binder(binder: Binder) -> str:
    binder.refresh_from_db()
    if binder.busy:
        return "stukken worden gemaakt"
    _check(binder.state, binder.reason)
    return ""


def _check(state: str, reason: str) -> None:
    if state != State.COMPLETE:
        raise InputError(f"Het voorbeeld is er, maar niet alles lukte: {reason}")
