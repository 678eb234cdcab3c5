"""Regions, invitations and roles, through the pages."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.test import Client
from story import WORDS, invited, make_story, signed_in

from marke.errors import InputError
from marke.web.accounts.services import create_user
from marke.web.config.prepared import Addresses
from marke.web.tenancy.access import Place
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


def test_who_may_only_read_changes_nothing(clean: Addresses) -> None:

    story = make_story()
    invited(story, "borne")
    reader = invited(story, "borne", Role.READER, by="contact-borne")
    page = "/regio/proefregio/gemeente/borne/mensen/"
    assert reader.get(page).status_code == 200
    assert reader.post(page, {"email": "x@y.nl", "role": "contact"}).status_code == 404


@pytest.mark.parametrize("next_page", ["https://elders.example/", "//elders.example", "javascript:alert(1)"])
def test_signing_in_never_leads_elsewhere_and_changes_the_session(clean: Addresses, next_page: str) -> None:

    create_user(email="c@voorbeeld.nl", name="C", password=WORDS)
    client = Client()
    client.get("/account/login/")
    session = client.session
    session["eigen"] = 1
    session.save()
    before = session.session_key
    given: dict[str, Any] = {"login": "C@voorbeeld.nl", "password": WORDS, "next": next_page}
    done = client.post("/account/login/", given)
    assert done.status_code == 302
    assert done["Location"] == "/"
    assert client.session.session_key != before


def test_a_form_without_its_token_or_from_a_strange_host_is_refused(clean: Addresses) -> None:

    assert Client(enforce_csrf_checks=True).post("/account/login/", {}).status_code == 403
    assert Client().get("/account/login/", headers={"host": "elders.example"}).status_code == 400
