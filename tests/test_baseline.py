"""Answers of municipalities: what is read, what is refused and where, and who may see them."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_factory import (
    ASKED,
    BORNE,
    CATALOGUE,
    HOF,
    TWENTE,
    answer,
    baseline,
    example,
)
from marke.baseline import Answer, Baseline, baseline_text, read_baseline, seen_by, write_baseline
from marke.baseline.table import COLUMNS
from marke.baseline.values import parse
from marke.errors import InputError
from marke.files import data_folder

ROW = (BORNE, "Borne", "staff", "formatie", "fte", "150,5", "", "", "", "")
EUROS = {"vraag": "soc.realised", "eenheid": "EUR/jaar"}


def row(**changed):
    return tuple({**dict(zip(COLUMNS, ROW, strict=True)), **changed}.values())


def as_csv(path, *rows, header=COLUMNS, separator=";", encoding="utf-8"):
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([header, *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def read(path):
    return read_baseline(path, TWENTE, CATALOGUE)


def refused(path):
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.mend
    return caught.value


def number(tmp_path, text):
    return read(as_csv(tmp_path / "a.csv", row(antwoord=text))).value(BORNE, "staff")


def test_zero_is_an_answer_and_what_is_not_answered_is_none(tmp_path):
    other = {"vraag": "soc.staff", "antwoord": "0"}
    unknown = {"vraag": "workplaces", "eenheid": "werkplekken", "antwoord": "weet ik niet"}
    found = read(as_csv(tmp_path / "a.csv", row(antwoord=""), row(**other), row(**unknown)))
    assert found.value(BORNE, "soc.staff") == 0.0
    assert [found.value(BORNE, key) for key in ("staff", "workplaces", "endpoints")] == [None] * 3
    states = [found.answers[BORNE, key].state for key in ("staff", "soc.staff", "workplaces")]
    assert states == ["open", "given", "unknown"]
    assert found.given == 1


def test_within_keeps_only_the_named_municipalities():
    both = baseline(answer(BORNE, "staff", 1.0), answer(HOF, "staff", 2.0))
    assert set(both.within({HOF}).answers) == {(HOF, "staff")}


def test_a_value_is_asked_for_by_its_type():
    found = baseline(
        answer(BORNE, "staff", 2.0),
        answer(BORNE, "soc.contract_end", date(2028, 1, 1)),
        answer(BORNE, "suites.zaken", "Pakket"),
    )
    assert found.value(BORNE, "staff") == 2.0
    assert found.day(BORNE, "soc.contract_end") == date(2028, 1, 1)
    assert found.text(BORNE, "suites.zaken") == "Pakket"
    assert found.value(BORNE, "soc.contract_end") is None
    assert found.day(BORNE, "staff") is None
    assert found.text(BORNE, "staff") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234", 1234), ("1234,5", 1234.5), ("1234.5", 1234.5), ("1.234,5", 1234.5), ("12.5", 12.5),
        (" 7 ", 7), ("1,234", 1.234), ("", None), ("Weet ik niet", None), ("WEET IK NIET", None),
    ],
)  # fmt: skip
def test_dutch_numbers(tmp_path, text, expected):
    assert number(tmp_path, text) == expected


@given(st.decimals(min_value=0, max_value=10**8, places=2))
def test_a_number_with_thousands_in_dutch_is_read_back(value):
    written = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    assert parse(ASKED["soc.realised"].part, written) == float(value)


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
        ("-5", ["minstens 1"]),
        ("−5", ["minstens 1"]),
        ("20001", ["hoogstens 20000"]),
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
    ("question", "given_", "expected"),
    [
        ("soc.released_1", "12,5", 0.125),
        ("soc.released_1", 7, 0.07),
        ("soc.contract_end", "31-12-2027", date(2027, 12, 31)),
        ("soc.contract_end", "1/2/2027", date(2027, 2, 1)),
        ("soc.contract_end", datetime(2027, 12, 31), date(2027, 12, 31)),
        ("soc.release", "JA", True),
        ("soc.release", False, False),
        ("soc.level", "siem dag en nacht", "SIEM dag en nacht"),
        ("suites.kantoor", 365.0, "365"),
        ("partnerships", "a; b\nc;", ("a", "b", "c")),
    ],
)
def test_every_kind_of_answer_is_read(question, given_, expected):
    assert parse(ASKED[question].part, given_) == expected


@pytest.mark.parametrize(
    ("question", "given_", "word"),
    [
        ("soc.released_1", 101, "hoogstens 100"),
        ("soc.contract_end", "31-2-2027", "hoort een datum"),
        ("soc.contract_end", 2027, "hoort een datum"),
        ("soc.contract_end", "december", "hoort een datum"),
        ("soc.release", "misschien", "hoort ja of nee"),
        ("soc.level", "SIEM dag en nachts", "Bedoelt u SIEM dag en nacht?"),
        ("suites.kantoor", date(2027, 1, 1), "hoort tekst"),
        ("suites.kantoor", "x" * 2001, "tekens"),
        ("partnerships", ";;", "0 onderdelen"),
        ("staff", True, "hoort een getal"),
        ("staff", 1e305, "eindig"),
        ("staff", date(2027, 1, 1), "hoort een getal"),
    ],
)
def test_an_answer_of_another_kind_is_refused(question, given_, word):
    with pytest.raises(InputError, match=word.replace("?", r"\?")) as caught:
        parse(ASKED[question].part, given_)
    assert caught.value.mend


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
        ({"prijspeil": "2026"}, "prijspeil", "alleen bij een bedrag"),
        ({**EUROS, "prijspeil": "jaar"}, "prijspeil", "geen prijspeil"),
        ({**EUROS, "prijspeil": "1026"}, "prijspeil", "geen prijspeil"),
        ({"toelichting": "x" * 2001}, "toelichting", "2001 tekens"),
    ],
)
def test_a_row_about_something_else_is_refused(tmp_path, changed, column, word):
    path = as_csv(tmp_path / "a.csv", row(**changed))
    error = refused(path)
    assert error.where == f"{path}, regel 2, kolom {column}"
    assert word in str(error)


@pytest.mark.parametrize("second", ["150,5", "9", ""])
def test_the_same_question_twice_is_refused(tmp_path, second):
    error = refused(as_csv(tmp_path / "a.csv", row(), row(antwoord=second)))
    assert "regel 3" in error.where
    assert "eerdere regel" in error.what


def test_all_problems_are_named_at_once_up_to_a_hundred(tmp_path):
    rows = [row(vraag="workplaces", eenheid="y", antwoord="z")] * 51
    error = refused(as_csv(tmp_path / "a.csv", *rows))
    assert "152 fouten" in error.what
    assert "niets ingelezen" in error.what
    assert error.what.count("\n- regel") == 100
    assert "regel 2, kolom eenheid" in error.what
    assert "regel 2, kolom antwoord" in error.what
    assert "nog 52 andere" in error.what


@pytest.mark.parametrize(
    ("header", "column", "words"),
    [
        (COLUMNS[1:], 1, ["'code'", "'gemeente'"]),
        ((*COLUMNS[:4], *COLUMNS[5:]), 5, ["'eenheid'", "'antwoord'"]),
        (COLUMNS[:9], 10, ["'wie vult in'", "niets"]),
        ((*COLUMNS, "extra"), 11, ["'extra'"]),
    ],
)
def test_a_shifted_header_says_which_column_was_expected_where(tmp_path, header, column, words):
    error = refused(as_csv(tmp_path / "a.csv", header=header))
    assert error.where.endswith(f"regel 1, kolom {column}")
    assert all(word in error.what for word in words)


def test_a_file_without_any_row_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("")
    assert "kolom 'code'" in refused(tmp_path / "a.csv").what


@pytest.mark.parametrize("separator", [";", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_both_separators_and_encodings_are_read(tmp_path, separator, encoding):
    path = as_csv(tmp_path / "a.csv", row(toelichting="ca. één"), separator=separator, encoding=encoding)
    assert read(path).answers[BORNE, "staff"] == answer(BORNE, "staff", 150.5, note="ca. één")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (f"{';'.join(COLUMNS)}\n{BORNE};Borne;staff;formatie;fte;150\n", "6 cellen"),
        (f'{";".join(COLUMNS)}\nGM0147;"Borne;staff\n', "niet te lezen als csv"),
        (f"{chr(9).join(COLUMNS)}\n", "kolom 'code'"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path, content, word):
    (tmp_path / "a.csv").write_text(content)
    assert word in str(refused(tmp_path / "a.csv"))


def test_empty_rows_and_trailing_separators_do_not_matter(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"{';'.join(COLUMNS)}\n;;;;;;;;\n{';'.join(ROW)};;;\n\n")
    assert read(path).value(BORNE, "staff") == 150.5


def test_text_in_another_encoding_is_refused(tmp_path):
    path = as_csv(tmp_path / "a.csv", row(toelichting="één"), encoding="cp1252")
    assert "UTF-8" in refused(path).what


@pytest.mark.parametrize("name", ["a.ods", "a.xlsx", "a"])
def test_another_kind_of_file_is_refused(tmp_path, name):
    (tmp_path / name).write_text("x")
    assert "eindigt op .csv" in refused(tmp_path / name).what
    with pytest.raises(InputError, match=r"eindigt op \.csv"):
        write_baseline(tmp_path / name, Baseline({}), TWENTE, CATALOGUE)


def test_a_missing_file_is_refused(tmp_path):
    assert "bestaat niet" in refused(tmp_path / "a.csv").what


def test_a_far_too_large_file_is_refused(tmp_path, monkeypatch):
    path = as_csv(tmp_path / "a.csv", *[row()] * 4)
    monkeypatch.setattr("marke.baseline.table.MOST_ROWS", 3)
    assert "te groot" in refused(path).what
    monkeypatch.setattr("marke.baseline.table.MOST_BYTES", 3)
    assert "te groot" in refused(path).what


TEXTS = st.text(st.characters(exclude_categories=["C"]), max_size=30).map(str.strip)


@st.composite
def answers(draw):
    """Any answer to any question of any municipality of Twente."""
    question = draw(st.sampled_from(list(ASKED.values())))
    part = question.part
    top = min(part.most or 1e9, 1e9)
    amounts = st.integers(int(part.least * 1000), int(top * 1000)).map(lambda n: n / 1000)
    kinds = {
        "number": amounts,
        "amount": amounts,
        "percentage": st.integers(0, int(top * 1000)).map(lambda n: round(n / 100_000, 12)),
        "year": st.integers(2010, 2100).map(float),
        "date": st.dates(date(1990, 1, 1), date(2100, 1, 1)),
        "yes_no": st.booleans(),
        "choice": st.sampled_from(part.options or ("",)),
        "text": TEXTS.filter(lambda text: text and text.casefold() != "weet ik niet"),
        "list": st.lists(st.sampled_from(["een", "twee: x", "drie, vier"]), min_size=1).map(tuple),
    }
    value = draw(st.none() | kinds[part.kind])
    return answer(
        draw(st.sampled_from([m.code for m in TWENTE.municipalities])),
        question.id,
        value,
        unknown=value is None and draw(st.booleans()),
        note=draw(TEXTS),
        price_year=draw(st.none() | st.integers(2015, 2100)) if part.kind == "amount" else None,
        doubt=draw(TEXTS),
        who=draw(TEXTS),
    )


@given(st.lists(answers(), max_size=8))
def test_any_answers_are_read_back_as_they_were_written(tmp_path_factory, found):
    path = tmp_path_factory.getbasetemp() / "round.csv"
    written = baseline(*found)
    write_baseline(path, written, TWENTE, CATALOGUE)
    assert read(path) == written
    assert path.read_bytes().decode() == baseline_text(read(path), TWENTE, CATALOGUE)


def test_text_that_looks_like_a_formula_cannot_run(tmp_path):
    path = tmp_path / "a.csv"
    notes = ["=1+1", "+1", "-1", "@a", "'=1"]
    for note in notes:
        written = baseline(answer(BORNE, "staff", 5.0, note=note))
        write_baseline(path, written, TWENTE, CATALOGUE)
        assert f";'{note};" in path.read_text("utf-8")
        assert read(path) == written


def test_the_shipped_baseline_knows_nothing_about_a_named_municipality():
    assert read(data_folder("regions") / "twente" / "nulmeting.csv") == Baseline({})


def whole(code):
    """Every question answered by one municipality, amounts released."""
    return [replace(answer(code, key, example(ASKED[key])), note="bron", doubt="?") for key in ASKED]


def test_others_see_released_amounts_only_and_no_evidence():
    both = baseline(*whole(BORNE), *whole(HOF))
    seen = seen_by(both, HOF)
    assert seen.within({HOF}) == both.within({HOF})
    others = seen.within({BORNE}).answers
    releasable = {key for key, question in ASKED.items() if question.part.visibility == "releasable"}
    assert {question for _, question in others} == releasable
    assert all((each.note, each.doubt) == ("", "") for each in others.values())
    assert {answer.code for answer in seen_by(both, None).answers.values()} == {BORNE, HOF}
    assert {question for _, question in seen_by(both, None).answers} == releasable


def test_nothing_is_released_without_a_yes():
    for said in (None, False):
        release = answer(BORNE, "soc.release", said, unknown=said is None)
        kept = baseline(release, answer(BORNE, "soc.realised", 5.0))
        assert seen_by(kept, None).answers == {}
    other = baseline(answer(BORNE, "ciso_office.release", True), answer(BORNE, "soc.realised", 5.0))
    assert set(seen_by(other, None).answers) == {(BORNE, "ciso_office.release")}


@given(st.lists(answers(), max_size=12), st.sampled_from([None, BORNE, HOF]))
def test_seeing_twice_changes_nothing(found, viewer):
    once = seen_by(baseline(*found), viewer)
    assert seen_by(once, viewer) == once
    assert all(each.code == viewer or each.visibility == "releasable" for each in once.answers.values())


def test_an_answer_without_a_class_is_for_nobody_else():
    said = answer(BORNE, "soc.release", True)
    bare = Answer(BORNE, "soc.realised", 5.0)
    assert (BORNE, "soc.realised") not in seen_by(baseline(said, bare), None).answers
