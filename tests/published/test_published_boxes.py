"""Boxes against the example in print: Hastie, Tibshirani and Friedman, The Elements of Statistical Learning.

Section 9.3 (2nd edition, 2009, figure 9.7) shows the peeling of Friedman and Fisher (1999) on points spread
evenly over the unit square, of which those with 0.5 < x1 < 0.8 and 0.4 < x2 < 0.6 are a case.
"""

import numpy as np
import pytest
from scipy.stats import qmc

from marke.engine.uncertainty.prim import find_box, in_box

TRUTH = ((0.5, 0.8), (0.4, 0.6))


def example(points):
    return np.all(
        [(low < row) & (row < high) for row, (low, high) in zip(points, TRUTH, strict=False)], axis=0
    )


@pytest.mark.parametrize("seed", range(5))
def test_peeling_ends_at_the_published_box(seed):
    points = qmc.Sobol(2, rng=np.random.default_rng(seed)).random(8192).T
    box = find_box(points, example(points), density=1.0, most=2)
    assert [limit.place for limit in box.limits] == [0, 1]
    for limit, (low, high) in zip(box.limits, TRUTH, strict=True):
        assert (limit.low, limit.high) == pytest.approx((low, high), abs=0.02)
    assert box.density == 1
    assert box.coverage > 0.85


def test_a_lower_density_gives_a_wider_box_around_it():
    """A box of 80 % holds nearly every case, and the published box as well."""
    points = qmc.Sobol(4, rng=np.random.default_rng(2)).random(8192).T
    case = example(points)
    box = find_box(points, case, density=0.8, most=3)
    assert {limit.place for limit in box.limits} == {0, 1}
    assert box.coverage > 0.98
    assert 0.8 <= box.density < 0.9
    assert box.support == pytest.approx(0.06 * box.coverage / box.density, rel=0.02)
    assert in_box(points, box)[case].mean() == box.coverage


def test_two_hundred_points_as_printed_find_both_limits_of_the_narrow_side():
    """So few points do not fill a twentieth of the square with cases, so the density is what it can be."""
    found = []
    for seed in range(20):
        points = np.random.default_rng(seed).random((2, 200))
        box = find_box(points, example(points), density=1.0, most=2)
        found.append(next((limit.low, limit.high) for limit in box.limits if limit.place == 1))
    assert np.median(found, axis=0) == pytest.approx(TRUTH[1], abs=0.03)
