"""Allocations against results in print, each with its reference; what was worked out by hand says so."""

from itertools import combinations

import numpy as np
import pytest

from marke.games import (
    in_core,
    is_concave,
    nucleolus,
    potential,
    prenucleolus,
    separable_costs_remaining_benefits,
    shapley,
    shapley_of,
    sizes,
    subset_sums,
    tau_value,
)


def bits(mask):
    return [i for i in range(mask.bit_length()) if mask >> i & 1]


def from_profit(value, players):
    """A cost game c = -v for a characteristic function of sets of players."""
    return np.array([0.0] + [-float(value(bits(mask))) for mask in range(1, 1 << players)])


def airport(costs):
    return np.array([0.0] + [float(max(costs[i] for i in bits(m))) for m in range(1, 1 << len(costs))])


def fees(runway, movements):
    """Type k pays the sum over j <= k of (C_j - C_{j-1}) / (movements of types j and above)."""
    share, paid, before, left = [], 0.0, 0.0, sum(movements)
    for cost, many in zip(runway, movements, strict=True):
        paid += (cost - before) / left
        share.append(paid)
        before, left = cost, left - many
    return share


# Littlechild and Thompson (1977), Birmingham airport 1968-69: runway cost (pounds) and movements by type
RUNWAY = [65899, 76725, 95200, 97200, 97436, 98142, 102496, 104849, 113322, 115440, 117676]
MOVEMENTS = [42, 9555, 288, 303, 151, 1315, 505, 1128, 151, 112, 22]


def test_airport_fees_at_birmingham():
    """Littlechild and Owen (1973): the Shapley value of all 13,572 movements, in pounds each."""
    printed = [4.86, 5.66, 10.30, 10.85, 10.92, 11.13, 13.40, 15.07, 44.80, 60.61, 162.24]
    assert np.round(fees(RUNWAY, MOVEMENTS), 2) == pytest.approx(printed)


@pytest.mark.parametrize(
    ("runway", "movements"),
    [([float(c) for c in RUNWAY], [1] * 11), (RUNWAY[:6], [1, 4, 2, 2, 1, 3])],
)
def test_airport_game_shapley(runway, movements):
    """Littlechild and Owen (1973): their formula, for the real runway costs and few enough movements."""
    share = [fee for fee, many in zip(fees(runway, movements), movements, strict=True) for _ in range(many)]
    game = airport([cost for cost, many in zip(runway, movements, strict=True) for _ in range(many)])
    assert shapley(game) == pytest.approx(share)
    assert is_concave(game)
    assert in_core(game, shapley(game))


@pytest.mark.parametrize(
    "costs",
    [
        [10.0, 12.0, 18.0, 25.0, 40.0],
        [5.0 + 3 * i + i % 3 for i in range(11)],
        [4.0 + 1.7 * i for i in range(18)],
    ],
    ids=len,
)
def test_airport_game_nucleolus(costs):
    """Littlechild (1974), A simple expression for the nucleolus in a special case: the recursion of it.

    r_k = min over types i of (C_i - C_{i_(k-1)} + r_(k-1)) / (movements from i_(k-1) to i, plus 1); for the
    last type the divisor has no plus 1. Players are single movements here.
    """
    share, done, spent, before = [], 0, 0.0, 0.0
    while done < len(costs):
        ratios = [((costs[i] - spent) / (i - done + 2), i) for i in range(done, len(costs) - 1)] + [
            ((costs[-1] - spent) / (len(costs) - done), len(costs) - 1)
        ]
        level, last = min(ratios, key=lambda pair: (pair[0], -pair[1]))
        assert level >= before - 1e-12
        share += [level] * (last - done + 1)
        done, spent, before = last + 1, spent + level * (last - done + 1), level
    game = np.concatenate([[0.0], *[np.full(1 << i, cost) for i, cost in enumerate(costs)]])
    assert nucleolus(game) == pytest.approx(share)


@pytest.mark.parametrize(
    ("estate", "division"),
    [(100, [100 / 3] * 3), (200, [50, 75, 75]), (300, [50, 100, 150])],
)
def test_the_three_cases_of_the_talmud(estate, division):
    """Aumann and Maschler (1985): claims 100, 200, 300; the nucleolus divides as the Talmud does."""
    claims = [100, 200, 300]
    game = from_profit(lambda s: max(0, estate - sum(claims) + sum(claims[i] for i in s)), 3)
    assert -nucleolus(game) == pytest.approx(division)
    assert -prenucleolus(game) == pytest.approx(division)


