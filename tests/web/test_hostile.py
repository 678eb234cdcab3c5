"""Files that are not what they claim: a sentence, never an error of the server, and nothing is read."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook
from story import Story, invited, make_story

from marke.web.config.prepared import Addresses

BORNE = "/regio/proefregio/gemeente/borne/nulmeting/"
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
