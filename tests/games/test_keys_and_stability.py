"""Keys, Shapley on many games, stability and refusals."""

import numpy as np
import pytest
from game_oracles import any_games, memberships, step_games
from hypothesis import given, settings
from hypothesis import strategies as st

import marke.games as g

slow = settings(deadline=None, max_examples=60)
KEYS = [
    g.equal, g.proportional_to_alone, g.separable_costs_remaining_benefits, g.shapley, g.tau_value,
    g.nucleolus, g.prenucleolus, g.per_capita_nucleolus, g.per_capita_prenucleolus,
]  # fmt: skip
each_key = pytest.mark.parametrize("key", KEYS, ids=lambda f: f.__name__)


def many(seed, *shape):
    games = np.random.default_rng(seed).uniform(1, 9, shape)
    games[..., 0] = 0
    return games


@each_key
@given(game=st.one_of(any_games(), step_games()))
@slow
def test_whatever_is_defined_divides_the_whole_cost(key, game):
    value = key(game)
    assert np.isnan(value).all() or value.sum() == pytest.approx(game[-1], rel=1e-6, abs=1e-5)


@each_key
def test_leading_axes_and_every_key_within_a_structure(key):
    games = many(2, 3, 2, 32)
    found = key(games)
    assert found.shape == (3, 2, 5)
    assert found[2, 1] == pytest.approx(key(games[2, 1]), nan_ok=True)
    structure = [0b10110, 0b01001]
    divided = g.within_structure(games, structure, key)
    for mask in structure:
        members = g.members_of(mask)
        assert divided[2, 1, members] == pytest.approx(key(g.subgame(games[2, 1], mask)), nan_ok=True)


@each_key
@given(game=any_games(1, 4), amount=st.integers(-9, 9).map(float))
@slow
def test_a_dummy_pays_its_own_cost(key, game, amount):
    if key in {g.equal, g.proportional_to_alone}:
        return
    value = key(np.concatenate([game, game + amount]))
    if not np.isnan(value).any() and key not in {g.per_capita_nucleolus, g.per_capita_prenucleolus}:
        assert value[-1] == pytest.approx(amount, abs=1e-5)


def test_proportional_by_hand():
    game = np.array([0.0, 10.0, 20.0, 24.0])
    assert g.proportional(game, np.array([1.0, 3.0])).tolist() == [6.0, 18.0]
    assert g.proportional_to_alone(game).tolist() == [8.0, 16.0]
    assert np.isnan(g.proportional(game, np.zeros(2))).all()
    assert g.within_structure(game, [3], g.proportional, np.array([1.0, 3.0])).tolist() == [6.0, 18.0]
    assert g.within_structure(game, [1, 2], g.proportional, np.array([1.0, 3.0])).tolist() == [10.0, 20.0]


def test_scrb_by_hand():
    # separable 4 and 14, remaining benefits 6 and 6, 6 left to divide
    assert g.separable_costs_remaining_benefits(np.array([0.0, 10.0, 20.0, 24.0])).tolist() == [7.0, 17.0]
    additive = g.subset_sums(np.array([2.0, 3.0, 4.0]))
    assert g.separable_costs_remaining_benefits(additive).tolist() == [2.0, 3.0, 4.0]


@given(any_games(2, 5))
@slow
def test_tau_from_its_definition(game):
    players = game.size.bit_length() - 1
    full = game.size - 1
    least = np.array([game[full] - game[full ^ (1 << i)] for i in range(players)])
    rest = game - g.subset_sums(least)
    most = np.array([least[i] + min(rest[m] for m in range(full + 1) if m >> i & 1) for i in range(players)])
    value = g.tau_value(game)
    if (least > most + 1e-5).any() or not least.sum() - 1e-5 <= game[full] <= most.sum() + 1e-5:
        assert np.isnan(value).all()
    elif not np.isnan(value).any():
        room = (most - least).sum()
        step = (game[full] - least.sum()) / room if room > 1e-5 else 0.0
        assert value == pytest.approx(least + step * (most - least), abs=1e-4)


def test_large_arrays_give_what_small_ones_give():
    games = many(4, 700, 64)
    assert g.shapley(games) == pytest.approx(np.array([g.shapley(row) for row in games]))
    assert g.potential(games) == pytest.approx(np.array([g.potential(row) for row in games]))
    shares = many(5, 700, 8)[:, 2:]
    masks, gains = g.most_blocking_each(games, shares)
    counts = g.blocking_count(games, shares, 0.5)
    for d in range(0, 700, 9):
        assert (int(masks[d]), float(gains[d])) == pytest.approx(g.most_blocking(games[d], shares[d]))
        assert counts[d] == g.blocking_count(games[d], shares[d], 0.5)


