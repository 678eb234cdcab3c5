"""Leaving, entering, growing and choosing on random games, against the Shapley value of each group itself."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marke.engine.moves import best_groups, entering, growth_path, leaving
from marke.games import members_of, potential, shapley, sizes, subgame, subset_sums

PLAYERS = 5


def random_game(seed: int):
    random = np.random.default_rng(seed)
    weights = random.uniform(1, 10, PLAYERS)
    game = 20 + subset_sums(weights) ** 0.8 * 10 + random.uniform(0, 5, 1 << PLAYERS)
    game[0] = 0.0
    return game


def shares(game, mask):
    return dict(zip(members_of(mask), shapley(subgame(game, mask)), strict=True))


games = st.integers(0, 2**32 - 1).map(random_game)
groups = st.integers(1, (1 << PLAYERS) - 1)


@given(games, groups, st.integers(1, 2))
def test_who_stays_pays_what_the_smaller_group_costs(game, group, together):
    before = shares(game, group)
    found = {move.movers: move for move in leaving(game, potential(game), group, together)}
    expected = [
        sum(1 << i for i in gone)
        for gone in combinations(members_of(group), together)
        if len(gone) < group.bit_count()
    ]
    assert list(found) == expected
    for movers, move in found.items():
        rest = group ^ movers
        after = shares(game, rest)
        more = {i: after[i] - before[i] for i in after}
        assert move.others == pytest.approx(sum(more.values()))
        assert move.others == pytest.approx(
            game[rest] - game[group] + sum(before[i] for i in members_of(movers))
        )
        assert move.most == pytest.approx(max(more.values()))
        assert more[move.hit] == pytest.approx(move.most)
        alone = sum(game[1 << i] for i in members_of(movers))
        assert move.own == pytest.approx(alone - sum(before[i] for i in members_of(movers)))


@given(games, groups)
def test_entering_is_leaving_seen_from_the_larger_group(game, group):
    potentials = potential(game)
    for move in entering(game, potentials, group):
        back = next(m for m in leaving(game, potentials, group | move.movers, 1) if m.movers == move.movers)
        assert move.others == pytest.approx(-back.others)
        assert move.own == pytest.approx(-back.own)


@given(games, st.integers(0, 2**32 - 1))
def test_a_growth_path_adds_one_allowed_player_at_a_time(game, seed):
    allowed = (np.random.default_rng(seed).random(game.size) < 0.7) & (sizes(PLAYERS) >= 2)
    path = growth_path(game, allowed)
    assert all(allowed[mask] for mask in path)
    assert all(small & large == small and (large ^ small).bit_count() == 1 for small, large in pairwise(path))
    alone = subset_sums(game[1 << np.arange(PLAYERS)])
    pairs = [m for m in range(game.size) if m.bit_count() == 2 and allowed[m]]
    if pairs:
        assert path[0] == max(pairs, key=lambda m: 1 - game[m] / alone[m])
    else:
        assert path == []


@given(games, games, st.integers(0, PLAYERS - 1), st.integers(1, 6))
def test_best_groups_are_the_cheapest_for_the_player(one, other, player, most):
    allowed = {"a": sizes(PLAYERS) >= 2, "b": sizes(PLAYERS) == 3}
    found = best_groups({"a": potential(one), "b": potential(other)}, allowed, player, most)
    offers = {}
    for variant, game in (("a", one), ("b", other)):
        for mask in np.flatnonzero(allowed[variant]).tolist():
            if mask >> player & 1:
                cost = shares(game, mask)[player]
                offers[mask] = min(offers.get(mask, np.inf), cost)
    assert [cost for cost, _, _ in found] == pytest.approx(sorted(offers.values())[:most])
    assert len({mask for _, _, mask in found}) == len(found)
