"""Files: clear refusals, whole writes and suggestions."""

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marke.errors import InputError
from marke.files import data_folder, fold, read_bytes, read_rows, read_text, suggest, write_atomically


def test_data_folder_of_a_checkout_is_beside_src():
    assert (data_folder("regions") / "municipalities.csv").is_file()


def test_data_folder_of_an_installed_package_comes_first(tmp_path, monkeypatch):
    (tmp_path / "data" / "regions").mkdir(parents=True)
    monkeypatch.setattr("marke.files.importlib.resources.files", lambda _: tmp_path)
    assert data_folder("regions") == tmp_path / "data" / "regions"


def test_unknown_data_folder_is_refused():
    with pytest.raises(InputError, match=r"'nergens'.*ontbreekt"):
        data_folder("nergens")


def test_read_text_drops_the_byte_order_mark_and_keeps_line_ends(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("\ufeffé\r\nb".encode())
    assert read_text(path) == "é\r\nb"


def test_text_that_is_not_utf8_names_the_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"een\ntwee\nFrysl\xe2n\n")
    with pytest.raises(InputError, match="UTF-8") as refusal:
        read_text(path)
    assert refusal.value.where == f"{path}, regel 3"


def test_missing_file_and_folder_are_told_apart(tmp_path):
    with pytest.raises(InputError, match="bestaat niet"):
        read_bytes(tmp_path / "weg.csv")
    with pytest.raises(InputError, match="map en geen bestand"):
        read_text(tmp_path)


def test_a_name_that_cannot_be_is_refused():
    with pytest.raises(InputError, match="bestandsnaam"):
        read_text("a\0b")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EACCES, "rechten om dit bestand te lezen"),
        (errno.EIO, "kan niet worden gelezen"),
    ],
)
def test_other_reading_errors_are_told(tmp_path, monkeypatch, number, sentence):
    def fail(_path):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(InputError, match=sentence):
        read_bytes(tmp_path / "a")


@given(st.binary())
def test_bytes_come_back_as_written(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("w") / "a.bin"
    write_atomically(path, b"old")
    write_atomically(path, content)
    assert read_bytes(path) == content
    assert [each.name for each in path.parent.iterdir()] == ["a.bin"]


def test_writing_keeps_permissions_and_follows_a_link(tmp_path):
    real = tmp_path / "deep" / "real.csv"
    real.parent.mkdir()
    real.write_text("oud")
    real.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(real)
    write_atomically(link, "nieuw\n")
    assert link.is_symlink()
    assert real.read_text() == "nieuw\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_new_file_follows_the_umask(tmp_path):
    old = os.umask(0o027)
    try:
        write_atomically(tmp_path / "a", "a")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "De schijf is vol"),
        (errno.EROFS, "geen rechten"),
        (errno.EACCES, "geen rechten om dit bestand te schrijven"),
        (errno.EIO, "kan niet worden geschreven"),
    ],
)
def test_a_failed_write_leaves_the_old_file_and_no_rubbish(tmp_path, monkeypatch, number, sentence):
    path = tmp_path / "a.csv"
    path.write_text("oud")

    def fail(_descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(InputError, match=sentence) as refusal:
        write_atomically(path, "nieuw")
    assert refusal.value.where == str(path)
    assert path.read_text() == "oud"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupted_write_leaves_no_rubbish(tmp_path, monkeypatch):
    def stop(_descriptor):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a.csv", "nieuw")
    assert list(tmp_path.iterdir()) == []


def test_writing_where_it_cannot_be(tmp_path):
    with pytest.raises(InputError, match="map van dit bestand bestaat niet"):
        write_atomically(tmp_path / "weg" / "a.csv", "a")
    (tmp_path / "map").mkdir()
    with pytest.raises(InputError, match="staat een map"):
        write_atomically(tmp_path / "map", "a")
    assert [each.name for each in tmp_path.iterdir()] == ["map"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Almlo", " Bedoelt u Almelo?"),
        ("SUDWEST-FRYSLAN", " Bedoelt u Súdwest-Fryslân?"),
        ("Bergen", " Bedoelt u Bergen (L) of Bergen (NH)?"),
        ("xyzzy", ""),
        ("", ""),
    ],
)
def test_suggestions(word, expected):
    assert suggest(word, ["Almelo", "Bergen (NH)", "Súdwest-Fryslân", "Bergen (L)"]) == expected


def test_at_most_three_suggestions():
    assert suggest("borne", ["Borne 4", "Borne 3", "Borne 2", "Borne 1"]) == (
        " Bedoelt u Borne 1, Borne 2 of Borne 3?"
    )


def test_fold_ignores_capitals_diacritics_blanks_and_typography():
    assert fold("  ’S-Gráven–Hage\t x ") == "'s-graven-hage x"


@given(st.text())
def test_fold_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "sentence", "where"),
    [
        ("", "kolom ontbreekt: a, b", "regel 1"),
        ("a;b\n1;2\n", "puntkomma", "regel 1"),
        ("a,b,a\n1,2,3\n", "meer dan één keer: a", "regel 1"),
        ("a,b\n", "geen regels", ""),
        ("a,b\n1,2\n1\n", "1 cellen", "regel 3"),
        ('a,b\n1,2\n1,"2\n', "niet te lezen als csv", "regel 3"),
    ],
)
def test_broken_tables_are_refused_with_their_line(tmp_path, text, sentence, where):
    path = tmp_path / "t.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=sentence) as refusal:
        read_rows(path, ("a", "b"))
    assert refusal.value.where.endswith(where)


def test_blank_lines_do_not_shift_the_line_numbers(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\r\n\r\n1,x\r\n")
    _, rows = read_rows(path, ("a", "b"))
    assert [(row.line, row.integer("a"), row.text("b")) for row in rows] == [(3, 1, "x")]


@pytest.mark.parametrize("value", ["12.345", "1,5", "tien", "1e3", "٣", "1" * 13, "--1", "1_000"])
def test_whole_numbers_are_strict(tmp_path, value):
    path = tmp_path / "t.csv"
    path.write_text(f'a\n"{value}"\n', encoding="utf-8")
    row = read_rows(path, ("a",))[1][0]
    with pytest.raises(InputError, match="geen heel getal") as refusal:
        row.integer("a")
    assert refusal.value.where == f"{path}, regel 2, kolom a"


@pytest.mark.parametrize("value", ["67,27", "nan", "inf", "1e5", ".5"])
def test_decimals_are_strict(tmp_path, value):
    path = tmp_path / "t.csv"
    path.write_text(f'a\n"{value}"\n')
    with pytest.raises(InputError, match="decimaalteken"):
        read_rows(path, ("a",))[1][0].decimal("a", 0, 100)
