"""What is written about runs: they are started and stopped, and documents are made of them."""

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from marke.errors import InputError
from marke.web.runs.documents import TITLES
from marke.web.runs.models import BUSY, Binder, OwnRun, SharedRun, State
from marke.web.runs.store import Stored
from marke.web.runs.tasks import compute_own, compute_shared, make_binder
from marke.web.studies.selectors import latest
from marke.web.tenancy.access import Place
from marke.web.tenancy.services import log


def start(*, place: Place) -> Stored:
    """Have the study computed for a region or one municipality; raises InputError while one is busy."""
    return start_own(place=place) if place.organisation else start_shared(place=place)


def start_shared(*, place: Place) -> SharedRun:
    """Have the region's study computed from what everyone may see; raises InputError while one is busy."""
    run = SharedRun(region=place.region, version=latest(place.region), asked_by=place.user)
    _save(run)
    compute_shared.defer(region=str(place.region.pk), run=str(run.pk))
    return run


def start_own(*, place: Place) -> OwnRun:
    """Have the study computed with the municipality's own answers; raises InputError while one is busy."""
    run = OwnRun(
        region=place.region, organisation=place.own, version=latest(place.region), asked_by=place.user
    )
    _save(run)
    compute_own.defer(region=str(place.region.pk), organisation=str(place.own.pk), run=str(run.pk))
    log(place, action="run gestart", subject=f"studie, versie {run.version.number}", result="gelukt")
    return run


def _save(run: Stored) -> None:
    try:
        with transaction.atomic():
            run.save(force_insert=True)
    except IntegrityError as error:
        raise InputError(
            "Er wordt al een run gerekend.", mend="Wacht tot zij klaar is, of stop haar."
        ) from error


def ask_documents(*, place: Place, run: Stored, kinds: Collection[str]) -> Binder:
    """Have documents made of a run for the municipality; raises InputError when no kind is named."""
    chosen = [kind for kind in TITLES if kind in kinds]
    if not chosen:
        raise InputError("U koos geen stuk.", mend="Kies er ten minste een.")
    last = Binder.objects.filter(organisation=place.own).aggregate(last=Max("number"))["last"] or 0
    binder = Binder(region=place.region, organisation=place.own, number=last + 1, kinds=chosen, run=run.pk)
    binder.name, binder.mark, binder.asked_by = run.name, run.mark, place.user
    binder.save(force_insert=True)
    make_binder.defer(region=str(place.region.pk), organisation=str(place.own.pk), run=str(binder.pk))
    log(place, action="stukken gevraagd", subject=f"versie {binder.number}, run {run.name}", result="gelukt")
    return binder


def cancel(*, place: Place, run: Stored) -> bool:
    """Stop a run that waits or is computed; False when it had ended."""
    busy = type(run).objects.filter(pk=run.pk, state__in=BUSY)
    ended = {"state": State.CANCELLED, "reason": f"Gestopt door {place.user.name}."}
    return bool(busy.update(ended_at=timezone.now(), **ended))
