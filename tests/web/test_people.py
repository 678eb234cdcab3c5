"""Regions, invitations and roles, through the pages."""

import re
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.test import Client
from django.utils import timezone
from lxml import html
from story import WORDS, fill, invited, make_story, signed_in
from test_crawl import addresses_inside, filled

from marke.errors import InputError
from marke.web.accounts.services import create_user
from marke.web.config.prepared import Addresses
from marke.web.config.urls import urlpatterns
from marke.web.tenancy.access import Place
from marke.web.tenancy.classes import TABLES, TableClass
from marke.web.tenancy.context import Context, opened
from marke.web.tenancy.models import Organisation, Role
from marke.web.tenancy.services import accept, invite


def test_an_administrator_makes_a_region_and_others_cannot(clean: Addresses) -> None:

    admin = signed_in(create_user(email="A@voorbeeld.nl", name="A", password=WORDS, administrator=True))
    wrong = admin.post("/nieuwe-regio/", {"municipalities": "Hof van Twente, Atlantis"})
    assert wrong.status_code == 422
    assert "Atlantis" in wrong.content.decode()
    done = admin.post(
        "/nieuwe-regio/", {"municipalities": "Hof van Twente, Borne", "name": "West"}, follow=True
    )
    assert "Borne" in done.content.decode()
    assert admin.post("/nieuwe-regio/", {"municipalities": "Borne", "name": "West"}).status_code == 422
    other = signed_in(create_user(email="b@voorbeeld.nl", name="B", password=WORDS))
    assert other.get("/nieuwe-regio/").status_code == 404
    assert other.get("/regio/west/").status_code == 404


def test_a_link_works_once_for_its_own_address_and_not_after_its_time(clean: Addresses) -> None:

    story = make_story()
    with opened(Context(regions=[story.region.pk], region_writable=story.region.pk)):
        place = Place(story.administrator, story.region, frozenset({Role.ADMINISTRATOR}))
        borne = Organisation.objects.get(slug="borne")
        tokens = [
            invite(place=place, organisation=borne, email=address, role=Role.CONTACT)
            for address in ("een@borne.nl", "twee@borne.nl")
        ]
    one = create_user(email="een@borne.nl", name="Een", password=WORDS)
    two = create_user(email="twee@borne.nl", name="Twee", password=WORDS)
    with pytest.raises(InputError, match="ander e-mailadres"):
        accept(token=tokens[0], user=two)
    accept(token=tokens[0], user=one)
    with pytest.raises(InputError, match="gebruikt of verlopen"):
        accept(token=tokens[0], user=one)
    with psycopg.connect(clean.owner) as owner:
        owner.execute("ALTER TABLE tenancy_invitation NO FORCE ROW LEVEL SECURITY")
        owner.execute("UPDATE tenancy_invitation SET expires_at = now() - %s", [timedelta(seconds=1)])
        owner.execute("ALTER TABLE tenancy_invitation FORCE ROW LEVEL SECURITY")
    with pytest.raises(InputError, match="gebruikt of verlopen"):
        accept(token=tokens[1], user=two)
    assert signed_in(two).get(f"/uitnodiging/{tokens[1]}/").status_code == 404


def test_the_office_invites_only_the_first_person_of_a_municipality(clean: Addresses) -> None:

    story = make_story()
    invited(story, "borne")
    again = story.browser("beheer").post(
        "/regio/proefregio/uitnodigen/borne/", {"email": "beheer@proefregio.nl", "role": "contact"}
    )
    assert again.status_code == 422
    assert "zij nodigen hun collega" in again.content.decode()
    invited(story, "borne", Role.CONTROLLER, by="contact-borne")


def test_a_role_that_ended_opens_nothing(clean: Addresses) -> None:

    story = make_story()
    contact = invited(story, "borne")
    controller = invited(story, "borne", Role.CONTROLLER, by="contact-borne")
    people = "/regio/proefregio/gemeente/borne/mensen/"
    page = controller.get(people).content.decode()
    ends = [part for part in page.split('"') if part.endswith("/einde/")]
    assert len(ends) == 1
    assert controller.post(ends[0]).status_code == 302
    assert contact.get(people).status_code == 404
    assert contact.get("/regio/proefregio/").status_code == 404
    assert "rol beëindigd" in controller.get("/regio/proefregio/gemeente/borne/logboek/").content.decode()


