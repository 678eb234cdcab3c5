"""Every person tries every address of every organisation: what is not theirs does not exist."""

from uuid import uuid4

from django.test import Client
from django.urls import URLPattern, URLResolver
from story import invited, make_story

from marke.web.config.prepared import Addresses
from marke.web.config.urls import urlpatterns


def addresses_inside(patterns: list[URLPattern | URLResolver], prefix: str = "") -> list[str]:
    """Every address that names a region, as a template."""
    found = []
    for each in patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            found += addresses_inside(each.url_patterns, route)
        elif "<slug:region>" in route:
            found.append(route)
    return found


def filled(route: str, region: str, organisation: str) -> str:
    values = {
        "<slug:section>": "soc",
        "<int:number>": "0",
        "<str:key>": "figures.overhead_own",
        "<slug:region>": region,
        "<slug:organisation>": organisation,
        "<uuid:membership>": str(uuid4()),
        "<uuid:run>": str(uuid4()),
    }
    for mark, value in values.items():
        route = route.replace(mark, value)
    assert "<" not in route, f"give {route} a value in this test"
    return "/" + route


def test_nobody_gets_into_what_is_not_theirs(clean: Addresses) -> None:

    story = make_story("West", ("Hof van Twente", "Borne"))
    other = make_story("Oost", ("Losser", "Enschede"))
    invited(story, "borne")
    invited(story, "hof-van-twente")
    invited(other, "losser")
    routes = addresses_inside(urlpatterns)
    assert len(routes) >= 5
    tried = 0
    for who, own_region, own in (
        ("contact-borne", "west", "borne"),
        ("contact-hof-van-twente", "west", "hof-van-twente"),
        ("contact-losser", "oost", "losser"),
    ):
        client = (other if own_region == "oost" else story).browser(who)
        for route in routes:
            for region, organisation in (
                ("west", "borne"), ("west", "hof-van-twente"), ("west", "regiobureau"),
                ("oost", "losser"), ("oost", "regiobureau"), ("nergens", "borne"), ("west", "losser"),
            ):  # fmt: skip
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
        answer = Client().get(filled(route, "west", "borne"))
        assert answer.status_code in (302, 405)
        assert answer.status_code == 405 or answer["Location"].startswith("/account/login/?next=/")
