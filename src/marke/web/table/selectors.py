"""What the table reads of the asker: the municipality she speaks for, and what it answered about today."""

from collections.abc import Mapping
from dataclasses import dataclass

from marke.baseline import Baseline
from marke.situations.closely import Exact
from marke.situations.desk import Sheet
from marke.situations.seen import ANSWERS, BUDGET, Seen, todays
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


def today_seen(sheet: Sheet, exact: Exact | None, mine: Ours | None) -> Mapping[str, Seen]:
    """Return what a person may see of today's cost, by CBS code: her own, and what others released."""
    return todays(sheet, exact, mine.code if mine else None, mine.baseline if mine else None)


def asker(sheet: Sheet, mine: Ours | None) -> str:
    """Return for which municipality (CBS code) a question is asked: one's own, else the study's viewpoint."""
    return mine.code if mine else sheet.study.viewpoint.code


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
