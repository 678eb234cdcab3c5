"""Every amount in a table says where it comes from, and a spreadsheet tells it cell by cell."""

import io
import re
import zipfile

import openpyxl
from lxml import etree

from marke.documents import ods, tree, xlsx
from marke.documents.house_style import NEUTRAL
from marke.documents.kinds import KINDS
from marke.findings.statements import statements

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def test_every_amount_has_an_origin(document):
    silent = [
        (table.caption, row.header, column.label)
        for table in tree.tables(document)
        for row in table.rows
        for place, (value, column) in enumerate(zip(row.cells, table.columns, strict=True))
        if column.kind in tree.MONEY and isinstance(value, int | float)
        if not row.total and not (row.origins and row.origins[place])
    ]
    assert silent == []


def test_origins_that_can_be_derived_are_facts_of_the_run(mixed):
    names = [
        origin
        for compose in KINDS.values()
        for table in tree.tables(compose(mixed))
        for row in table.rows
        for origin in row.origins or ()
        if re.fullmatch(r"[\w.+-]+", origin)
    ]
    known = statements(mixed.findings)
    assert set(names) <= set(known)
    kinds = {(type(known[name].holder).__name__, name.rsplit(".", 1)[-1]) for name in names}
    assert kinds == {
        ("ServiceFinding", "today"),
        ("ServiceFinding", "alone"),
        ("GroupFinding", "cost"),
        ("Burden", "alone"),
        ("Burden", "equivalent"),
        ("MunicipalVerdict", "saving"),
    }


def test_a_workbook_tells_the_origin_of_every_amount_it_shows(mixed):
    document = KINDS["bijdragen"](mixed)
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(document, NEUTRAL)), data_only=True)
    rows = list(book["Herkomst bedragen"].iter_rows(min_row=2, values_only=True))
    assert len(rows) > 50
    told = {(sheet, cell): origin for sheet, cell, _, _, origin in rows}
    for sheet in book.worksheets[:-2]:
        for row in sheet.iter_rows(min_row=4, min_col=2):
            for cell in row:
                if isinstance(cell.value, int | float):
                    assert told.pop((sheet.title, cell.coordinate))
    assert told == {}
    assert rows[0][4] == "marke herleid run-1 a.variants.host.everyone.burdens.equal-GM0141.alone"
    frozen = book["Herkomst bedragen"]
    assert (frozen.freeze_panes, frozen.print_title_rows) == ("A2", "$1:$1")


def test_both_workbooks_tell_the_same_origins(mixed):
    document = KINDS["begroting"](mixed)
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(document, NEUTRAL)))
    shown = [[cell or "" for cell in row] for row in book["Herkomst bedragen"].iter_rows(values_only=True)]
    with zipfile.ZipFile(io.BytesIO(ods.render(document, NEUTRAL))) as opened:
        content = etree.fromstring(opened.read("content.xml"))
    sheet = next(t for t in content.iter(f"{TABLE}table") if t.get(f"{TABLE}name") == "Herkomst bedragen")
    rows = [["".join(cell.itertext()) for cell in row] for row in sheet.iter(f"{TABLE}table-row")]
    assert rows == shown
    assert sheet.get(f"{TABLE}print-ranges") == f"'Herkomst bedragen'.A1:'Herkomst bedragen'.E{len(rows)}"
