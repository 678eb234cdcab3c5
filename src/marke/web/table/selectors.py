"""What the table reads of the asker: the municipality she speaks for, and what it answered about today."""

from dataclasses import dataclass

from marke.baseline import Baseline
from marke.situations.seen import ANSWERS, BUDGET
from marke.web.intake.answers import baseline_of
from marke.web.intake.models import Answer
from marke.web.tenancy.access import Place, current_memberships
from marke.web.tenancy.models import Organisation, Role


@dataclass(frozen=True)
class Ours:
    """The municipality that a person speaks for, with its own answers about what one service costs today."""

    code: str
    name: str
    baseline: Baseline


def ours(place: Place, service: str) -> Ours | None:
    """Return whom a person speaks for in a region; None for who only helps there, or works for the region."""
    mine = {
        m.organisation_id
        for m in current_memberships(place.user)
        if m.region_id == place.region.pk and m.role != Role.HELPER
    }
    found = Organisation.objects.filter(region=place.region, pk__in=mine).exclude(code="").order_by("name")
    organisation = found.first()
    if organisation is None:
        return None
    asked = [f"{service}.{name}" for name in (*ANSWERS, BUDGET)]
    rows = Answer.objects.filter(organisation=organisation, question__in=asked)
    return Ours(organisation.code, organisation.name, baseline_of(organisation.code, rows))
