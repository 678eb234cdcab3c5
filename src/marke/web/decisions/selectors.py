"""What is read about the study that decisions are about, its motion, and talks."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from marke.baseline import Baseline
from marke.dutch import capital
from marke.motion import MotionTable, PointTable
from marke.talks import Level, Position, Talk, latest
from marke.web.decisions.models import CouncilDays, HeldTalk, PointState, PointStatus
from marke.web.studies.question import catalogue, study_of
from marke.web.studies.selectors import latest as latest_version
from marke.web.tenancy.access import Place
from marke.web.tenancy.models import Organisation, Region

RECESS = "recess"
"""The key of a council's own recess, beside those of the catalogue's calendar."""


def motion_of(region: Region) -> MotionTable | None:
    """Return the motion that the region's study answers."""
    return study_of(latest_version(region), Baseline({})).settings.motion


def forms_of(region: Region) -> dict[str, str]:
    """Return the forms of the study's services by key, with their labels."""
    study, known = study_of(latest_version(region), Baseline({})), catalogue()
    asked = [known.services[key] for key in study.settings.services]
    used = {joint.form for service in asked for joint in service.joint.values()}
    return {key: capital(form.label) for key, form in known.forms.items() if key in used}


def services_of(region: Region) -> dict[str, str]:
    """Return the services of the study by key, with their names."""
    study = study_of(latest_version(region), Baseline({}))
    return {key: capital(catalogue().services[key].short) for key in study.settings.services}


def own_moments() -> dict[str, str]:
    """Return what a council can name its own days for, by key: its recess, and days that are assumed."""
    assumed = {key: m.label for key, m in catalogue().calendar.items() if m.status == "assumption"}
    return {RECESS: "reces", **assumed}


def named_days(place: Place) -> Sequence[CouncilDays]:
    """Return the days that the council of a municipality named itself, in order of day."""
    return list(CouncilDays.objects.filter(organisation=place.own))


def named_day(place: Place, key: UUID) -> CouncilDays:
    """Return days that a municipality named, for who may take them away; raises Http404."""
    found = CouncilDays.objects.filter(pk=key, organisation=place.own).first()
    if found is None or not place.writes:
        raise Http404
    return found


@dataclass(frozen=True)
class Point:
    """A point of the motion with how it stands."""

    point: PointTable
    status: PointStatus | None

    @property
    def state(self) -> PointState:
        """How it stands; open as long as nobody said otherwise."""
        return PointState(self.status.state) if self.status else PointState.OPEN


def points_of(region: Region) -> list[Point]:
    """Return the points of the motion in order."""
    motion = motion_of(region)
    known = {status.point: status for status in PointStatus.objects.filter(region=region)}
    return [Point(each, known.get(each.key)) for each in motion.points] if motion else []


def talks_of(region: Region) -> tuple[Talk, ...]:
    """Return the register of talks as data."""
    return tuple(
        Talk(row.party, _level(row), _position(row), row.day, row.condition, row.confirmed_by)
        for row in HeldTalk.objects.filter(region=region)
    )


def _level(row: HeldTalk) -> Level:
    return row.level  # type: ignore[return-value]  # checked when it was written


def _position(row: HeldTalk) -> Position:
    return row.position  # type: ignore[return-value]  # checked when it was written


def unspoken(region: Region) -> list[str]:
    """Return the municipalities with which nobody spoke yet."""
    held = latest(talks_of(region))
    names = Organisation.objects.filter(region=region).exclude(code="").values_list("name", flat=True)
    return [name for name in names if name not in held]
