"""Every kind in every format: sound, the same bytes every time, and the same amounts everywhere."""

import io
import re
import shutil
import subprocess
import zipfile
from os import environ

import openpyxl
import pytest
from lxml import etree

from marke.documents import docx, html, ods, odt, pdf, tree, words, xlsx
from marke.documents.house_style import NEUTRAL
from marke.documents.kinds import KINDS

NUMBER = re.compile(r"[−-]?\d{1,3}(?:\.\d{3})+")
ODF = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
}


def amounts(told: str) -> list[str]:
    """Every number of four digits or more, as it is printed."""
    return sorted(NUMBER.findall(told.replace("\xa0", " ")))


def expected(document: tree.Document) -> list[str]:
    """The amounts that the tree holds: its cells, and the prose around them."""
    found = []
    for section in tree.walk(document.sections):
        for block in section.blocks:
            for table in (
                [block]
                if isinstance(block, tree.Table)
                else [block.table]
                if isinstance(block, tree.Figure)
                else []
            ):
                found += [
                    words.cell(v, c.kind)
                    for row in table.rows
                    for v, c in zip(row.cells, table.columns, strict=True)
                ]
    return amounts(" ".join(found))


def text_of_pdf(content: bytes) -> str:
    from pypdf import PdfReader

    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_pdf_is_marked_up_for_everyone(document):
    import pikepdf

    content = pdf.render(document, NEUTRAL)
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert opened.Root.Lang == "nl"
        assert bool(opened.Root.MarkInfo.Marked)
        assert opened.docinfo["/Title"] == document.title
        xmp = opened.Root.Metadata.read_bytes().decode()
        assert "<pdfuaid:part>1" in xmp
        assert re.search(r"pdfaid:part(=\"|>)3", xmp)
        headers = [
            e for e in opened.objects if isinstance(e, pikepdf.Dictionary) and e.get("/S") == pikepdf.Name.TH
        ]
        assert all("/Scope" in header.A for header in headers)
        assert bool(headers) == ("<th" in html.render(document, NEUTRAL).decode())


@pytest.mark.parametrize("form", [html, pdf, odt, docx, ods, xlsx], ids=lambda form: form.__name__)
def test_the_same_document_gives_the_same_bytes(mixed, form):
    document = KINDS["begroting"](mixed)
    assert form.render(document, NEUTRAL) == form.render(document, NEUTRAL)


def test_amounts_agree_in_every_format(document):
    wanted = set(expected(document))
    page = html.render(document, NEUTRAL).decode()
    body = re.sub(r"<(style|svg).*?</\1>", " ", page, flags=re.DOTALL)
    shown = amounts(re.sub(r"<[^>]+>", " ", body))
    assert wanted <= set(shown)
    printed = set(amounts(text_of_pdf(pdf.render(document, NEUTRAL))))
    drawn = "<svg" in page  # a chart's axis has numbers of its own
    assert printed == set(shown) or (drawn and printed > set(shown))
    with zipfile.ZipFile(io.BytesIO(odt.render(document, NEUTRAL))) as opened:
        content = " ".join(etree.fromstring(opened.read("content.xml")).itertext())
    assert set(amounts(content)) == set(shown)
    with zipfile.ZipFile(io.BytesIO(docx.render(document, NEUTRAL))) as opened:
        content = " ".join(etree.fromstring(opened.read("word/document.xml")).itertext())
    assert set(amounts(content)) == set(shown)


def test_workbooks_hold_the_amounts_that_are_printed(document):
    printed = [
        words.cell(value, column.kind)
        for table in tree.tables(document)
        for row in table.rows
        for value, column in zip(row.cells, table.columns, strict=True)
        if isinstance(value, int | float)
    ]
    if not list(tree.tables(document)):
        return
    wanted = set(amounts(" ".join(printed)))
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(document, NEUTRAL)), data_only=True)
    cells = [cell.value for sheet in book.worksheets[:-2] for row in sheet.iter_rows() for cell in row]
    assert written(cells) == wanted
    with zipfile.ZipFile(io.BytesIO(ods.render(document, NEUTRAL))) as opened:
        content = etree.fromstring(opened.read("content.xml"))
    kept = [cell.get(f"{{{ODF['office']}}}value") for cell in content.iter(f"{{{ODF['table']}}}table-cell")]
    assert written([float(value) for value in kept if value]) == wanted


def written(cells) -> set[str]:
    """Numbers of four digits or more as they would be printed."""
    numbers = [cell for cell in cells if isinstance(cell, int | float) and abs(cell) >= 1000]
    return {f"{'−' if n < 0 else ''}{abs(round(n)):,}".replace(",", ".") for n in numbers}


