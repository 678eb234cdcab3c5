"""A conversation, a decision and its deadline in a browser: axe, three widths and a picture of every page."""

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from story import WORDS, invited, make_story
from test_browser import Visitor, address, browser, pytestmark  # noqa: F401  # fixtures and a mark

HERE = "/regio/proefregio/besluiten/"
BORNE = "/regio/proefregio/gemeente/borne/besluiten/"


@pytest.fixture
def visitors(
    address: str,  # noqa: F811
    browser: Any,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[Visitor, Visitor]]:
    """The lead of a region (with a script) and the contact of a municipality (without), signed in."""
    monkeypatch.setattr(settings, "SECOND_STEP_REQUIRED", False)
    story = make_story()
    invited(story, "borne")
    pictures = Path(os.environ.get("MARKE_PICTURES", tmp_path))
    found = []
    for email, script in (("beheer@proefregio.nl", True), ("contact-borne@voorbeeld.nl", False)):
        visitor = Visitor(browser, address, pictures, script=script)
        visitor.go("/account/login/")
        visitor.page.locator("[name=login]").fill(email)
        visitor.page.locator("[name=password]").fill(WORDS)
        visitor.page.get_by_role("button", name="Aanmelden", exact=True).click()
        visitor.page.wait_for_url(address + "/")
        found.append(visitor)
    yield found[0], found[1]
    assert [each for visitor in found for each in visitor.found] == []


def ago(count: int) -> str:
    return (timezone.localdate() - timedelta(days=count)).isoformat()


def test_a_conversation_a_decision_and_its_deadline(visitors: tuple[Visitor, Visitor]) -> None:
    lead, borne = visitors
    lead.go("/regio/proefregio/")
    lead.follow("Besluiten")
    lead.judge("besluiten-leeg")
    a_conversation(lead)
    a_proposal(lead)
    a_decision(borne)
    lead.go(HERE)
    lead.judge("besluiten")
    first = lead.page.locator(".deadlines li").filter(has_text="Borne").inner_text().replace("\xa0", " ")
    assert "zienswijze van de raad" in first
    assert "8 weken na" in first
    assert "verwacht" not in first.partition("\n")[0]
    lead.follow("Samen een SOC")
    lead.judge("voorstel")
    lead.go(HERE)
    lead.follow("Kalender")
    lead.judge("besluiten-kalender")
    assert "Borne: zienswijze van de raad" in lead.text()
    a_log(lead)
    a_private_calendar(borne)
    a_refusal(borne, lead)


def a_conversation(lead: Visitor) -> None:
    lead.follow("Gesprekken")
    lead.fill("Met wie", "Borne")
    lead.page.get_by_label("Op welk niveau").select_option("college")
    lead.fill("Wanneer", ago(20))
    lead.page.get_by_label("Doen zij mee?").select_option("onder voorwaarden")
    lead.press("Gesprek vastleggen")
    assert "onder welke voorwaarden doet Borne mee?" in lead.text()
    lead.judge("gesprek-fout")
    lead.fill("Onder welke voorwaarden", "een vaste bijdrage")
    lead.fill("Bevestigd door", "wethouder A.")
    lead.press("Gesprek vastleggen")
    lead.judge("gesprekken")
    assert "een vaste bijdrage" in lead.text()
    assert "Nog niet gesproken met: Haaksbergen, Hof van Twente" in lead.text()


def a_proposal(lead: Visitor) -> None:
    lead.go(HERE)
    lead.follow("Voorstel maken")
    lead.judge("voorstel-maken")
    lead.fill("Naam", "Samen een SOC")
    lead.page.get_by_label("Vorm", exact=True).select_option("host")
    lead.fill("Begint op", ago(90))
    lead.page.get_by_label("Regionaal SOC").check()
    for name in ("Borne", "Haaksbergen", "Hof van Twente"):
        lead.page.get_by_label(name).check()
    lead.press("Voorstel maken")
    assert "Hoe het staat" in lead.text()


def a_decision(borne: Visitor) -> None:
    borne.go("/regio/proefregio/gemeente/borne/nulmeting/")
    borne.follow("Besluiten")
    borne.judge("eigen-besluiten")
    for day in (ago(30), ago(5)):
        borne.follow("Vastleggen")
        borne.fill("Datum", day)
        borne.press("Vastleggen")
    assert "Vastgelegd." in borne.text()
    assert re.search(r"Zienswijze van de raad: uiterlijk \d+\s\w+ \d{4}", borne.text())
    borne.judge("eigen-besluiten-termijn")
    borne.follow("Vastleggen")
    borne.judge("stap")
    borne.page.get_by_label("Uitkomst").select_option("conditions")
    borne.press("Vastleggen")
    assert "Schrijf onder welke voorwaarden" in borne.text()
    borne.go(BORNE)
    borne.follow("Reces en raadsdagen")
    borne.fill("Dag, of eerste dag van het reces", ago(-10))
    borne.fill("Laatste dag van het reces", ago(-90))
    borne.press("Bewaren")
    borne.judge("raadsdagen")
    borne.go(BORNE)
    assert "De laatste werkdag voor het reces is" in borne.text()


def a_log(lead: Visitor) -> None:
    lead.go(HERE)
    lead.follow("Logboek van besluiten")
    mark = lead.page.locator("tbody code").last.inner_text()
    lead.fill("Kenmerk uit een stuk", mark)
    lead.press("Kenmerk zoeken")
    lead.judge("besluitenlogboek")
    assert "De keten klopt" in lead.text()
    assert "Dit kenmerk is van regel 1, gesprek vastgelegd" in lead.text()


def a_private_calendar(borne: Visitor) -> None:
    borne.go(BORNE)
    borne.follow("Link voor uw agenda")
    borne.press("Nieuwe link maken")
    borne.judge("agenda")
    link = str(borne.page.get_by_label("Link", exact=True).input_value())
    stranger = borne.context.browser.new_context()
    assert "BEGIN:VEVENT" in stranger.request.get(link).text()
    borne.press("Intrekken")
    assert stranger.request.get(link).status == 404
    stranger.close()


def a_refusal(borne: Visitor, lead: Visitor) -> None:
    borne.go(f"{BORNE}voorstellen/1/preparation/")
    borne.page.get_by_label("Uitkomst").select_option("no")
    borne.press("Vastleggen")
    borne.judge("eigen-besluiten-nee")
    assert "gaat niet door" in borne.text()
    lead.go(f"{HERE}voorstellen/1/")
    lead.judge("voorstel-nee")
    assert "Er is nee gezegd" in lead.text()
