"""Steps that tests of the workspace share."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.utils import timezone

from marke.web.accounts.models import User
from marke.web.accounts.services import create_user
from marke.web.studies.services import open_region
from marke.web.tenancy.context import Context, opened
from marke.web.tenancy.models import Organisation, Region, Role

WORDS = "negen paarse olifanten"
MEMBERS = ("Hof van Twente", "Borne", "Haaksbergen")


@dataclass
class Story:
    """A region with an administrator, and people who were invited through the pages."""

    administrator: User
    region: Region
    clients: dict[str, Client] = field(default_factory=dict)

    def browser(self, name: str) -> Client:
        return self.clients[name]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def make_story(name: str = "Proefregio", members: tuple[str, ...] = MEMBERS) -> Story:
    admin = create_user(
        email=f"beheer@{name.lower()}.nl", name=f"Beheer {name}", password=WORDS, administrator=True
    )
    region = open_region(user=admin, wanted=members, name=name)
    story = Story(admin, region)
    story.clients["beheer"] = signed_in(admin)
    return story


def invited(story: Story, organisation: str, role: Role = Role.CONTACT, by: str = "beheer") -> Client:
    """Invite somebody through the pages, accept with a new account, and keep the browser under its name."""
    base = f"/regio/{story.region.slug}"
    page = (
        f"{base}/uitnodigen/{organisation}/" if by == "beheer" else f"{base}/gemeente/{organisation}/mensen/"
    )
    name = f"{role.value}-{organisation}"
    given: dict[str, Any] = {"email": f"{name}@voorbeeld.nl", "role": role.value}
    answer = story.browser(by).post(page, given)
    assert answer.status_code == 200, answer.content.decode()
    link = re.search(r'value="http://testserver(/uitnodiging/[^"]+)"', answer.content.decode())
    assert link, answer.content.decode()
    client = Client()
    done = client.post(link[1], {"name": name, "password": WORDS})
    assert done.status_code == 302, done.content.decode()
    story.clients[name] = client
    return client


def fill(story: Story, who: str, section: str, **answers: str) -> Any:
    """Fill in questions of a section as the page holds them; ``__`` stands for a dot."""
    organisation = who.partition("-")[2]
    address = f"/regio/proefregio/gemeente/{organisation}/nulmeting/onderdeel/{section}/"
    page = story.browser(who).get(address).content.decode()
    given = dict(re.findall(r'name="(w-[^"]+)" value="([^"]*)"', page))
    for key, value in answers.items():
        given[f"q-{key.replace('__', '.')}"] = value
    return story.browser(who).post(address, given)


def proposed(story: Story, members: tuple[str, ...] = (), form: str = "host", **more: Any) -> int:
    """Make a proposal for all municipalities of the story through the pages, and return its number."""
    with opened(Context(regions=[story.region.pk])):
        rows = Organisation.objects.filter(region=story.region).exclude(code="")
        codes = [each.code for each in rows if not members or each.name in members]
    given = {
        "title": "Samen een SOC",
        "form": form,
        "begin": "2026-12-01",
        "services": ["soc"],
        "members": codes,
    }
    page = f"/regio/{story.region.slug}/besluiten/voorstellen/"
    answer = story.browser("beheer").post(f"{page}nieuw/", given | more)
    assert answer.status_code == 302, answer.content.decode()
    found = re.search(r"voorstellen/(\d+)/$", answer["Location"])
    assert found
    return int(found[1])


def decide(story: Story, organisation: str, number: int, step: str, **more: str) -> Any:
    """Record a step in the name of an organisation through the pages; without more: yes, today."""
    given = {"day": timezone.localdate().isoformat(), "outcome": "yes", "text": ""} | more
    who = "beheer" if organisation == "regiobureau" else f"contact-{organisation}"
    base = f"/regio/{story.region.slug}/gemeente/{organisation}/besluiten"
    return story.browser(who).post(f"{base}/voorstellen/{number}/{step}/", given)
