"""Every person tries every address of every organisation: what is not theirs does not exist."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver
from story import invited, make_story
from test_api import XLSX, Program, program

from marke.web.api import access
from marke.web.config.prepared import Addresses
from marke.web.config.urls import urlpatterns


def addresses_inside(patterns: list[URLPattern | URLResolver], prefix: str = "") -> list[str]:
    """Every address of a page that names a region, as a template."""
    found = []
    for each in patterns:
        route = prefix + str(each.pattern)
        if route.startswith("api/"):
            continue
        if isinstance(each, URLResolver):
            found += addresses_inside(each.url_patterns, route)
        elif "<slug:region>" in route:
            found.append(route)
    return found


def filled(route: str, region: str, organisation: str) -> str:
    values = {
        "<slug:section>": "soc",
        "<slug:form>": "pdf",
        "<int:number>": "0",
        "<str:key>": "figures.overhead_own",
        "<slug:region>": region,
        "<slug:organisation>": organisation,
        "<slug:step>": "preparation",
        "<str:name>": "brief.pdf",
        "<slug:part>": "oordelen",
        "<str:fact>": "soc.alone",
    }
    for mark, value in values.items():
        route = route.replace(mark, value)
    route = re.sub(r"<uuid:\w+>", lambda _: str(uuid4()), route)
    assert "<" not in route, f"give {route} a value in this test"
    return "/" + route


BODIES: dict[tuple[str, str], Any] = {
    ("POST", "studieversies"): {"tekst": "naam = 1", "reden": "x"},
    ("PUT", "cijfers"): {"laag": 1.0, "midden": 1.0, "hoog": 1.0, "bron": "x"},
    ("PATCH", "antwoorden"): {"antwoorden": [{"vraag": "soc.staff", "onbekend": True}]},
    ("PUT", "vrijgave"): {"vragen": []},
    ("POST", "runs"): {},
    ("PATCH", "runs"): {"toestand": "gestopt"},
    ("POST", "gesprekken"): {"met": "Borne", "niveau": "college", "standpunt": "niet gesproken"},
    ("PUT", "motiepunten"): {"stand": "open"},
    ("PUT", "stappen"): {"datum": "2026-01-01", "uitkomst": "yes"},
    ("POST", "voorstellen"): {
        "naam": "x",
        "vorm": "x",
        "diensten": [],
        "gemeentecodes": [],
        "vanaf": "2027-01-01",
    },
    ("PATCH", "voorstellen"): {"reden": "x"},
    ("POST", "eigen-dagen"): {"moment": "recess", "eersteDag": "2027-02-01"},
    ("POST", "stukken"): {"run": str(uuid4()), "soorten": ["oplegger"]},
    ("PUT", "publicatie"): {"run": str(uuid4()), "iedereenMagDitZien": True},
    ("PUT", "verschillen"): {},
}
"""What a program sends that fits, by method and a part of the address: a refusal is then about who asks."""

PARTS = {
    "{onderdeel}": "soc",
    "{cijfer}": "figures.overhead_own",
    "{nummer}": "1",
    "{run}": str(uuid4()),
    "{gesprek}": str(uuid4()),
    "{stap}": "college",
    "{dagen}": str(uuid4()),
    "{lid}": str(uuid4()),
    "{andere}": str(uuid4()),
    "{feit}": "soc.verdict.material",
    "{bestand}": "brief.pdf",
    "{vraag}": "partners",
    "{bestandsvorm}": "pdf",
}


def operations_inside() -> list[tuple[str, str]]:
    """Every operation of the API inside a region: method and address, as a template."""
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    return [(m.upper(), path) for path, methods in paths.items() for m in methods if "{regio}" in path]


def asked(client: Program, method: str, path: str, region: str, organisation: str) -> Any:
    """Ask for one operation with what fits."""
    for mark, value in (PARTS | {"{regio}": region, "{organisatie}": organisation}).items():
        path = path.replace(mark, value)
    assert "{" not in path, f"give {path} a value in this test"
    if path.endswith("herleidingen"):
        path += "?begin=soc"
    if path.endswith("werkmap") and method == "PUT":
        return client.ask(method, path, data=b"PK", content_type=XLSX)
    body = next((body for (m, part), body in BODIES.items() if m == method and part in path), None)
    assert (body is None) == (method in ("GET", "DELETE")), f"give {method} {path} a body in this test"
    return client.ask(method, path, body)


PEOPLE = (
    ("contact-borne", "west", "borne"),
    ("contact-hof-van-twente", "west", "hof-van-twente"),
    ("contact-losser", "oost", "losser"),
)
PLACES = (
    ("west", "borne"), ("west", "hof-van-twente"), ("west", "regiobureau"),
    ("oost", "losser"), ("oost", "regiobureau"), ("nergens", "borne"), ("west", "losser"),
)  # fmt: skip


def test_no_key_opens_what_is_not_its_persons(clean: Addresses, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(access, "reached", lambda *_: 0)
    story = make_story("West", ("Hof van Twente", "Borne"))
    other = make_story("Oost", ("Losser", "Enschede"))
    invited(story, "borne")
    invited(story, "hof-van-twente")
    invited(other, "losser")
    tried = 0
    for who, own_region, own in PEOPLE:
        client = program(who)
        for method, path in operations_inside():
            for region, organisation in PLACES:
                if region == own_region and (organisation == own or "{organisatie}" not in path):
                    continue
                answer = asked(client, method, path, region, organisation)
                assert answer.status_code == 404, (who, method, path, region, organisation)
                tried += 1
    assert tried > 200


def test_without_a_key_the_api_opens_nothing(clean: Addresses) -> None:
    make_story("West", ("Hof van Twente", "Borne"))
    for method, path in operations_inside():
        assert asked(Program("raden"), method, path, "west", "borne").status_code == 401


def test_nobody_gets_into_what_is_not_theirs(clean: Addresses) -> None:

    story = make_story("West", ("Hof van Twente", "Borne"))
    other = make_story("Oost", ("Losser", "Enschede"))
    invited(story, "borne")
    invited(story, "hof-van-twente")
    invited(other, "losser")
    routes = addresses_inside(urlpatterns)
    assert len(routes) >= 5
    tried = 0
    for who, own_region, own in PEOPLE:
        client = (other if own_region == "oost" else story).browser(who)
        for route in routes:
            for region, organisation in PLACES:
                inside = region == own_region and (organisation == own or "<slug:organisation>" not in route)
                if inside:
                    continue
                for answer in (client.get(filled(route, region, organisation)),
                               client.post(filled(route, region, organisation), {"x": "1"})):  # fmt: skip
                    assert answer.status_code in (404, 405), (who, route, region, organisation)
                    tried += 1
    assert tried > 100


def test_without_an_account_every_page_asks_to_sign_in(clean: Addresses) -> None:

    make_story("West", ("Hof van Twente", "Borne"))
    for route in addresses_inside(urlpatterns):
        if route.startswith("openbaar/"):
            continue  # test_documents_of_runs asks for it
        answer = Client().get(filled(route, "west", "borne"))
        assert answer.status_code in (302, 405)
        assert answer.status_code == 405 or answer["Location"].startswith("/account/login/?next=/")
