"""Columns share the page by what stands in them."""

import pytest

from marke.documents.measures import HEIGHT, WIDTH, picture_size, widths
from marke.documents.tree import Column, Row, Table

LONG = "Een lange uitleg die over een paar regels van de bladzijde moet lopen. " * 3


@pytest.mark.parametrize("count", [1, 3, 8])
def test_columns_fill_the_page(count):
    table = Table("t", "Regel", (Column("2027"),) * count, (Row("huur", (1_234_567,) * count),))
    assert sum(widths(table)) == pytest.approx(WIDTH, abs=0.1)


def test_long_text_gets_the_room_and_short_text_is_not_broken():
    columns = (Column("Laag", "text"), Column("Status", "text"), Column("Bron", "text"))
    address = "een.heel.lang.adres.zonder.een.enkele.spatie.erin"
    found = widths(
        Table("t", "Cijfer", columns, (Row("uren per jaar", ("0,17", "aanname", f"{LONG} {address}")),))
    )
    assert max(found) == found[3]
    assert found[1] < found[2]
    assert found[2] >= len("aanname") * 0.172


def test_numbers_keep_what_they_need_beside_long_text():
    columns = (Column("2027"), Column("Toelichting", "text"))
    narrow, wide = (widths(Table("t", "Regel", columns, (Row("a", (n, LONG)),)))[1] for n in (1, 123_456_789))
    assert wide > narrow
    assert wide >= len("123.456.789") * 0.172


def test_a_label_stays_on_one_line_where_there_is_room():
    label = "Een lang opschrift"
    roomy = widths(Table("t", "Regel", (Column(label),), (Row("a", (1,)),)))
    tight = widths(Table("t", "Regel", (Column(label),) * 6, (Row("a", (1,) * 6),)))
    assert roomy[1] > len(label) * 0.172 > tight[1]


@pytest.mark.parametrize(("across", "down"), [(1000, 200), (200, 1000), (400, 400)])
def test_a_picture_keeps_its_proportions_on_the_page(across, down):
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + across.to_bytes(4, "big") + down.to_bytes(4, "big")
    width, height = picture_size(head)
    assert width / height == pytest.approx(across / down, rel=0.01)
    assert width <= WIDTH
    assert height <= HEIGHT
