"""The sample of draws: which draws, and that each is judged as its own game."""

import numpy as np
import pytest

from marke.engine.sample import SAMPLE_DRAWS, SAMPLE_PLAYERS, cheapest_forms, sampled_draws, take_sample
from marke.games import excess, least_core, members_of, optimal_structure, sizes, subset_sums

PLAYERS, DRAWS, VARIANTS = 4, 64, ("a", "b")


def costs_of(draw: int):
    random = np.random.default_rng(draw)
    cost = 30 + subset_sums(random.uniform(5, 15, (2, PLAYERS))) * random.uniform(0.7, 1.2, (2, 1))
    cost[:, 1 << np.arange(PLAYERS)] = ALONE[draw]
    cost[:, 0] = 0.0
    return cost


def costs_of_each(draws):
    return np.stack([costs_of(draw) for draw in draws], axis=1)


ALONE = np.random.default_rng(0).uniform(20, 40, (DRAWS, PLAYERS))
ALLOWED = np.stack([np.ones(16, bool), sizes(PLAYERS) <= 2])


@pytest.mark.parametrize("count", [16, 64, 8192])
def test_the_sample_takes_as_many_draws_of_every_replicate(count):
    draws = sampled_draws(count, PLAYERS)
    assert len(draws) == min(count, SAMPLE_DRAWS)
    assert np.bincount(draws // (count // 16)).tolist() == [len(draws) // 16] * 16


def test_no_sample_above_the_limit():
    assert not sampled_draws(8192, SAMPLE_PLAYERS + 1).size


def test_every_draw_is_judged_as_its_own_game():
    sample = take_sample(VARIANTS, ALLOWED, ALONE, costs_of_each, 2)
    assert len(sample.structures) == len(sample.draws) == DRAWS
    for place, draw in enumerate(sample.draws):
        cost = costs_of(draw)
        envelope = cheapest_forms(cost, ALLOWED, ALONE[draw])
        assert sorted(sample.structures[place]) == sorted(optimal_structure(envelope)[1])
        for v, variant in enumerate(VARIANTS):
            standing = np.append(envelope[:-1], cost[v, -1])
            assert sample.epsilon[variant][place] == pytest.approx(float(least_core(standing)[0]))
            paid = sample.nucleolus[variant][place]
            assert paid.sum() == pytest.approx(cost[v, -1])
            assert (
                excess(standing, paid)[1:-1].max() == pytest.approx(sample.epsilon[variant][place], abs=1e-6)
                or (paid <= ALONE[draw] + 1e-9).all()
            )


def test_a_coalition_that_may_form_nowhere_never_gains():
    allowed = ALLOWED & (np.arange(16) != 0b0111)
    allowed[:, 0b0011] = False
    cost, alone = costs_of(3), ALONE[3]
    envelope = cheapest_forms(cost, allowed, alone)
    for mask in (0b0111, 0b0011):
        assert envelope[mask] == pytest.approx(alone.sum() + sum(alone[i] for i in members_of(mask)))
    assert envelope[0b1100] == pytest.approx(min(cost[0, 0b1100], cost[1, 0b1100]))
    assert envelope[0b1111] == pytest.approx(cost[0, 0b1111])
