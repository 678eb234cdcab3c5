"""Hostile input: a sentence or a refusal, never an error of the server, and nothing that is another's."""

import io
import re
import zipfile
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from openpyxl import Workbook, load_workbook
from story import WORDS, Story, invited, make_story
from test_crawl import addresses_inside, filled

from marke.web.accounts.models import User
from marke.web.accounts.services import create_user
from marke.web.config.prepared import Addresses
from marke.web.config.urls import urlpatterns
from marke.web.intake.models import Answer
from marke.web.tenancy.context import Context, opened
from marke.web.tenancy.models import Organisation, Role

BORNE = "/regio/proefregio/gemeente/borne/nulmeting/"
HAAKSBERGEN = "/regio/proefregio/gemeente/haaksbergen/nulmeting/"
HIDDEN = "geheim-van-de-machine"


@pytest.fixture
def story(clean: Addresses) -> Story:
    found = make_story()
    invited(found, "borne")
    return found


def own_book(story: Story) -> bytes:
    content: bytes = story.browser("contact-borne").get(f"{BORNE}werkmap/").content
    return content


def sent(story: Story, content: bytes, name: str = "werkmap.xlsx"):
    file = SimpleUploadedFile(name, content)
    return story.browser("contact-borne").post(f"{BORNE}werkmap/inlezen/", {"file": file})


def replaced(book: bytes, part: str, change) -> bytes:
    """Change one part inside a workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return out.getvalue()


def bomb(*, honest: bool = True) -> bytes:
    """A small file that unpacks to 150 MB; one that is not honest says that it is small."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 150_000_000)
    size = (150_000_000).to_bytes(4, "little")
    return content.getvalue() if honest else content.getvalue().replace(size, (150).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"geen werkmap"),
        ("a.pdf", b"%PDF"),
        ("a.xlsx", b""),
        ("a.xlsx", bomb()),
        ("a.xlsx", bomb(honest=False)),
        ("a.xlsx", b"x" * 5_000_001),
    ],
    ids=["text", "pdf", "empty", "bomb", "lying bomb", "large"],
)
def test_what_is_no_workbook_gets_a_sentence(story: Story, name: str, content: bytes) -> None:
    answer = sent(story, content, name)
    assert answer.status_code == 422
    assert "Er is niets ingelezen" in answer.content.decode()