@pytest.mark.parametrize("role", [Role.ADVISER, Role.READER, Role.CLERK])
def test_who_may_only_read_sees_the_own_municipality_and_changes_nothing(
    clean: Addresses, role: Role
) -> None:
    story = make_story()
    invited(story, "borne")
    fill(story, "contact-borne", "soc", soc__realised="120000")
    reader = invited(story, "borne", role, by="contact-borne")
    base = "/regio/proefregio/gemeente/borne/"
    section = reader.get(f"{base}nulmeting/onderdeel/soc/").content.decode()
    assert 'name="q-soc.realised" value="120000"' in section
    assert "Bewaren" not in section
    for page in ("mensen/", "logboek/", "aanbieder/", "nulmeting/", "nulmeting/onderdeel/soc/ondertekenen/"):
        answer = reader.get(base + page)
        assert answer.status_code == 200, page
        (main,) = html.fromstring(answer.content).xpath("//main")
        assert [form for form in main.xpath(".//form[@method='post']") if form.xpath(".//button")] == [], page
    for page in ("", "stand/", "studie/", "studie/cijfers/"):
        assert reader.get(f"/regio/proefregio/{page}").status_code == 200, page
    assert reader.get("/regio/proefregio/gemeente/haaksbergen/nulmeting/").status_code == 404
    with psycopg.connect(clean.owner) as owner:
        before = counted(owner)
    for route in addresses_inside(urlpatterns):
        if route.endswith("besluiten/agenda/"):
            continue  # a link of one's own to the calendar
        address = filled(route, "proefregio", "borne")
        given = {"x": "1", "act": "release", "only": "staff", "w-staff": "", "q-staff": "5", "text": "x",
                 "email": "x@y.nl", "role": "contact", "agree": "1", "on": "1", "reason": "x"}  # fmt: skip
        assert reader.post(address, given).status_code in (404, 405), address
    with psycopg.connect(clean.owner) as owner:
        assert counted(owner) == before


def counted(owner: psycopg.Connection[Any]) -> dict[str, int]:
    """The rows of every table that a person writes."""
    found = {}
    for table in sorted(name for name, kind in TABLES.items() if kind is not TableClass.SYSTEM):
        owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        row = owner.execute(f"SELECT count(*) FROM {table}").fetchone()
        owner.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        assert row
        found[table] = int(row[0])
    assert found["intake_answer"] > 0
    return found


def test_a_role_holds_until_its_last_day(clean: Addresses) -> None:
    story = make_story()
    contact = invited(story, "borne")
    page = "/regio/proefregio/gemeente/borne/mensen/"
    given = {"email": "r@borne.nl", "role": "reader", "last_day": "2020-01-01"}
    assert "al geweest" in contact.post(page, given).content.decode()
    today = timezone.localdate()
    shown = contact.post(page, given | {"last_day": today.isoformat()}).content.decode()
    link = re.search(r'value="http://testserver(/uitnodiging/[^"]+)"', shown)
    assert link
    reader = Client()
    reader.post(link[1], {"name": "R", "password": WORDS})
    assert reader.get(page).status_code == 200
    assert f"tot en met {today.day} " in contact.get(page).content.decode()
    later(clean, days=1)
    assert reader.get(page).status_code == 404


def test_a_role_that_nobody_looked_at_for_a_year_is_shown_until_somebody_does(clean: Addresses) -> None:
    story = make_story()
    contact = invited(story, "borne")
    controller = invited(story, "borne", Role.CONTROLLER, by="contact-borne")
    page = "/regio/proefregio/gemeente/borne/mensen/"
    later(clean, days=364)
    assert "klopt deze rol nog" not in contact.get(page).content.decode()
    later(clean, days=1)
    shown = contact.get(page).content.decode()
    assert shown.count("klopt deze rol nog") == 2
    (confirm,) = re.findall(r'action="([^"]+/klopt/)"', shown)
    assert contact.post(confirm).status_code == 302
    assert contact.get(page).content.decode().count("klopt deze rol nog") == 1
    assert "rol bevestigd" in contact.get("/regio/proefregio/gemeente/borne/logboek/").content.decode()
    assert "Over uw eigen rol" in controller.post(confirm, follow=True).content.decode()


def later(clean: Addresses, *, days: int) -> None:
    """Let time pass: every role began, and ends, that many days earlier."""
    with psycopg.connect(clean.owner) as owner:
        owner.execute("ALTER TABLE tenancy_membership NO FORCE ROW LEVEL SECURITY")
        owner.execute(
            "UPDATE tenancy_membership SET starts_on = starts_on - %s, ends_on = ends_on - %s", [days, days]
        )
        owner.execute("ALTER TABLE tenancy_membership FORCE ROW LEVEL SECURITY")
