"""A document with everything in it, read back by other programs than those that wrote it."""

import io
import re
import shutil
import subprocess
import zipfile
from os import environ

import docx as word
import openpyxl
import pikepdf
import pytest
from everything import CANARY, DOCUMENT, FIGURE, HEADINGS, LONG, MONEY, NUMBERS, PRINTED
from lxml import etree
from lxml import html as page
from pypdf import PdfReader

from marke.documents import drawn, write
from marke.documents.house_style import NEUTRAL
from marke.documents.kinds import KINDS

NS = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
}
PROSE = "Het kost ongeveer €\xa0120.000 en precies €\xa0−7.654."
WORDS = [PROSE, "12 < 13 & 14", "Een aanname.", "de griffier,"]


@pytest.fixture(scope="module")
def made():
    """The whole document in every format."""
    return {form: write.renderer(form)(DOCUMENT, NEUTRAL) for form in write.FORMATS}


def part(content: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return etree.fromstring(opened.read(name))


def told(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()


def odf_rows(content: bytes, number: int) -> list[list[str]]:
    table = part(content, "content.xml").findall(".//table:table", NS)[number]
    return [
        [told(cell) for cell in row.findall("table:table-cell", NS)]
        for row in table.iter(f"{{{NS['table']}}}table-row")
    ]


def pages(content: bytes) -> list[str]:
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages]


def test_html_holds_cells_headings_language_and_words(made):
    opened = page.fromstring(made["html"].decode())
    assert opened.get("lang") == "nl"
    assert opened.findtext(".//title") == DOCUMENT.title
    assert [told(h) for h in opened.xpath("//h1|//h2|//h3")] == HEADINGS
    table = next(t for t in opened.iter("table") if (t.findtext("caption") or "") == MONEY.caption)
    rows = [tuple(told(cell) for cell in row.iter("td")) for row in table.find("tbody")]
    assert tuple(rows) == PRINTED
    assert [th.get("scope") for th in table.iter("th")] == ["col"] * 5 + ["row"] * 4
    assert all(each in told(opened) for each in WORDS)
    assert told(opened.find(".//{*}svg/{*}title")) == FIGURE.alternative


def test_pdf_holds_cells_headings_language_and_words(made):
    text = " ".join(" ".join(pages(made["pdf"])).split())
    for row in PRINTED:
        assert " ".join(" ".join(row).split()) in text
    assert all(" ".join(each.split()) in text for each in WORDS)
    with pikepdf.open(io.BytesIO(made["pdf"])) as opened:
        assert opened.Root.Lang == "nl"
        elements = [e for e in opened.objects if isinstance(e, pikepdf.Dictionary) and "/P" in e]
        roles = [str(e.S) for e in elements if "/S" in e]
        alternatives = [str(e.Alt) for e in elements if "/Alt" in e]
    assert [roles.count(f"/H{level}") for level in (1, 2, 3)] == [1, 4, 1]
    assert alternatives == [FIGURE.alternative]


def test_odt_holds_cells_headings_language_and_words(made):
    content = part(made["odt"], "content.xml")
    headings = content.findall(".//text:h", NS)
    assert [told(h) for h in headings] == HEADINGS
    assert [h.get(f"{{{NS['text']}}}outline-level") for h in headings] == ["1", "2", "3", "2", "2", "2"]
    rows = odf_rows(made["odt"], 1)
    assert tuple(tuple(row[1:]) for row in rows[1:]) == PRINTED
    assert content.findall(".//table:table", NS)[1].find("table:table-header-rows", NS) is not None
    assert all(each in told(content) for each in WORDS)
    assert told(content.find(".//svg:desc", NS)) == FIGURE.alternative
    meta = part(made["odt"], "meta.xml")
    assert (told(meta.find(".//dc:title", NS)), told(meta.find(".//dc:language", NS))) == (
        DOCUMENT.title,
        "nl-NL",
    )


def test_docx_holds_cells_headings_language_and_words(made):
    opened = word.Document(io.BytesIO(made["docx"]))
    named = {"Title": 0, "Heading 1": 1, "Heading 2": 2}
    headings = [p for p in opened.paragraphs if p.style.name in named]
    assert [p.text for p in headings] == HEADINGS
    assert [named[p.style.name] for p in headings] == [0, 1, 2, 1, 1, 1]
    table = opened.tables[1]
    assert tuple(tuple(cell.text for cell in row.cells[1:]) for row in table.rows[1:]) == PRINTED
    body = part(made["docx"], "word/document.xml")
    assert len(body.findall(".//w:tblHeader", NS)) == 3
    assert len(body.findall(".//w:cantSplit", NS)) == len(body.findall(".//w:tr", NS))
    everything = told(body)
    assert all(each in everything for each in WORDS)
    assert FIGURE.alternative in {e.get("descr") for e in body.iter("{*}docPr")}
    assert (opened.core_properties.title, opened.core_properties.language) == (DOCUMENT.title, "nl-NL")


def test_xlsx_holds_numbers_formulas_and_text_that_stays_text(made):
    shown = openpyxl.load_workbook(io.BytesIO(made["xlsx"]), data_only=True).worksheets[0]
    inside = openpyxl.load_workbook(io.BytesIO(made["xlsx"])).worksheets[0]
    rows = list(shown.iter_rows(min_row=4, max_row=7, min_col=2, max_col=5, values_only=True))
    assert tuple(row[:3] for row in rows) == NUMBERS
    assert [row[3] for row in rows] == [row[3] for row in PRINTED]
    assert [inside.cell(7, column).value for column in (2, 3)] == ["=SUM(B4:B6)", "=SUM(C4:C6)"]
    assert {cell.data_type for cell in inside["E"][3:7]} == {"s"}
    assert (inside.freeze_panes, inside.print_title_rows) == ("B4", "$3:$3")
    assert inside.print_area == "'1 Lasten   baten  per jaar'!$A$1:$E$9"


def test_ods_holds_numbers_formulas_and_text_that_stays_text(made):
    content = part(made["ods"], "content.xml")
    table = content.find(".//table:table", NS)
    rows = table.findall("table:table-row", NS)[2:6]
    key = f"{{{NS['office']}}}"
    values = [[cell.get(f"{key}value") for cell in row][1:4] for row in rows]
    assert tuple(tuple(v and float(v) for v in row) for row in values) == NUMBERS
    assert [told(row[4]) for row in rows] == [row[3] for row in PRINTED]
    formulas = [cell.get(f"{{{NS['table']}}}formula") for cell in rows[3]]
    assert formulas == [None, "of:=SUM([.B4:.B6])", "of:=SUM([.C4:.C6])", None, None]
    assert told(table.find("table:table-header-rows", NS)).startswith("Regel")
    assert table.get(f"{{{NS['table']}}}print-ranges")
    settings = part(made["ods"], "settings.xml")
    assert "VerticalSplitPosition" in {e.get(e.keys()[0]) for e in settings.iter("{*}config-item")}
    last = content.findall(".//table:table", NS)[-1]
    assert last.get(f"{{{NS['table']}}}name") == "Herkomst"


@pytest.mark.parametrize("form", ["pdf", "html", "odt", "docx"])
def test_formats_hold_the_same_amounts(made, form):
    """Every amount of five digits or more, as often as in the tree."""
    if form == "pdf":
        text = " ".join(pages(made[form]))
    elif form == "html":
        opened = page.fromstring(made[form].decode())
        for drawn in opened.findall(".//{*}svg"):
            drawn.drop_tree()
        text = opened.text_content()
    else:
        text = told(part(made[form], "content.xml" if form == "odt" else "word/document.xml"))
    wanted = {"1.234.567": 2, "34.567": 2, "1.200.000": 2}
    found = re.findall(r"(?<![\d.])\d{1,3}(?:\.\d{3})+", text)
    assert {amount: found.count(amount) for amount in wanted} == wanted


def test_a_long_table_repeats_its_head_and_never_breaks_a_row(made):
    found = [p for p in pages(made["pdf"]) if re.search(r"regel \d+", p)]
    assert len(found) > 2
    assert all(re.search(r"Nummer\s+Euro", p) for p in found)
    for each in found:
        assert " ".join(each.split()).count("Dit is een uitleg") == 4 * len(re.findall(r"regel \d+", each))
    assert sum(len(re.findall(r"regel \d+", p)) for p in found) == len(LONG.rows)


def test_every_page_of_a_copy_for_members_is_marked(made):
    assert all("Vertrouwelijk: alleen voor de leden" in each for each in pages(made["pdf"]))


def test_a_decision_begins_a_page_and_keeps_its_signature(made):
    whole = [" ".join(each.split()) for each in pages(made["pdf"])]
    last = next(each for each in whole if "De raad van Proefdorp" in each)
    assert last.startswith("Ontwerpbesluit")
    assert "de voorzitter," in last
    heading = part(made["odt"], "content.xml").findall(".//text:h", NS)[-1]
    assert heading.get(f"{{{NS['text']}}}style-name") == "Decision_20_heading"
    opened = word.Document(io.BytesIO(made["docx"]))
    breaks = [p.text for p in opened.paragraphs if p.paragraph_format.page_break_before]
    assert breaks == ["Ontwerpbesluit"]


def test_a_figure_is_drawn_once_for_all_formats(monkeypatch):
    drawn.png(FIGURE)
    monkeypatch.setattr("marke.charts.png", None)
    assert drawn.png(FIGURE).startswith(b"\x89PNG")


def test_a_public_copy_holds_nothing_for_members_and_the_marked_one_does(tmp_path, monkeypatch, mixed):
    monkeypatch.setitem(KINDS, "raadsvoorstel", lambda _: DOCUMENT)
    files = list(write.write_documents(mixed, ["raadsvoorstel"], write.FORMATS, tmp_path))
    assert {f.problem for f in files} == {""}
    secret = {p.name for p in tmp_path.iterdir() if CANARY in readable(p)}
    texts = ("pdf", "odt", "docx", "html")
    assert secret == {f"borne-raadsvoorstel-vertrouwelijk.{form}" for form in texts}
    for name, kept in (("raadsvoorstel", "openbaar"), ("raadsvoorstel-vertrouwelijk", "vertrouwelijk")):
        assert f'"vertrouwelijkheid": "{kept}"' in (tmp_path / f"borne-{name}.json").read_text()
    marked = {p.suffix[1:] for p in tmp_path.iterdir() if "Vertrouwelijk: alleen voor" in readable(p)}
    assert marked == set(write.FORMATS)


def readable(path) -> str:
    content = path.read_bytes()
    if path.suffix == ".pdf":
        return " ".join(pages(content))
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            return " ".join(opened.read(name).decode("utf-8", "replace") for name in opened.namelist())
    return content.decode()


@pytest.mark.skipif(not (shutil.which("soffice") or "MARKE_CI" in environ), reason="LibreOffice is not here")
@pytest.mark.parametrize("form", ["odt", "docx", "ods", "xlsx"])
def test_libreoffice_shows_it_without_repair(made, form, tmp_path):
    (tmp_path / f"stuk.{form}").write_bytes(made[form])
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / f"stuk.{form}")]
    subprocess.run(command, check=True, timeout=240, capture_output=True)
    text = " ".join(" ".join(pages((tmp_path / "stuk.pdf").read_bytes())).split())
    for shown in ("Lasten & baten <per jaar>", "=1+1", "@SUM(A1)", "+31 74 000 00 00"):
        assert shown in text
    if form in ("odt", "docx"):
        assert all(" ".join(each.split()) in text for each in WORDS)
        assert re.search(r"\b1\.? ?1?\.? ?Kern", text) is None
    assert re.search(r"1[.,]234[.,]567", text)
    assert re.search(r"[−-]34[.,]567", text)


