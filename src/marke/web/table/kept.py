"""The situations that were kept, as the page lists them: each an address, and never an outcome."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from django.urls import reverse

from marke.situations.desk import Desk
from marke.situations.situation import Read, Situation, read
from marke.situations.words import described
from marke.web.table.models import SavedSituation
from marke.web.table.selectors import kept_by, may_change
from marke.web.table.shown import Fact
from marke.web.tenancy.access import Place


@dataclass(frozen=True)
class KeptRow:
    """One kept situation; ``problem`` says what of it is no longer there, or "".

    ``put_aside`` is "" where it lies aside already, ``change`` where the person may not change it, and
    ``whose`` where there is one organisation only.
    """

    name: str
    whose: str
    words: str
    problem: str
    link: str
    put_aside: str
    limits: Sequence[Fact]
    change: str


def opened(desk: Desk, row: SavedSituation) -> Read:
    """Read a kept situation as any address."""
    return read(desk, parse_qs(row.query, keep_blank_values=True))


def kept_rows(
    desk: Desk,
    own: Sequence[Place],
    link: Callable[[Situation], str],
    put_aside: Callable[[Situation], str],
    limits: Callable[[Situation], Sequence[Fact]],
) -> list[KeptRow]:
    """Return what the organisations of a person keep, by name."""
    found = []
    places = {place.own.pk: place for place in own}
    for row in kept_by(own):
        place, asked = places[row.organisation_id], opened(desk, row)
        names = (place.region.slug, place.own.slug, row.pk)
        found.append(
            KeptRow(
                name=row.name,
                whose=place.own.name if len(own) > 1 else "",
                words=described(desk, asked.situation),
                problem=asked.problem,
                link=f"?{row.query}" if asked.problem else link(asked.situation),
                put_aside=put_aside(asked.situation),
                limits=limits(asked.situation),
                change=reverse("kept-situation", args=names) if may_change(place, row) else "",
            )
        )
    return found
