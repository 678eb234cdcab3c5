"""A question is handed to a colleague, who sees and answers that and nothing else."""

import re

import pytest
from django.test import Client
from story import WORDS, Story, fill, invited, make_story
from test_crawl import addresses_inside, filled

from marke.web.config.prepared import Addresses
from marke.web.config.urls import urlpatterns
from marke.web.tenancy.models import Role

BASE = "/regio/proefregio/gemeente/borne/"


@pytest.fixture
def story(clean: Addresses) -> Story:
    found = make_story()
    invited(found, "borne")
    fill(found, "contact-borne", "once", staff="241", applications="77")
    return found


def helped(story: Story, number: int = 0) -> Client:
    """Hand over a field of the first section and accept."""
    page = f"{BASE}nulmeting/onderdeel/once/overdragen/{number}/"
    wrong = story.browser("contact-borne").post(page, {"email": "niets"})
    assert wrong.status_code == 422
    answer = story.browser("contact-borne").post(page, {"email": "hulp@borne.example"})
    link = re.search(r'value="http://testserver(/uitnodiging/[^"]+)"', answer.content.decode())
    assert link
    client = Client()
    assert client.post(link[1], {"name": "Hulp", "password": WORDS}).status_code == 302
    return client


def test_a_helper_sees_and_answers_one_question_only(story: Story) -> None:
    helper = helped(story)
    page = helper.get(f"{BASE}nulmeting/onderdeel/once/").content.decode()
    assert 'name="q-staff" value="241"' in page
    assert "q-applications" not in page
    was = re.findall(r'name="w-staff" value="([^"]*)"', page)[0]
    given = {"w-staff": was, "q-staff": "250", "w-applications": "", "q-applications": "1"}
    assert helper.post(f"{BASE}nulmeting/onderdeel/once/", given).status_code == 302
    for only in ("applications", "workplaces"):
        given = {"only": only, f"w-{only}": "", f"q-{only}": "1"}
        assert helper.post(f"{BASE}nulmeting/onderdeel/once/", given).status_code == 404
    page = story.browser("contact-borne").get(f"{BASE}nulmeting/onderdeel/once/").content.decode()
    assert 'name="q-staff" value="250"' in page
    assert page.count("<strong>Wie vult in:</strong> hulp@borne.example.") == 1
    assert 'name="q-applications" value="77"' in page


def test_every_other_page_of_the_municipality_is_not_there_for_a_helper(story: Story) -> None:
    helper = helped(story)
    allowed = {f"/{BASE[1:]}nulmeting/", f"{BASE}nulmeting/onderdeel/soc/"}
    for route in addresses_inside(urlpatterns):
        if "<slug:organisation>" not in route or "uitnodigen" in route:
            continue
        address = filled(route, "proefregio", "borne")
        answer = helper.get(address)
        if address in allowed:
            assert "77" not in re.findall(r'value="([^"]*)"', answer.content.decode())
        else:
            assert answer.status_code in (404, 405), address
            assert helper.post(address, {"x": "1"}).status_code in (404, 405), address


def test_an_ordinary_invitation_makes_no_helper(story: Story) -> None:
    page = f"{BASE}mensen/"
    answer = story.browser("contact-borne").post(page, {"email": "x@y.nl", "role": Role.HELPER.value})
    assert answer.status_code == 422
