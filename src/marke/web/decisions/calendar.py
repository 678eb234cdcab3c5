"""The days that matter to a region or a municipality, and the link under which an agenda reads them."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from marke.calendar import Event, due_event, next_months, to_icalendar, yearly_events
from marke.web.decisions.models import CalendarLink, CouncilDays
from marke.web.decisions.selectors import RECESS
from marke.web.decisions.standings import boards, deadlines, road_of
from marke.web.studies.question import catalogue
from marke.web.tenancy.access import current_memberships
from marke.web.tenancy.context import Context, change, opened
from marke.web.tenancy.models import Organisation, Region, Role
from marke.web.tenancy.services import fingerprint_of


def days_of(region: Region, organisation: Organisation | None = None) -> list[Event]:
    """Return what is due, and the days of councils and budgets, in order of day.

    Of a municipality: what it must do itself, and its own days in the place of those assumed.
    """
    today = timezone.localdate()
    found = boards(region)
    own = organisation if organisation and organisation.code else None
    forms = {board.proposal.form for board in found}
    yearly = yearly_events(catalogue(), forms, today, next_months(today)[-1], _named(own))
    due = [
        due_event(f"{each.label}, {each.proposal.title}", each.told.state.due, road_of(each.proposal).working)
        for each in deadlines(found, own)
    ]
    return sorted([*yearly, *due], key=lambda event: (event.day, event.label))


def _named(organisation: Organisation | None) -> Mapping[tuple[str, int], date]:
    """The days that a municipality named itself, by moment and year."""
    if organisation is None:
        return {}
    rows = CouncilDays.objects.filter(organisation=organisation).exclude(moment=RECESS)
    return {(row.moment, row.first.year): row.first for row in rows}


def agenda(token: str) -> bytes | None:
    """Return the calendar of a private link; None for one that does not work (any more).

    Runs in a context of its own. A link works as long as who made it has a role in the organisation.
    """
    mark = fingerprint_of(token)
    with opened(Context(invitation=mark)):
        link = CalendarLink.objects.filter(fingerprint=mark, revoked_at__isnull=True).first()
        if link is None or not link.user.is_active:
            return None
        change(Context(user=link.user_id))
        roles = {(m.organisation_id, m.role) for m in current_memberships(link.user)}
        if not any((link.organisation_id, role) in roles for role in set(Role) - {Role.HELPER}):
            return None
        change(Context(user=link.user_id, regions=[link.region_id], readable=[link.organisation_id]))
        own = Organisation.objects.select_related("region").get(pk=link.organisation_id)
        events = days_of(own.region, own)
        return to_icalendar(events, name=f"{own.name}: besluiten", stamp=timezone.localdate())
