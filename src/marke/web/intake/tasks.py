"""Background work: which open answer is worth most, to a municipality and to its region.

A job opens the context of one organisation, or of one region, like a page does; nothing else can be read.
"""

from contextlib import suppress
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from marke.intake.worth import Ranking, rank_missing
from marke.web.intake.answers import own_baseline, region_baseline
from marke.web.intake.models import OwnWorth, RegionalWorth
from marke.web.studies.question import question_of
from marke.web.studies.selectors import latest
from marke.web.tenancy.context import Context, opened
from marke.web.tenancy.models import Organisation, Region

DRAWS = 1024
MOST = 10


@app.task(queue="marke")
def rank_region(region: str) -> None:
    """Rank the questions of a region, from released figures and estimates only."""
    key = UUID(region)
    with opened(Context(regions=[key], region_writable=key)):
        found = Region.objects.get(pk=key)
        ranking = rank_missing(question_of(latest(found), region_baseline(found), draws=DRAWS))
        rows = [[asked, float(share)] for asked, share in ranking.questions[:MOST]]
        RegionalWorth.objects.update_or_create(region=found, defaults={"ranking": rows})


@app.task(queue="marke")
def rank_own(region: str, organisation: str) -> None:
    """Rank the open answers of one municipality, from its own answers and what others released."""
    area, own = UUID(region), UUID(organisation)
    with opened(Context(regions=[area], readable=[own], writable=own)):
        mine = Organisation.objects.select_related("region").get(pk=own)
        ranking = rank_missing(question_of(latest(mine.region), own_baseline(mine), draws=DRAWS))
        rows = _own_rows(ranking, mine.code)
        OwnWorth.objects.update_or_create(
            organisation=mine, defaults={"ranking": rows, "region": mine.region}
        )


def _own_rows(ranking: Ranking, code: str) -> list[list[object]]:
    return [[each.question, float(each.own)] for each in ranking.of(code)[:MOST]]


def ask_region(region: UUID) -> None:
    """Have a region ranked soon; once is enough while it waits."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        rank_region.configure(queueing_lock=f"region-{region}").defer(region=str(region))


def ask_own(region: UUID, organisation: UUID) -> None:
    """Have a municipality ranked soon; once is enough while it waits."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        rank_own.configure(queueing_lock=f"own-{organisation}").defer(
            region=str(region), organisation=str(organisation)
        )
