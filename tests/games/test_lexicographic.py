"""Nucleolus and least core against Kohlberg's criterion and plain linear programs."""

import numpy as np
import pytest
from game_oracles import any_games, least_core_by_linear_program, meets_kohlberg, step_games
from hypothesis import given, settings
from hypothesis import strategies as st

from marke.games import (
    core_is_empty,
    excess,
    in_core,
    is_subadditive,
    least_core,
    nucleolus,
    per_capita_nucleolus,
    per_capita_prenucleolus,
    prenucleolus,
    subadditive_cover,
    subset_sums,
)

slow = settings(deadline=None, max_examples=80)
ALL = [nucleolus, prenucleolus, per_capita_nucleolus, per_capita_prenucleolus]
BOUNDED = {nucleolus, per_capita_nucleolus}
PER_CAPITA = {per_capita_nucleolus, per_capita_prenucleolus}


def alone(game):
    return game[1 << np.arange(game.size.bit_length() - 1)]


@pytest.mark.parametrize("solve", ALL, ids=lambda f: f.__name__)
@given(game=st.one_of(any_games(), step_games()))
@slow
def test_every_nucleolus_meets_kohlbergs_criterion(solve, game):
    value = solve(game)
    if solve in BOUNDED and game[-1] > alone(game).sum() + 1e-9:
        assert np.isnan(value).all()
        return
    assert value.sum() == pytest.approx(game[-1], abs=1e-6)
    if solve in BOUNDED:
        assert (value <= alone(game) + 1e-6).all()
    assert meets_kohlberg(game, value, per_capita=solve in PER_CAPITA, bounded=solve in BOUNDED)


@given(st.one_of(any_games(2, 4), step_games(2, 4)), st.integers(0, 3), st.floats(1, 5))
@slow
def test_the_criterion_can_fail(game, player, amount):
    value = prenucleolus(game)
    player %= len(value)
    value[player] += amount
    value[player - 1] -= amount
    assert not meets_kohlberg(game, value)


@pytest.mark.parametrize("kind", ["steps", "noise", "ties"])
@pytest.mark.parametrize("solve", ALL, ids=lambda f: f.__name__)
def test_kohlberg_on_larger_games(solve, kind):
    random = np.random.default_rng(3)
    load = subset_sums(random.uniform(1, 9, 9))
    games = {
        "steps": 100 + 30 * np.ceil(load / 4) + 10 * load**0.7,
        "noise": 50 * np.sqrt(load) + random.normal(size=512),
        "ties": 10 + 3 * np.ceil(subset_sums(random.integers(1, 4, 9).astype(float)) / 4),
    }
    game = games[kind]
    game[0] = 0
    value = solve(game)
    assert meets_kohlberg(game, value, per_capita=solve in PER_CAPITA, bounded=solve in BOUNDED)


@given(any_games())
@slow
def test_on_subadditive_games_everyone_saves_and_both_nucleoli_agree(game):
    cover = subadditive_cover(game)
    assert is_subadditive(cover)
    value = nucleolus(cover)
    assert (value <= alone(cover) + 1e-6).all()
    assert value == pytest.approx(prenucleolus(cover), abs=1e-5)


@given(st.one_of(any_games(2), step_games()))
@slow
def test_the_least_core_is_that_of_the_whole_linear_program(game):
    epsilon, value = least_core(game)
    assert epsilon == pytest.approx(least_core_by_linear_program(game), abs=1e-6)
    assert value.sum() == pytest.approx(game[-1], abs=1e-6)
    assert excess(game, value)[1:-1].max() == pytest.approx(epsilon, abs=1e-6)
    assert bool(core_is_empty(game, 1e-5)) == bool(epsilon > 1e-5)
    assert excess(game, prenucleolus(game))[1:-1].max() == pytest.approx(epsilon, abs=1e-6)
    if epsilon <= 0:
        assert in_core(game, nucleolus(game), 1e-5)
        assert in_core(game, per_capita_nucleolus(game), 1e-5)


