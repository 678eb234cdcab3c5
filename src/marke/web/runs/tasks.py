"""Background work on runs: a job opens the context of one region or organisation, like a page does."""

from datetime import UTC, datetime
from uuid import UUID

from django.db import DatabaseError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from marke.web.runs.computing import compute, held
from marke.web.runs.models import OwnRun, SharedRun
from marke.web.tenancy.context import Context

_AGAIN = RetryStrategy(wait=5, retry_exceptions={DatabaseError})
"""A lost database comes back; everything else is told in the run, which also counts its tries."""


@app.task(queue="marke", retry=_AGAIN)
def compute_shared(region: str, run: str) -> None:
    """Compute a run of a region."""
    area = UUID(region)
    compute(SharedRun, UUID(run), Context(regions=[area], region_writable=area))


@app.task(queue="marke", retry=_AGAIN)
def compute_own(region: str, organisation: str, run: str) -> None:
    """Compute a run of one municipality."""
    own = UUID(organisation)
    compute(OwnRun, UUID(run), Context(regions=[UUID(region)], readable=[own], writable=own))


def take_over() -> int:
    """Put what a worker that died was computing in the queue again, and return how many runs those are.

    A living worker holds its run, so that nothing is computed twice at once.
    """
    found = 0
    names = [compute_shared.name, compute_own.name]
    for job in ProcrastinateJob.objects.filter(task_name__in=names, status="doing"):
        with held(UUID(job.args["run"])) as free:
            if free:
                app.job_manager.retry_job_by_id(job.pk, datetime.now(UTC))
                found += 1
    return found