@pytest.mark.parametrize("estate", [120, 250, 400, 517, 700])
def test_bankruptcy_with_five_creditors(estate):
    """Aumann and Maschler (1985), theorem A: equal awards up to half the claims, then equal losses."""
    claims = np.array([60.0, 110.0, 150.0, 190.0, 250.0])

    def equal_awards(amount, limits):
        low, high = 0.0, limits.max()
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if np.minimum(limits, middle).sum() < amount else (low, middle)
        return np.minimum(limits, high)

    half = claims / 2
    below = estate <= half.sum()
    talmud = equal_awards(estate, half) if below else claims - equal_awards(claims.sum() - estate, half)
    game = from_profit(lambda s: max(0.0, estate - claims.sum() + sum(claims[i] for i in s)), 5)
    assert -nucleolus(game) == pytest.approx(talmud, abs=1e-6)


# Straffin and Heaney (1981), Game theory and the Tennessee Valley Authority: costs in thousands of dollars
# for navigation, flood control and power (Ransmeier 1942).
TVA = np.array([0.0, 163520.0, 140826.0, 301607.0, 250096.0, 378821.0, 367370.0, 412584.0])


def test_tennessee_valley_authority():
    """Straffin and Heaney (1981): Shapley 117,829, 100,756.5, 193,998.5; SCRB from their separable costs."""
    assert shapley(TVA) == pytest.approx([117829.0, 100756.5, 193998.5])
    separable = np.array([45214.0, 33763.0, 110977.0])
    rest = TVA[-1] - separable.sum()
    benefits = TVA[[1, 2, 4]] - separable
    # remaining benefits 118,306, 107,063 and 139,119 divide 222,630
    assert benefits.tolist() == [118306.0, 107063.0, 139119.0]
    assert separable_costs_remaining_benefits(TVA) == pytest.approx(
        separable + rest * benefits / benefits.sum()
    )
    assert in_core(TVA, shapley(TVA))
    assert in_core(TVA, separable_costs_remaining_benefits(TVA))


def test_nucleolus_of_tennessee_valley_authority():
    """By hand from the costs above: singles bind, x = c(i) - (sum of c(i) - c(N)) / 3 leaves pairs slack."""
    alone = TVA[[1, 2, 4]]
    expected = alone - (alone.sum() - TVA[-1]) / 3
    assert nucleolus(TVA) == pytest.approx(expected)
    gains = [
        expected[list(pair)].sum() - TVA[sum(1 << i for i in pair)] for pair in combinations(range(3), 2)
    ]
    assert max(gains) < -(alone.sum() - TVA[-1]) / 3


@pytest.mark.parametrize(
    ("quota", "weights", "index"),
    [
        (3, [2, 1, 1], [2 / 3, 1 / 6, 1 / 6]),
        (51, [50, 49, 1], [2 / 3, 1 / 6, 1 / 6]),
        (51, [40, 30, 20, 10], [5 / 12, 3 / 12, 3 / 12, 1 / 12]),
        (39, [7, 7, 7, 7, 7, *[1] * 10], [0.1963] * 5 + [0.001865] * 10),
    ],
)
def test_voting_power(quota, weights, index):
    """Shapley and Shubik (1954): weighted majority games; the last is the UN Security Council."""
    sums = subset_sums(np.array(weights, dtype=np.float64))
    game = -np.where(sums >= quota, 1.0, 0.0)
    assert -shapley(game) == pytest.approx(index, abs=1e-4)
    if len(weights) == 15:
        assert -shapley(game) == pytest.approx([421 / 2145] * 5 + [4 / 2145] * 10)


def test_glove_market():
    """Shapley (1959) and Shapley and Shubik (1969): one left glove, two right gloves.

    Shapley value 2/3, 1/6, 1/6; the core is the single point 1, 0, 0 and so holds nucleolus and tau value.
    """
    game = from_profit(lambda s: min(sum(i == 0 for i in s), sum(i > 0 for i in s)), 3)
    assert -shapley(game) == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert -nucleolus(game) == pytest.approx([1, 0, 0], abs=1e-9)
    assert -tau_value(game) == pytest.approx([1, 0, 0], abs=1e-9)
    assert not in_core(game, shapley(game))


def test_nucleolus_of_big_glove_market():
    """Shapley and Shubik (1969): with more left than right gloves the core gives all to the short side."""
    game = from_profit(lambda s: min(sum(i < 2 for i in s), sum(i >= 2 for i in s)), 5)
    assert -nucleolus(game) == pytest.approx([1, 1, 0, 0, 0], abs=1e-9)


