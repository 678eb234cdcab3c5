"""A municipality's own provider signs in its members, and reaches nothing else of anybody."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import oidc
import psycopg
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from story import WORDS, Story, invited, make_story, signed_in
from test_second_step import code

from marke.web.accounts.models import User
from marke.web.config.prepared import Addresses
from marke.web.providers.models import Provider
from marke.web.tenancy.context import Context, opened
from marke.web.tenancy.models import Organisation, Role

CONFIGURE = "/regio/proefregio/aanbieder/borne/"
OWN = "/regio/proefregio/gemeente/borne/aanbieder/"
BORNE = "/regio/proefregio/gemeente/borne/nulmeting/"
HAAKSBERGEN = "/regio/proefregio/gemeente/haaksbergen/nulmeting/"
ADDRESS = "contact-borne@voorbeeld.nl"


@pytest.fixture
def provider() -> Iterator[oidc.Provider]:
    settings.PROVIDERS_ON_LOOPBACK = True
    with oidc.running() as found:
        found.person = {"sub": "4711", "email": ADDRESS, "email_verified": True}
        found.assertions = {"amr": ["pwd", "mfa"]}
        yield found
    settings.PROVIDERS_ON_LOOPBACK = False


@pytest.fixture
def story(clean: Addresses) -> Iterator[Story]:
    cache.clear()
    found = make_story()
    invited(found, "borne")
    invited(found, "haaksbergen")
    yield found
    settings.SECOND_STEP_REQUIRED = False


def given(provider: oidc.Provider, **change: str) -> dict[str, str]:
    return {"issuer": provider.issuer, "client_id": oidc.CLIENT, "secret": oidc.SECRET, "acr": ""} | change


def seen(story: Story) -> str:
    """The provider as the municipality sees it."""
    page = story.browser("contact-borne").get(OWN).content.decode()
    found = re.search(r'name="provider" value="([^"]+)"', page)
    assert found, page
    return found[1]


def turned_on(story: Story, provider: oidc.Provider) -> None:
    assert story.browser("beheer").post(CONFIGURE, given(provider)).status_code == 302
    assert story.browser("contact-borne").post(OWN, {"provider": seen(story), "on": "1"}).status_code == 302
    settings.SECOND_STEP_REQUIRED = True


def way(story: Story) -> str:
    with opened(Context(regions=[story.region.pk])):
        return f"/account/oidc/{Organisation.objects.get(slug='borne').pk}/"


def returned(story: Story, client: Client, provider: oidc.Provider) -> Any:
    """Go to the provider, be signed in there, and come back."""
    gone = client.post(f"{way(story)}login/")
    assert gone.status_code == 302, gone.content.decode()
    assert gone["Location"].startswith(f"{provider.issuer}/aanmelden?")
    asked = {key: values[0] for key, values in parse_qs(urlsplit(gone["Location"]).query).items()}
    assert asked["code_challenge_method"] == "S256"
    httpx.get(gone["Location"])
    (code,) = provider.codes
    return client.get(f"{way(story)}terug/?{urlencode({'code': code, 'state': asked['state']})}")


def refused(story: Story, client: Client, provider: oidc.Provider) -> str:
    answer = returned(story, client, provider)
    assert answer.status_code == 403
    assert client.get("/").status_code == 302
    return str(answer.content.decode())


def test_the_region_fills_it_in_and_only_the_municipality_turns_it_on(
    story: Story, provider: oidc.Provider
) -> None:
    lead, contact = story.browser("beheer"), story.browser("contact-borne")
    assert lead.post(CONFIGURE, given(provider)).status_code == 302
    assert "Proefregio" not in Client().get("/account/login/").content.decode()
    page = lead.get(CONFIGURE).content.decode()
    assert oidc.SECRET not in page
    assert f"{way(story)}terug/" in page
    assert lead.get(OWN).status_code == 404
    before = seen(story)
    assert story.browser("contact-haaksbergen").post(OWN, {"provider": before, "on": "1"}).status_code == 404
    assert contact.get(CONFIGURE).status_code == 404
    assert lead.post(CONFIGURE, given(provider, client_id="anders")).status_code == 302
    assert contact.post(OWN, {"provider": before, "on": "1"}).status_code == 422  # it is another by now
    turned_on(story, provider)
    sign_in = Client().get("/account/login/")
    assert "Borne (Proefregio)" in sign_in.content.decode()
    assert f"form-action 'self' {provider.issuer}" in sign_in["Content-Security-Policy"]
    assert provider.issuer not in Client().get("/account/password/reset/")["Content-Security-Policy"]
    settings.SECOND_STEP_REQUIRED = False
    log = contact.get("/regio/proefregio/gemeente/borne/logboek/").content.decode()
    assert "aanbieder aangezet" in log
    assert lead.post(CONFIGURE, given(provider, secret="")).status_code == 302
    assert not Provider.objects.exists(), "what changed is off again, and seen by its region only"


def test_the_database_lets_the_region_turn_nothing_on(story: Story, provider: oidc.Provider) -> None:
    story.browser("beheer").post(CONFIGURE, given(provider))
    region = story.region.pk
    for is_on, told in ((True, "row-level security"), (False, None)):
        with opened(Context(regions=[region], region_writable=region)):
            row = Provider.objects.get()
            row.is_on = is_on
            if told is None:
                row.save()
                continue
        with pytest.raises(Exception, match=told), opened(Context(regions=[region], region_writable=region)):
            row.save()


def test_the_secret_is_stored_encrypted(clean: Addresses, story: Story, provider: oidc.Provider) -> None:
    story.browser("beheer").post(CONFIGURE, given(provider))
    with psycopg.connect(clean.owner) as owner:
        owner.execute("ALTER TABLE providers_provider NO FORCE ROW LEVEL SECURITY")
        row = str(owner.execute("SELECT * FROM providers_provider").fetchone())
        owner.execute("ALTER TABLE providers_provider FORCE ROW LEVEL SECURITY")
    assert provider.issuer in row
    assert oidc.SECRET not in row


def test_a_member_comes_in_and_only_at_home(story: Story, provider: oidc.Provider) -> None:
    turned_on(story, provider)
    client = Client()
    assert returned(story, client, provider)["Location"] == "/"
    assert client.get(BORNE).status_code == 200
    assert client.get(HAAKSBERGEN).status_code == 404
    kept = SocialAccount.objects.get()
    assert (kept.uid, kept.extra_data) == ("4711", {})
    for page in ("2fa/", "2fa/totp/activate/", "password/change/", "reauthenticate/", "email/"):
        assert client.get(f"/account/{page}")["Location"] == "/", page
    for page in ("/sleutels/", "/nieuwe-regio/", "/iets-nieuws/"):
        assert client.post(page)["Location"] == "/", page
    assert client.post("/account/logout/").status_code == 302
    assert client.get(BORNE).status_code == 302
    assert User.objects.get(email=ADDRESS).check_password(WORDS)
    provider.person["email"] = "nieuw-adres@voorbeeld.nl"
    assert returned(story, client, provider)["Location"] == "/"


def test_work_elsewhere_stays_out_of_reach(story: Story, provider: oidc.Provider) -> None:
    """Whoever runs a provider can be any of its people; that must open nothing of another organisation."""
    answer = story.browser("contact-haaksbergen").post(
        "/regio/proefregio/gemeente/haaksbergen/mensen/", {"email": ADDRESS, "role": Role.READER.value}
    )
    found = re.search(r'value="http://testserver(/uitnodiging/[^"]+)"', answer.content.decode())
    assert found
    link = found[1]
    turned_on(story, provider)
    by_provider = Client()
    returned(story, by_provider, provider)
    settings.SECOND_STEP_REQUIRED = False
    assert by_provider.post(link).status_code == 422
    assert story.browser("contact-borne").post(link).status_code == 302
    assert story.browser("contact-borne").get(HAAKSBERGEN).status_code == 200
    for client in (by_provider, Client()):
        if client is not by_provider:
            returned(story, client, provider)
        assert client.get(BORNE).status_code == 200
        assert client.get(HAAKSBERGEN).status_code == 404
        assert "Haaksbergen" not in client.get("/").content.decode()


def test_who_was_signed_in_with_a_password_is_kept_at_home_afterwards(
    story: Story, provider: oidc.Provider
) -> None:
    turned_on(story, provider)
    client = signed_in(User.objects.get(email=ADDRESS))
    assert returned(story, client, provider)["Location"] == "/"
    assert client.get("/account/2fa/")["Location"] == "/"


@pytest.mark.parametrize(
    ("person", "told"),
    [
        ({"email": "vreemd@voorbeeld.nl"}, "hoort hier nog niet bij"),
        ({"email": "contact-haaksbergen@voorbeeld.nl"}, "hoort hier nog niet bij"),
        ({"email": "beheer@proefregio.nl"}, "hoort hier nog niet bij"),
        ({"email_verified": False}, "niet dat uw e-mailadres is gecontroleerd"),
        ({"email": None, "email_verified": True}, "hoort hier nog niet bij"),
    ],
)
def test_who_is_no_member_does_not_come_in(
    story: Story, provider: oidc.Provider, person: dict[str, Any], told: str
) -> None:
    turned_on(story, provider)
    provider.person |= person
    assert told in refused(story, Client(), provider)
    assert not SocialAccount.objects.exists()


def test_whose_role_ended_does_not_come_in(story: Story, provider: oidc.Provider) -> None:
    invited(story, "borne", Role.READER, by="contact-borne")
    turned_on(story, provider)
    provider.person |= {"sub": "4712", "email": "reader-borne@voorbeeld.nl"}
    assert returned(story, Client(), provider)["Location"] == "/"
    settings.SECOND_STEP_REQUIRED = False
    people = story.browser("contact-borne").get("/regio/proefregio/gemeente/borne/mensen/").content.decode()
    (end,) = re.findall(r'action="([^"]+/einde/)"', people)
    story.browser("contact-borne").post(end)
    assert "hoort hier nog niet bij" in refused(story, Client(), provider)


def test_an_address_that_went_to_somebody_else_opens_nothing(story: Story, provider: oidc.Provider) -> None:
    turned_on(story, provider)
    returned(story, Client(), provider)
    provider.person["sub"] = "4713"
    assert "hoort hier nog niet bij" in refused(story, Client(), provider)


def test_two_sources_that_differ_are_refused(story: Story, provider: oidc.Provider) -> None:
    turned_on(story, provider)
    provider.other_subject = "9"
    assert "niet eenduidig" in refused(story, Client(), provider)


@pytest.mark.parametrize("assertions", [{}, {"amr": ["pwd"]}, {"amr": "mfa"}, {"acr": "hoog"}])
def test_without_two_steps_at_the_provider_ours_is_asked(
    story: Story, provider: oidc.Provider, assertions: dict[str, Any]
) -> None:
    turned_on(story, provider)
    provider.assertions = assertions
    assert "hier hebt u geen tweede" in refused(story, Client(), provider)
    user = User.objects.get(email=ADDRESS)
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    client = Client()
    assert returned(story, client, provider)["Location"] == "/account/2fa/authenticate/"
    assert client.get(BORNE)["Location"].startswith("/account/login/")
    assert client.post("/account/2fa/authenticate/", {"code": code(secret)}).status_code == 302
    assert client.get(BORNE).status_code == 200
    assert client.get("/account/2fa/")["Location"] == "/"


def test_a_named_acr_counts_as_two_steps(story: Story, provider: oidc.Provider) -> None:
    turned_on(story, provider)
    settings.SECOND_STEP_REQUIRED = False
    story.browser("beheer").post(CONFIGURE, given(provider, acr="hoog"))
    story.browser("contact-borne").post(OWN, {"provider": seen(story), "on": "1"})
    settings.SECOND_STEP_REQUIRED = True
    provider.assertions = {"acr": "hoog"}
    assert returned(story, Client(), provider)["Location"] == "/"


def test_nothing_in_the_address_changes_what_is_asked_of_the_provider(
    story: Story, provider: oidc.Provider
) -> None:
    turned_on(story, provider)
    gone = Client().post(f"{way(story)}login/?scope=groups&auth_params=prompt%3Dnone&process=connect")
    assert "groups" not in gone["Location"]
    assert "prompt" not in gone["Location"]
    client = signed_in(User.objects.get(email=ADDRESS))
    gone = client.post(f"{way(story)}login/", {"process": "connect", "next": "https://elders.example/"})
    asked = parse_qs(urlsplit(gone["Location"]).query)
    httpx.get(gone["Location"])
    (code,) = provider.codes
    back = client.get(f"{way(story)}terug/?{urlencode({'code': code, 'state': asked['state'][0]})}")
    assert back.status_code == 403


def test_a_provider_that_does_not_answer_gets_a_sentence(story: Story, provider: oidc.Provider) -> None:
    turned_on(story, provider)
    client = Client()
    for page in ("terug/", "terug/?state=raden&code=raden", "terug/?error=access_denied"):
        assert client.get(f"{way(story)}{page}").status_code == 403
    gone = client.post(f"{way(story)}login/")
    state = parse_qs(urlsplit(gone["Location"]).query)["state"][0]
    assert client.get(f"{way(story)}terug/?{urlencode({'code': 'raden', 'state': state})}").status_code == 403
    assert client.get(f"{way(story)}login/").status_code == 405
    provider.broken = True
    answer = client.post(f"{way(story)}login/")
    assert answer.status_code == 403
    assert "antwoordt niet goed" in answer.content.decode()
    assert client.post("/account/oidc/7d4f0f0c-3b1c-4c6e-9f5e-111111111111/login/").status_code == 404


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"issuer": "http://login.gemeente.example"}, "geen beveiligd adres"),
        ({"issuer": "https://127.0.0.1:1"}, "antwoordt geen aanbieder"),
        ({"secret": ""}, "Vul het geheim in"),
        ({"issuer": "geen adres"}, "geldige URL"),
        ({"client_id": ""}, "verplicht"),
    ],
)
def test_what_is_no_provider_is_told(
    story: Story, provider: oidc.Provider, change: dict[str, str], told: str
) -> None:
    answer = story.browser("beheer").post(CONFIGURE, given(provider, **change))
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_another_workspace_cannot_read_the_secret(
    story: Story, provider: oidc.Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    turned_on(story, provider)
    monkeypatch.setattr(settings, "SECRET_KEY", "of another workspace")
    answer = Client().post(f"{way(story)}login/")
    assert answer.status_code == 403
    assert "opnieuw invullen" in answer.content.decode()


def test_it_is_taken_away(story: Story, provider: oidc.Provider) -> None:
    turned_on(story, provider)
    returned(story, Client(), provider)
    settings.SECOND_STEP_REQUIRED = False
    assert story.browser("beheer").post(CONFIGURE, {"remove": "1"}).status_code == 302
    assert not SocialAccount.objects.exists()
    assert "Proefregio" not in Client().get("/account/login/").content.decode()
