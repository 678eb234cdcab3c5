"""The next deadline, for pages of other apps."""

from django.template import Library

from marke.web.decisions.standings import Deadline, boards, deadlines
from marke.web.tenancy.access import Place

register = Library()


@register.inclusion_tag("decisions/next.html")
def next_deadline(place: Place) -> dict[str, Place | Deadline | None]:
    """Show what comes first in a region, or for the municipality of the page; nothing when nothing does."""
    own = place.organisation if place.organisation and place.organisation.code else None
    found = deadlines(boards(place.region), own)
    return {"place": place, "next": found[0] if found else None}