def test_tau_value_of_big_boss_game():
    """Muto, Nakayama, Potters and Tijs (1988): in a big boss game tau gives the others half of what they add.

    The boss with 1, 2, 3 others is worth 5, 8, 9: each adds 1 to all and gets 1/2, and the boss 7.5. In a
    big boss game tau is the nucleolus.
    """
    worth = [0, 5, 8, 9]
    game = from_profit(lambda s: worth[len(s) - 1] if 0 in s else 0, 4)
    assert -tau_value(game) == pytest.approx([7.5, 0.5, 0.5, 0.5])
    assert -nucleolus(game) == pytest.approx([7.5, 0.5, 0.5, 0.5])


def test_tau_value_of_two_players_splits_the_gain():
    """Tijs (1981): for two players tau is the standard solution, c(i) less half the saving."""
    assert tau_value(np.array([0.0, 10.0, 20.0, 24.0])) == pytest.approx([7.0, 17.0])


def test_potential_of_unanimity_games():
    """Hart and Mas-Colell (1989): the potential of a u_T is a/|T| for supersets of T, 0 elsewhere."""
    for carrier in range(1, 16):
        masks = np.arange(16)
        holds = masks & carrier == carrier
        expected = np.where(holds, 6.0 / carrier.bit_count(), 0.0)
        found = potential(np.where(holds, 6.0, 0.0))
        assert found == pytest.approx(expected)
        assert shapley_of(found, 15) == pytest.approx(
            [6.0 / carrier.bit_count() if carrier >> i & 1 else 0.0 for i in range(4)]
        )


def test_graph_games():
    """Deng and Papadimitriou (1994): v(S) = weight of the edges within S; Shapley is half of each edge.

    For non-negative weights the game is convex and Shapley lies in the core; it is also the nucleolus.
    """
    edges = {(0, 1): 4.0, (0, 2): 1.0, (1, 3): 7.0, (2, 3): 2.0, (3, 4): 5.0, (1, 4): 3.0}
    game = from_profit(lambda s: sum(w for (i, j), w in edges.items() if i in s and j in s), 5)
    half = [sum(w for edge, w in edges.items() if i in edge) / 2 for i in range(5)]
    assert -shapley(game) == pytest.approx(half)
    assert -nucleolus(game) == pytest.approx(half)
    assert -tau_value(game) == pytest.approx(half)
    assert is_concave(game)


def test_nucleolus_of_a_concave_cost_game_with_equal_players():
    """Symmetry leaves one point: every solution gives c(N) / n (Schmeidler 1969, Shapley 1953)."""
    game = np.sqrt(sizes(6).astype(np.float64))
    for allocate in (shapley, nucleolus, tau_value):
        assert allocate(game) == pytest.approx([np.sqrt(6) / 6] * 6)


def test_nucleolus_of_a_majority_game_with_a_veto():
    """Arin and Feltkamp (1997): in a simple game with one veto player this player takes everything."""
    game = from_profit(lambda s: float(0 in s and len(s) >= 3), 5)
    assert -nucleolus(game) == pytest.approx([1, 0, 0, 0, 0], abs=1e-9)


def test_weighted_majority_of_constant_sum():
    """Peleg (1968): the nucleolus of a constant-sum weighted majority game is a representation of it.

    [3; 2, 1, 1, 1] is constant-sum; its homogeneous weights, normalised, are 2/5, 1/5, 1/5, 1/5.
    """
    sums = subset_sums(np.array([2.0, 1.0, 1.0, 1.0]))
    assert -nucleolus(-np.where(sums >= 3, 1.0, 0.0)) == pytest.approx([0.4, 0.2, 0.2, 0.2])


def test_swedish_water():
    """Young, Okada and Hashimoto (1982): SCRB of six groups of municipalities, in millions of crowns.

    The printed costs alone (table 8), marginal costs and the joint cost are all that SCRB asks for; the other
    coalitions are filled in with the sum of costs alone. Printed: 19.54, 13.28, 5.62, 10.90, 16.66, 17.82.
    """
    game = subset_sums(np.array([21.95, 17.08, 10.91, 15.88, 20.81, 21.98]))
    game[63] = 83.82
    game[63 - (1 << np.arange(6))] = 83.82 - np.array([17.36, 9.85, 0.82, 6.40, 12.90, 14.06])
    printed = [19.54, 13.28, 5.62, 10.90, 16.66, 17.82]
    assert separable_costs_remaining_benefits(game) == pytest.approx(printed, abs=0.011)
