"""One meeting at the table in a browser: by mouse, by keyboard alone, on a telephone, without a script."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from story import Story, invited
from table_run import explored, story_with
from test_browser import Visitor, address, browser, pytestmark

from marke.run import Run

__all__ = ["address", "browser", "pytestmark"]

PAGE = "/regio/proefregio/tafel/"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return explored(tmp_path_factory.mktemp("tafel"))


@pytest.fixture
def story(address: str, run: Run, open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    monkeypatch.setattr(settings, "DATA", open_folder / "data")
    settings.SECOND_STEP_REQUIRED = False
    made = story_with(run, open_folder / "data")
    invited(made, "borne")
    assert made.browser("contact-borne").get(PAGE).status_code == 200  # lays the run open
    return made


@pytest.fixture
def visit(address: str, browser: Any, story: Story, tmp_path: Path) -> Any:
    pictures = Path(os.environ.get("MARKE_PICTURES", tmp_path))

    def open_page(query: str = "", *, width: int = 1280, script: bool = True) -> Visitor:
        found = Visitor(browser, address, pictures, script=script)
        cookies = story.browser("contact-borne").cookies.items()
        found.context.add_cookies([{"name": k, "value": v.value, "url": address} for k, v in cookies])
        found.page.set_viewport_size({"width": width, "height": 900})
        assert found.go(PAGE + query) == 200
        return found

    return open_page


def told(visitor: Visitor) -> str:
    return str(visitor.page.locator("#zin").inner_text()).replace("\xa0", " ")


def waits(visitor: Visitor, words: str) -> None:
    """Wait until the sentence holds some words, and then for the exact answer."""
    visitor.page.locator("#zin", has_text=words).wait_for()
    visitor.page.get_by_text("Band van samen").wait_for()


def columns(visitor: Visitor) -> list[int]:
    """How many cells are seen in every row of the table of municipalities, its head included."""
    rows = visitor.page.locator(".lines table").first.locator("tr").all()
    return [row.locator("th:visible, td:visible").count() for row in rows]


def checked(visitor: Visitor, code: str) -> str | None:
    found: str | None = visitor.page.locator(f"#m-{code}").get_attribute("aria-checked")
    return found


def test_a_meeting_by_mouse(visit: Any) -> None:
    table: Visitor = visit("?dienst=soc")
    table.judge("tafel")
    table.page.set_viewport_size({"width": 1280, "height": 900})
    assert "alle gemeenten" in told(table)
    table.page.locator("#m-GM0147 .disc").click()
    waits(table, "Borne doet niet meer mee")
    assert checked(table, "GM0147") == "false"
    assert "met=" in table.page.url
    assert "vorige" not in table.page.url
    shared = table.page.url
    table.page.locator("#m-GM0168 .disc").click()
    waits(table, "Losser doet niet meer mee")
    table.page.get_by_label("Verdeling").select_option("shapley")
    table.page.wait_for_url(re.compile("sleutel=shapley"))
    table.follow("Wat is de kleinste groep die loont?")
    table.page.get_by_role("heading", name="Wat is de kleinste groep die loont?").wait_for()
    table.judge("tafel-vraag")
    table.page.get_by_role("link", name=re.compile("Op tafel leggen")).first.click()
    table.page.get_by_text("Band van samen").wait_for()
    with table.page.expect_download() as download:
        table.page.get_by_role("link", name=re.compile("^ODT")).click()
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
    table.page.get_by_role("link", name="Leg opzij om te vergelijken").click()
    table.page.get_by_text("Ligt opzij.").wait_for()
    assert "naast=" in table.page.url
    table.page.get_by_text("Band van samen").wait_for()
    here = table.page.url
    table.follow("Vergelijk met")
    table.judge("tafel-vergelijken")
    assert "Onderhandelblad" in table.text()
    assert table.page.goto(here).status == 200
    table.page.set_viewport_size({"width": 1280, "height": 900})
    table.fill("Bewaar deze situatie voor Borne als", "Kleinste groep")
    table.press("Bewaar")
    table.page.get_by_text("Bewaard als 'Kleinste groep'.").wait_for()
    table.follow("Grens zetten")
    table.fill("Regionaal SOC", "veel")
    table.press("Bewaar")
    assert "geen bedrag in hele euro's" in table.text()
    table.judge("tafel-grens")
    table.page.set_viewport_size({"width": 1280, "height": 900})
    table.fill("Regionaal SOC", "90.000")
    table.press("Bewaar")
    table.page.get_by_role("heading", name="Uw grens dit ziet alleen u").wait_for()
    assert "uw grens van € 90.000" in table.text().replace("\xa0", " ")
    table.judge("tafel-bewaard")
    table.page.set_viewport_size({"width": 1280, "height": 900})
    table.page.locator(".kept").get_by_text("Ligt opzij.").wait_for()
    table.follow("Vergelijk met")
    assert "Kleinste groep" in table.text()
    assert "Uw grens (dit ziet alleen u)" in table.text()
    table.judge("tafel-vergelijken-grens")
    table.page.go_back()
    table.page.set_viewport_size({"width": 1280, "height": 900})
    table.follow("Toon dit in de zaal")
    assert "grens" not in table.text()
    assert "Kleinste groep" not in table.text()
    assert len(set(columns(table))) == 1
    assert table.page.locator(".places").is_hidden()
    table.judge("tafel-zaal")
    table.page.set_viewport_size({"width": 1280, "height": 900})
    table.page.locator("#m-GM0158 .disc").click()
    waits(table, "doet niet meer mee")
    assert "beeld=zaal" in table.page.url
    assert "Blijft iedereen?" not in table.text()
    assert table.page.goto(shared).status == 200
    assert checked(table, "GM0147") == "false"
    assert table.found == []


def test_a_meeting_by_keyboard_alone(visit: Any) -> None:
    table: Visitor = visit("?dienst=soc")
    keys = table.page.keyboard
    while table.page.evaluate("document.activeElement.id") != "m-GM0147":
        keys.press("Tab")
    keys.press("Space")
    waits(table, "Borne doet niet meer mee")
    assert table.page.evaluate("document.activeElement.id") == "m-GM0147"
    assert checked(table, "GM0147") == "false"
    keys.press("Enter")
    waits(table, "Borne doet nu mee")
    assert checked(table, "GM0147") == "true"
    while table.page.evaluate("document.activeElement.id") != "q-2":
        keys.press("Tab")
    keys.press("Enter")
    table.page.get_by_role("heading", name="Wat is de kleinste groep die loont?").wait_for()
    assert table.page.evaluate("document.activeElement.id") == "q-2"
    while table.page.evaluate("document.activeElement.id") != "naam-borne":
        keys.press("Tab")
    keys.type("Met Borne")
    keys.press("Enter")
    table.page.get_by_text("Bewaard als 'Met Borne'.").wait_for()
    table.page.locator(".kept .name").focus()
    keys.press("Enter")
    waits(table, "alle gemeenten")
    while "Grens" not in table.page.evaluate("document.activeElement.textContent"):
        keys.press("Tab")
    keys.press("Enter")
    table.page.get_by_role("heading", name="Uw grens", level=1).wait_for()
    table.page.get_by_label("Regionaal SOC").focus()
    keys.type("1.000")
    keys.press("Enter")
    table.page.get_by_text("✗ Boven uw grens").first.wait_for()
    slider = table.page.locator("input[type=range]").first
    slider.focus()
    keys.press("ArrowRight")
    table.page.wait_for_url(re.compile("cijfer"))
    table.page.get_by_text("Er is een cijfer of het niveau veranderd").wait_for()
    assert table.found == []


def test_a_meeting_on_a_telephone(visit: Any) -> None:
    table: Visitor = visit("?dienst=soc", width=320)
    assert not table.page.locator("#m-GM0147").is_visible()
    assert table.page.get_by_role("img", name=re.compile("Kaart van wie er meedoet")).is_visible()
    table.page.get_by_role("checkbox", name="Borne").uncheck()
    waits(table, "Borne doet niet meer mee")
    assert "vier gemeenten" in table.page.locator(".hand").inner_text()
    table.page.get_by_role("checkbox", name="Borne").check()
    waits(table, "Borne doet nu mee")
    table.fill("Bewaar deze situatie voor Borne als", "Allen")
    table.press("Bewaar")
    table.follow("Naam veranderen of verwijderen")
    table.fill("Naam", "Iedereen")
    table.press("Naam veranderen")
    assert table.page.locator(".kept .name").inner_text() == "Iedereen"
    table.follow("Grens zetten")
    table.fill("Regionaal SOC", "1.000.000")
    table.press("Bewaar")
    assert "✓ Binnen uw grens" in table.text()
    table.follow("Naam veranderen of verwijderen")
    table.judge("tafel-bewaarde")
    table.page.set_viewport_size({"width": 320, "height": 900})
    table.follow("Verwijderen")
    table.judge("tafel-verwijderen")
    table.page.set_viewport_size({"width": 320, "height": 900})
    table.press("Ja, verwijder haar")
    assert "U hebt nog niets bewaard." in table.text()
    assert table.page.evaluate("document.documentElement.scrollWidth") == 320
    assert table.found == []


def test_a_name_that_is_typed_outlives_the_exact_answer(visit: Any) -> None:
    table: Visitor = visit("?dienst=soc")
    table.page.locator("#m-GM0147 .disc").click()
    table.fill("Bewaar deze situatie voor Borne als", "Zonder Borne")
    waits(table, "Borne doet niet meer mee")
    table.page.wait_for_load_state("networkidle")
    assert table.page.get_by_label("Bewaar deze situatie voor Borne als").input_value() == "Zonder Borne"
    table.press("Bewaar")
    table.page.locator(".kept .name").click()
    waits(table, "vier gemeenten")
    assert checked(table, "GM0147") == "false"
    assert table.found == []


def test_what_was_typed_wrong_is_still_there(visit: Any) -> None:
    table: Visitor = visit("?dienst=soc")
    foot = table.page.get_by_label("Vaste voet")
    foot.fill("250")
    foot.blur()
    table.page.get_by_text("De vaste voet ligt tussen 0 en 100, niet op 250.").first.wait_for()
    assert foot.input_value() == "250"
    table.judge("tafel-verkeerd")
    table.page.reload()
    assert foot.input_value() == "250"
    foot.fill("20")
    foot.blur()
    table.page.wait_for_url(re.compile("voet=20"))
    assert not table.page.get_by_role("alert").count()
    assert table.found == []


def test_what_was_asked_last_is_what_stays(visit: Any) -> None:
    table: Visitor = visit("?dienst=soc")
    for code in ("GM0147", "GM0158", "GM0168"):
        table.page.locator(f"#m-{code} .disc").click()
        table.page.locator(f"#m-{code}[aria-checked=false]").wait_for()
    table.page.get_by_text("Band van samen").wait_for()
    table.page.wait_for_load_state("networkidle")
    assert [checked(table, code) for code in ("GM0147", "GM0158", "GM0168")] == ["false"] * 3
    assert "twee gemeenten" in told(table)
    table.page.go_back()
    table.page.locator("#m-GM0168[aria-checked=true]").wait_for()
    assert table.found == []


def test_an_answer_that_comes_too_late_changes_nothing(visit: Any) -> None:
    table: Visitor = visit("?dienst=soc")
    table.page.get_by_text("Band van samen").wait_for()
    held: list[Any] = []

    def hold_first(route: Any) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    table.page.route(re.compile("precies"), hold_first)
    for code in ("GM0147", "GM0158"):
        table.page.locator(f"#m-{code} .disc").click()
        table.page.locator(f"#m-{code}[aria-checked=false]").wait_for()
    table.page.get_by_text("Band van samen").wait_for()
    with table.page.expect_response(lambda answer: answer.request == held[0].request):
        held[0].continue_()
    table.page.wait_for_load_state("networkidle")
    assert [checked(table, code) for code in ("GM0147", "GM0158")] == ["false"] * 2


def test_percentages_are_sent_when_all_are_filled_in(visit: Any) -> None:
    table: Visitor = visit("?dienst=soc")
    table.page.get_by_label("Verdeling").select_option("free")
    for code, share in (
        ("GM0147", "30"),
        ("GM0158", "20"),
        ("GM0168", "20"),
        ("GM0189", "20"),
        ("GM1735", "10"),
    ):
        field = table.page.locator(f"[name='deel.{code}']")
        field.fill(share)
        field.blur()
    table.page.get_by_role("button", name="Percentages tonen").click()
    table.page.wait_for_url(re.compile("deel.GM0147=30"))
    assert not table.page.get_by_role("alert").count()
    assert table.page.locator("[name='deel.GM0147']").input_value() == "30"
    assert table.found == []


def test_a_meeting_without_a_script(visit: Any) -> None:
    table: Visitor = visit("?dienst=soc", script=False)
    table.page.locator("#m-GM0147 .disc").click()
    table.page.wait_for_load_state()
    assert "Borne doet niet meer mee" in told(table)
    assert "Band van samen" in table.text()
    table.page.get_by_label("Verdeling").select_option("equal")
    table.page.get_by_role("button", name="Toon", exact=True).first.click()
    table.page.wait_for_load_state()
    assert "sleutel=equal" in table.page.url
    assert checked(table, "GM0147") == "false"
    table.judge("tafel-zonder-script")
    assert table.found == []
