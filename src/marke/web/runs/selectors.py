"""What is read about runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from marke.baseline import Baseline
from marke.dutch import capital
from marke.web.runs.models import Binder, BinderFile, OwnRun, SharedRun, State
from marke.web.runs.store import Stored
from marke.web.studies.question import catalogue, study_of
from marke.web.tenancy.access import Place


def shared_runs(place: Place) -> Sequence[SharedRun]:
    """Return the runs of a region, the last one first."""
    return list(_shared(place))


def own_runs(place: Place) -> Sequence[OwnRun]:
    """Return a municipality's own runs, the last one first."""
    return list(_own(place))


def latest_shared(place: Place) -> SharedRun | None:
    """Return the last complete run of a region."""
    return _shared(place).filter(state=State.COMPLETE).first()


def latest_own(place: Place) -> OwnRun | None:
    """Return a municipality's own last complete run."""
    return _own(place).filter(state=State.COMPLETE).first()


def _shared(place: Place) -> QuerySet[SharedRun]:
    return SharedRun.objects.filter(region=place.region).select_related("version__region", "asked_by")


def _own(place: Place) -> QuerySet[OwnRun]:
    return OwnRun.objects.filter(organisation=place.own).select_related("version__region", "asked_by")


def runs_in(place: Place) -> list[Stored]:
    """Return the runs that are shown in a place: a municipality's own, then those of its region.

    Raises Http404 for the region's office, which has no answers of its own: its runs are the region's.
    """
    if place.organisation is None:
        return [*shared_runs(place)]
    if not place.organisation.code:
        raise Http404
    return [*own_runs(place), *shared_runs(place)]


def run_in(place: Place, key: UUID) -> Stored:
    """Return one run that is shown in a place; raises Http404."""
    for run in runs_in(place):
        if run.pk == key:
            return run
    raise Http404


def may_start(place: Place) -> bool:
    """Whether the person starts runs in this place."""
    return place.writes if place.organisation else place.manages


def may_cancel(place: Place, run: Stored) -> bool:
    """Whether the person stops this run: only where it was started."""
    return may_start(place) and isinstance(run, OwnRun) == (place.organisation is not None)


def complete_in(place: Place, key: UUID) -> Stored:
    """Return a run of a place that has findings; raises Http404."""
    run = run_in(place, key)
    if not run.complete:
        raise Http404
    return run


def older_than(place: Place, run: Stored) -> Sequence[Stored]:
    """Return the complete runs of the same kind that were asked for before a run, the last one first."""
    runs: Sequence[Stored] = own_runs(place) if isinstance(run, OwnRun) else shared_runs(place)
    return [each for each in runs if each.complete and each.asked_at < run.asked_at]


def binders_of(place: Place) -> Sequence[Binder]:
    """Return the sets of documents of a municipality, the last one first; raises Http404 for the office."""
    if not place.own.code:
        raise Http404
    return list(Binder.objects.filter(organisation=place.own).select_related("asked_by"))


def files_of(binder: Binder) -> Sequence[BinderFile]:
    """Return the files of a binder without their content, those that are public first."""
    return list(BinderFile.objects.filter(binder=binder).defer("content"))


def file_of(place: Place, binder: UUID, name: str) -> BinderFile:
    """Return one file of a municipality's binder; raises Http404."""
    found = BinderFile.objects.filter(organisation=place.own, binder=binder, name=name).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Stage:
    """How far a run is, for a reader: the service at hand, its place among all, and the percentage."""

    service: str
    number: int
    services: int
    percent: int


def stage_of(run: Stored) -> Stage | None:
    """Return how far a run is, once it has begun to explore."""
    if run.state != State.RUNNING or not run.total:
        return None
    keys = [*study_of(run.version, Baseline({})).settings.services]
    place = keys.index(run.service)
    percent = int(100 * (place + run.done / run.total) / len(keys))
    return Stage(capital(catalogue().services[run.service].short), place + 1, len(keys), percent)
