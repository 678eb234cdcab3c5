"""What the table reads of the asker: for whom she speaks, and what is kept there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from marke.baseline import Baseline
from marke.situations.closely import Exact
from marke.situations.desk import Sheet
from marke.situations.seen import ANSWERS, BUDGET, Seen, todays
from marke.web.intake.answers import baseline_of
from marke.web.intake.models import Answer
from marke.web.table.models import RedLine, SavedSituation
from marke.web.tenancy.access import Place, current_memberships
from marke.web.tenancy.models import Organisation, Role


@dataclass(frozen=True)
class Ours:
    """The municipality that a person speaks for, with its own answers about what one service costs today.

    ``lines`` are the person's own red lines there, euro a year by service: for nobody else.
    """

    organisation: Organisation
    baseline: Baseline
    lines: Mapping[str, float]

    @property
    def code(self) -> str:
        """The CBS code of the municipality."""
        return self.organisation.code

    @property
    def name(self) -> str:
        """The name of the municipality."""
        return self.organisation.name


def today_seen(sheet: Sheet, exact: Exact | None, mine: Ours | None) -> Mapping[str, Seen]:
    """Return what a person may see of today's cost, by CBS code: her own, and what others released."""
    return todays(sheet, exact, mine.code if mine else None, mine.baseline if mine else None)


def asker(sheet: Sheet, mine: Ours | None) -> str:
    """Return for which municipality (CBS code) a question is asked: one's own, else the study's viewpoint."""
    return mine.code if mine else sheet.study.viewpoint.code


def spoken_for(place: Place) -> Sequence[Place]:
    """Return the places of a person in the organisations of a region, by name; not where she only helps."""
    roles: dict[UUID, set[Role]] = {}
    for m in current_memberships(place.user):
        if m.region_id == place.region.pk and m.role != Role.HELPER:
            roles.setdefault(m.organisation_id, set()).add(Role(m.role))
    found = Organisation.objects.filter(region=place.region, pk__in=roles).order_by("name")
    return [replace(place, organisation=each, roles=frozenset(roles[each.pk])) for each in found]


def ours(own: Sequence[Place], service: str) -> Ours | None:
    """Return the municipality that a person speaks for; None for who works for the region only."""
    place = next((each for each in own if each.own.code), None)
    if place is None:
        return None
    asked = [f"{service}.{name}" for name in (*ANSWERS, BUDGET)]
    rows = Answer.objects.filter(organisation=place.own, question__in=asked)
    return Ours(place.own, baseline_of(place.own.code, rows), lines_of(place))


def lines_of(place: Place) -> Mapping[str, float]:
    """Return the asker's own red lines for an organisation, euro a year by service."""
    rows = RedLine.objects.filter(organisation=place.own, user=place.user)
    return {row.service: float(row.most) for row in rows}


def kept_by(own: Sequence[Place]) -> Sequence[SavedSituation]:
    """Return the situations that organisations keep, by name."""
    return list(SavedSituation.objects.filter(organisation__in=[place.own for place in own]))


def may_change(place: Place, kept: SavedSituation) -> bool:
    """Whether a person may rename or remove one: who kept it, and who writes for the organisation."""
    return place.writes or kept.user_id == place.user.pk
