"""Answers of municipalities: what is read, what is refused, and where."""

import csv
import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from marke.baseline import Answer, Baseline, questions, read_baseline, write_empty_baseline
from marke.baseline_files import COLUMNS
from marke.catalogue import load_catalogue
from marke.errors import InputError
from marke.region import load_country

CATALOGUE = load_catalogue()
TWENTE = load_country().select("veiligheidsregio:Twente")
ROW = ("GM0147", "Borne", "staff", "formatie van de gemeente", "fte", "150,5", "")


def row(**changed):
    return tuple({**dict(zip(COLUMNS, ROW, strict=True)), **changed}.values())


def as_csv(path, *rows, header=COLUMNS, separator=";", encoding="utf-8"):
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([header, *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def as_xlsx(path, *rows, header=COLUMNS, sheet="Antwoorden"):
    book = Workbook()
    book.active.title = sheet
    for each in (header, *rows):
        book.active.append(each)
    book.save(path)
    return path


def read(path):
    return read_baseline(path, TWENTE, CATALOGUE)


def refused(path):
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.mend
    return caught.value


def number(tmp_path, text):
    return read(as_csv(tmp_path / "a.csv", row(antwoord=text))).value("GM0147", "staff")


def test_every_driver_without_a_fact_and_every_service_is_asked():
    asked = {each.id: each for each in questions(CATALOGUE)}
    drivers = [key for key, driver in CATALOGUE.drivers.items() if driver.fact is None]
    services = [f"{key}.{part}" for key in CATALOGUE.services for part in ("staff", "spend", "budgeted")]
    assert list(asked) == drivers + services
    assert asked["staff"].unit == "fte"
    assert asked["soc.spend"].unit == "EUR/jaar"
    assert "36 uur" in asked["soc.staff"].definition
    assert "btw" in asked["soc.spend"].definition
    assert all(each.label and each.definition for each in asked.values())


def test_what_was_not_answered_is_none_and_zero_is_an_answer(tmp_path):
    baseline = read(
        as_csv(
            tmp_path / "a.csv", row(antwoord="0"), row(vraag="workplaces", eenheid="werkplekken", antwoord="")
        )
    )
    assert baseline.value("GM0147", "staff") == 0.0
    assert baseline.value("GM0147", "workplaces") is None
    assert baseline.value("GM0141", "staff") is None


def test_within_keeps_only_the_named_municipalities():
    answers = {(code, "staff"): Answer(code, "staff", 1.0) for code in ("GM0141", "GM0147")}
    assert set(Baseline(answers).within({"GM0147"}).answers) == {("GM0147", "staff")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234", 1234), ("1234,5", 1234.5), ("1234.5", 1234.5), ("1.234,5", 1234.5), ("1.234.567", 1234567),
        ("1.234.567,25", 1234567.25), ("1,234", 1.234), ("0.125", 0.125), ("12.5", 12.5), (" 7 ", 7),
        ("", None), ("Weet ik niet", None), ("WEET IK NIET", None),
    ],
)  # fmt: skip
def test_dutch_numbers(tmp_path, text, expected):
    assert number(tmp_path, text) == expected


@given(st.floats(min_value=0, max_value=1e12, allow_nan=False), st.sampled_from(["comma", "point"]))
def test_any_number_written_in_full_is_read_back(tmp_path_factory, value, style):
    text = f"{value:.6f}"
    written = text.replace(".", ",") if style == "comma" else text
    assert number(tmp_path_factory.getbasetemp(), written) == float(text)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_a_number_with_thousands_in_dutch_is_read_back(tmp_path_factory, value):
    written = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    assert number(tmp_path_factory.getbasetemp(), written) == float(value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1.234", ["niet eenduidig", "Schrijf 1234 of 1,234"]),
        ("1,234.5", ["verkeerd scheidingsteken"]),
        ("1,234,567", ["verkeerd scheidingsteken"]),
        ("12.34.5", ["verkeerd scheidingsteken"]),
        ("1 234", ["verkeerd scheidingsteken"]),
        ("veel", ["hoort een getal", "'veel'"]),
        ("5 fte", ["hoort een getal"]),
        ("1e3", ["hoort een getal"]),
        ("-", ["hoort een getal"]),
        ("-5", ["kleiner dan nul"]),
        ("−5", ["kleiner dan nul"]),
        ("nan", ["eindig"]),
        ("-inf", ["eindig"]),
        ("9" * 400, ["eindig"]),
    ],
)  # fmt: skip
def test_a_number_that_can_be_misread_is_refused(tmp_path, text, words):
    path = as_csv(tmp_path / "a.csv", row(antwoord=text))
    error = refused(path)
    assert error.where == f"{path}, regel 2, kolom antwoord"
    assert all(word in str(error) for word in words)


