"""Steps that tests of the workspace share."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from marke.web.accounts.models import User
from marke.web.accounts.services import create_user
from marke.web.studies.services import open_region
from marke.web.tenancy.models import Region, Role

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
