"""The API about the table: the answers of the page, as numbers, and nothing that this person may not see."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from story import Story, fill, invited, make_story
from table_run import explored, story_with
from test_api import Program, program

from marke.dutch import decimal, significant
from marke.run import Run
from marke.web.config.prepared import Addresses

TABLE = "/regios/proefregio/tafel"
PAGE = "/regio/proefregio/tafel/"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return explored(tmp_path_factory.mktemp("tafel"))


@pytest.fixture
def story(clean: Addresses, run: Run, open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    cache.clear()
    monkeypatch.setattr(settings, "DATA", open_folder / "data")
    made = story_with(run, open_folder / "data")
    invited(made, "borne")
    invited(made, "losser")
    return made


def asked(asker: Program, query: str = "") -> dict[str, Any]:
    answer = asker.ask("GET", f"{TABLE}{query}")
    assert answer.status_code == 200, answer.json()
    found: dict[str, Any] = answer.json()
    return found


def test_without_a_run_there_is_no_table(clean: Addresses) -> None:
    cache.clear()
    make_story()
    assert program("Beheer Proefregio").ask("GET", TABLE).status_code == 404


def test_a_situation_is_that_of_the_page(story: Story) -> None:
    query = "?dienst=soc&met=0147-0168-1735&sleutel=shapley"
    told = asked(program("contact-borne"), query)
    page = story.browser("contact-borne").get(PAGE + query).content.decode().replace("\xa0", " ")
    assert told["zin"].replace("\xa0", " ") in page
    assert told["situatie"]["adres"] == query.removeprefix("?")
    assert told["situatie"]["gemeentecodes"] == ["GM0147", "GM0168", "GM1735"]
    inside = [each for each in told["gemeenten"] if each["doetMee"]]
    assert abs(sum(each["kosten"] for each in inside) - told["samen"]) < 1e-6 * told["samen"]
    assert told["band"]["laag"] < told["band"]["verwacht"] == told["samen"] < told["band"]["hoog"]
    for each in inside:
        assert each["laag"] < each["kosten"] < each["hoog"]
        assert decimal(significant(each["kosten"], 3)) in page
    assert all(each["uittreden"] is None for each in told["gemeenten"] if not each["doetMee"])
    assert told["pakket"] is None


def test_every_choice_can_be_put_on_the_table(story: Story) -> None:
    asker = program("contact-borne")
    choices = asker.ask("GET", f"{TABLE}/keuzes?dienst=soc").json()
    plain = asked(asker, "?dienst=soc")
    for name, key in (("vorm", "vormen"), ("niveau", "niveaus"), ("sleutel", "sleutels")):
        assert len(choices[key]) > 1
        for each in choices[key]:
            told = asked(asker, f"?dienst=soc&{name}={each['keuze']}")
            assert told["situatie"][name] == each["keuze"]
    figure = choices["cijfers"][0]
    moved = asked(asker, f"?dienst=soc&cijfer.{figure['cijfer']}={figure['hoog']}")
    assert moved["situatie"]["cijfers"].keys() == {figure["cijfer"]}
    assert moved["samen"] != plain["samen"]
    parts = {each["keuze"]: 20 for each in choices["gemeenten"]}
    query = "&".join(f"deel.{code}={part}" for code, part in parts.items())
    assert asked(asker, f"?dienst=soc&sleutel=free&{query}")["situatie"]["percentages"] == parts
    several = asked(asker, f"?dienst=soc&ook={choices['diensten'][0]['keuze']}")["pakket"]
    assert len(several["diensten"]) == 2


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?dienst=niets", "niets"),
        ("?met=9999", "9999"),
        ("?sleutel=eerlijk", "eerlijk"),
        ("?voet=200", "vaste voet"),
        ("?cijfer.niets=1", "niets"),
    ],
)
def test_what_is_no_situation_is_refused_with_a_sentence(story: Story, query: str, told: str) -> None:
    asker = program("contact-borne")
    for path in (TABLE, f"{TABLE}/vragen/partners", f"{TABLE}/opleggers/odt"):
        answer = asker.ask("GET", f"{path}{query}")
        assert answer.status_code == 400
        assert told in answer.json()["detail"]


def test_every_question_is_answered_with_a_situation_that_can_be_asked(story: Story) -> None:
    asker = program("contact-borne")
    questions = asker.ask("GET", f"{TABLE}/vragen").json()
    assert len(questions) == 7
    for each in questions:
        told = asker.ask("GET", f"{TABLE}/vragen/{each['vraag']}?dienst=soc").json()
        page = story.browser("contact-borne").get(f"{PAGE}?dienst=soc&vraag={each['vraag']}").content.decode()
        assert told["naam"] == each["naam"]
        assert told["wij"] == "Borne"
        assert told["antwoorden"]
        for answer in told["antwoorden"]:
            assert answer["zin"].replace("\xa0", " ") in page.replace("\xa0", " ")
            if answer["situatie"]:
                assert asked(asker, f"?{answer['situatie']['adres']}")["situatie"] == answer["situatie"]
    assert program("Beheer Proefregio").ask("GET", f"{TABLE}/vragen/partners").status_code == 200
    assert asker.ask("GET", f"{TABLE}/vragen/niets").status_code == 404


def test_today_is_told_to_its_own_people_only(story: Story) -> None:
    query = "?dienst=soc"
    before = asked(program("contact-losser"), query)
    fill(story, "contact-borne", "soc", soc__realised="7654321", soc__staff="1,5", soc__budgeted_1="123456")
    mine = {each["naam"]: each["nu"] for each in asked(program("contact-borne"), query)["gemeenten"]}
    assert {name for name, today in mine.items() if today} == {"Borne"}
    assert (mine["Borne"]["begroot"], mine["Borne"]["eigen"]) == (123456.0, True)
    assert asked(program("contact-losser"), query) == before
    lead = asked(program("Beheer Proefregio"), query)
    assert {each["nu"] for each in lead["gemeenten"]} == {None}


def test_one_page_is_given_in_every_form(story: Story) -> None:
    asker = program("contact-borne")
    fill(story, "contact-borne", "soc", soc__realised="7654321")
    for form, head in (("pdf", b"%PDF"), ("odt", b"PK"), ("docx", b"PK")):
        answer = asker.ask("GET", f"{TABLE}/opleggers/{form}?dienst=soc")
        assert answer.content.startswith(head)
        assert f"oplegger-soc.{form}" in answer["Content-Disposition"]
    assert asker.ask("GET", f"{TABLE}/opleggers/png").status_code == 404