@pytest.mark.parametrize(
    ("changed", "column", "word"),
    [
        ({"code": "GM9999", "gemeente": "Born"}, "code", "Bedoelt u Borne?"),
        ({"code": ""}, "code", "niet bekend"),
        ({"code": "GM0363", "gemeente": "Amsterdam"}, "code", "ligt niet in Veiligheidsregio Twente"),
        ({"gemeente": "Almelo"}, "gemeente", "GM0147 is van Borne"),
        ({"vraag": "staf"}, "vraag", "Bedoelt u staff"),
        ({"eenheid": "EUR/jaar"}, "eenheid", "De eenheid van 'staff' is fte"),
        ({"eenheid": ""}, "eenheid", "De eenheid van 'staff' is fte"),
    ],
)
def test_a_row_about_something_else_is_refused(tmp_path, changed, column, word):
    for path in (as_csv(tmp_path / "a.csv", row(**changed)), as_xlsx(tmp_path / "a.xlsx", row(**changed))):
        error = refused(path)
        cell = f"blad Antwoorden, cel {'ABCDEFG'[COLUMNS.index(column)]}2"
        place = cell if path.suffix == ".xlsx" else f"regel 2, kolom {column}"
        assert error.where == f"{path}, {place}"
        assert word in str(error)


@pytest.mark.parametrize("second", ["150,5", "9", ""])
def test_the_same_question_twice_is_refused(tmp_path, second):
    error = refused(as_csv(tmp_path / "a.csv", row(), row(antwoord=second)))
    assert "regel 3" in error.where
    assert "al op regel 2" in error.what


def test_all_problems_are_named_at_once_up_to_ten(tmp_path):
    rows = [row(vraag="x", eenheid="y", antwoord="z")] * 7
    error = refused(as_csv(tmp_path / "a.csv", *rows))
    assert "14 fouten" in error.what
    assert "niets ingelezen" in error.what
    assert error.what.count("\n- regel") == 10
    assert "regel 2, kolom vraag" in error.what
    assert "regel 2, kolom antwoord" in error.what
    assert "nog 4 andere" in error.what


def test_two_wrong_parts_of_one_row_are_both_named(tmp_path):
    error = refused(as_csv(tmp_path / "a.csv", row(gemeente="Almelo", eenheid="uur")))
    assert "2 fouten" in error.what
    assert "Almelo" in error.what
    assert "'uur'" in error.what


@pytest.mark.parametrize(
    ("header", "column", "words"),
    [
        (COLUMNS[1:], 1, ["'code'", "'gemeente'"]),
        ((*COLUMNS[:4], *COLUMNS[5:]), 5, ["'eenheid'", "'antwoord'"]),
        (COLUMNS[:6], 7, ["'toelichting'", "niets"]),
        ((*COLUMNS, "extra"), 8, ["'extra'"]),
    ],
)
def test_a_shifted_header_says_which_column_was_expected_where(tmp_path, header, column, words):
    for path in (as_csv(tmp_path / "a.csv", header=header), as_xlsx(tmp_path / "a.xlsx", header=header)):
        error = refused(path)
        cell = f"cel {'ABCDEFGH'[column - 1]}1" if path.suffix == ".xlsx" else f"regel 1, kolom {column}"
        assert error.where.endswith(cell)
        assert all(word in error.what for word in words)


