"""A run from its turn to its end, whatever happens to the worker meanwhile."""

import os
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from marke.baseline import Baseline
from marke.exploration import explore_and_report
from marke.question import Inputs, counted_months, read_question
from marke.run import Run
from marke.web.intake.answers import own_baseline, region_baseline, region_counts
from marke.web.runs.attempts import begin, failing, held
from marke.web.runs.models import OwnRun, SharedRun, State
from marke.web.runs.store import Stored, keep
from marke.web.runs.unpacked import WORK
from marke.web.studies.question import inputs_in, study_of
from marke.web.tenancy.context import Context, opened

PAUSE_SECONDS = 0.3
BROKEN = "Er ging iets mis bij het rekenen. Wie de werkruimte beheert, vindt de melding in haar uitvoer."


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
        fail = partial(_fail, kind, key, context)
        with failing(key, fail, BROKEN), suppress(Stopped), _room(key) as folder:
            with opened(context):
                run = begin(kind, key, service="", done=0, total=0)
            if run is not None:
                _explore(run, folder, context)


def _explore(run: Stored, folder: Path, context: Context) -> None:
    """Compute in a thread of its own, while this one writes how far it is."""
    progress = Progress()
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


@contextmanager
def _room(key: UUID) -> Iterator[Path]:
    """Give an empty private folder; what a worker that died left in it is thrown away."""
    folder = Path(settings.DATA) / "runs" / f"{WORK}{key}"
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


def _fail(kind: type[SharedRun] | type[OwnRun], key: UUID, context: Context, reason: str) -> None:
    with opened(context):
        busy = kind.objects.filter(pk=key, state=State.RUNNING)
        busy.update(state=State.FAILED, reason=reason[:500], ended_at=timezone.now())
