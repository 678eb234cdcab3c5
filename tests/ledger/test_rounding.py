"""Rounding once: what is printed adds up, also below zero."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marke.ledger import apportion, in_thousands

amounts = st.lists(st.floats(-1e9, 1e9, allow_nan=False), min_size=1, max_size=20)


@given(amounts)
def test_rounded_amounts_add_up_to_the_rounded_total_and_none_moves_by_a_whole(values):
    rounded = apportion(values)
    assert abs(sum(rounded) - math.fsum(values)) <= 0.5 + 1e-6
    assert all(abs(whole - value) < 1 for whole, value in zip(rounded, values, strict=True))


@given(st.lists(st.integers(-(10**9), 10**9), max_size=20))
def test_whole_amounts_stay_as_they_are(values):
    assert apportion(values) == tuple(values)


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=10).filter(lambda v: sum(v) != 0))
def test_what_adds_to_zero_is_printed_as_adding_to_zero(weights):
    shares = [weight / sum(weights) - 1 / len(weights) for weight in weights]
    assert sum(apportion([12_345.67 * share for share in shares])) == 0


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.5, 0.5, 0.0], (1, 0, 0)),
        ([0.4, 0.4, 0.4], (1, 0, 0)),
        ([-0.5, -0.5], (0, -1)),
        ([-1.2, -1.2, -1.6], (-1, -1, -2)),
        ([-0.4, 0.4], (0, 0)),
        ([-2.5, 2.5], (-2, 2)),
        ([1_000_000_000.3, 0.3, 0.4], (1_000_000_000, 0, 1)),
        ([], ()),
    ],
)
def test_ties_go_in_code_order_and_negative_amounts_follow_the_same_rule(values, expected):
    assert apportion(values) == expected


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_what_is_no_amount_is_refused(bad):
    with pytest.raises(ValueError, match="finite"):
        apportion([1.0, bad])


@given(st.lists(st.integers(-(10**8), 10**8), min_size=1, max_size=20))
def test_a_table_in_thousands_closes_with_its_rounding(values):
    told = in_thousands(values)
    assert sum(told.rows) + told.rounding == told.total
    assert abs(told.total * 1000 - sum(values)) <= 500
    opposite = in_thousands([-value for value in values])
    assert opposite.rows == tuple(-row for row in told.rows)
    assert opposite.rounding == -told.rounding
