"""What leaves the municipalities: rounded totals of five or more, from which no single answer follows."""

from typing import Any

import pytest
from django.db import connection
from story import Story, fill, invited, make_story

from marke.web.config.prepared import Addresses
from marke.web.tenancy.context import Context, opened

SIX = ("Hof van Twente", "Borne", "Haaksbergen", "Losser", "Hengelo", "Almelo")
SLUGS = ("hof-van-twente", "borne", "haaksbergen", "losser", "hengelo", "almelo")


@pytest.fixture
def story(clean: Addresses) -> Story:
    found = make_story(members=SIX)
    for name in SLUGS:
        invited(found, name)
    return found


def total(story: Story, *, regions: bool = True) -> Any:
    with opened(Context(regions=[story.region.pk] if regions else [])), connection.cursor() as cursor:
        cursor.execute(
            "SELECT municipalities, total::float FROM marke_region_total(%s, 'staff')", [story.region.pk]
        )
        return cursor.fetchone()


def answer(story: Story, name: str, value: int) -> None:
    assert fill(story, f"contact-{name}", "once", staff=str(value)).status_code == 302


def test_a_total_needs_five_and_changes_only_with_five(story: Story) -> None:
    for number, name in enumerate(SLUGS[:4]):
        answer(story, name, 100 + number)
        assert total(story) is None
    answer(story, SLUGS[4], 104)
    assert total(story) == (5, 510.0)
    assert total(story, regions=False) is None
    answer(story, SLUGS[5], 987)
    assert total(story) == (5, 510.0)
    for name in SLUGS[:3]:
        answer(story, name, 200)
    assert total(story) == (5, 510.0)
    answer(story, SLUGS[3], 200)
    assert total(story) == (6, 1900.0)


def test_the_page_shows_it_to_members_and_nothing_of_one(story: Story) -> None:
    for name in SLUGS[:4]:
        answer(story, name, 777)
    page = story.browser("contact-losser").get("/regio/proefregio/stand/").content.decode()
    assert "nog niet" in page
    answer(story, SLUGS[4], 777)
    page = story.browser("contact-losser").get("/regio/proefregio/stand/").content.decode()
    assert "3.900" in page
    assert "777" not in page
