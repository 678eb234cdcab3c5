"""SMAA against closed forms: what comes first, how often, and with which weights."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import qmc

from marke.acceptability import TooNarrowError, draw_weights, rank_acceptability

COUNT = 8192


def repeated(rows, count=COUNT):
    return np.broadcast_to(np.array(rows, dtype=float), (count, len(rows), len(rows[0])))


@pytest.mark.parametrize("value", [0.25, 0.5, 1.0])
def test_two_alternatives_on_two_criteria_in_closed_form(value):
    """A = (1, 0) and B = (0, v): A comes first when w1 >= v / (1 + v), and w1 is uniform."""
    limit = value / (1 + value)
    found = rank_acceptability(repeated([[1, 0], [0, value]]), draw_weights(COUNT, 2, 1))
    assert found.first == pytest.approx([1 - limit, limit], abs=0.01)
    assert found.central[0] == pytest.approx([(1 + limit) / 2, (1 - limit) / 2], abs=0.01)
    assert found.central[1] == pytest.approx([limit / 2, 1 - limit / 2], abs=0.01)
    assert found.confidence == pytest.approx([1, 1])


def test_one_alternative_for_each_of_three_criteria_in_closed_form():
    """Each comes first when its own weight is the largest of three; that weight is 11/18 on average."""
    found = rank_acceptability(repeated(np.eye(3)), draw_weights(COUNT, 3, 2))
    assert found.ranks == pytest.approx(np.full((3, 3), 1 / 3), abs=0.015)
    for place in range(3):
        expected = np.where(np.arange(3) == place, 11 / 18, 7 / 36)
        assert found.central[place] == pytest.approx(expected, abs=0.01)


def test_uncertain_scores_in_closed_form():
    """One criterion, A sure of 0.75 and B uniform on [0, 1]: A comes first in three of four draws."""
    scores = np.random.default_rng(3).random(COUNT)
    values = np.stack([np.full(COUNT, 0.75), scores], axis=1)[:, :, None]
    found = rank_acceptability(values, np.ones((COUNT, 1)))
    assert found.first == pytest.approx([0.75, 0.25], abs=0.02)
    assert found.confidence == pytest.approx(found.first)
    assert 0 < found.error[0] < 0.02


def test_what_is_never_best_has_no_central_weights():
    found = rank_acceptability(repeated([[1, 1], [0.2, 0.9]]), draw_weights(COUNT, 2, 4))
    assert found.first.tolist() == [1, 0]
    assert found.ranks[1].tolist() == [0, 1]
    assert np.isnan(found.central[1]).all()
    assert found.confidence[1] == 0


@given(st.integers(2, 5), st.integers(1, 5), st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_every_rank_is_taken_once_a_draw(alternatives, criteria, seed):
    values = np.random.default_rng(seed).random((256, alternatives, criteria))
    weights = draw_weights(256, criteria, seed)
    found = rank_acceptability(values, weights)
    assert found.ranks.sum(axis=0) == pytest.approx(np.ones(alternatives))
    assert found.ranks.sum(axis=1) == pytest.approx(np.ones(alternatives))
    some = found.first > 0
    assert found.central[some].sum(axis=1) == pytest.approx(np.ones(some.sum()))
    assert found.first @ np.nan_to_num(found.central) == pytest.approx(weights.mean(axis=0))


@given(st.integers(0, 2**31))
@settings(max_examples=20, deadline=None)
def test_a_better_score_never_comes_first_less_often(seed):
    values = np.random.default_rng(seed).random((256, 3, 3))
    better = values.copy()
    better[:, 1] = np.minimum(better[:, 1] + 0.2, 1)
    weights = draw_weights(256, 3, seed)
    assert rank_acceptability(better, weights).first[1] >= rank_acceptability(values, weights).first[1]


def test_weights_are_even_over_the_simplex():
    """Mean 1/C, variance (C-1) / (C^2 (C+1)) and correlation -1/(C-1) for C weights."""
    weights = draw_weights(COUNT, 4, 5)
    assert weights.sum(axis=1) == pytest.approx(np.ones(COUNT))
    assert weights.min() >= 0
    assert weights.mean(axis=0) == pytest.approx([0.25] * 4, abs=0.005)
    assert weights.var(axis=0) == pytest.approx([3 / 80] * 4, abs=0.002)
    assert np.corrcoef(weights.T)[0, 1] == pytest.approx(-1 / 3, abs=0.02)


def test_an_order_gives_the_weights_of_ranked_criteria():
    """Over all three: the means are the rank order centroids, 11/18, 5/18 and 2/18."""
    weights = draw_weights(COUNT, 3, 6, order=[2, 0, 1])
    assert (np.diff(weights[:, [2, 0, 1]], axis=1) <= 0).all()
    assert weights[:, [2, 0, 1]].mean(axis=0) == pytest.approx([11 / 18, 5 / 18, 2 / 18], abs=0.005)


def test_bounds_hold_and_leave_the_rest_even():
    bounds = np.array([[0.3, 0.5], [0, 1], [0, 1]])
    weights = draw_weights(1024, 3, 7, bounds=bounds, order=[0, 1])
    assert weights[:, 0].min() >= 0.3
    assert weights[:, 0].max() <= 0.5
    assert (weights[:, 1] <= weights[:, 0] + 1e-12).all()
    sure = draw_weights(64, 2, 8, bounds=np.array([[0.6, 1], [0.4, 1]]))
    assert sure == pytest.approx(np.tile([0.6, 0.4], (64, 1)))


def test_bounds_that_leave_nothing_are_refused():
    with pytest.raises(TooNarrowError):
        draw_weights(1024, 3, 9, bounds=np.array([[0, 0.3334], [0, 0.3334], [0, 0.3334]]))


def test_weights_pair_with_other_sobol_draws_without_a_pattern():
    """The same Sobol' dimension, scrambled twice, would fill few boxes; shuffled weights fill them all."""
    points = qmc.Sobol(2, rng=np.random.default_rng(11)).random(COUNT)[:, 0]
    weights = draw_weights(COUNT, 2, 12)[:, 0]
    boxes, _, _ = np.histogram2d(points, weights, bins=32, range=[[0, 1], [0, 1]])
    assert boxes.min() > 0