@pytest.mark.parametrize("solve", ALL, ids=lambda f: f.__name__)
@given(
    game=any_games(2, 4), shift=st.lists(st.integers(-9, 9), min_size=4, max_size=4), scale=st.floats(0.1, 9)
)
@slow
def test_covariance(solve, game, shift, scale):
    amounts = np.array(shift[: game.size.bit_length() - 1], dtype=float)
    moved = solve(scale * game + subset_sums(amounts))
    assert moved == pytest.approx(scale * solve(game) + amounts, abs=1e-5, nan_ok=True)


@given(any_games(2, 5, st.integers(0, 9).map(float)), st.data())
@slow
def test_players_that_can_be_exchanged_pay_the_same(game, data):
    players = game.size.bit_length() - 1
    masks = np.arange(game.size)
    flip = (masks ^ (masks >> 1)) & 1
    exchanged = game[masks ^ (flip | flip << 1)]
    value = prenucleolus(game + exchanged)
    assert value[0] == pytest.approx(value[1], abs=1e-6)
    order = data.draw(st.permutations(range(players)))
    moved = subset_sums(2.0 ** np.array(order)).astype(int)
    assert prenucleolus(game[moved]) == pytest.approx(prenucleolus(game)[list(order)], abs=1e-6)


def test_additive_games_and_one_player():
    amounts = np.array([3.0, 5.0, 11.0])
    for solve in ALL:
        assert solve(subset_sums(amounts)) == pytest.approx(amounts)
        assert solve(np.array([0.0, 7.0])).tolist() == [7.0]
    epsilon, value = least_core(np.array([0.0, 7.0]))
    assert (float(epsilon), value.tolist()) == (0.0, [7.0])


def test_rounding_is_no_game():
    amounts = np.array([0.1, 0.2, 0.3]) * 1e6
    for noise in (-1e-10, 1e-10):
        game = subset_sums(amounts)
        game[-1] += noise
        for solve in ALL:
            assert solve(game) == pytest.approx(amounts)


def test_no_imputation_is_a_result():
    game = np.array([0.0, 1.0, 1.0, 5.0])
    assert np.isnan(nucleolus(game)).all()
    assert np.isnan(per_capita_nucleolus(game)).all()
    assert prenucleolus(game).tolist() == [2.5, 2.5]


def test_infinite_costs_are_undefined():
    game = np.array([0.0, 1.0, 1.0, np.inf])
    assert np.isnan(prenucleolus(game)).all()
    assert np.isnan(least_core(game)[0])
    assert not core_is_empty(game)


def test_leading_axes_and_repetition():
    random = np.random.default_rng(5)
    games = random.normal(size=(2, 3, 16))
    games[..., 0] = 0
    for solve in ALL:
        found = solve(games)
        assert found.shape == (2, 3, 4)
        assert found[1, 2].tolist() == pytest.approx(solve(games[1, 2]).tolist(), nan_ok=True)
        assert found.tobytes() == solve(games).tobytes()
    epsilon, value = least_core(games)
    assert (epsilon.shape, value.shape) == ((2, 3), (2, 3, 4))


def test_the_game_is_left_as_it_was():
    game = np.array([0.0, 3.0, 4.0, 5.0])
    game.flags.writeable = False
    assert nucleolus(game).tolist() == [2.0, 3.0]


def test_the_finest_of_the_least_core_is_the_prenucleolus():
    random = np.random.default_rng(11)
    costs = np.concatenate([np.zeros((5, 1)), random.uniform(10, 20, (5, 31))], axis=1)
    epsilon, paid = least_core(costs, finest=True)
    assert (epsilon == least_core(costs)[0]).all()
    assert (paid == prenucleolus(costs)).all()
    assert excess(costs, paid)[:, 1:-1].max(axis=1) == pytest.approx(epsilon)
