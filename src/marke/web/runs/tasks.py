"""Background work on runs: a job opens the context of one region or organisation, like a page does."""

from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

from django.db import DatabaseError, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from marke.web.runs.attempts import held
from marke.web.runs.comparing import compare
from marke.web.runs.computing import compute
from marke.web.runs.documents import make
from marke.web.runs.models import OwnRun, SharedRun, State
from marke.web.tenancy.context import Context, opened

_AGAIN = RetryStrategy(wait=5, retry_exceptions={DatabaseError})
"""A lost database comes back; everything else is told in the run, which also counts its tries."""


@app.task(queue="marke", retry=_AGAIN)
def compute_shared(region: str, run: str) -> None:
    """Compute a run of a region."""
    area = UUID(region)
    context = Context(regions=[area], region_writable=area)
    compute(SharedRun, UUID(run), context)
    _compare_with_previous(SharedRun, UUID(run), context)


@app.task(queue="marke", retry=_AGAIN)
def compute_own(region: str, organisation: str, run: str) -> None:
    """Compute a run of one municipality."""
    own = UUID(organisation)
    context = Context(regions=[UUID(region)], readable=[own], writable=own)
    compute(OwnRun, UUID(run), context)
    _compare_with_previous(OwnRun, UUID(run), context)


def _compare_with_previous(kind: type[SharedRun] | type[OwnRun], key: UUID, context: Context) -> None:
    with opened(context):
        run = kind.objects.filter(pk=key, state=State.COMPLETE).first()
        before = run and kind.objects.filter(state=State.COMPLETE, asked_at__lt=run.asked_at).first()
        if run and before:
            ask_comparison(run, before)


@app.task(queue="marke", retry=_AGAIN)
def make_binder(region: str, organisation: str, run: str) -> None:
    """Make the documents of a binder (``run``, like what else is held)."""
    own = UUID(organisation)
    make(UUID(run), Context(regions=[UUID(region)], readable=[own], writable=own))


@app.task(queue="marke")
def compare_shared(region: str, run: str, other: str) -> None:
    """Compute why a run of a region differs from an older one."""
    area = UUID(region)
    compare(SharedRun, UUID(run), UUID(other), Context(regions=[area], region_writable=area))


@app.task(queue="marke")
def compare_own(region: str, organisation: str, run: str, other: str) -> None:
    """Compute why a municipality's own run differs from an older one."""
    own = UUID(organisation)
    context = Context(regions=[UUID(region)], readable=[own], writable=own)
    compare(OwnRun, UUID(run), UUID(other), context)


def ask_comparison(run: SharedRun | OwnRun, other: SharedRun | OwnRun) -> None:
    """Have the difference between a run and an older one computed soon; once is enough while it waits."""
    given = {"region": str(run.region_id), "run": str(run.pk), "other": str(other.pk)}
    lock = f"compare-{run.pk}-{other.pk}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        if isinstance(run, OwnRun):
            given["organisation"] = str(run.organisation_id)
            compare_own.configure(queueing_lock=lock).defer(**given)
        else:
            compare_shared.configure(queueing_lock=lock).defer(**given)


def take_over() -> int:
    """Put what a worker that died was at in the queue again, and return how much that is.

    A living worker holds its run, so that nothing is computed twice at once.
    """
    found = 0
    names = [compute_shared.name, compute_own.name, make_binder.name]
    for job in ProcrastinateJob.objects.filter(task_name__in=names, status="doing"):
        with held(UUID(job.args["run"])) as free:
            if free:
                app.job_manager.retry_job_by_id(job.pk, datetime.now(UTC))
                found += 1
    return found
