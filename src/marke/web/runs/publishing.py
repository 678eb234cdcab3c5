"""What a region makes public of a run: the public extract of its findings, and nothing else."""

from dataclasses import dataclass

from django.utils import timezone

from marke.dutch import MOTION_ATTRACTIVE, MOTION_FEASIBLE, VERDICTS, capital, chance_about, euro_about, month
from marke.findings.public import PublicFindings, PublicService, public_findings
from marke.web.runs.models import Publication, SharedRun
from marke.web.runs.store import findings_of
from marke.web.tenancy.access import Place
from marke.web.tenancy.context import Context, opened


def publish(*, place: Place, run: SharedRun) -> Publication:
    """Make a shared run public in the place of the one before."""
    withdraw(place=place)
    made = Publication(
        region=place.region,
        slug=place.region.slug,
        title=place.region.name,
        run=run,
        name=run.name,
        mark=run.mark,
        findings=public_findings(findings_of(run)).model_dump_json(indent=1),
        published_by=place.user,
    )
    made.save(force_insert=True)
    return made


def withdraw(*, place: Place) -> bool:
    """End what is public of a region; False when nothing was."""
    there = Publication.objects.filter(region=place.region, withdrawn_at__isnull=True)
    return bool(there.update(withdrawn_at=timezone.now()))


def publication_in(place: Place) -> Publication | None:
    """Return what is public of a region."""
    return Publication.objects.filter(region=place.region, withdrawn_at__isnull=True).first()


def public_of(slug: str) -> Publication | None:
    """Return what anyone may see of a region; runs in a context of nobody."""
    with opened(Context()):
        return Publication.objects.filter(slug=slug, withdrawn_at__isnull=True).first()


@dataclass(frozen=True)
class Row:
    """One service for anyone: its verdict, and amounts of the whole region as text."""

    label: str
    verdict: str
    feasible: str
    attractive: str
    saving: str
    chance: str
    today: str
    alone: str
    together: str
    start: str


def rows_of(findings: PublicFindings) -> list[Row]:
    """Return every service of what is public."""
    return [_row(service) for service in findings.services]


def _row(service: PublicService) -> Row:
    verdict = service.verdict
    whole = next(each for each in service.variants if each.key == service.everyone)
    word = "goedkoper" if verdict.saving.mean > 0 else "duurder"
    return Row(
        label=capital(service.label),
        verdict=capital(VERDICTS[verdict.outcome]),
        feasible=capital(MOTION_FEASIBLE[verdict.feasible]),
        attractive=capital(MOTION_ATTRACTIVE[verdict.attractive]),
        saving=f"{euro_about(abs(verdict.saving.mean), verdict.saving.error)} {word}",
        chance=chance_about(verdict.material, verdict.material_error),
        today=euro_about(service.today.mean),
        alone=euro_about(service.alone.mean),
        together=euro_about(whole.cost.mean),
        start=month(verdict.start),
    )
