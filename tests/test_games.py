"""Cost games on arrays against their definitions, and against a game with a known answer."""

import re
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marke.games import (
    most_blocking,
    players_of,
    potential,
    shapley,
    shapley_of,
    shapley_weights,
    sizes,
    subset_sums,
)

CLOSE = {"rel": 1e-9, "abs": 1e-6}
costs = st.floats(-1e6, 1e6, allow_nan=False, width=64)


def array(players):
    """A game of ``players`` with any costs at all."""
    entries = st.lists(costs, min_size=2**players - 1, max_size=2**players - 1)
    return entries.map(lambda row: np.array([0.0, *row]))


games = st.integers(1, 5).flatmap(array)


def count(game):
    return game.size.bit_length() - 1


def bits(mask):
    return [i for i in range(mask.bit_length()) if mask >> i & 1]


def by_orders(game, members):
    """Shapley's definition: the mean marginal cost over all orders in which the members may come."""
    total = dict.fromkeys(members, 0.0)
    orders = list(permutations(members))
    for order in orders:
        mask = 0
        for player in order:
            total[player] += game[mask | 1 << player] - game[mask]
            mask |= 1 << player
    return [total[i] / len(orders) for i in members]


def one_by_one(amounts):
    """Sums over coalitions, one entry at a time."""
    return [sum(amounts[i] for i in bits(mask)) for mask in range(1 << len(amounts))]


@given(games)
def test_shapley_is_the_mean_over_all_orders(game):
    assert shapley(game) == pytest.approx(by_orders(game, range(count(game))), **CLOSE)


@given(st.integers(1, 8).flatmap(array))
@settings(max_examples=50)
def test_shapley_divides_the_whole_cost(game):
    assert shapley(game).sum() == pytest.approx(game[-1], **CLOSE)


@given(st.integers(2, 5).flatmap(array), st.data())
def test_players_that_can_be_exchanged_pay_the_same(game, data):
    players = count(game)
    one, other = data.draw(st.lists(st.integers(0, players - 1), min_size=2, max_size=2, unique=True))

    def swapped(mask):
        rest = mask & ~(1 << one | 1 << other)
        return rest | (mask >> one & 1) << other | (mask >> other & 1) << one

    exchange = [swapped(mask) for mask in range(game.size)]
    value = shapley((game + game[exchange]) / 2)
    assert value[one] == pytest.approx(value[other], **CLOSE)
    moved = shapley(game[exchange])
    assert moved[[one, other]] == pytest.approx(shapley(game)[[other, one]], **CLOSE)


@given(st.integers(1, 4).flatmap(array), costs, st.data())
def test_a_dummy_pays_its_own_cost_and_changes_nobody_else(game, amount, data):
    place = data.draw(st.integers(0, count(game)))
    low = (1 << place) - 1
    wider = [
        game[(mask & low) | (mask >> place + 1 << place)] + amount * (mask >> place & 1)
        for mask in range(2 * game.size)
    ]
    value = shapley(np.array(wider))
    assert value[place] == pytest.approx(amount, **CLOSE)
    assert np.delete(value, place) == pytest.approx(shapley(game), **CLOSE)


@given(st.integers(1, 5).flatmap(lambda n: st.tuples(array(n), array(n))), st.floats(-3, 3))
def test_shapley_adds_and_scales(pair, factor):
    one, other = pair
    together = shapley(one + factor * other)
    assert together == pytest.approx(shapley(one) + factor * shapley(other), **CLOSE)


@given(st.integers(1, 4).flatmap(lambda n: st.lists(array(n), min_size=1, max_size=6)))
def test_many_games_at_once_give_what_each_gives_alone(rows):
    stacked = np.array(rows)
    assert shapley(stacked).shape == (len(rows), count(rows[0]))
    for row, game in zip(shapley(stacked), rows, strict=True):
        assert row == pytest.approx(shapley(game), **CLOSE)


@given(st.integers(1, 5).flatmap(array))
def test_the_potential_gives_the_shapley_value_of_every_group(game):
    potentials = potential(game)
    assert potentials[0] == 0
    for mask in range(1, game.size):
        members = bits(mask)
        shares = shapley_of(potentials, mask)
        assert shares[members] == pytest.approx(by_orders(game, members), **CLOSE)
        outside = [i for i in range(count(game)) if i not in members]
        assert np.isnan(shares[outside]).all()