def test_totals_of_a_workbook_are_formulas_over_its_cells(mixed):
    document = KINDS["bijdragen"](mixed)
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(document, NEUTRAL)))
    shown = openpyxl.load_workbook(io.BytesIO(xlsx.render(document, NEUTRAL)), data_only=True)
    found = 0
    for sheet in book.worksheets[:-2]:
        values = shown[sheet.title]
        for row in sheet.iter_rows(min_row=4, min_col=2):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("=SUM("):
                    above = values[cell.value[5:-1]]
                    assert values[cell.coordinate].value == sum(c.value for (c,) in above)
                    found += 1
    assert found > 10
    assert [sheet.title for sheet in book.worksheets[-2:]] == ["Herkomst bedragen", "Herkomst"]
    assert book.worksheets[0].freeze_panes == "B4"


def test_text_never_becomes_a_formula():
    table = tree.Table(
        "Proef",
        "Kop",
        (tree.Column("Wat", "text"),),
        (tree.Row("=1+1", ("=cmd|calc",)), tree.Row("+a", ("@b",))),
    )
    document = made(table)
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.render(document, NEUTRAL))).worksheets[0]
    assert [cell.data_type for row in sheet.iter_rows(min_row=4, max_row=5) for cell in row] == ["s"] * 4
    with zipfile.ZipFile(io.BytesIO(ods.render(document, NEUTRAL))) as opened:
        assert b"table:formula" not in opened.read("content.xml")


def made(*blocks: tree.Block) -> tree.Document:
    from datetime import date

    section = tree.Section("Deel", blocks)
    return tree.Document(
        "proef", "Proef", "Over", "Gemeente Proef", date(2026, 1, 2), (section,), "x", "run", "mark"
    )


def test_headings_language_and_row_headers_are_there_in_every_text_format(mixed):
    document = KINDS["raadsvoorstel"](mixed)
    headings = [document.title, *(s.heading for s in tree.walk(document.sections))]
    page = html.render(document, NEUTRAL).decode()
    assert re.findall(r"<h\d>(.*?)</h\d>", page) == [h.replace("'", "&#39;") for h in headings]
    assert '<html lang="nl">' in page
    assert page.count('<th scope="row">') >= sum(len(t.rows) for t in tree.tables(document))
    with zipfile.ZipFile(io.BytesIO(odt.render(document, NEUTRAL))) as opened:
        content = etree.fromstring(opened.read("content.xml"))
        assert ["".join(h.itertext()) for h in content.iterfind(".//text:h", ODF)] == headings
        assert len(content.findall(".//table:table-header-rows", ODF)) == len(list(tree.tables(document)))
        assert b"nl-NL" in opened.read("meta.xml")
    with zipfile.ZipFile(io.BytesIO(docx.render(document, NEUTRAL))) as opened:
        content = opened.read("word/document.xml").decode()
        assert content.count('w:tblHeader w:val="true"') == len(list(tree.tables(document)))
        assert 'w:val="nl-NL"' in opened.read("word/styles.xml").decode()


def test_a_picture_has_words_in_every_format(mixed):
    document = KINDS["verkenning"](mixed)
    figure = next(b for s in tree.walk(document.sections) for b in s.blocks if isinstance(b, tree.Figure))
    assert figure.alternative in html.render(document, NEUTRAL).decode()
    with zipfile.ZipFile(io.BytesIO(odt.render(document, NEUTRAL))) as opened:
        assert figure.alternative in opened.read("content.xml").decode()
    with zipfile.ZipFile(io.BytesIO(docx.render(document, NEUTRAL))) as opened:
        assert f'descr="{figure.alternative}"' in opened.read("word/document.xml").decode()


@pytest.mark.skipif(not (shutil.which("soffice") or "MARKE_CI" in environ), reason="LibreOffice is not here")
def test_libreoffice_opens_what_can_be_edited(mixed, tmp_path):
    files = []
    for form, kind in ((odt, "berap"), (docx, "oplegger"), (ods, "begroting"), (xlsx, "bijdragen")):
        path = tmp_path / f"{kind}.{form.__name__.rpartition('.')[2]}"
        path.write_bytes(form.render(KINDS[kind](mixed), NEUTRAL))
        files.append(path)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        "--headless",
        profile,
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        *map(str, files),
    ]
    subprocess.run(command, check=True, timeout=240, capture_output=True)
    for path, told in zip(
        files, ("Status van de motie", "Waar staan we", "Lasten per jaar", "Bijdrage"), strict=True
    ):
        shown = text_of_pdf(path.with_suffix(".pdf").read_bytes())
        assert told.lower() in shown.lower()
        assert "Err:" not in shown
        assert "#REF" not in shown
