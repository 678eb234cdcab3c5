"""What documents tell of the register of talks: who, when, what, and never an unconfirmed position."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from test_formats import text_of_pdf

from conftest import told
from marke.documents import docx, html, ods, odt, pdf, tree, words, xlsx
from marke.documents.house_style import NEUTRAL
from marke.documents.kinds import KINDS
from marke.talks import Talk

ALMELO = Talk("Almelo", "college", "onder voorwaarden", date(2026, 9, 1), "een vaste voet", "de secretaris")
LOSSER = Talk("Losser", "raad", "ja", date(2026, 10, 2))
WIERDEN = Talk("Wierden", "gemeentesecretaris", "nee", date(2026, 10, 3), confirmed_by="de wethouder")
TABLE = Talk("Twenteraad", "regionale tafel", "ja", date(2026, 10, 4), confirmed_by="de voorzitter")
KINDS_WITH_TALKS = ["verkenning", "raadsinformatiebrief", "collegevoorstel", "raadsvoorstel"]


def compose(kind, *talks, code="GM0147"):
    return KINDS[kind](told("attractive", "dearer", code=code, talks=talks))


def prose(document):
    blocks = [block for section in tree.walk(document.sections) for block in section.blocks]
    lines = [item for block in blocks for item in getattr(block, "items", (block,))]
    return "\n".join(words.prose(line.runs) for line in lines if hasattr(line, "runs"))


def register(document):
    return next((t for t in tree.tables(document) if t.caption == "Met wie, wanneer en wat"), None)


@pytest.mark.parametrize("kind", KINDS_WITH_TALKS)
def test_a_talk_is_told_with_its_day_level_position_condition_and_who_confirmed(kind):
    (row,) = register(compose(kind, ALMELO)).rows
    told_row = (row.header, *row.cells)
    assert told_row == (
        "Almelo",
        "1\xa0september 2026",
        "college",
        "onder voorwaarden",
        "een vaste voet",
        "de secretaris",
    )


@pytest.mark.parametrize("kind", KINDS_WITH_TALKS)
def test_a_position_that_nobody_confirmed_stays_out_of_every_document(kind):
    (row,) = register(compose(kind, LOSSER)).rows
    assert row.cells[2:] == ("nog niet bevestigd", None, None)


def test_the_cover_sheet_of_one_page_tells_them_in_short():
    text = prose(compose("oplegger", ALMELO, LOSSER, WIERDEN, TABLE))
    assert (
        "Gesproken is met Almelo (onder voorwaarden); Losser (nog niet bevestigd); Twenteraad (ja); "
        "Wierden (nee)."
    ) in text
    assert "Gesproken is" not in prose(compose("oplegger"))


@pytest.mark.parametrize(
    ("talks", "sentence", "point"),
    [
        ((), "Met de andere gemeenten is nog niet gesproken", "de gesprekken moeten nog komen."),
        ((TABLE,), "Met de andere gemeenten is nog niet gesproken", "de gesprekken moeten nog komen."),
        ((ALMELO,), "Met Losser en Wierden is nog niet gesproken", "Met één van de drie andere gemeenten is"),
        ((ALMELO, LOSSER), "Met Wierden is nog niet gesproken", "Met twee van de drie andere gemeenten is"),
        ((ALMELO, LOSSER, WIERDEN), "", "Met alle andere gemeenten is gesproken; zie verderop."),
    ],
)
def test_who_is_left_is_named_in_good_dutch(talks, sentence, point):
    letter = compose("raadsinformatiebrief", *talks)
    assert sentence in prose(letter)
    assert ("nog niet gesproken" in prose(letter)) == bool(sentence)
    assert point in prose(letter)


def test_the_point_that_asks_to_talk_is_open_until_all_were_spoken_to():
    spoken = (ALMELO, LOSSER, WIERDEN)
    assert compose("raadsinformatiebrief", ALMELO).answers == ("M2",)
    assert compose("raadsinformatiebrief", *spoken).answers == ("M1", "M2")
    head = dict(compose("verkenning", ALMELO).facts.rows)["Motie"]
    assert head == "beantwoordt punt 2 van de motie van 3\xa0november 2025; punt 1 is nog niet beantwoord"
    head = dict(compose("oplegger", *spoken).facts.rows)["Motie"]
    assert head == "beantwoordt punt 1 van de motie van 3\xa0november 2025"


def test_a_motion_is_settled_only_when_nothing_is_open():
    def last(*talks):
        return prose(compose("raadsvoorstel", *talks))

    assert "aan te houden tot met de andere gemeenten is gesproken" in last(ALMELO)
    assert "afgedaan te verklaren" in last(ALMELO, LOSSER, WIERDEN)
    assert "motie ‘" not in prose(compose("raadsvoorstel", code="GM0141"))


@pytest.mark.parametrize("kind", ["verkenning", "raadsinformatiebrief", "raadsvoorstel", "begroting"])
def test_a_municipality_without_a_talk_reads_so_in_its_own_part(kind):
    sentence = "Met deze gemeente is nog niet gesproken; de cijfers zijn openbare schattingen"
    assert sentence in prose(compose(kind, code="GM0168"))
    assert sentence not in prose(compose(kind, LOSSER, code="GM0168"))
    assert sentence not in prose(compose(kind))  # the one that asks does not speak to itself


def everything(form, content):
    """The text of a file: that of a PDF, of every part of a package, or the file itself."""
    if form is pdf:
        return text_of_pdf(content)
    if content[:2] != b"PK":
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return " ".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


@pytest.mark.parametrize("form", [pdf, html, odt, docx, ods, xlsx], ids=lambda form: form.__name__)
def test_the_head_of_the_log_is_printed_in_every_format(form):
    head = "3f9a1c0d5e7b2468"
    for log in (head, ""):
        document = KINDS["raadsinformatiebrief"](replace(told("attractive", "dearer"), log=log))
        text = everything(form, form.render(document, NEUTRAL))
        assert (head in text) == bool(log)


def test_the_annex_says_whether_there_is_a_log():
    for log, expected in (("3f9a1c0d5e7b2468", "3f9a1c0d5e7b2468"), ("", "er is geen logboek")):
        annex = KINDS["bijlage"](replace(told("attractive"), log=log))
        facts = [b for s in tree.walk(annex.sections) for b in s.blocks if isinstance(b, tree.Facts)]
        assert dict(facts[0].rows)["Kenmerk van het logboek van besluiten"] == expected
