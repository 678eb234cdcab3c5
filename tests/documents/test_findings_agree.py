"""Amounts of the documents against the findings themselves, read from printed files."""

import io

import openpyxl
import pytest
from pypdf import PdfReader

from marke.documents import pdf, xlsx
from marke.documents.house_style import NEUTRAL
from marke.documents.kinds import KINDS
from marke.dutch import KEYS_SHORT, capital, decimal


def sheets(told, kind: str):
    content = xlsx.render(KINDS[kind](told), NEUTRAL)
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[:-2]


def test_contributions_are_the_burdens_of_the_findings(mixed):
    compared = 0
    for sheet in sheets(mixed, "bijdragen"):
        if "verdeelsleutels" not in sheet["A1"].value:
            continue
        service = next(s for s in mixed.services if sheet["A1"].value.startswith(capital(s.short)))
        group = next(v.everyone for v in service.variants if v.key == service.everyone)
        heads = [cell.value.removesuffix(" (€)") for cell in sheet[3]]
        burdens = {(b.name, capital(KEYS_SHORT[b.key])): b.equivalent for b in group.burdens}
        for row in sheet.iter_rows(min_row=4):
            for head, cell in zip(heads[2:], row[2:], strict=True):
                if (row[0].value, head) in burdens:
                    assert cell.value == round(burdens[row[0].value, head])
                    compared += 1
    assert compared > 10


@pytest.mark.parametrize("kind", ["begroting", "raadsvoorstel"])
def test_lines_of_the_budget_are_those_of_the_ledger(mixed, kind):
    shown = [
        s for s in sheets(mixed, kind) if ": lasten van" in s["A1"].value and "Overhead" not in s["A1"].value
    ]
    assert shown
    printed = " ".join(
        p.extract_text() for p in PdfReader(io.BytesIO(pdf.render(KINDS[kind](mixed), NEUTRAL))).pages
    )
    for sheet in shown:
        service = next(s for s in mixed.services if sheet["A1"].value.startswith(capital(s.short)))
        total = next(
            row for row in sheet.iter_rows(min_row=4, values_only=True) if row[0] == "Lasten per jaar"
        )
        assert total[1:] == tuple(service.ledger.book.burden("structural", [mixed.code]))
        assert " ".join(decimal(amount) for amount in total[1:]) in " ".join(printed.split())


def test_thousands_are_the_rounded_expectations(mixed):
    sheet = next(
        s for s in sheets(mixed, "raadsinformatiebrief") if s["A1"].value.startswith("Verwachte kosten")
    )
    rows = list(sheet.iter_rows(min_row=4, max_row=3 + len(mixed.services), max_col=3, values_only=True))
    wanted = [
        (capital(s.short), round(s.today.mean / 1000), round(s.alone.mean / 1000)) for s in mixed.services
    ]
    assert rows == wanted
