"""Signing in takes two steps; who has no second one is led to make it, and cannot go around it."""

import io
import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from story import WORDS

from marke.web.accounts.services import create_user
from marke.web.config.prepared import Addresses


@pytest.fixture
def required(clean: Addresses) -> Iterator[None]:
    cache.clear()
    settings.SECOND_STEP_REQUIRED = True
    yield
    settings.SECOND_STEP_REQUIRED = False


def code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def signing_in(client: Client, address: str) -> str:
    answer = client.post("/account/login/", {"login": address, "password": WORDS})
    assert answer.status_code == 302
    return str(answer["Location"])


@pytest.mark.usefixtures("required")
def test_who_has_no_second_step_makes_one_first_and_then_needs_it() -> None:
    create_user(email="a@voorbeeld.nl", name="A", password=WORDS)
    client = Client()
    assert signing_in(client, "a@voorbeeld.nl") == "/"
    assert client.get("/")["Location"] == "/account/2fa/"
    assert client.get("/nieuwe-regio/")["Location"] == "/account/2fa/"
    again = client.get("/account/2fa/totp/activate/")["Location"]
    assert again.startswith("/account/reauthenticate/")
    assert client.post(again, {"password": WORDS}).status_code == 302
    page = client.get("/account/2fa/totp/activate/").content.decode()
    secret = re.search(r'id="secret" readonly value="(\w+)"', page)
    assert secret, page
    wrong = client.post("/account/2fa/totp/activate/", {"code": "000000"})
    assert wrong.status_code == 200
    done = client.post("/account/2fa/totp/activate/", {"code": code(secret[1])})
    assert done.status_code == 302
    assert client.get("/").status_code == 200

    other = Client()
    assert signing_in(other, "a@voorbeeld.nl") == "/account/2fa/authenticate/"
    assert other.get("/")["Location"].startswith("/account/login/")
    assert other.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    cache.clear()  # a code works once; a moment later there is another
    done = other.post("/account/2fa/authenticate/", {"code": code(secret[1])})
    assert done.status_code == 302
    assert other.get("/").status_code == 200


@pytest.mark.usefixtures("required")
def test_people_of_an_example_look_around_at_once() -> None:
    create_user(email="v@twente.example", name="V", password=WORDS, example=True)
    client = Client()
    signing_in(client, "v@twente.example")
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("clean")
def test_nobody_makes_an_account_by_himself() -> None:
    answer = Client().post("/account/signup/", {"email": "x@voorbeeld.nl", "password1": WORDS})
    assert answer.status_code == 200
    assert not Client().login(email="x@voorbeeld.nl", password=WORDS)


@pytest.mark.usefixtures("clean")
def test_who_lost_a_password_chooses_a_new_one_by_a_link() -> None:
    create_user(email="k@voorbeeld.nl", name="K", password=WORDS)
    out = io.StringIO()
    call_command("password_link", "K@voorbeeld.nl", stdout=out)
    client = Client()
    page = client.get(out.getvalue().strip(), follow=True)
    new = "twaalf groene kikkers"
    done = client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert done.status_code == 302
    assert Client().post("/account/login/", {"login": "k@voorbeeld.nl", "password": new}).status_code == 302
    with pytest.raises(CommandError, match="geen account"):
        call_command("password_link", "weg@voorbeeld.nl")