@pytest.mark.parametrize("players", [2, 7, 8, 9, 13])
def test_core_check_of_every_size(players):
    games = many(players, 64, 2**players)
    shares = np.random.default_rng(players).uniform(0, 9, (64, players))
    gains = shares @ memberships(players).T - games[:, 1:-1]
    repeat = -(-5000 // games.size)
    stacked, repeated = np.tile(games, (repeat, 1)), np.tile(shares, (repeat, 1))
    masks, found = g.most_blocking_each(stacked, repeated)
    assert found[:64] == pytest.approx(gains.max(axis=1))
    assert masks[:64].tolist() == (1 + gains.argmax(axis=1)).tolist()
    assert g.blocking_count(stacked, repeated, 3.0)[:64].tolist() == (gains > 3).sum(axis=1).tolist()


def test_one_game_and_many_allocations():
    game = many(6, 8)
    shares = many(7, 4, 5, 4)[..., 1:]
    assert g.excess(game, shares).shape == (4, 5, 8)
    assert g.in_core(game, shares).shape == (4, 5)
    assert g.blocking_count(many(8, 5, 8), shares).shape == (4, 5)


@given(st.one_of(any_games(), step_games()))
@slow
def test_the_core_check_says_what_excesses_say(game):
    value = g.equal(game)
    stable = (g.excess(game, value)[1:-1] <= 0.01).all()
    assert bool(g.in_core(game, value, 0.01)) == stable
    assert int(g.blocking_count(game, value, 0.01)) == np.count_nonzero(g.excess(game, value)[1:-1] > 0.01)
    assert not g.in_core(game, value + 1.0, 0.01)


@given(any_games(1, 4, st.integers(0, 4).map(float)))
@slow
def test_concavity_by_definition(game):
    full = range(game.size)
    expected = all(game[a] + game[b] >= game[a | b] + game[a & b] - 1e-9 for a in full for b in full)
    assert bool(g.is_concave(game)) == expected
    if expected:
        assert g.in_core(game, g.shapley(game))
        assert g.is_subadditive(game)


@given(any_games())
@slow
def test_savings_and_envelope(game):
    alone = game[1 << np.arange(game.size.bit_length() - 1)]
    assert g.savings(game) == pytest.approx(g.subset_sums(alone) - game)
    assert g.lower_envelope(np.stack([game, g.subset_sums(alone)])).tolist() == pytest.approx(
        np.minimum(game, g.subset_sums(alone)).tolist()
    )


BAD = [
    ([0.0, 1.0, 2.0, 3.0], "numpy array, not list"),
    (np.array([0, 1, 2, 3]), "float64, not int"),
    (np.array([0, 1, 2, 3], dtype=np.float32), "float64, not float32"),
    (np.zeros(3), "2\\^n entries"),
    (np.array(0.0), "2\\^n entries"),
    (np.array([0.0, 1.0, np.nan, 3.0]), "NaN"),
    (np.array([0.0, 1.0, -np.inf, 3.0]), "minus infinity"),
    (np.array([1.0, 1.0, 2.0, 3.0]), "entry 0"),
]
TAKERS = [
    *KEYS, g.players_of, g.savings, g.subadditive_cover, g.is_subadditive, g.is_concave, g.potential,
    g.least_core, g.core_is_empty, g.optimal_structure, g.optimal_structures, g.lower_envelope,
    lambda c: g.structures_within(c, 0.1), lambda c: g.excess(c, np.zeros(2)),
    lambda c: g.in_core(c, np.zeros(2)), lambda c: g.most_blocking(c, np.zeros(2)),
    lambda c: g.blocking_count(c, np.zeros(2)), lambda c: g.proportional(c, np.ones(2)),
    lambda c: g.within_structure(c, [3], g.equal), lambda c: g.subgame(c, 1),
]  # fmt: skip


@pytest.mark.parametrize("take", TAKERS)
@pytest.mark.parametrize(("game", "message"), BAD)
def test_what_is_no_game_is_refused_by_name(take, game, message):
    with pytest.raises(g.NotAGameError, match=message):
        take(game)


@pytest.mark.parametrize("take", TAKERS)
def test_too_many_players_are_referred_to_sampling(take):
    with pytest.raises(g.TooManyPlayersError, match="shapley_sampled"):
        take(np.broadcast_to(np.float64(0), 2**25))


def test_other_refusals():
    game = many(1, 8)
    for bad in (np.ones(2), np.float64(1.0)):
        with pytest.raises(g.NotAGameError, match="3 entries"):
            g.excess(game, bad)
    with pytest.raises(g.NotAGameError, match="no group holds player 2"):
        g.within_structure(game, [1, 2], g.equal)
    with pytest.raises(g.NotAGameError, match="overlaps"):
        g.within_structure(game, [3, 6], g.equal)
    with pytest.raises(g.NotAGameError, match="first axis"):
        g.lower_envelope(game)
    with pytest.raises(g.NotAGameError, match="no coalition"):
        g.subgame(game, 8)
    for one in (g.optimal_structure, lambda c: g.most_blocking(c, np.ones(3))):
        with pytest.raises(g.NotAGameError, match="one game"):
            one(game[None])
    with pytest.raises(g.TooManyPlayersError):
        g.sizes(25)
    with pytest.raises(g.TooManyPlayersError):
        g.subset_sums(np.ones(25))


def test_infinite_costs_are_undefined_never_an_exception():
    game = np.array([0.0, 1.0, 2.0, np.inf])
    assert np.isnan(g.shapley(game)).all()
    assert np.isnan(g.tau_value(game)).all()
    assert np.isnan(g.savings(np.array([0.0, np.inf, 2.0, np.inf]))).any()
    assert (
        g.in_core(np.array([0.0, 1.0, 2.0, np.inf, 3.0, 4.0, 4.0, 5.0]), np.array([1.0, 2.0, 2.0])).shape
        == ()
    )