def test_a_long_document_opens_with_contents_that_programs_can_follow_and_renew(made):
    sections = [section.heading for section in DOCUMENT.sections]
    opened = page.fromstring(made["html"].decode())
    links = opened.xpath("//nav//a")
    assert [told(link) for link in links] == sections
    assert [opened.get_element_by_id(a.get("href")[1:]).findtext("h2") for a in links] == sections
    reader = PdfReader(io.BytesIO(made["pdf"]))
    first = " ".join(pages(made["pdf"])[0].split())
    for heading, place in (("Kern", 1), ("Ontwerpbesluit", len(reader.pages))):
        assert re.search(rf"{heading}[ .]+{place}\b", first)
    assert bookmarks(reader.outline) == HEADINGS
    contents = part(made["odt"], "content.xml").find(".//text:table-of-content", NS)
    assert [told(p) for p in contents.findall("text:index-body/text:p", NS)] == sections
    assert contents.find("text:table-of-content-source", NS).get(f"{{{NS['text']}}}outline-level") == "2"
    body = part(made["docx"], "word/document.xml")
    assert [told(code) for code in body.findall(".//w:instrText", NS)] == ['TOC \\o "1-1" \\h \\z \\u']
    kinds = [field.get(f"{{{NS['w']}}}fldCharType") for field in body.findall(".//w:fldChar", NS)]
    assert kinds == ["begin", "separate", "end"]


def bookmarks(outline) -> list[str]:
    return [
        title for each in outline for title in (bookmarks(each) if isinstance(each, list) else [each.title])
    ]


def test_a_short_letter_has_no_contents(mixed):
    letter = KINDS["raadsinformatiebrief"](mixed)
    assert b"<nav" not in write.renderer("html")(letter, NEUTRAL)
    assert b"table-of-content" not in zipfile.ZipFile(
        io.BytesIO(write.renderer("odt")(letter, NEUTRAL))
    ).read("content.xml")
