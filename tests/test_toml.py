"""TOML with line numbers, and validation told in Dutch."""

from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from marke.errors import InputError
from marke.toml import read_document, validate


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    size: int = Field(default=1, alias="grootte")


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)
    name: str = Field(min_length=1, alias="naam")
    share: float = Field(default=0.5, ge=0, lt=1, alias="deel")
    day: date = Field(default=date(2026, 1, 1), alias="dag")
    parts: tuple[str, ...] = Field(default=(), alias="delen")
    either: str | tuple[str, ...] = Field(default="", alias="keuze")
    flag: bool = Field(default=False, alias="vlag")
    kind: Literal["a", "b"] = Field(default="a", alias="soort")
    one: Inner = Field(default_factory=Inner, alias="een")
    table: dict[str, Inner] = Field(default_factory=dict, alias="tabel")
    rows: tuple[Inner, ...] = Field(default=(), alias="rij")


def document(tmp_path, text):
    path = tmp_path / "a.toml"
    path.write_text(text, "utf-8")
    return read_document(path)


def read(tmp_path, text):
    found = document(tmp_path, text)
    return validate(Outer, found.content, found)


def refused(tmp_path, text):
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    where = caught.value.where.removeprefix(str(tmp_path / "a.toml")).removeprefix(", ")
    return where, str(caught.value)


@pytest.mark.parametrize(
    ("text", "where", "word"),
    [
        ("", "", "'naam' ontbreekt"),
        ('naam = ""', "regel 1", "niet leeg"),
        ("naam = 3", "regel 1", "moet tekst zijn, maar er staat 3"),
        ('naam = "a"\nnam = "b"', "regel 2", "Bedoelt u 'naam'?"),
        ('naam = "a"\nxyz = 1', "regel 2", "Bekend zijn: naam, deel"),
        ('naam = "a"\ndeel = "veel"', "regel 2", "moet een getal zijn"),
        ('naam = "a"\ndeel = "0.5"', "regel 2", "moet een getal zijn"),
        ('naam = "a"\ndeel = nan', "regel 2", "eindig getal"),
        ('naam = "a"\ndeel = 1', "regel 2", "kleiner zijn dan 1"),
        ('naam = "a"\ndeel = -1', "regel 2", "ten minste 0"),
        ('naam = "a"\ndag = "gisteren"', "regel 2", "moet een datum zijn"),
        ('naam = "a"\ndag = 2026-01-01T10:00:00', "regel 2", "moet een datum zijn"),
        ('naam = "a"\ndelen = "b"', "regel 2", "moet een lijst zijn"),
        ('naam = "a"\nkeuze = 5', "regel 2", "'keuze' moet tekst zijn"),
        ('naam = "a"\nvlag = "ja"', "regel 2", "true of false"),
        ('naam = "a"\nsoort = "c"', "regel 2", "een van 'a' of 'b' zijn"),
        ('naam = "a"\n[een]\ngrote = 2', "regel 3", "Bedoelt u 'grootte'?"),
        ('naam = "a"\n[een]\ngrootte = true', "regel 3", "geheel getal"),
        ('naam = "a"\n[tabel.x]\n[tabel.y]\ngrote = 2', "regel 4", "Bedoelt u 'grootte'?"),
        ('naam = "a"\n[[rij]]\n[[rij]]\ngrootte = 2.5', "regel 4", "geheel getal"),
        ('naam = "a"\n[[rij]]\n[[rij]]\ngrote = 2', "regel 4", "Bedoelt u 'grootte'?"),
        ('naam = "a"\nrij = [{ grootte = "x" }]', "regel 2", "geheel getal"),
        ('naam = "a\n', "regel 1, kolom 10", "geen geldige TOML"),
        ('naam = "a"\nnaam = "b"\n', "regel 2, kolom 11", "twee keer"),
        ('naam = """a', "aan het einde", "geen geldige TOML"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(tmp_path, text, where, word):
    place, message = refused(tmp_path, text)
    assert place == where
    assert word in message


def test_a_whole_document_is_accepted(tmp_path):
    model = read(tmp_path, 'naam = "a"\ndag = 2026-05-06\nkeuze = ["x", "y"]\n[tabel.b]\ngrootte = 4\n')
    assert (model.day, model.either, model.table["b"].size) == (date(2026, 5, 6), ("x", "y"), 4)


def test_the_line_of_a_key_its_part_or_its_parent(tmp_path):
    found = document(tmp_path, '# x\n"a b.c" = 1\n[t.u]\nk = { m = 1 }\n[[r]]\n[[r]]\nk = 2\n')
    path = tmp_path / "a.toml"
    for key, line in (
        (("a b.c",), 2),
        (("t",), 3),
        (("t", "u", "k"), 4),
        (("t", "u", "k", "m"), 4),
        (("t", "u", "absent"), 3),
        (("r", 1), 6),
        (("r", 1, "k"), 7),
    ):
        assert found.where(key) == f"{path}, regel {line}", key
    assert found.where(("absent",)) == str(path)


def test_text_over_more_lines_holds_no_keys(tmp_path):
    found = document(tmp_path, 'a = """\nb = 1\n[c]\n"""\nb = 2\n')
    assert found.where(("b",)).endswith("regel 5")
    assert ("c",) not in found.lines


def test_a_separator_inside_text_is_no_line_end(tmp_path):
    assert document(tmp_path, 'a = "x\u2028y"\nb = 2\n').where(("b",)).endswith("regel 2")


@given(st.lists(st.sampled_from(["# c", "", "x{} = 1", "[t{}]"]), max_size=20))
def test_every_key_stands_on_its_own_line(tmp_path_factory, shapes):
    lines = [shape.format(number) for number, shape in enumerate(shapes, start=1)]
    found = document(tmp_path_factory.getbasetemp(), "\n".join(lines))
    for key, line in found.lines.items():
        assert key[-1] in {f"x{line}", f"t{line}"}
    assert len(found.lines) == sum("{}" in shape for shape in shapes)
