"""The page that is taken along is one page, also for a large region with every choice made."""

import io
from dataclasses import replace

import pypdf

from marke.documents.house_style import NEUTRAL
from marke.documents.kinds.situation import situation_sheet
from marke.documents.tree import Facts, Table
from marke.documents.write import renderer
from marke.situations.closely import closely, refined
from marke.situations.desk import Desk
from marke.situations.look import look
from marke.situations.situation import usual

LARGEST = 26
"""Municipalities of the largest safety region."""


def sheet_of(desk: Desk, count: int | None = None, **choices):
    sheet = desk.sheet("soc")
    moved = {each.id: each.high for each in list(sheet.sliders.values())[:3]}
    situation = replace(usual(desk, "soc"), key="per_use", foot=0.2, dampening=3, figures=moved, **choices)
    exact = closely(sheet, situation)
    assert exact is not None
    lines = [line for line in exact.lines if line.inside]
    exact = replace(exact, lines=tuple((lines * 2)[:count]))
    address = "https://werkruimte.voorbeeld.nl/regio/utrecht/tafel/?dienst=soc&" + "cijfer.soc.floor=3&" * 4
    answer = refined(sheet, look(sheet, situation), exact)
    return situation_sheet(desk, answer, exact, mark="a" * 12, place=address)


def test_twenty_six_municipalities_fit_on_a_page(desk: Desk):
    content = renderer("pdf")(sheet_of(desk, LARGEST), NEUTRAL)
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    assert len(pages) == 1
    assert "vanaf jaar 4" in " ".join(pages[0].extract_text().split())


def test_a_long_table_is_dense_and_a_short_one_is_not(desk: Desk):
    for count, dense in ((LARGEST, True), (13, False)):
        table = sheet_of(desk, count).sections[-1].blocks[0]
        assert isinstance(table, Table)
        assert table.dense == dense


def test_who_takes_part_is_told_the_shortest_way(desk: Desk):
    everyone = desk.sheet("soc").codes(desk.sheet("soc").everyone)

    def told(members: frozenset[str]) -> str:
        facts = sheet_of(desk, members=members).sections[0].blocks[0]
        assert isinstance(facts, Facts)
        return dict(facts.rows)["Wie doet mee"]

    assert told(everyone) == "alle gemeenten"
    assert told(everyone - {"GM0147"}) == "13 gemeenten: alle behalve Borne"
    assert told(frozenset({"GM0147", "GM0168"})) == "Borne en Losser"
