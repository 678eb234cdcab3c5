"""The compiled loop against plain numpy and ``marke.games`` on random programs, draw by draw."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marke import games as g
from marke.engine.kernel import Terms
from marke.engine.simulate import evaluate, simulate

DRAWS, MATERIALITY = 11, 0.05


def random_program(players, variants, largest, terms, share_allowed=1.0, seed=0):
    """Arrays of V variants over T draws; volumes from far below to far above the reference."""
    random = np.random.default_rng(seed)
    shape = (variants, DRAWS)
    spread = 10.0 ** random.uniform(-2, 4, (variants, terms, DRAWS, 1))
    own = random.uniform(0, 20, (*shape, players))
    return SimpleNamespace(
        base=random.uniform(0, 100, shape),
        linear=own + random.uniform(0, 20, shape)[..., None],
        own=own,
        fte_once=random.uniform(0, 2, shape),
        fte=random.uniform(0, 1, (*shape, players)),
        largest=random.uniform(0, 1, (variants, largest, DRAWS, players)),
        step=random.uniform(0.1, 1, shape),
        least=random.uniform(0, 3, shape),
        post=random.uniform(50, 100, shape),
        lead=random.uniform(0, 10, shape),
        threshold=random.uniform(3, 6, shape),
        price=random.uniform(0, 30, (variants, terms, DRAWS)),
        units=spread * random.uniform(0.05, 1, (variants, terms, DRAWS, players)),
        power=-random.uniform(0, 1, (variants, terms, DRAWS)) * random.integers(0, 2, (variants, terms, 1)),
        allowed=random.uniform(size=(variants, 2**players)) < share_allowed,
        alone=random.uniform(60, 150, (DRAWS, players)),
        today=random.uniform(60, 150, (DRAWS, players)),
    )


def costs(program):
    """All costs (V, T, 2^n) straight from the definition, and the envelope (T, 2^n)."""
    p, players = program, program.alone.shape[-1]
    member = np.arange(2**players)[:, None] >> np.arange(players) & 1 > 0
    load = p.fte_once[..., None] + p.fte @ member.T
    for each in p.largest.swapaxes(0, 1):
        load = load + np.where(member, each[..., None, :], 0).max(axis=-1)
    step, threshold = p.step[..., None], p.threshold[..., None]
    team = np.maximum(step * np.ceil(load / step - 1e-9), p.least[..., None])
    cost = p.base[..., None] + p.linear @ member.T
    cost += team * (p.post[..., None] + np.where(team >= threshold, p.lead[..., None], 0))
    for price, units, power in zip(*(a.swapaxes(0, 1) for a in (p.price, p.units, p.power)), strict=True):
        amount = units @ member.T
        cost += price[..., None] * amount * np.maximum(amount, 1) ** power[..., None]
    alone = p.alone @ member.T
    single, allowed = member.sum(axis=1) == 1, p.allowed[:, None]
    cost = np.where(~allowed | single, alone, cost)
    envelope = np.where(single, alone, np.where(allowed, cost, np.inf).min(axis=0))
    cost[..., 0] = 0
    return cost, envelope, alone, p.today @ member.T


def run(program, shares):
    terms = Terms(*(getattr(program, name) for name in Terms._fields))
    weights = g.shapley_weights(program.alone.shape[-1])
    shares = np.broadcast_to(shares, (len(program.base), *shares.shape)).copy()
    return simulate(terms, program.alone, program.today, shares, weights, MATERIALITY)


programs = st.builds(
    random_program,
    players=st.integers(1, 11),
    variants=st.integers(1, 3),
    largest=st.integers(0, 2),
    terms=st.integers(0, 3),
    share_allowed=st.sampled_from((0.0, 0.5, 1.0)),
    seed=st.integers(0, 2**32 - 1),
)
FEW = settings(max_examples=40, deadline=None)


@FEW
@given(programs)
def test_totals_over_draws(program):
    cost, _, alone, today = costs(program)
    (sums, squares, saves, material, cheaper), _ = run(program, np.empty((0, program.alone.shape[-1])))
    saving = alone - cost
    assert sums == pytest.approx(cost.sum(axis=1), rel=1e-11)
    assert squares == pytest.approx((saving**2).sum(axis=1), rel=1e-9, abs=1e-9)
    decided = np.arange(cost.shape[-1]) > 0  # the empty coalition decides nothing
    sure = np.abs(saving) > 1e-9
    assert np.where(sure, saving > 0, 0).sum(axis=1) == pytest.approx(saves * decided, abs=0)
    assert ((saving >= MATERIALITY * alone).sum(axis=1) == material)[:, 1:].all()
    assert ((cost < today).sum(axis=1) == cheaper)[:, 1:].all()


@FEW
@given(programs)
def test_costs_of_every_draw_on_their_own(program):
    terms = Terms(*(getattr(program, name) for name in Terms._fields))
    found = evaluate(terms, program.alone)
    assert found[..., 1:] == pytest.approx(costs(program)[0][..., 1:], rel=1e-10)
    assert (found[..., 0] == 0).all()


def divided(cost, alone, own, shares):
    """What each player pays in one draw under every key, (k, n)."""
    linear = [share * (cost[-1] - own.sum()) + own for share in shares]
    whole = (cost[-1] * alone / alone.sum(), g.separable_costs_remaining_benefits(cost), g.shapley(cost))
    return np.array([*linear, *whole])


@FEW
@given(programs, st.integers(0, 4))
def test_every_key_and_who_blocks_it(program, linear):
    players = program.alone.shape[-1]
    shares = np.random.default_rng(linear).dirichlet(np.ones(players), linear)
    cost, envelope, *_ = costs(program)
    _, (allocation, gain, blocking) = run(program, shares)
    for v, d in np.ndindex(cost.shape[:2]):
        expected = divided(cost[v, d], program.alone[d], program.own[v, d], shares)
        assert allocation[v, :, d] == pytest.approx(expected, rel=1e-7, nan_ok=True)
        for key, paid in enumerate(allocation[v, :, d]):
            if np.isnan(paid).any():
                assert np.isnan(gain[v, key, d])
                assert blocking[v, key, d] == 0
                continue
            excess = (g.subset_sums(paid) - envelope[d])[1:-1]
            assert gain[v, key, d] == pytest.approx(excess.max(initial=-np.inf), rel=1e-9, abs=1e-9)
            if gain[v, key, d] > 1e-9:
                assert excess[blocking[v, key, d] - 1] == pytest.approx(gain[v, key, d])
            elif gain[v, key, d] <= 0:
                assert blocking[v, key, d] == 0


def test_inadmissible_coalitions_stand_apart():
    program = random_program(4, 2, 1, 1)
    program.allowed[:, 0b0111] = False
    program.allowed[0, 0b1010] = False
    before, after = (run(p, np.full((1, 4), 0.25))[0] for p in (random_program(4, 2, 1, 1), program))
    alone = g.subset_sums(program.alone).sum(axis=0)
    assert after[0][:, 0b0111] == pytest.approx(alone[0b0111])
    assert after[0][0, 0b1010] == pytest.approx(alone[0b1010])
    assert after[0][1, 0b1010] == before[0][1, 0b1010]
    assert [float(each[0, 0b0111]) for each in after[1:4]] == [0, 0, 0]


def test_scrb_is_undefined_where_nothing_remains_to_divide_by():
    program = random_program(3, 1, 0, 0)
    program.linear[:] = 0.0
    program.lead[:], program.post[:], program.base[:] = 0.0, 0.0, 240.0
    program.alone[:] = 120.0
    program.own[:] = 0.0
    _, (allocation, *_) = run(program, np.empty((0, 3)))
    assert allocation[0, 1] == pytest.approx(np.full((DRAWS, 3), 80.0))
    program.alone[:] = 0.0
    _, (allocation, gain, blocking) = run(program, np.full((1, 3), 1 / 3))
    assert np.isnan(allocation[0, 2]).all()
    assert np.isnan(gain[0, 2]).all()
    assert (blocking[0, 2] == 0).all()
