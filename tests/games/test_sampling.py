"""Sampling against the exact value, its error and its stopping rule."""

import numpy as np
import pytest

from marke.games import NotAGameError, shapley, shapley_sampled, subset_sums

WEIGHTS = np.array([2.0, 3.0, 5.0, 7.0, 11.0, 13.0])


def cost(members):
    return 20 + 6 * np.ceil(members @ WEIGHTS / 8)


def exact():
    game = 20 + 6 * np.ceil(subset_sums(WEIGHTS) / 8)
    game[0] = 0
    return shapley(game)


def test_the_estimate_lies_within_its_error():
    found = shapley_sampled(cost, 6, tolerance=0.05, maximum=100_000, seed=4)
    assert found.reached
    assert found.error.max() <= 0.05
    assert np.abs(found.value - exact()).max() < 4 * 0.05
    assert found.value.sum() == pytest.approx(cost(np.ones(6)))
    assert 30 <= found.orders < 100_000


def test_the_error_is_honest():
    scores = []
    for seed in range(200):
        found = shapley_sampled(cost, 6, tolerance=0.0, maximum=60, seed=seed)
        scores.append((found.value - exact()) / found.error)
    assert np.std(scores) == pytest.approx(1.0, abs=0.15)
    assert abs(np.mean(scores)) < 0.15


def test_the_maximum_stops_it_and_the_same_seed_repeats_it():
    one = shapley_sampled(cost, 6, tolerance=0.0, maximum=37, seed=9)
    again = shapley_sampled(cost, 6, tolerance=0.0, maximum=37, seed=9)
    assert (one.orders, one.reached) == (37, False)
    assert one.value.tolist() == again.value.tolist()
    assert one.value.tolist() != shapley_sampled(cost, 6, tolerance=0.0, maximum=37, seed=8).value.tolist()


def test_an_additive_game_of_many_players_is_found_at_once():
    amounts = np.arange(100.0)
    found = shapley_sampled(lambda members: members @ amounts, 100, tolerance=1e-9)
    assert found.reached
    assert found.value == pytest.approx(amounts, abs=1e-9)
    assert found.orders < 50


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"players": 0}, "players >= 1"),
        ({"maximum": 1}, "maximum >= 2"),
        ({"batch": 0}, "batch >= 1"),
        ({"tolerance": float("nan")}, "tolerance >= 0"),
        ({"evaluate": lambda members: members}, "returned shape"),
        ({"evaluate": lambda members: np.full(len(members), np.nan)}, "returned NaN"),
    ],
)
def test_senseless_arguments_are_refused(change, message):
    with pytest.raises(NotAGameError, match=message):
        shapley_sampled(**{"evaluate": cost, "players": 6, "tolerance": 1.0, **change})
