"""Cheapest partitions against the enumeration of all partitions."""

from itertools import islice

import numpy as np
import pytest
from game_oracles import any_games, priced_partitions
from hypothesis import given, settings
from hypothesis import strategies as st

from marke.games import (
    is_subadditive,
    optimal_structure,
    optimal_structures,
    structures_within,
    subadditive_cover,
)

slow = settings(deadline=None, max_examples=60)


@given(any_games(1, 6))
@slow
def test_the_best_structure_is_that_of_enumeration(game):
    total, masks = optimal_structure(game)
    best, _ = priced_partitions(game, game.size - 1)[0]
    assert total == pytest.approx(best)
    assert sum(game[m] for m in masks) == pytest.approx(best)
    assert sum(masks) == game.size - 1
    assert [m & -m for m in masks] == sorted(m & -m for m in masks)


@given(any_games(1, 5))
@slow
def test_the_cover_is_the_best_structure_of_every_group(game):
    cover = subadditive_cover(game)
    assert cover == pytest.approx(
        [0.0] + [priced_partitions(game, mask)[0][0] for mask in range(1, game.size)]
    )
    assert bool(is_subadditive(game)) == np.allclose(cover, game, rtol=0, atol=1e-6)
    assert is_subadditive(cover)


@given(any_games(1, 5, st.integers(1, 20).map(float)), st.floats(0, 0.5))
@slow
def test_all_structures_within_a_gap_cheapest_first(game, gap):
    every = priced_partitions(game, game.size - 1)
    limit = every[0][0] * (1 + gap)
    found = list(structures_within(game, gap))
    assert [total for total, _ in found] == pytest.approx([t for t, _ in every if t <= limit + 1e-9])
    assert sorted(sorted(masks) for _, masks in found) == sorted(m for t, m in every if t <= limit + 1e-9)


def test_structures_are_given_lazily_and_bounded():
    game = np.array([0.0] + [float(mask.bit_count()) for mask in range(1, 1024)])
    assert len(list(structures_within(game, 0.0, most=7))) == 7
    first = list(islice(structures_within(game, 0.0), 3))
    assert [total for total, _ in first] == [10.0, 10.0, 10.0]


def test_a_group_that_cannot_form_is_avoided():
    game = np.array([0.0, 4.0, 5.0, np.inf])
    assert optimal_structure(game) == (9.0, [1, 2])
    assert list(structures_within(game, 1.0)) == [(9.0, [1, 2])]


def test_leading_axes():
    games = np.random.default_rng(1).uniform(1, 9, (2, 2, 32))
    games[..., 0] = 0
    totals, masks = optimal_structures(games)
    assert totals.shape == (2, 2)
    assert (float(totals[1, 0]), masks[2]) == optimal_structure(games[1, 0])
    assert subadditive_cover(games)[1, 0] == pytest.approx(subadditive_cover(games[1, 0]))
    assert is_subadditive(games).tolist() == [[bool(is_subadditive(g)) for g in row] for row in games]
