"""The intake through the pages: fill in, workbook, sign, release; and nobody else sees any of it."""

import io
import re
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from openpyxl import load_workbook
from story import Story, fill, invited, make_story

from marke.web.config.prepared import Addresses
from marke.web.tenancy.models import Role

BORNE = "/regio/proefregio/gemeente/borne/nulmeting/"


@pytest.fixture
def story(clean: Addresses) -> Story:
    found = make_story()
    invited(found, "borne")
    invited(found, "haaksbergen")
    return found


def test_an_answer_is_saved_and_a_wrong_one_keeps_the_rest(story: Story) -> None:
    assert fill(story, "contact-borne", "once", staff="240").status_code == 302
    answer = fill(story, "contact-borne", "once", staff="1.234", workplaces="300")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "niet eenduidig" in page
    page = story.browser("contact-borne").get(f"{BORNE}onderdeel/once/").content.decode()
    assert 'name="q-staff" value="240"' in page
    assert 'name="q-workplaces" value="300"' in page


def test_the_estimate_and_the_doubt_stand_beside_the_answer(story: Story) -> None:
    page = story.browser("contact-borne").get(f"{BORNE}onderdeel/once/").content.decode()
    assert "dan geldt de schatting:" in page
    fill(story, "contact-borne", "once", staff="9000")
    page = story.browser("contact-borne").get(f"{BORNE}onderdeel/once/").content.decode()
    assert "ongewoon" in page


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(story: Story) -> None:
    invited(story, "borne", Role.CONTROLLER, by="contact-borne")
    address = f"{BORNE}onderdeel/once/"
    old = dict(
        re.findall(
            r'name="(w-[^"]+)" value="([^"]*)"', story.browser("contact-borne").get(address).content.decode()
        )
    )
    assert story.browser("controller-borne").post(address, old | {"q-staff": "240"}).status_code == 302
    answer = story.browser("contact-borne").post(address, old | {"q-staff": "250"})
    assert answer.status_code == 422
    assert "Een collega veranderde dit intussen in: 240" in answer.content.decode()


def test_a_workbook_goes_out_and_comes_back(story: Story) -> None:
    browser = story.browser("contact-borne")
    fill(story, "contact-borne", "once", staff="240")
    book = load_workbook(io.BytesIO(browser.get(f"{BORNE}werkmap/").content))
    sheet = book.worksheets[1]
    row = next(cells for cells in sheet.iter_rows() if cells[9].value == "staff")
    assert row[2].value == 240
    row[2].value = 260
    assert sheet.cell(4, 9).value == "gemeentesecretaris"
    sheet.cell(4, 9).value = "Jan de Vries"
    content = io.BytesIO()
    book.save(content)
    answer = browser.post(
        f"{BORNE}werkmap/inlezen/", {"file": SimpleUploadedFile("mijn.xlsx", content.getvalue())}
    )
    assert answer.status_code == 200, answer.content.decode()
    assert "260" in answer.content.decode()
    assert browser.post(f"{BORNE}werkmap/inlezen/", {"agree": "1"}).status_code == 302
    page = browser.get(f"{BORNE}onderdeel/once/").content.decode()
    assert 'name="q-staff" value="260"' in page
    assert "<strong>Wie vult in:</strong> Jan de Vries." in page
    fill(story, "contact-borne", "once", staff="270")
    book = load_workbook(io.BytesIO(browser.get(f"{BORNE}werkmap/").content))
    assert book.worksheets[1].cell(4, 9).value == "Jan de Vries"
    other = story.browser("contact-haaksbergen").post(
        "/regio/proefregio/gemeente/haaksbergen/nulmeting/werkmap/inlezen/",
        {"file": SimpleUploadedFile("mijn.xlsx", content.getvalue())},
    )
    assert other.status_code == 422
    assert "niet de werkmap van Haaksbergen" in other.content.decode()


def test_signing_then_releasing_and_a_later_change_shows(story: Story) -> None:
    invited(story, "borne", Role.CONTROLLER, by="contact-borne")
    invited(story, "borne", Role.CLIENT, by="contact-borne")
    fill(story, "contact-borne", "soc", soc__realised="120000", soc__staff="1,5")
    page = f"{BORNE}onderdeel/soc/ondertekenen/"
    contact, controller = story.browser("contact-borne"), story.browser("controller-borne")
    assert contact.post(page, {"act": "controller"}).status_code == 422
    assert contact.post(page, {"act": "release", "figure": "soc.realised"}).status_code == 422
    assert controller.post(page, {"act": "controller"}).status_code == 302
    assert story.browser("client-borne").post(page, {"act": "client"}).status_code == 302
    assert contact.post(page, {"act": "release", "figure": "soc.staff"}).status_code == 422
    assert contact.post(page, {"act": "release", "figure": "soc.realised"}).status_code == 302
    board = story.browser("contact-haaksbergen").get("/regio/proefregio/stand/").content.decode()
    assert "1/8" in board
    fill(story, "contact-borne", "soc", soc__realised="130000")
    assert "anderen zien nog €\xa0120.000" in contact.get(page).content.decode()
    assert "gewijzigd na" in contact.get(BORNE).content.decode()


def test_names_of_suites_are_released_one_by_one_and_taken_back(story: Story) -> None:
    invited(story, "borne", Role.CONTROLLER, by="contact-borne")
    fill(story, "contact-borne", "once", suites__zaken="Pakket A", suites__kantoor="Kantoor X", staff="240")
    page = f"{BORNE}onderdeel/once/ondertekenen/"
    contact = story.browser("contact-borne")
    assert story.browser("controller-borne").post(page, {"act": "controller"}).status_code == 302
    assert contact.post(page, {"act": "release", "figure": "staff"}).status_code == 422
    assert contact.post(page, {"act": "release", "figure": "suites.zaken"}).status_code == 302
    board = story.browser("contact-haaksbergen").get("/regio/proefregio/stand/").content.decode()
    assert "Pakket A" in board
    assert "Kantoor X" not in board
    assert "suites.release" not in contact.get(f"{BORNE}onderdeel/once/").content.decode()
    book = load_workbook(io.BytesIO(contact.get(f"{BORNE}werkmap/").content))
    said = {cells[9].value: cells[2].value for cells in book.worksheets[1].iter_rows()}
    assert said["suites.release"] == "ja"
    assert contact.post(page, {"act": "release"}).status_code == 302
    board = story.browser("contact-haaksbergen").get("/regio/proefregio/stand/").content.decode()
    assert "Pakket A" not in board


def test_two_people_answering_the_same_question_at_once_both_get_an_answer(story: Story) -> None:
    """One is saved, the other is told; neither meets an error of the machine."""
    invited(story, "borne", Role.CONTROLLER, by="contact-borne")
    address = f"{BORNE}onderdeel/once/"
    start = threading.Barrier(2)
    codes: list[int] = []

    def post(who: str, value: str) -> None:
        try:
            start.wait()
            codes.append(
                story.browser(who)
                .post(address, {"w-staff": "", "q-staff": value, "only": "staff"})
                .status_code
            )
        finally:
            connections.close_all()

    for _ in range(5):
        threads = [
            threading.Thread(target=post, args=(who, value))
            for who, value in (("contact-borne", "240"), ("controller-borne", "250"))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert set(codes) <= {200, 422}
    assert 200 in codes
