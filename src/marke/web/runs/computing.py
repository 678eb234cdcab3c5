"""A run from its turn to its end, whatever happens to the worker meanwhile."""

import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from marke.baseline import Baseline
from marke.errors import InputError
from marke.exploration import explore_and_report
from marke.question import Inputs, counted_months, read_question
from marke.run import Run
from marke.web.intake.answers import own_baseline, region_baseline, region_counts
from marke.web.runs.models import OwnRun, SharedRun, State
from marke.web.runs.store import Stored, keep
from marke.web.runs.unpacked import WORK
from marke.web.studies.question import inputs_in, study_of
from marke.web.tenancy.context import Context, opened

MOST_TRIES = 3
PAUSE_SECONDS = 0.3
GONE = f"De werkruimte stopte {MOST_TRIES} keer tijdens het rekenen; misschien is er te weinig geheugen."
BROKEN = "Er ging iets mis bij het rekenen. Wie de werkruimte beheert, vindt de melding in haar uitvoer."

logger = logging.getLogger(__name__)


class Stopped(Exception):  # noqa: N818  # somebody's wish, no error
    """The run was cancelled."""


@dataclass
class Progress:
    """How far a run is, told by the thread that computes; it stops there once ``wanted`` is cleared."""

    service: str = ""
    done: int = 0
    total: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def __call__(self, service: str, done: int, total: int) -> None:
        """Note how far a service is; raises Stopped when it is not wanted any more."""
        if self.stop.is_set():
            raise Stopped
        self.service, self.done, self.total = service, done, total


def compute(kind: type[SharedRun] | type[OwnRun], key: UUID, context: Context) -> None:
    """Compute a run, tell how far it is, and end it as complete, failed or cancelled.

    Nothing happens when it has ended, or when another worker is at it. One whose worker died begins anew, at
    most ``MOST_TRIES`` times. Only a lost database raises an error: then it is to be tried again.
    """
    with held(key) as ours:
        if not ours:
            return
        with opened(context):
            run = _begin(kind, key)
        if run is None:
            shutil.rmtree(_room_of(key), ignore_errors=True)
            return
        with failing(key, partial(_fail, run, context), BROKEN), suppress(Stopped):
            _explore(run, context)


@contextmanager
def failing(key: UUID, fail: Callable[[str], None], broken: str) -> Iterator[None]:
    """Tell ``fail`` why a block did not end well, with ``broken`` for what nobody foresaw, which is logged.

    Only a lost database raises its error: then the work is to be tried again.
    """
    try:
        yield
    except InputError as error:
        fail(str(error))
    except DatabaseError:
        raise
    except Exception:
        logger.exception("work %s", key)
        fail(broken)


@contextmanager
def held(key: UUID) -> Iterator[bool]:
    """Hold a run for this connection, and say whether that was possible; a worker that dies lets go of it."""
    name = [f"run-{key}"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", name)
        ours = bool(cursor.fetchone()[0])
    try:
        yield ours
    finally:
        if ours:
            with suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", name)


def _begin(kind: type[SharedRun] | type[OwnRun], key: UUID) -> Stored | None:
    """Count a try and return the run, or None when it has ended, also because this was a try too many."""
    run = kind.objects.select_for_update().filter(pk=key).first()
    if run is None or not run.busy:
        return None
    if run.tries == MOST_TRIES:
        _end(run, State.FAILED, GONE)
        return None
    run.state, run.tries, run.service, run.done, run.total = State.RUNNING, run.tries + 1, "", 0, 0
    run.save()
    return run


def _explore(run: Stored, context: Context) -> None:
    """Compute in a thread of its own, while this one writes how far it is."""
    progress = Progress()
    with _room(run) as folder:
        with opened(context):
            inputs = _inputs(run, folder)
        with ThreadPoolExecutor(1) as pool:
            work = pool.submit(_work, inputs, folder, progress)
            try:
                while not work.done():
                    wait([work], PAUSE_SECONDS)
                    _tell(run, context, progress)
            finally:
                progress.stop.set()
            found = work.result()
        with opened(context):
            if not keep(run, found.folder):
                raise Stopped


def _work(inputs: Inputs, folder: Path, progress: Progress) -> Run:
    return explore_and_report(read_question(inputs), folder / "runs", progress, os.cpu_count() or 1)


def _room_of(key: UUID) -> Path:
    return Path(settings.DATA) / "runs" / f"{WORK}{key}"


@contextmanager
def _room(run: Stored) -> Iterator[Path]:
    """Give an empty private folder; what a worker that died left in it is thrown away."""
    folder = _room_of(run.pk)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _inputs(run: Stored, folder: Path) -> Inputs:
    months = counted_months(study_of(run.version, Baseline({})))
    counts = region_counts(run.region, months)
    if isinstance(run, OwnRun):
        own = run.organisation
        return inputs_in(folder, run.version, own_baseline(own), counts, viewer=own.code)
    return inputs_in(folder, run.version, region_baseline(run.region), counts)


def _tell(run: Stored, context: Context, progress: Progress) -> None:
    """Write how far a run is; one that was cancelled stops."""
    with opened(context):
        mine = type(run).objects.filter(pk=run.pk, state=State.RUNNING)
        told = {"service": progress.service, "done": progress.done, "total": progress.total}
        if not mine.update(**told):
            progress.stop.set()


def _fail(run: Stored, context: Context, reason: str) -> None:
    with opened(context):
        _end(run, State.FAILED, reason)


def _end(run: Stored, state: State, reason: str) -> None:
    busy = type(run).objects.filter(pk=run.pk, state=State.RUNNING)
    busy.update(state=state, reason=reason[:500], ended_at=timezone.now())
