"""Situations under a name, and red lines: for one's own organisation, and for oneself."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from story import Story, invited
from table_run import explored, story_with
from test_canary import CANARY, everything
from test_helpers import helped
from test_table import PAGE, PART, shown

from marke.run import Run
from marke.web.config.prepared import Addresses
from marke.web.table.models import SavedSituation
from marke.web.tenancy.models import Role

BORNE = "/regio/proefregio/gemeente/borne/tafel/"
OFFICE = "/regio/proefregio/gemeente/regiobureau/tafel/"
THREE = "dienst=soc&met=0147-0168-1735"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return explored(tmp_path_factory.mktemp("tafel"))


@pytest.fixture
def story(clean: Addresses, run: Run, open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    monkeypatch.setattr(settings, "DATA", open_folder / "data")
    made = story_with(run, open_folder / "data")
    invited(made, "borne")
    invited(made, "borne", Role.READER, by="contact-borne")
    invited(made, "losser")
    return made


def changing(page: str, name: str) -> str:
    """Where a kept situation is changed."""
    return link(page, rf'Naam veranderen[^<]*<span class="hidden">: {name}').partition("?")[0]


def saved(client: Client, name: str, query: str = THREE, base: str = BORNE) -> Any:
    return client.post(f"{base}bewaren/", {"situatie": query, "name": name})


def names(page: str) -> list[str]:
    return re.findall(r'class="nl-link name"[^>]*>([^<]+)', page)


def link(page: str, words: str) -> str:
    found = re.search(rf'href="([^"]+)"[^>]*>{words}', page)
    assert found, words
    return found[1].replace("&amp;", "&")


def test_a_situation_is_kept_under_a_name_and_opened_again(story: Story) -> None:
    client = story.browser("reader-borne")
    answer = saved(client, "Alleen met buren")
    assert answer["Location"] == f"{PAGE}?{THREE}"
    page = shown(client, f"?{THREE}")
    assert "Bewaard als &#x27;Alleen met buren&#x27;" in page
    for who in ("contact-borne", "reader-borne"):
        page = shown(story.browser(who))
        assert names(page) == ["Alleen met buren"]
        assert "Regionaal SOC met 3 gemeenten" in page
    again = shown(client, link(page, "Alleen met buren"))
    assert again.count('aria-checked="true"') == 3
    assert names(shown(story.browser("contact-losser"))) == []
    assert names(shown(story.browser("beheer"))) == []
    assert "Alleen met buren" not in shown(client, "?beeld=zaal")


def test_a_kept_situation_holds_choices_written_out_and_no_outcome(story: Story) -> None:
    saved(story.browser("contact-borne"), "alles")
    with_all = story.browser("contact-borne")
    saved(with_all, "gewoon", "dienst=soc")
    kept = [parse_qs(urlsplit(link(shown(with_all), name)).query) for name in ("alles", "gewoon")]
    assert kept == [parse_qs(THREE), {"dienst": ["soc"]}]
    stored = rows(story)
    assert set(parse_qs(stored["gewoon"])) == {"dienst", "vorm", "met", "sleutel", "niveau"}
    assert parse_qs(stored["gewoon"])["met"] == ["0147-0158-0168-0189-1735"]


def rows(story: Story) -> dict[str, str]:
    from small import own_place

    from marke.web.tenancy.context import opened

    with opened(own_place(story, "borne")[1]):
        return dict(SavedSituation.objects.values_list("name", "query"))


def test_a_name_is_used_once_by_an_organisation(story: Story) -> None:
    saved(story.browser("contact-borne"), "Samen")
    again = saved(story.browser("reader-borne"), "Samen", "dienst=soc")
    assert again.status_code == 422
    told = again.content.decode()
    assert "Er is al een situatie die &#x27;Samen&#x27; heet. Kies een andere naam." in told
    assert 'value="Samen"' in told
    assert 'name="situatie" value="dienst=soc"' in told
    assert saved(story.browser("beheer"), "Samen", base=OFFICE).status_code == 302
    assert names(shown(story.browser("beheer"))) == ["Samen"]
    assert saved(story.browser("contact-borne"), " ").status_code == 422


def test_what_is_no_situation_is_not_kept(story: Story) -> None:
    client = story.browser("contact-borne")
    answer = saved(client, "niets", "dienst=soc&vorm=x")
    assert answer.status_code == 422
    assert "De vorm &#x27;x&#x27; is niet bekend" in answer.content.decode()
    assert names(shown(client)) == []


def test_who_kept_it_or_writes_for_the_organisation_changes_it(story: Story) -> None:
    contact, reader = story.browser("contact-borne"), story.browser("reader-borne")
    saved(contact, "Eerste")
    saved(reader, "Tweede")
    change = {"Eerste": changing(shown(contact), "Eerste")}
    page = shown(reader)
    assert ": Eerste</span></a>" not in page.split("Naam veranderen", 1)[-1].split("Tweede")[0]
    change["Tweede"] = changing(page, "Tweede")
    assert reader.post(change["Eerste"], {"name": "Anders"}).status_code == 404
    assert reader.post(f"{change['Eerste']}weg/").status_code == 404
    taken = reader.post(change["Tweede"], {"name": "Eerste"})
    assert taken.status_code == 422
    assert "Kies een andere naam" in taken.content.decode()
    assert contact.post(change["Tweede"], {"name": "Derde"}).status_code == 302
    assert names(shown(reader)) == ["Derde", "Eerste"]
    asked = reader.get(f"{change['Tweede']}weg/").content.decode()
    assert "'Derde' verwijderen?" in asked
    assert names(shown(reader)) == ["Derde", "Eerste"]
    assert reader.post(f"{change['Tweede']}weg/").status_code == 302
    assert names(shown(reader)) == ["Eerste"]
    elsewhere = change["Eerste"].replace("borne", "losser")
    for who in ("contact-losser", "beheer"):
        assert story.browser(who).get(change["Eerste"]).status_code == 404
        assert story.browser(who).get(elsewhere).status_code == 404


def test_helpers_keep_nothing_and_see_nothing(story: Story) -> None:
    saved(story.browser("contact-borne"), "Samen")
    helper = helped(story)
    page = shown(helper)
    assert "Samen</a>" not in page
    assert "bewaar-borne" not in page
    assert saved(helper, "x").status_code == 404
    assert helper.get(f"{BORNE}grenzen/").status_code == 404


def test_what_has_disappeared_is_told(story: Story) -> None:
    saved(story.browser("contact-borne"), "Oud")
    with_form = rows(story)["Oud"]
    form = parse_qs(with_form)["vorm"][0]
    from small import own_place

    from marke.web.tenancy.context import opened

    with opened(own_place(story, "borne")[1]):
        SavedSituation.objects.update(query=with_form.replace(form, "verdwenen"))
    page = shown(story.browser("contact-borne"))
    assert "De vorm &#x27;verdwenen&#x27; is niet bekend" in page
    assert 'role="alert"' not in page
    assert 'role="alert">De vorm &#x27;verdwenen&#x27; is niet bekend' in shown(
        story.browser("contact-borne"), link(page, "Oud")
    )


def test_kept_situations_are_put_aside_and_compared_by_name(story: Story) -> None:
    client = story.browser("contact-borne")
    saved(client, "Met z'n drieen")
    saved(client, "Allen", "dienst=soc")
    page = shown(client, "?dienst=soc")
    aside = link(page, 'Leg opzij<span class="hidden">: Met z')
    page = shown(client, aside)
    assert page.count("Ligt opzij.") == 1
    back = lines(client, here=link(page, "Leg opzij om te vergelijken"))["Location"]
    assert back.count("naast=") == 2
    told = client.get(link(page, "Vergelijk met")).content.decode()
    assert "1. Met z&#x27;n drieen" in told
    assert "2. Allen" in told


def lines(client: Client, here: str = THREE, **amounts: str) -> Any:
    given = {f"grens-{key}": value for key, value in amounts.items()}
    return client.post(f"{BORNE}grenzen/", given | {"situatie": here.removeprefix("?")})


def test_a_red_line_is_held_against_every_situation_of_its_writer(story: Story) -> None:
    client = story.browser("reader-borne")
    assert "Uw grens" in shown(client)
    assert lines(client, soc="1.000.000", pakket="1")["Location"] == f"{PAGE}?{THREE}"
    saved(client, "Samen")
    page = shown(client, f"?{THREE}&vraag=partners")
    assert "✓ Binnen uw grens van € 1.000.000" in page
    assert "kans dat het binnen de grens blijft" in page
    assert page.count("✓ Binnen uw grens") >= 3  # the situation, the kept one and the answers
    lines(client, soc="2")
    part = client.get(f"{PAGE}?{THREE}", headers=PART).content.decode().replace("\xa0", " ")
    assert "✗ Boven uw grens van € 2:" in part
    without = shown(client, "?dienst=soc&met=0168-1735")
    assert "Borne doet hier niet mee." in without
    compared = client.get(f"{PAGE}vergelijken/?naast={THREE.replace('&', '%26').replace('=', '%3D')}")
    assert "✗ Boven uw grens" in compared.content.decode()
    lines(client, soc="")
    assert "Boven uw grens" not in shown(client, f"?{THREE}")


def test_a_package_has_its_own_line(story: Story) -> None:
    client = story.browser("contact-borne")
    lines(client, pakket="1")
    assert "Boven uw grens" not in shown(client, "?dienst=soc")
    page = shown(client, "?dienst=soc&ook=woo_team")
    assert "Het pakket samen" in page
    assert "✗ Boven uw grens van € 1:" in page


def test_nobody_else_sees_a_red_line(story: Story) -> None:
    writer = story.browser("reader-borne")
    writer.get(lines(writer, soc="123.457")["Location"])
    for who in ("contact-borne", "contact-losser", "beheer"):
        client = story.browser(who)
        for query in (f"?{THREE}", f"?{THREE}&vraag=partners", "?dienst=soc&beeld=zaal&eigen=1"):
            assert "uw grens van" not in shown(client, query)
        assert "123457" not in client.get(f"{BORNE}grenzen/").content.decode()
    for query in ("&beeld=zaal", "&beeld=zaal&eigen=1", "&beeld=zaal&vraag=partners"):
        page = shown(writer, f"?{THREE}{query}")
        assert "grens" not in page
        assert "123.457" not in page
    for form in ("oplegger/odt", "kaart/svg"):
        content = writer.get(f"{PAGE}{form}/?{THREE}").content
        assert b"123.457" not in content
        assert b"grens" not in content


def test_what_is_no_amount_stays_on_the_page_with_a_sentence(story: Story) -> None:
    client = story.browser("contact-borne")
    lines(client, soc="40.000")
    answer = lines(client, soc="veertig", woo_team="50000")
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "&#x27;veertig&#x27; is geen bedrag in hele euro&#x27;s" in told
    assert 'value="veertig"' in told
    assert 'value="50000"' in told
    assert 'value="40000"' in client.get(f"{BORNE}grenzen/").content.decode()
    assert story.browser("beheer").get(f"{OFFICE}grenzen/").status_code == 404


def test_the_canary_at_the_table_is_heard_at_home_only(story: Story) -> None:
    writer = story.browser("contact-borne")
    saved(writer, CANARY)
    lines(writer, soc="123.457")
    made = {"<uuid:situation>": [changing(shown(writer), CANARY).split("/")[-2]]}
    home = everything(writer, "borne", made)
    assert CANARY in home[PAGE]
    assert "123457" in home[f"{BORNE}grenzen/"]
    colleague = everything(story.browser("reader-borne"), "borne", made)
    assert CANARY in colleague[PAGE]
    assert [path for path, page in colleague.items() if "123457" in page or "123.457" in page] == []
    for who, own in (("contact-losser", "losser"), ("beheer", "regiobureau"), ("beheer", "borne")):
        seen = everything(story.browser(who), own, made)
        assert PAGE in seen
        assert [
            path for path, page in seen.items() if CANARY in page or "123457" in page or "123.457" in page
        ] == []