def test_an_external_entity_reads_no_file_of_the_machine(story: Story, tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(HIDDEN)
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'.encode()

    def change(content: bytes) -> bytes:
        head, _, rest = content.partition(b"?>")
        return head + b"?>" + entity + rest.replace(b"<si><t>", b"<si><t>&e;", 1)

    answer = sent(story, replaced(own_book(story), "xl/sharedStrings.xml", change))
    assert answer.status_code in (200, 422)
    assert HIDDEN not in answer.content.decode()


def test_entities_that_grow_without_end_are_refused(story: Story) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "' + b"ha" * 50 + b'">'
    for number in range(1, 12):
        before = b"a" if number == 1 else f"a{number - 1}".encode()
        laughs += f'<!ENTITY a{number} "'.encode() + (b"&" + before + b";") * 10 + b'">'
    laughs += b"]>"

    def change(content: bytes) -> bytes:
        head, _, rest = content.partition(b"?>")
        return head + b"?>" + laughs + rest.replace(b"<si><t>", b"<si><t>&a11;", 1)

    assert sent(story, replaced(own_book(story), "xl/sharedStrings.xml", change)).status_code == 422


def test_ten_thousand_columns_are_not_our_workbook(story: Story) -> None:
    book = Workbook()
    book.active.append(list(range(10_000)))
    out = io.BytesIO()
    book.save(out)
    assert sent(story, out.getvalue()).status_code == 422


@pytest.mark.parametrize("formula", ['=HYPERLINK("http://elders.example","klik")', "=1+1", "@SUM(A1)"])
def test_a_formula_is_no_answer(story: Story, formula: str) -> None:
    book = load_workbook(io.BytesIO(own_book(story)))
    for cells in book.worksheets[1].iter_rows():
        if cells[9].value == "staff":
            cells[2].value = formula
    out = io.BytesIO()
    book.save(out)
    answer = sent(story, out.getvalue())
    assert answer.status_code == 422
    assert "Er is niets ingelezen" in answer.content.decode()


def test_a_text_that_looks_like_a_formula_stays_text_in_the_workbook(story: Story) -> None:
    browser = story.browser("contact-borne")
    given = {"only": "suites.zaken", "w-suites.zaken": "", "q-suites.zaken": "=1+1"}
    assert browser.post(f"{BORNE}onderdeel/once/", given).status_code == 200
    book = load_workbook(io.BytesIO(own_book(story)))
    found = [c[2] for c in book.worksheets[1].iter_rows() if c[9].value == "suites.zaken"]
    assert [(cell.value, cell.data_type) for cell in found] == [("=1+1", "s")]


def test_the_name_of_a_file_is_text_and_not_a_path_or_a_script(story: Story) -> None:
    for name in ("../../etc/passwd.xlsx", "<script>alert(1)</script>.xlsx", "a" * 300 + ".xlsx"):
        page = sent(story, b"geen werkmap", name)
        assert page.status_code == 422
        assert "<script>alert" not in page.content.decode()


def test_what_a_person_writes_is_shown_as_text(story: Story) -> None:
    given = {"only": "suites.zaken", "w-suites.zaken": "", "q-suites.zaken": "<script>alert(1)</script>"}
    answer = story.browser("contact-borne").post(f"{BORNE}onderdeel/once/", given)
    assert "<script>alert" not in answer.content.decode()
    assert "&lt;script&gt;" in answer.content.decode()


@pytest.mark.parametrize("value", ["\x00", "9" * 400, "1e999", "٣", "ja\u202enee", "NaN", "-1"])
def test_odd_text_gets_an_answer(story: Story, value: str) -> None:
    given = {"only": "staff", "w-staff": "", "q-staff": value, "n-staff": value}
    assert story.browser("contact-borne").post(f"{BORNE}onderdeel/once/", given).status_code in (200, 422)


def test_a_request_that_another_site_made_changes_nothing(story: Story) -> None:
    """Every address refuses a form without the token of its page, and one from elsewhere."""
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(User.objects.get(email="contact-borne@voorbeeld.nl"))
    routes = addresses_inside(urlpatterns)
    addresses = [filled(route, "proefregio", "borne") for route in routes]
    for address in [*addresses, "/account/login/", "/account/logout/", "/account/password/change/"]:
        if forger.get(address).status_code == 405 or "/api/" in address:
            continue
        for headers in ({}, {"Origin": "https://elders.example", "Referer": "https://elders.example/"}):
            assert forger.post(address, {"act": "release"}, headers=headers).status_code in (403, 405), (
                address
            )
    assert forger.get(BORNE).status_code == 200, "still signed in"


def test_a_session_given_by_another_is_not_the_one_after_signing_in(clean: Addresses) -> None:
    create_user(email="a@voorbeeld.nl", name="A", password=WORDS)
    victim, attacker = Client(), Client()
    attacker.get("/account/login/?next=/")
    attacker.post("/account/login/", {"login": "a@voorbeeld.nl", "password": "fout"})
    planted = attacker.cookies.get("marke_sessie")
    for value in (planted.value if planted else "", "zelfverzonnen0123456789abcdefghij"):
        victim.cookies["marke_sessie"] = value
        assert (
            victim.post("/account/login/", {"login": "a@voorbeeld.nl", "password": WORDS}).status_code == 302
        )
        assert victim.cookies["marke_sessie"].value != value
        attacker.cookies["marke_sessie"] = value
        assert attacker.get("/").status_code == 302, "the planted session is nobody's"
        before = victim.cookies["marke_sessie"].value
        victim.post("/account/logout/")
        attacker.cookies["marke_sessie"] = before
        assert attacker.get("/").status_code == 302, "a session ends for everybody"
    cookie = victim.post("/account/login/", {"login": "a@voorbeeld.nl", "password": WORDS}).cookies[
        "marke_sessie"
    ]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    "place",
    [
        "https://elders.example/", "//elders.example", "///elders.example", "/\\elders.example",
        "javascript:alert(1)", "https:elders.example",
        "http://localhost:8000@elders.example/", "\t//elders.example",
    ],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(clean: Addresses, place: str) -> None:
    create_user(email="a@voorbeeld.nl", name="A", password=WORDS)
    client = Client()
    assert client.get("/account/login/", {"next": place}).status_code == 200
    given = {"login": "a@voorbeeld.nl", "password": WORDS, "next": place}
    assert client.post("/account/login/", given)["Location"] == "/"
    again = client.get("/account/login/", {"next": place})
    assert again["Location"] == "/"
    assert client.post("/account/logout/", {"next": place})["Location"] == "/"


@pytest.mark.parametrize(
    "host", ["elders.example", "localhost.elders.example", "elders.example:8000", "a b", ""]
)
def test_a_name_that_is_not_ours_is_refused(story: Story, host: str) -> None:
    client = story.browser("beheer")
    page = "/regio/proefregio/uitnodigen/haaksbergen/"
    given = {"email": "x@voorbeeld.nl", "role": "contact"}
    assert client.post(page, given, headers={"Host": host}).status_code == 400
    answer = client.post(page, given, headers={"X-Forwarded-Host": "elders.example", "Forwarded": "host=x"})
    assert answer.status_code == 200
    assert "elders.example" not in answer.content.decode()


def test_what_belongs_to_another_is_not_reached_by_its_name_in_a_form(story: Story) -> None:
    """Forms of one municipality with rows of another, or of nobody, in every field that names a row."""
    invited(story, "haaksbergen")
    invited(story, "haaksbergen", Role.CONTROLLER, by="contact-haaksbergen")
    contact, other = story.browser("contact-borne"), story.browser("contact-haaksbergen")
    other.post(f"{HAAKSBERGEN}werkmap/inlezen/", {"file": SimpleUploadedFile("a.xlsx", other.get(
        f"{HAAKSBERGEN}werkmap/").content)})  # fmt: skip
    people = other.get("/regio/proefregio/gemeente/haaksbergen/mensen/").content.decode()
    (end,) = re.findall(r'action="([^"]+/einde/)"', people)
    assert contact.post(end.replace("haaksbergen", "borne")).status_code == 404
    assert contact.post(end).status_code == 404
    agreed = contact.post(f"{BORNE}werkmap/inlezen/", {"agree": "1"})
    assert agreed.status_code == 422, "the workbook that waits is another's"
    for figure in ("soc.realised", "soc.staff", "once.niets", "../../x", "soc.realised' OR '1'='1"):
        given = {"act": "release", "figure": figure, "organisation": "haaksbergen"}
        assert contact.post(f"{BORNE}onderdeel/soc/ondertekenen/", given).status_code == 422
    given = {"email": "x@voorbeeld.nl", "role": "administrator", "organisation_id": str(uuid4())}
    assert contact.post("/regio/proefregio/gemeente/borne/mensen/", given).status_code == 422
    assert "Borne" not in other.get(HAAKSBERGEN).content.decode()
    assert other.post(end).status_code == 302


def test_a_row_cannot_name_an_organisation_of_another_region(story: Story) -> None:
    """A check of a foreign key passes the wall; the key itself holds the region."""
    other = make_story("Oost", ("Losser",))
    with opened(Context(regions=[other.region.pk])):
        losser = Organisation.objects.get(slug="losser")
    with opened(Context(regions=[story.region.pk])):
        borne = Organisation.objects.get(slug="borne")
    mine = Context(regions=[story.region.pk], readable=[borne.pk], writable=borne.pk)
    user = User.objects.get(email="contact-borne@voorbeeld.nl")
    made = {"question": "staff", "visibility": "raw", "changed_by": user}
    for organisation, region, told in (
        (losser.pk, story.region.pk, "row-level security"),
        (losser.pk, other.region.pk, "row-level security"),
        (borne.pk, other.region.pk, "intake_answer_belongs"),
    ):
        with pytest.raises(DatabaseError, match=told), opened(mine):
            Answer.objects.create(organisation_id=organisation, region_id=region, **made)
    with opened(mine):
        Answer.objects.create(organisation_id=borne.pk, region_id=story.region.pk, **made)


@pytest.mark.parametrize(
    "part",
    ["..", "%2e%2e", "borne%00", "BORNE", "borne'--", "haaksbergen", "borne/../haaksbergen", "b" * 5000],
)
def test_an_address_that_was_tampered_with_does_not_exist(story: Story, part: str) -> None:
    client = story.browser("contact-borne")
    for address in (f"/regio/proefregio/gemeente/{part}/nulmeting/", f"{BORNE}onderdeel/{part}/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"x": "1"}).status_code in (404, 405)
