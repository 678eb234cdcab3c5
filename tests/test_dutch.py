from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marke import dutch


def plain(text: str) -> str:
    return text.replace(dutch.NBSP, " ")


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234567, "€ 1.234.567"), (-1234.4, "€ −1.234"), (0, "€ 0"), (-0.4, "€ 0"), (999.6, "€ 1.000")],
)
def test_euro(value: float, text: str) -> None:
    assert plain(dutch.euro(value)) == text


def test_euro_with_decimals_and_sign() -> None:
    assert plain(dutch.euro(4.4838, decimals=2)) == "€ 4,48"
    assert plain(dutch.euro(-0.004, decimals=2, sign=True)) == "€ 0,00"
    assert plain(dutch.euro(1234, sign=True)) == "€ +1.234"
    assert plain(dutch.euro(-1234, sign=True)) == "€ −1.234"


def test_an_amount_never_breaks_over_two_lines() -> None:
    for text in (dutch.euro(12), dutch.percent(0.1), dutch.euro_rounded(3e6)):
        assert " " not in text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (117_342, "ongeveer € 120.000"),
        (2_898_743, "ongeveer € 2,9 miljoen"),
        (22_504_593, "ongeveer € 23 miljoen"),
        (996_000, "ongeveer € 1,0 miljoen"),
        (-117_342, "ongeveer € −120.000"),
        (0, "ongeveer nul"),
    ],
)
def test_euro_about(value: float, text: str) -> None:
    assert plain(dutch.euro_about(value)) == text


def test_euro_band() -> None:
    assert plain(dutch.euro_band(-519924, 1234567)) == "€ −520.000 tot € 1.230.000"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1363, "1.363"),
        (0.1705, "0,1705"),
        (0.0055, "0,0055"),
        (11.7833, "11,78"),
        (12.0, "12"),
        (-0.05, "−0,05"),
        (0, "0"),
        (-0.0, "0"),
        (2898743.69, "2.898.744"),
        (250, "250"),
    ],
)
def test_number(value: float, text: str) -> None:
    assert dutch.number(value) == text


def test_percent() -> None:
    assert plain(dutch.percent(0.154)) == "15 %"
    assert plain(dutch.percent(-0.1312, 1)) == "−13,1 %"
    assert plain(dutch.percent(-0.0001)) == "0 %"


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.0, "vrijwel uitgesloten (kans minder dan 1 %)"),
        (0.04, "vrijwel uitgesloten (kans ongeveer 4 %)"),
        (0.25, "onwaarschijnlijk (kans ongeveer 25 %)"),
        (0.5, "ongeveer even waarschijnlijk als niet (kans ongeveer 50 %)"),
        (0.75, "waarschijnlijk (kans ongeveer 75 %)"),
        (0.985, "vrijwel zeker (kans ongeveer 98 %)"),
        (1.0, "vrijwel zeker (kans meer dan 99 %)"),
    ],
)
def test_chance_in_words(p: float, text: str) -> None:
    assert plain(dutch.chance_in_words(p, 0.002)) == text


@given(st.floats(0, 1))
def test_a_chance_is_never_certain(p: float) -> None:
    assert plain(dutch.chance(p)) not in {"0 %", "100 %"}


@given(st.floats(-1e9, 1e9))
def test_no_negative_zero(value: float) -> None:
    for text in (dutch.euro(value), dutch.number(value), dutch.percent(value), dutch.euro_about(value)):
        digits = [c for c in text if c.isdigit()]
        assert set(digits) != {"0"} or dutch.MINUS not in text


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        dutch.euro(float("nan"))


def test_dates() -> None:
    assert plain(dutch.day(date(2026, 11, 3))) == "3 november 2026"
    assert dutch.month(date(2027, 3, 1)) == "maart 2027"


def test_enumerate_names() -> None:
    assert dutch.enumerate_names([]) == ""
    assert dutch.enumerate_names(["Almelo"]) == "Almelo"
    assert dutch.enumerate_names(["Almelo", "Borne", "Losser"]) == "Almelo, Borne en Losser"
    assert dutch.enumerate_names(["a", "b"], "of") == "a of b"


def test_counts() -> None:
    assert dutch.count_in_words(3) == "drie"
    assert dutch.count_in_words(14) == "14"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.07, "deel van de uren", "7 %"),
        (-0.0065, "deel", "−0,65 %"),
        (1363, "uur/fte/jaar", "1.363 uur"),
        (0.85, "exponent", "0,85"),
        (28_000, "EUR/jaar", "€ 28.000"),
        (0.75, "EUR/inwoner", "€ 0,75"),
    ],
)
def test_quantities_carry_the_first_word_of_their_unit(value: float, unit: str, text: str) -> None:
    assert plain(dutch.quantity(value, unit)) == text
