"""The table in pages: a situation by link and form, at once and exactly, and only what one may see."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from lxml import etree
from story import Story, fill, invited, make_story
from table_run import FIVE, explored, story_with
from test_helpers import helped

from marke.errors import InputError
from marke.run import Run
from marke.web.config.prepared import Addresses
from marke.web.table import source
from marke.web.tenancy.models import Role

PAGE = "/regio/proefregio/tafel/"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return explored(tmp_path_factory.mktemp("tafel"))


@pytest.fixture
def story(clean: Addresses, run: Run, open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    monkeypatch.setattr(settings, "DATA", open_folder / "data")
    made = story_with(run, open_folder / "data")
    invited(made, "borne")
    invited(made, "losser")
    return made


def shown(client: Client, query: str = "", **headers: str) -> str:
    answer = client.get(f"{PAGE}{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def switches(page: str) -> dict[str, str]:
    """The circles of a page: their addresses by name."""
    found = re.findall(r'href="(\?[^"]+)"[^>]*role="switch"[^>]*aria-label="([^":,]+)', page)
    return {name: href.replace("&amp;", "&") for href, name in found}


def test_without_a_run_the_page_says_so(clean: Addresses) -> None:
    made = make_story(members=FIVE)
    assert "nog geen uitkomst" in shown(made.browser("beheer"))


def test_a_whole_page_holds_the_exact_answer(story: Story) -> None:
    page = shown(story.browser("contact-borne"))
    assert "P10 – P90" in page
    assert 'hx-trigger="load"' not in page
    assert set(switches(page)) == set(FIVE)
    assert 'aria-checked="false"' not in page


def test_every_circle_is_a_link_to_the_other_way(story: Story) -> None:
    client = story.browser("contact-borne")
    page = shown(client)
    without = shown(client, switches(page)["Borne"], Referer=f"http://testserver{PAGE}")
    assert without.count('aria-checked="false"') == 1
    assert "Borne doet niet meer mee" in without
    assert "vier gemeenten" in without
    back = shown(client, switches(without)["Borne"])
    assert 'aria-checked="false"' not in back


def test_a_part_answers_at_once_and_asks_for_the_rest(story: Story) -> None:
    client = story.browser("contact-borne")
    query = "?dienst=soc&met=0147-0168-1735"
    answer = client.get(
        PAGE + query, headers={**PART, "HX-Current-URL": f"http://testserver{PAGE}?dienst=soc"}
    )
    part = answer.content.decode()
    assert "<html" not in part
    assert answer["HX-Push-Url"] == PAGE + query
    pending = re.search(r'hx-get="([^"]+)" hx-trigger="load"', part)
    assert pending
    assert "twee gemeenten doen niet meer mee" in part.lower() or "doen niet meer mee" in part
    exact = client.get(pending[1].replace("&amp;", "&"), headers=PART)
    assert "HX-Push-Url" not in exact
    told = exact.content.decode()
    assert 'hx-trigger="load"' not in told
    assert "doen niet meer mee" in told
    sentence = re.search(r'class="sentence">([^<]+)', part)
    assert sentence
    assert sentence[1] in told


def test_a_form_leads_to_the_same_page_as_a_link(story: Story) -> None:
    client = story.browser("contact-borne")
    by_link = shown(client, "?dienst=soc&met=0147-0168-1735")
    by_form = shown(
        client, "?van=soc&met=&dienst=soc&vorm=&sleutel=per_inhabitant&met=0168&met=1735&met=0147&voet=0"
    )
    assert switches(by_form) == switches(by_link)
    nobody = shown(client, "?van=soc&met=&dienst=soc")
    assert "ten minste twee" in nobody


def test_another_service_takes_its_own_usual_form(story: Story) -> None:
    client = story.browser("contact-borne")
    page = shown(client, "?van=soc&dienst=woo_team&vorm=joint_tender&niveau=basic&met=&met=0147&met=0168")
    assert 'role="alert"' not in page
    assert "Woo" in page


def test_what_cannot_be_read_is_told_and_the_usual_shown(story: Story) -> None:
    page = shown(story.browser("contact-borne"), "?dienst=soc&vorm=%3Cb%3E")
    assert "De vorm &#x27;&lt;b&gt;&#x27; is niet bekend" in page
    assert set(switches(page)) == set(FIVE)


def test_what_was_typed_wrong_stays_with_a_sentence_beside_it(story: Story) -> None:
    client = story.browser("contact-borne")
    chosen = "?van=soc&dienst=soc&met=&met=0147&met=0168&met=1735"
    query = f"{chosen}&sleutel=free&deel.GM0147=70&deel.GM0168=20&voet=250"
    page = shown(client, query)
    assert page.count('aria-checked="true"') == 3
    for told in (
        'name="deel.GM0147" value="70"',
        'id="e-deel">De percentages tellen op tot 90; het moet 100 zijn.',
        'name="voet" value="250"',
        'id="e-voet">De vaste voet ligt tussen 0 en 100, niet op 250.',
        'aria-invalid="true" aria-describedby="e-voet"',
    ):
        assert told in page
    part = client.get(PAGE + query, headers=PART)
    assert part["HX-Push-Url"] == PAGE + query
    content = part.content.decode()
    assert 'value="250"' in content
    assert 'hx-trigger="load"' not in content  # what comes next would lose it
    slider = re.search(r'name="(cijfer\.[^"]+)" value="[^"]+" min="[^"]+" max="([^"]+)"', page)
    assert slider
    far = shown(client, f"?dienst=soc&{slider[1]}={float(slider[2]) + 1:g}")
    assert f'value="{float(slider[2]) + 1:g}" min' in far
    assert f'aria-describedby="e-{slider[1]} h-{slider[1]}" aria-invalid="true"' in far


def test_a_question_is_answered_by_a_situation(story: Story) -> None:
    client = story.browser("contact-borne")
    page = shown(client, "?dienst=soc&vraag=kleinste")
    assert "Wat is de kleinste groep die loont?" in page
    link = re.search(r'nl-button--primary" href="(\?[^"]+)"', page)
    assert link
    answered = shown(client, link[1].replace("&amp;", "&"))
    assert 'role="alert"' not in answered


def test_percentages_sliders_and_a_package_are_in_the_page(story: Story) -> None:
    client = story.browser("contact-borne")
    page = shown(client, "?dienst=soc&sleutel=free&ook=woo_team")
    assert 'name="deel.GM0147"' in page
    assert "Het pakket" in page
    assert 'type="range"' in page
    moved = re.search(r'name="(cijfer\.[^"]+)" value="[^"]+" min="([^"]+)"', page)
    assert moved
    altered = shown(client, f"?dienst=soc&{moved[1]}={moved[2]}")
    assert "over alle 256 trekkingen" in altered


def test_years_of_growing_are_told_year_by_year(story: Story) -> None:
    page = shown(story.browser("contact-borne"), "?dienst=soc&met=0147-0168-1735&ingroei=2")
    table = page.partition('id="groei"')[2].partition("</table>")[0]
    assert re.findall(r'class="n">(Jaar 1|Jaar 2|Vanaf jaar 3)<', table) == [
        "Jaar 1",
        "Jaar 2",
        "Vanaf jaar 3",
    ]
    borne = re.findall(r"<td[^>]*>([^<]*)", table.partition("Borne")[2].partition("</tr>")[0])
    assert borne[-1] == cells_of(page, "0147")[2]
    assert len(set(borne)) == 3
    assert 'id="groei"' not in shown(story.browser("contact-borne"), "?dienst=soc")


def cells_of(page: str, code: str) -> list[str]:
    row = re.search(rf'id="met-{code}".*?</tr>', page, re.S)
    assert row
    return re.findall(r"<td[^>]*>([^<]*)", row[0])


def test_ones_own_today_is_for_oneself(story: Story) -> None:
    fill(story, "contact-borne", "soc", soc__realised="987654")
    mine = shown(story.browser("contact-borne"), "?dienst=soc")
    assert cells_of(mine, "0147")[-2].startswith("€ ")
    assert cells_of(mine, "0168")[-2:] == ["", ""]
    other = shown(story.browser("contact-losser"), "?dienst=soc")
    assert cells_of(other, "0147")[-2:] == ["", ""]
    assert cells_of(other, "0168")[-2].startswith("€ ")
    assert "Effect op de begroting" not in shown(story.browser("beheer"), "?dienst=soc")


def test_colleagues_see_their_municipality_and_helpers_do_not(story: Story) -> None:
    invited(story, "borne", role=Role.CONTROLLER, by="contact-borne")
    assert "Effect op de begroting" in shown(story.browser("controller-borne"), "?dienst=soc")
    assert "Effect op de begroting" not in shown(helped(story), "?dienst=soc")


def test_a_damaged_run_is_told(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(_run: object) -> None:
        raise InputError("Deze run is beschadigd.", mend="Reken haar opnieuw door.")

    monkeypatch.setattr(source, "open_stored", damaged)
    assert "Deze run is beschadigd. Reken haar opnieuw door." in shown(story.browser("contact-borne"))


def test_a_situation_is_taken_along_as_a_page_and_a_picture(story: Story) -> None:
    client = story.browser("contact-borne")
    query = "?dienst=soc&met=0147-0168-1735"
    odt = client.get(f"{PAGE}oplegger/odt/{query}")
    assert odt["Content-Disposition"] == 'attachment; filename="oplegger-soc.odt"'
    with zipfile.ZipFile(io.BytesIO(odt.content)) as packed:
        words = packed.read("content.xml").decode()
    assert "Borne, Hof van Twente en Losser" in words
    assert f"http://testserver{PAGE}?dienst=soc" in words
    assert "door apart te gaan" not in words
    picture = client.get(f"{PAGE}kaart/svg/{query}")
    assert picture["Content-Type"] == "image/svg+xml"
    drawn = etree.fromstring(picture.content)
    assert len(drawn.findall(".//{*}circle")) == len(FIVE)
    assert client.get(f"{PAGE}kaart/png/{query}").content.startswith(b"\x89PNG")
    for wrong in (f"{PAGE}oplegger/exe/{query}", f"{PAGE}kaart/pdf/{query}", f"{PAGE}kaart/svg/?dienst=x"):
        assert client.get(wrong).status_code == 404


def test_a_room_sees_what_all_may_see_until_it_is_confirmed(story: Story) -> None:
    fill(story, "contact-borne", "soc", soc__realised="987654")
    client = story.browser("contact-borne")
    at_desk = shown(client, "?dienst=soc")
    assert "Toon dit in de zaal" in at_desk
    assert "Blijft iedereen?" in at_desk
    room = shown(client, "?dienst=soc&beeld=zaal")
    for hidden in ("Effect op de begroting", "Blijft iedereen?", "Wat als er twee afhaken"):
        assert hidden not in room
    assert "Dan ziet iedereen in deze zaal wat Borne nu betaalt" in room
    assert all("beeld=zaal" in link and "eigen" not in link for link in switches(room).values())
    assert "winnen" not in shown(client, "?dienst=soc&beeld=zaal&vraag=afhaken")
    confirmed = shown(client, "?dienst=soc&beeld=zaal&eigen=1")
    assert cells_of(confirmed, "0147")[-2].startswith("€ ")
    assert "Blijft iedereen?" not in confirmed
    assert all("eigen=1" in link for link in switches(confirmed).values())
    assert "Effect op de begroting" not in shown(story.browser("beheer"), "?dienst=soc&beeld=zaal&eigen=1")


def test_situations_are_put_aside_and_compared(story: Story) -> None:
    client = story.browser("contact-borne")
    page = shown(client, "?dienst=soc")
    link = re.search(r'href="([^"]+)"[^>]*>Leg opzij', page)
    assert link
    page = shown(client, link[1].replace("&amp;", "&"))
    assert "Ligt opzij" in page
    without = shown(client, switches(page)["Borne"])
    assert "Leg opzij" in without
    both = re.search(r'href="([^"]+)"[^>]*>Vergelijk met wat opzij ligt', without)
    assert both
    answer = client.get(both[1].replace("&amp;", "&"))
    told = answer.content.decode().replace("\xa0", " ")
    assert "1. Regionaal SOC, 5 gemeenten" in told
    assert "2. Regionaal SOC, 4 gemeenten" in told
    borne = re.search(r'row">Borne</th><td>([^<]+)</td><td>([^<]+)', told)
    assert borne
    assert borne[1].startswith("€ ")
    assert borne[2] == "doet niet mee"
    assert "Onderhandelblad" in told
    assert "door apart te gaan" not in told
    many = "&".join(f"naast=dienst%3Dsoc%26met%3D0147-{code}" for code in ("0158", "0168", "1735", "0189"))
    told = client.get(f"{PAGE}vergelijken/?naast=dienst%3Dsoc&{many}&naast=dienst%3Dx").content.decode()
    assert told.count('scope="col"') == 4
    assert "nog niets naast elkaar" in client.get(f"{PAGE}vergelijken/").content.decode()
