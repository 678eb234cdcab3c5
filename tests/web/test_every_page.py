"""Every page that needs no row of its own, as whoever may see it: whole at three widths, clean by axe.

What needs one (a run, a proposal, a publication) is in the stories of the other browser tests.
"""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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


ROWS = "<uuid:|<slug:form>|voorstellen/<int:|motie/<|tafel/vergelijken|organisation>/tafel/"
"""Parts of an address that name a row, or the form of a file; what is done at a table needs a run."""


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


def shown(person: Visitor, path: str) -> bool:
    """Go to a page; whether there is one, and not a file, an act or a page to sign in."""
    answer = person.context.request.get(person.address + path)
    html = answer.headers.get("content-type", "").startswith("text/html")
    if not html or not (answer.ok or path in ALONE):
        return False
    person.go(path)
    return urlsplit(person.page.url).path == path


def acts(story: Story, path: str) -> bool:
    """Whether an address only takes what is sent, or gives a file."""
    client = story.browser("beheer" if "/gemeente/" not in path else "contact-borne")
    answer = client.get(path)
    return answer.status_code == 405 or not answer.headers.get("Content-Type", "").startswith("text/html")


def test_every_page_is_whole(address: str, browser: Any, tmp_path: Path) -> None:  # noqa: F811
    settings.SECOND_STEP_REQUIRED = False
    story = prepared()
    pictures = Path(os.environ.get("MARKE_PICTURES", tmp_path))
    key = next(iter(catalogue().figures))
    inside = [route.replace("<str:key>", key) for route in addresses_inside(urlpatterns)]
    routes = [each for each in inside if not each.startswith("openbaar/") and not re.search(ROWS, each)]
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
        for route in [*routes, *ALONE]:
            path = route if route in ALONE else filled(route, "proefregio", own)
            if route not in seen and shown(person, path):
                seen.add(route)
                person.judge("pagina-" + re.sub(r"\W+", "-", re.sub(r"<\w+:(\w+)>", r"\1", route)).strip("-"))
        found += person.found
        person.context.close()
    assert found == []
    left = {route for route in set(routes) - seen if not acts(story, filled(route, "proefregio", "borne"))}
    assert left == set()
    assert set(ALONE) <= seen
