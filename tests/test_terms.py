"""Terms of the law: Easter and holidays on known dates, and what the act does to a last day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marke.catalogue import load_catalogue
from marke.terms import DAY, Span, Term, WorkingDays, easter, recess_days, term_of

CATALOGUE = load_catalogue()
DAYS = WorkingDays(CATALOGUE.terms)
EASTERS = {
    2026: (4, 5), 2027: (3, 28), 2028: (4, 16), 2029: (4, 1), 2030: (4, 21),
    2031: (4, 13), 2032: (3, 28), 2033: (4, 17), 2034: (4, 9), 2035: (3, 25),
    2008: (3, 23), 2011: (4, 24), 2038: (4, 25), 2285: (3, 22),
}  # fmt: skip
dates = st.dates(date(2014, 1, 1), date(2060, 12, 31))
short = st.one_of(
    st.builds(Term, st.integers(1, 90), st.just("dagen")),
    st.builds(Term, st.integers(1, 12), st.just("weken")),
    st.builds(Term, st.integers(1, 3), st.just("maanden")),
)


@pytest.mark.parametrize(("year", "day"), EASTERS.items())
def test_easter_on_known_dates(year, day):
    assert easter(year) == date(year, *day)


@given(st.integers(1583, 4000))
def test_easter_is_the_sunday_after_the_full_moon_of_the_tables(year):
    """The definition itself: the first Sunday after the ecclesiastical full moon on or after 21 March."""
    century, golden = year // 100, year % 19
    epact = (14 + 11 * golden - 3 * (century + 1) // 4 + (5 + 8 * (century + 1)) // 25) % 30
    epact += epact == 0 or (epact == 1 and golden > 10)
    moon = date(year, 4, 19) - timedelta(days=epact)
    assert easter(year) == moon + timedelta(days=6 - moon.weekday() or 7)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "Nieuwjaarsdag"),
        (date(2026, 4, 3), "Goede Vrijdag"),
        (date(2026, 4, 6), "tweede paasdag"),
        (date(2026, 4, 27), "Koningsdag"),
        (date(2025, 4, 26), "zaterdag"),  # King's Day 2025: 27 April was a Sunday
        (date(2025, 4, 28), ""),
        (date(2026, 5, 5), "Bevrijdingsdag"),
        (date(2026, 5, 14), "Hemelvaartsdag"),
        (date(2026, 5, 15), "gelijkgesteld met een feestdag"),
        (date(2029, 5, 11), ""),  # no decree is known for that year
        (date(2026, 5, 25), "tweede pinksterdag"),
        (date(2026, 12, 25), "eerste kerstdag"),
        (date(2026, 12, 24), ""),
        (date(2012, 4, 27), ""),  # not yet King's Day
    ],
)
def test_days_that_are_no_working_days(day, name):
    assert DAYS.free(day) == name


@pytest.mark.parametrize(
    ("begun", "term", "due"),
    [
        (date(2026, 3, 2), Term(8, "weken"), date(2026, 4, 28)),  # on King's Day
        (date(2026, 2, 6), Term(8, "weken"), date(2026, 4, 7)),  # on Good Friday: over Easter
        (date(2026, 3, 3), Term(8, "weken"), date(2026, 4, 28)),
        (date(2026, 11, 6), Term(8, "weken"), date(2027, 1, 4)),  # on New Year's Day, a Friday
        (date(2027, 1, 31), Term(1, "maanden"), date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2028, 1, 31), Term(1, "maanden"), date(2028, 2, 29)),
        (date(2026, 12, 23), Term(3, "dagen"), date(2026, 12, 28)),  # Thursday is the only working day
        (date(2026, 12, 24), Term(3, "dagen"), date(2026, 12, 29)),
        (date(2026, 4, 2), Term(2, "dagen"), date(2026, 4, 7)),
        (date(2026, 6, 23), Term(12, "weken"), date(2026, 9, 15)),
        (date(2026, 9, 26), Term(13, "weken"), date(2026, 12, 26)),  # too long for the act
        (date(2026, 1, 25), Term(91, "dagen"), date(2026, 4, 26)),
        (date(2025, 4, 27), Term(1, "jaren"), date(2026, 4, 27)),
    ],
)  # fmt: skip
def test_last_days_on_known_dates(begun, term, due):
    assert DAYS.last_day(term, begun).due == due


@given(dates, short)
def test_a_term_ends_on_the_first_working_day_with_two_before_it(begun, term):
    counted = DAYS.last_day(term, begun)
    assert not DAYS.free(counted.due)
    assert counted.due >= counted.unextended == term.after(begun)
    span = [begun + DAY * n for n in range(1, (counted.due - begun).days + 1)]
    working = [day for day in span if not DAYS.free(day)]
    if (counted.unextended - begun).days >= 3:
        assert len(working) >= 2
    if counted.extended:
        missed = [day for day in working if counted.unextended <= day < counted.due]
        assert not missed or len([day for day in working if day < counted.due]) < 2


@given(dates, short, st.integers(0, 40))
def test_a_later_begin_never_ends_earlier(begun, term, later):
    assert DAYS.last_day(term, begun + DAY * later).due >= DAYS.last_day(term, begun).due


@given(dates, st.integers(1, 60))
def test_what_is_counted_back_is_not_extended(day, length):
    for unit in ("dagen", "weken"):
        term = Term(length, unit)
        assert term.after(term.before(day)) == day
    assert Term(8, "weken").before(date(2026, 12, 26)) == date(2026, 10, 31)


def test_the_term_of_a_rule():
    assert term_of(CATALOGUE.rules["wgr_view"]) == Term(8, "weken")
    assert term_of(CATALOGUE.rules["vat"]) is None
    assert [str(Term(1, "weken")), str(Term(8, "weken"))] == ["1 week", "8 weken"]


def test_a_recess_moves_no_term_but_shortens_the_time_to_decide():
    (summer,) = recess_days({"summer": CATALOGUE.terms.recess["summer"]}, date(2026, 8, 1), date(2026, 8, 2))
    begun, due = date(2026, 7, 1), date(2026, 8, 20)
    assert DAYS.usable(begun, due, [summer]) == date(2026, 7, 10)
    assert DAYS.usable(begun, due, []) == due
    assert DAYS.usable(date(2026, 7, 12), due, [summer]) is None
    assert DAYS.usable(date(2026, 4, 1), date(2026, 4, 6), []) == date(2026, 4, 2)


def test_a_recess_may_run_past_new_year():
    spans = recess_days(CATALOGUE.terms.recess, date(2027, 1, 2), date(2027, 6, 30))
    assert spans == (Span(date(2026, 12, 19), date(2027, 1, 3), "kerstreces"),)