def test_a_file_without_any_row_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("")
    assert "kolom 'code'" in refused(tmp_path / "a.csv").what
    as_xlsx(tmp_path / "a.xlsx", header=())
    assert "kolom 'code'" in refused(tmp_path / "a.xlsx").what


@pytest.mark.parametrize("separator", [";", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_both_separators_and_encodings_are_read(tmp_path, separator, encoding):
    path = as_csv(tmp_path / "a.csv", row(toelichting="ca. één"), separator=separator, encoding=encoding)
    assert read(path).answers["GM0147", "staff"] == Answer("GM0147", "staff", 150.5, "ca. één")


def test_a_tab_is_no_separator(tmp_path):
    assert "kolom 'code'" in refused(as_csv(tmp_path / "a.csv", row(), separator="\t")).what


def test_a_decimal_comma_that_breaks_a_row_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text(",".join(COLUMNS) + "\nGM0147,Borne,staff,formatie,fte,150,5,nota\n")
    error = refused(tmp_path / "a.csv")
    assert error.where.endswith("regel 2")
    assert "8 cellen" in error.what


def test_open_quotes_are_refused_with_the_line(tmp_path):
    (tmp_path / "a.csv").write_text(";".join(COLUMNS) + '\nGM0147;"Borne;staff\n')
    assert "regel" in refused(tmp_path / "a.csv").where


def test_empty_rows_and_trailing_separators_do_not_matter(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"{';'.join(COLUMNS)}\n;;;;;;\n{';'.join(ROW)};;;\n\n")
    assert read(path).value("GM0147", "staff") == 150.5


def test_text_in_another_encoding_is_refused(tmp_path):
    path = as_csv(tmp_path / "a.csv", row(toelichting="één"), encoding="cp1252")
    assert "UTF-8" in refused(path).what


@pytest.mark.parametrize("name", ["a.ods", "a.xls", "a"])
def test_another_kind_of_file_is_refused(tmp_path, name):
    (tmp_path / name).write_text("x")
    assert ".csv of .xlsx" in refused(tmp_path / name).what
    with pytest.raises(InputError, match=r"\.csv of \.xlsx"):
        write_empty_baseline(tmp_path / name, TWENTE, CATALOGUE)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_missing_file_is_refused(tmp_path, name):
    assert "bestaat niet" in refused(tmp_path / name).what


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_file_that_may_not_be_read_is_refused(tmp_path, name, monkeypatch):
    (tmp_path / name).write_text("x")

    def forbid(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", forbid)
    assert "geen rechten" in refused(tmp_path / name).what


def test_numbers_of_a_worksheet_are_taken_as_they_are(tmp_path):
    path = as_xlsx(
        tmp_path / "a.xlsx", row(antwoord=1.234), row(vraag="workplaces", eenheid="werkplekken", antwoord=7)
    )
    assert read(path).value("GM0147", "staff") == 1.234
    assert read(path).value("GM0147", "workplaces") == 7


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (-1, "kleiner dan nul"), (-0.5, "kleiner dan nul"), (True, "hoort een getal"),
        (date(2026, 1, 2), "hoort een getal"), ("1.234", "niet eenduidig"), ("#N/A", "hoort een getal"),
        (1e305, "eindig"), ("=1+1", "geen uitkomst"),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_answer_is_refused(tmp_path, value, word):
    path = as_xlsx(tmp_path / "a.xlsx", row(antwoord=value))
    error = refused(path)
    assert error.where == f"{path}, blad Antwoorden, cel F2"
    assert word in error.what


def test_a_missing_sheet_is_refused(tmp_path):
    assert "Bedoelt u Antwoord?" in refused(as_xlsx(tmp_path / "a.xlsx", row(), sheet="Antwoord")).what


@pytest.mark.parametrize("keep", [0, 100, 1500])
def test_a_damaged_workbook_is_refused(tmp_path, keep):
    path = as_xlsx(tmp_path / "a.xlsx", row())
    path.write_bytes(path.read_bytes()[:keep])
    assert "beschadigd" in refused(path).what


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_workbook_with_a_broken_part_is_refused(tmp_path, part):
    whole = as_xlsx(tmp_path / "b.xlsx", row())
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[: 60 if name == part else None])
    assert "beschadigd" in refused(tmp_path / "a.xlsx").what


def test_a_zip_bomb_is_refused_without_unpacking(tmp_path):
    path = tmp_path / "a.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bomb,
        bomb.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(101):
            part.write(bytes(1_000_000))
    assert path.stat().st_size < 1_000_000
    assert "te groot" in refused(path).what


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_far_too_many_rows_are_refused(tmp_path, write, monkeypatch):
    monkeypatch.setattr("marke.baseline_files.MOST_ROWS", 3)
    path = write(tmp_path / ("a.csv" if write is as_csv else "a.xlsx"), *[row()] * 4)
    assert "te groot" in refused(path).what


def test_a_far_too_large_file_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr("marke.baseline_files.MOST_BYTES", 3)
    assert "te groot" in refused(as_csv(tmp_path / "a.csv", row())).what


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_an_empty_baseline_is_read_back_as_no_answers(tmp_path, name):
    path = tmp_path / name
    write_empty_baseline(path, TWENTE, CATALOGUE)
    first = path.read_bytes()
    assert read(path) == Baseline({})
    write_empty_baseline(path, TWENTE, CATALOGUE)
    assert path.read_bytes() == first


def test_the_workbook_is_ready_to_fill_in(tmp_path):
    path = tmp_path / "a.xlsx"
    write_empty_baseline(path, TWENTE, CATALOGUE)
    book = load_workbook(path)
    sheet = book["Antwoorden"]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert sheet.max_row == 1 + len(TWENTE.municipalities) * len(questions(CATALOGUE))
    assert sheet.freeze_panes == "A2"
    assert sheet.protection.sheet
    assert not sheet["F2"].protection.locked
    assert sheet["E2"].protection.locked
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.type, rule.operator, rule.formula1) == ("decimal", "greaterThanOrEqual", "0")
    assert str(rule.sqref) == f"F2:F{sheet.max_row}"
    assert book["Uitleg"].max_row == 1 + len(questions(CATALOGUE))


def test_a_workbook_that_was_filled_in_is_read(tmp_path):
    path = tmp_path / "a.xlsx"
    write_empty_baseline(path, TWENTE, CATALOGUE)
    book = load_workbook(path)
    book["Antwoorden"]["F2"] = 512.25
    book["Antwoorden"]["G2"] = "begroting"
    book.save(path)
    assert read(path).answers == {("GM0141", "staff"): Answer("GM0141", "staff", 512.25, "begroting")}


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    drivers = {
        key: driver.model_copy(update={"label": f"{start}1+1"})
        for start, (key, driver) in zip("=+-@", list(CATALOGUE.drivers.items())[1:], strict=True)
    }
    catalogue = type(CATALOGUE)(**{**CATALOGUE.__dict__, "drivers": drivers})
    write_empty_baseline(tmp_path / "a.xlsx", TWENTE, catalogue)
    book = load_workbook(tmp_path / "a.xlsx")
    found = [
        book[name].cell(number, column)
        for name, column in (("Antwoorden", 4), ("Uitleg", 2))
        for number in range(2, 6)
    ]
    assert [cell.value for cell in found] == ["=1+1", "+1+1", "-1+1", "@1+1"] * 2
    assert {cell.data_type for cell in found} <= {"s", "f"}
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name]
    assert not any(b"<f>" in sheet for sheet in sheets)
    write_empty_baseline(tmp_path / "a.csv", TWENTE, catalogue)
    lines = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig")), delimiter=";"))
    assert [line[3] for line in lines[1:5]] == ["'=1+1", "'+1+1", "'-1+1", "'@1+1"]
    assert read_baseline(tmp_path / "a.csv", TWENTE, catalogue) == Baseline({})


def test_the_shipped_baseline_knows_nothing_about_a_named_municipality():
    from marke.files import data_folder

    path = data_folder("regions") / "twente" / "nulmeting.csv"
    assert read(path) == Baseline({})
    assert len(path.read_text("utf-8-sig").splitlines()) == 1 + 14 * len(questions(CATALOGUE))
