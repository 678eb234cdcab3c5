"""Every page that needs no row of its own, as whoever may see it: whole at three widths, clean by axe."""

import os
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from story import Story, fill, invited, make_story
from test_browser import Visitor, address, browser, pytestmark  # noqa: F401  # fixtures
from test_crawl import addresses_inside, filled
from test_helpers import helped

from marke.web.config.urls import urlpatterns
from marke.web.studies.question import catalogue
from marke.web.tenancy.models import Role

ALONE = (
    "/", "/nieuwe-regio/", "/sleutels/", "/toegankelijkheid", "/account/login/", "/account/2fa/",
    "/account/2fa/webauthn/", "/account/2fa/recovery-codes/", "/account/password/change/",
    "/account/password/reset/", "/account/reauthenticate/", "/uitnodiging/weg/", "/iets/anders/",
)  # fmt: skip
"""Pages outside the regions; the last two say that there is nothing."""

ELSEWHERE = ("werkmap/", "uitnodigen", "openbaar/")
"""Files, and pages that ask for more than this story has: other tests look at those."""

HINT = "username fields"
"""Chromium's hint for who keeps passwords, on pages where the person is known already."""


def prepared() -> Story:
    """A region with people of every kind, some answers, a signature and a release."""
    story = make_story()
    invited(story, "borne")
    invited(story, "borne", Role.CONTROLLER, by="contact-borne")
    invited(story, "borne", Role.READER, by="contact-borne")
    fill(story, "contact-borne", "soc", soc__realised="120000")
    page = "/regio/proefregio/gemeente/borne/nulmeting/onderdeel/soc/ondertekenen/"
    story.browser("controller-borne").post(page, {"act": "controller"})
    story.browser("contact-borne").post(page, {"act": "release", "figure": "soc.realised"})
    story.clients["helper"] = helped(story)
    story.clients["nobody"] = Client()
    return story


def is_act(path: str) -> bool:
    """Whether something is only sent to an address: there is no page."""
    return Client().get(path).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def shown(person: Visitor, path: str) -> bool:
    """Go to a page; whether there is one, and not a file or a page to sign in."""
    answer = person.context.request.get(person.address + path)
    if not answer.headers.get("content-type", "").startswith("text/html") or answer.status >= 500:
        return False
    person.go(path)
    return path in person.page.url and (answer.ok or path in ALONE)


def test_every_page_is_whole(address: str, browser: Any, tmp_path: Path) -> None:  # noqa: F811
    settings.SECOND_STEP_REQUIRED = False
    story = prepared()
    pictures = Path(os.environ.get("MARKE_PICTURES", tmp_path))
    key = next(iter(catalogue().figures))
    routes = [
        route.replace("<str:key>", key) for route in addresses_inside(urlpatterns) if "<uuid" not in route
    ]
    routes = [route for route in routes if not is_act(filled(route, "proefregio", "borne"))]
    seen: set[str] = set()
    found: list[str] = []
    for who, own in (
        ("contact-borne", "borne"), ("beheer", "haaksbergen"), ("beheer", "regiobureau"), ("helper", "borne"),
        ("reader-borne", "borne"), ("nobody", "borne"),
    ):  # fmt: skip
        person = Visitor(browser, address, pictures)
        session = story.browser(who).cookies.get("marke_sessie")
        if session is not None:
            person.context.add_cookies([{"name": "marke_sessie", "value": session.value, "url": address}])
        for route in [*(filled(each, "proefregio", own) for each in routes), *ALONE]:
            name = route.replace(f"/gemeente/{own}/", "/gemeente/")
            if name not in seen and shown(person, route):
                seen.add(name)
                person.judge("pagina" + name.rstrip("/").replace("/", "-"))
        found += person.found
        person.context.close()
    assert [each for each in found if HINT not in each] == []
    expected = {
        filled(each, "proefregio", "borne").replace("/gemeente/borne/", "/gemeente/") for each in routes
    }
    unseen = expected - seen
    assert {each for each in unseen if not any(part in each for part in ELSEWHERE)} == set()
    assert set(ALONE) <= seen
