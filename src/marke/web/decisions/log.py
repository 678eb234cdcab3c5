"""The log of a region's talks and decisions: added to in one place, read as a chain that can be checked."""

from django.db import connection
from django.utils import timezone

from marke.chain import START, Entry, broken
from marke.web.decisions.models import LogEntry
from marke.web.tenancy.access import Place
from marke.web.tenancy.models import Organisation, Region


def write(place: Place, *, what: str, about: str) -> LogEntry:
    """Add an entry in the name of the place's organisation, or of the office on a page of the region."""
    organisation = place.organisation or Organisation.objects.get(region=place.region, code="")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [str(place.region.pk)])
    last = LogEntry.objects.filter(region=place.region).order_by("-number").first()
    entry = LogEntry(
        region=place.region,
        organisation=organisation,
        user=place.user,
        number=last.number + 1 if last else 1,
        happened_at=timezone.now(),
        who=f"{place.user.name}, {organisation.name}",
        what=what,
        about=about,
        before=last.mark if last else START,
    )
    entry.mark = sealable(entry).sealed()
    entry.save(force_insert=True)
    return entry


def sealable(row: LogEntry) -> Entry:
    """Return a row as the entry that is sealed and checked."""
    return Entry(
        book=str(row.region_id),
        number=row.number,
        when=row.happened_at.isoformat(),
        who=row.who,
        what=row.what,
        about=row.about,
        before=row.before,
        mark=row.mark,
    )


def entries_of(region: Region) -> list[Entry]:
    """Return the whole log of a region, in order."""
    return [sealable(row) for row in LogEntry.objects.filter(region=region)]


def first_broken(region: Region) -> int | None:
    """Return the number of the first entry that does not fit; None when the chain holds."""
    return broken(entries_of(region))


def head_of(region: Region) -> str:
    """Return the hash of the last entry of a region's log; empty as long as there is none."""
    last = LogEntry.objects.filter(region=region).order_by("-number").first()
    return last.mark if last else ""
