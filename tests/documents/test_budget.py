"""Tables for the budget, with a budget that is known: signs, subtotals, rounding, and what never adds up."""

from dataclasses import replace

import pytest

from conftest import told
from marke.documents import tree, words
from marke.documents.kinds import KINDS
from marke.ledger.book import Entry

YEARS = 4


def known(
    service, burden: int, budgeted: int, once: int = 0, *, overlaps: bool = False, variant: str = "host"
):
    """The service with these amounts in every column for every municipality."""
    amounts = {"contribution": burden, "budgeted": budgeted, "one_off": once}
    entries = tuple(
        Entry(entry.code, entry.kind, entry.line, (amounts.get(entry.line, 0),) * (YEARS + 1))
        for entry in service.ledger.book.entries
    )
    ledger = service.ledger.model_copy(update={"book": replace(service.ledger.book, entries=entries)})
    verdict = service.verdict.model_copy(update={"variant": variant})
    return service.model_copy(update={"ledger": ledger, "overlaps": overlaps, "verdict": verdict})


def view(*amounts, answers=("attractive", "attractive"), **options):
    whole = told(*answers)
    services = [known(s, *each, **options) for s, each in zip(whole.services, amounts, strict=True)]
    return replace(whole, findings=whole.findings.model_copy(update={"services": tuple(services)}))


def table(document: tree.Document, caption: str) -> tree.Table:
    return next(t for t in tree.tables(document) if t.caption.startswith(caption))


def printed(found: tree.Table) -> list[tuple[str, ...]]:
    return [
        (row.header, *(words.cell(v, c.kind) for v, c in zip(row.cells, found.columns, strict=True)))
        for row in found.rows
    ]


def test_the_kadernota_tells_an_advantage_as_a_plus_and_rounds_its_subtotal_by_itself():
    budget = KINDS["begroting"](view((10_400, 0), (20_400, 0)))
    rows = printed(table(budget, "Kadernota"))
    assert rows == [
        ("Dienst a, samen", *("−10",) * YEARS, "N"),
        ("Dienst b, samen", *("−20",) * YEARS, "N"),
        ("Afronding", *("−1",) * YEARS, ""),
        ("Met afwegingsmogelijkheid", *("−31",) * YEARS, "N"),
    ]
    cheaper = KINDS["begroting"](view((10_000, 15_000), (20_000, 25_000)))
    assert printed(table(cheaper, "Kadernota"))[-1] == (
        "Met afwegingsmogelijkheid",
        *("10",) * YEARS,
        "V",
    )


def test_what_is_not_known_is_pm_and_what_stays_alone_cannot_be_avoided():
    rows = printed(table(KINDS["begroting"](told("attractive", "dearer")), "Kadernota"))
    assert rows == [
        ("Dienst b, alleen", *("PM",) * YEARS, "–"),
        ("Onvermijdelijk", *("PM",) * YEARS, "–"),
        ("Dienst a, samen", *("PM",) * YEARS, "–"),
        ("Met afwegingsmogelijkheid", *("PM",) * YEARS, "–"),
    ]


@pytest.mark.parametrize("caption", ["Kadernota", "Overhead", "Overzicht van eenmalige lasten"])
def test_a_service_that_overlaps_others_is_in_no_total(caption):
    whole = view((10_000, 0, 500), (20_000, 0, 700))
    first, second = whole.services
    services = (first, second.model_copy(update={"overlaps": True}))
    whole = replace(whole, findings=whole.findings.model_copy(update={"services": services}))
    found = table(KINDS["begroting"](whole), caption)
    (total,) = (row for row in found.rows if row.total)
    assert abs(total.cells[0]) in (10_000, 500)
    assert found.rows[-1].header.startswith("Dienst b")
    assert "Dienst b telt niet mee" in found.note


def test_a_budget_change_is_what_comes_less_what_goes():
    rows = printed(table(KINDS["begroting"](view((10_000, 4_000), (500, 2_000))), "Lasten die erbij"))
    assert [row[:2] for row in rows] == [
        ("Dienst a: nieuwe lasten", "10.000"),
        ("Dienst a: vervalt, staat in de begroting", "−4.000"),
        ("Dienst a: saldo (+ is nadeel)", "6.000"),
        ("Dienst b: nieuwe lasten", "500"),
        ("Dienst b: vervalt, staat in de begroting", "−2.000"),
        ("Dienst b: saldo (+ is nadeel)", "−1.500"),
    ]


def test_a_proposal_has_expenditure_and_capital_charges_by_kind_of_budget():
    found = table(KINDS["begroting"](view((10_000, 0, 700), (20_000, 0))), "Voorstel 1")
    assert [column.label for column in found.columns[:2]] == ["Soort bedrag", "Levensduur"]
    assert [row[:4] for row in printed(found)] == [
        ("Exploitatie, structureel", "uitgaven", "doorlopend", "10.000"),
        ("Exploitatie, eenmalig", "uitgaven", "eenmalig", "700"),
        ("Investering", "uitgaven", "geen", "0"),
        ("Investering", "kapitaallasten", "wat er al staat", "0"),
        ("Totaal", "", "", "10.700"),
    ]


def test_the_interim_report_marks_every_deviation():
    rows = printed(table(KINDS["berap"](view((10_000, 4_000, 300), (500, 2_000))), "Afwijking"))
    assert [(row[0], row[1], *row[5:7]) for row in rows] == [
        ("Dienst a", "6.000", "structureel", "N"),
        ("Dienst a, start", "300", "eenmalig", "N"),
        ("Dienst b", "−1.500", "structureel", "V"),
    ]


def test_a_body_is_a_linked_party_and_nothing_else_is():
    def headings(variant):
        whole = view((10_000, 0), (0, 0), variant=variant)
        return {section.heading: section for section in KINDS["begroting"](whole).sections}

    assert "Paragraaf verbonden partijen" not in headings("host")
    body = headings("body")["Paragraaf verbonden partijen"].blocks[0]
    assert [label for label, _ in body.rows] == [
        "Partij",
        "Doel",
        "Visie",
        "Bestuurlijk belang",
        "Financieel belang",
        "Vermogen",
        "Resultaat",
        "Risico",
    ]
    assert dict(body.rows)["Financieel belang"] == "bijdrage van €\xa010.000 per jaar, structureel"


def test_the_five_indicators_are_there():
    found = table(KINDS["begroting"](told("attractive")), "De vijf verplichte")
    assert [row.header for row in found.rows] == [
        "Formatie",
        "Bezetting",
        "Apparaatskosten",
        "Externe inhuur",
        "Overhead",
    ]
