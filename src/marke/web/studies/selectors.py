"""What is read about studies."""

from collections.abc import Iterable

from marke.web.studies.models import StudyVersion
from marke.web.tenancy.models import Region


def latest(region: Region) -> StudyVersion:
    """Return the version that holds."""
    return StudyVersion.objects.filter(region=region).select_related("region").latest("number")


def versions(region: Region) -> Iterable[StudyVersion]:
    """Return all versions, the last one first."""
    return StudyVersion.objects.filter(region=region).select_related("made_by")