def test_the_potential_of_two_players_by_hand():
    # P(1) = 10, P(2) = 20, P(12) = (24 + 10 + 20) / 2
    assert potential(np.array([0.0, 10.0, 20.0, 24.0])).tolist() == [0.0, 10.0, 20.0, 27.0]


@given(st.lists(costs, min_size=1, max_size=7))
def test_subset_sums_and_sizes(amounts):
    found = subset_sums(np.array(amounts))
    assert found == pytest.approx(one_by_one(amounts), **CLOSE)
    assert sizes(len(amounts)).tolist() == [mask.bit_count() for mask in range(1 << len(amounts))]


def test_subset_sums_of_many_rows():
    rows = np.array([[1.0, 2.0, 4.0], [0.5, 0.25, 8.0]])
    assert subset_sums(rows).tolist() == [one_by_one(row) for row in rows.tolist()]


@given(st.integers(2, 5).flatmap(lambda n: st.tuples(array(n), st.lists(costs, min_size=n, max_size=n))))
def test_the_group_that_blocks_most_is_that_of_brute_force(case):
    game, allocation = case
    gains = [paid - cost for paid, cost in zip(one_by_one(allocation), game, strict=True)][1:-1]
    mask, gain = most_blocking(game, np.array(allocation))
    assert 0 < mask < game.size - 1
    assert gain == pytest.approx(max(gains), **CLOSE)
    assert gains[mask - 1] == pytest.approx(max(gains), **CLOSE)


def test_one_player_has_no_group_to_block_with():
    assert most_blocking(np.array([0.0, 5.0]), np.array([9.0])) == (0, 0.0)


def test_nobody_blocks_a_fair_division_of_an_additive_game():
    amounts = np.array([3.0, 5.0, 11.0])
    _, gain = most_blocking(subset_sums(amounts), amounts)
    assert gain == 0


@given(st.lists(st.floats(0.1, 1e6), min_size=1, max_size=8))
def test_the_airport_game(lengths):
    """A runway as long as the longest plane needs: Littlechild and Owen (1973) give each plane's share."""
    needed = np.array(lengths)
    game = np.array([max((needed[i] for i in bits(m)), default=0.0) for m in range(1 << needed.size)])
    share, paid, before = {}, 0.0, 0.0
    order = np.argsort(needed, kind="stable")
    for place, plane in enumerate(order):
        paid += (needed[plane] - before) / (needed.size - place)
        before = needed[plane]
        share[int(plane)] = paid
    assert shapley(game) == pytest.approx([share[i] for i in range(needed.size)], **CLOSE)


def test_the_airport_game_of_three_planes():
    # 12 is shared by three, the next 18 by two, the last 30 by one
    game = np.array([0.0, 12.0, 30.0, 30.0, 60.0, 60.0, 60.0, 60.0])
    assert shapley(game) == pytest.approx([4, 4 + 9, 4 + 9 + 30])


@given(st.integers(1, 8))
def test_the_weights_give_every_coalition_without_a_player_its_turn(players):
    # with u(T) as stated, phi_i - phi_j depends on T only through who is in it
    weights = shapley_weights(players)
    assert weights[0] == 0
    game = np.sqrt(np.arange(1 << players))
    raw = np.array(
        [sum(weights[m] * game[m] for m in range(1 << players) if m >> i & 1) for i in range(players)]
    )
    assert raw - raw.mean() == pytest.approx(shapley(game) - shapley(game).mean(), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("function", [shapley, potential, players_of, lambda g: most_blocking(g, np.ones(2))])
@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([0.0, 1.0, 2.0], "2^n"),
        ([0.0], "2^n"),
        ([0.0, 1.0, 2.0, 3.0, 4.0, 5.0], "2^n"),
        ([0.0, 1.0, np.nan, 3.0], "NaN"),
        ([1.0, 1.0, 2.0, 3.0], "entry 0"),
    ],
)
def test_what_is_no_game_is_refused(function, entries, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        function(np.array(entries))


def test_one_bad_game_among_many_is_refused():
    with pytest.raises(ValueError, match="entry 0"):
        shapley(np.array([[0.0, 1.0], [0.5, 1.0]]))


def test_the_number_of_players_is_read_from_the_last_axis():
    assert players_of(np.zeros((3, 16))) == 4
