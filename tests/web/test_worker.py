"""Background work opens the context of whom it works for, and is asked for once."""

import asyncio

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from small import work
from story import Story, fill, invited, make_story

from marke.web.config.prepared import Addresses
from marke.web.intake.models import OwnWorth, RegionalWorth
from marke.web.intake.tasks import ask_region
from marke.web.runs.management.commands.work import connector
from marke.web.tenancy.context import Context, opened


@pytest.fixture
def story(clean: Addresses) -> Story:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    found = make_story()
    invited(found, "borne")
    invited(found, "haaksbergen")
    return found


def test_the_ranking_of_a_municipality_is_its_own(clean: Addresses, story: Story) -> None:
    fill(story, "contact-borne", "once", staff="240")
    fill(story, "contact-borne", "once", workplaces="300")
    assert ProcrastinateJob.objects.filter(status="todo").count() == 1
    work(clean)
    assert ProcrastinateJob.objects.get().status == "succeeded"
    assert not OwnWorth.objects.exists()
    page = story.browser("contact-borne").get("/regio/proefregio/gemeente/borne/nulmeting/").content.decode()
    assert "Begin met wat het meest helpt" in page
    other = story.browser("contact-haaksbergen").get("/regio/proefregio/gemeente/haaksbergen/nulmeting/")
    assert "Begin met wat het meest helpt" not in other.content.decode()


def test_the_ranking_of_the_region_knows_no_answers(clean: Addresses, story: Story) -> None:
    rankings = []
    for value in ("240", "9000"):
        fill(story, "contact-borne", "once", staff=value)
        with opened(Context()):
            ask_region(story.region.pk)
        work(clean)
        with opened(Context(regions=[story.region.pk])):
            rankings.append(RegionalWorth.objects.get().ranking)
    assert rankings[0] == rankings[1]
    lead = story.browser("beheer")
    assert "Wat het meest helpt" in lead.get("/regio/proefregio/stand/").content.decode()
    drafts = lead.get("/regio/proefregio/stand/herinneringen/").content.decode()
    assert "Beste collega van Haaksbergen" in drafts
    assert "9000" not in drafts
    assert story.browser("contact-borne").get("/regio/proefregio/stand/herinneringen/").status_code == 404


def test_the_worker_keeps_no_connection_that_a_restarted_database_has_forgotten(clean: Addresses) -> None:
    async def sessions() -> set[int]:
        asking = connector()
        await asking.open_async()
        try:
            return {
                (await asking.execute_query_one_async("SELECT pg_backend_pid()"))["pg_backend_pid"]
                for _ in range(3)
            }
        finally:
            await asking.close_async()

    assert len(asyncio.run(sessions())) == 3
