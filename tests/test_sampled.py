"""A sample of coalitions: the same numbers as the exact work where both can be done, and told as a sample."""

import numpy as np
import pyarrow.parquet as pq
import pytest

from marke.cli import tables
from marke.engine.burden import make_group
from marke.engine.explore import explore
from marke.engine.sampled import GROUPS_PER_SIZE, Sampled, draw_coalitions, explore_sampled, membership
from marke.engine.search import climb, grow
from marke.errors import InputError
from marke.findings import group_finding
from marke.findings.choices import best_group, best_group_for
from marke.findings.follow import follow
from marke.findings.groups import core_finding, expected_game, most_discontent, shares_of
from marke.findings.statements import statements
from marke.games import members_of, most_blocking, shapley
from marke.question import Question, find_study, read_question, shipped_inputs
from marke.report import build_report
from marke.run import ARRAYS, Run, explore_question, open_run

SERVICES = ("privacy_officer", "soc", "joint_procurement")


def ask(region: str, draws: int) -> Question:
    return read_question(shipped_inputs(find_study("twente-actueel"), region, {"trekkingen": draws}))


@pytest.fixture(scope="module")
def zeeland() -> Question:
    return ask("Zeeland", 64)


@pytest.fixture(scope="module", params=SERVICES)
def both(request, zeeland: Question):
    case = zeeland.case(request.param)
    return explore(case, zeeland.study), explore_sampled(case, zeeland.study)


def test_every_sampled_coalition_has_the_statistics_of_the_exact_work(both):
    exact, sample = both
    assert len(sample.masks) < len(exact.masks)
    for variant, statistics in sample.statistics.items():
        for name, values in vars(statistics).items():
            known = getattr(exact.statistics[variant], name)[sample.masks]
            assert values[1:] == pytest.approx(known[1:], rel=1e-7, abs=1e-6), (variant, name)
        assert np.array_equal(sample.allowed[variant], exact.allowed[variant][sample.masks])


def test_discontent_in_the_sample_is_a_lower_bound_that_is_close(both):
    exact, sample = both
    for variant, key in ((v, k) for v in sample.gain for k in sample.keys):
        found = sample.gain[variant][sample.keys.index(key)]
        whole = exact.gain[variant][exact.keys.index(key)]
        assert (found <= whole + 1e-6).all()
        assert found.mean() >= whole.mean() - 0.05 * abs(whole.mean())
        masks = sample.blocking[variant][sample.keys.index(key)]
        assert np.isin(masks, sample.masks).all()


def test_search_finds_the_best_group_of_a_region_that_can_be_checked(both):
    exact, sample = both
    assert best_group(sample) == best_group(exact)


def test_shapley_is_within_its_standard_error(both):
    exact, sample = both
    everyone = range(len(exact.case.players))
    for variant in exact.statistics:
        estimate = sample.shapley(variant, everyone)
        known = shapley(expected_game(exact, variant))
        assert estimate.value.sum() == pytest.approx(known.sum(), rel=1e-9)
        assert (np.abs(estimate.value - known) <= 4.5 * estimate.error + 1e-6).all()


def test_discontent_of_any_group_is_never_more_than_it_is(both, zeeland: Question):
    exact, sample = both
    variant = next(iter(exact.statistics))
    for members in (tuple(range(len(exact.case.players))), (0, 2, 3, 5, 7)):
        group = make_group(exact.case, variant, members)
        paid = group.total.mean * exact.alone.cost.mean(axis=0)[list(members)]
        paid /= exact.alone.cost.mean(axis=0)[list(members)].sum()
        _, known = most_discontent(exact, group, paid)
        players, found = most_discontent(sample, group, paid)
        assert set(players) < set(members)
        assert found <= known + 1e-6
        assert found == pytest.approx(known, rel=0.05, abs=50)


def test_what_needs_every_coalition_is_not_told(both, zeeland: Question):
    _, sample = both
    everyone = tuple(range(len(sample.case.players)))
    variant = next(iter(sample.statistics))
    assert core_finding(sample, zeeland.study, variant) is None
    told = shares_of(sample, make_group(sample.case, variant, everyone))
    assert {"shapley", "equal", "proportional_to_alone"} <= set(told)
    assert not {"tau", "nucleolus", "scrb"} & set(told)
    assert all(share.sum() == pytest.approx(1) for share in told.values())


def test_best_group_for_a_player_holds_the_player(both):
    _, sample = both
    for player in (0, 5):
        _, members = best_group_for(sample, player)
        assert player in members
        assert len(members) > 1


def test_all_small_and_large_groups_are_drawn_and_the_rest_up_to_a_number():
    masks = draw_coalitions(26, 1)
    sizes = np.bincount(np.bitwise_count(masks))
    assert sizes.tolist() == [1, 26, 325, *[GROUPS_PER_SIZE] * 21, 325, 26, 1]
    assert np.array_equal(masks, draw_coalitions(26, 1))
    assert not np.array_equal(masks, draw_coalitions(26, 2))
    assert draw_coalitions(62, 1)[-1] == (1 << 62) - 1


def test_growth_finds_the_best_sum_of_every_size_and_keeps_its_start():
    worth = np.array([5.0, -1.0, 3.0, 8.0, 2.0])
    groups = grow(lambda members: members @ worth, 5)
    assert [sorted(np.flatnonzero(g).tolist()) for g in groups] == [
        [0, 3],
        [0, 2, 3],
        [0, 2, 3, 4],
        list(range(5)),
    ]
    kept = grow(lambda members: members @ worth, 5, start=1)
    assert all(group[1] for group in kept)
    assert [int(group.sum()) for group in kept] == [2, 3, 4, 5]


def test_exchange_leaves_a_trap_that_growth_falls_into():
    """The best pair is no part of the best three."""
    value = {0b00011: 10.0, 0b11100: 30.0}

    def worth(members):
        masks = members @ (1 << np.arange(5))
        return np.array([value.get(int(m), 1.0 + 2.0 * (int(m) & 0b11100).bit_count()) for m in masks])

    groups = grow(worth, 5)
    assert np.flatnonzero(groups[0]).tolist() == [0, 1]
    assert np.flatnonzero(groups[1]).tolist() == [2, 3, 4]


def test_climbing_takes_single_moves_and_never_everyone():
    worth = np.array([3.0, 2.0, 1.0])
    group, best = climb(lambda members: members @ worth, np.array([False, False, True]))
    assert np.flatnonzero(group).tolist() == [0, 2]
    assert best == 4.0


def test_membership_and_masks_agree():
    members = membership(np.array([0b101, 0b010]), 3)
    assert members.tolist() == [[True, False, True], [False, True, False]]


@pytest.fixture(scope="module")
def utrecht(tmp_path_factory: pytest.TempPathFactory) -> Run:
    runs = tmp_path_factory.mktemp("runs")
    study = runs / "study.toml"
    study.write_text(
        'naam = "Utrecht"\nregio = "veiligheidsregio:Utrecht"\npeildatum = 2026-12-01\n'
        "gewenste_start = 2027-01-01\nprijspeil = 2026\ninwoners_per_1_januari = 2026\ntrekkingen = 16\n"
        '[diensten.soc]\nvarianten = ["joint_tender", "host"]\n'
    )
    question = read_question(shipped_inputs(study))
    return explore_question(question, runs, build_report)


def test_a_region_of_26_is_told_as_a_sample(utrecht: Run):
    (service,) = utrecht.findings.services
    assert service.method.kind == "sampled"
    assert service.method.possible == 2**26 - 27
    assert service.method.groups < 20_000
    assert service.method.orders >= 30
    assert service.structure is None
    page = (utrecht.folder / "verslag.html").read_text()
    assert "Dit is een steekproef" in page
    assert "iedere groep die mogelijk is" not in page


def test_a_run_of_26_is_read_back_and_any_group_is_exact(utrecht: Run):
    opened = open_run(utrecht.folder.parent)
    explored = opened.explored("soc")
    assert isinstance(explored, Sampled)
    assert opened.findings == utrecht.findings
    table = pq.read_table(utrecht.folder / ARRAYS, filters=[("variant", "=", "host")]).to_pylist()
    assert table[-1]["coalition"] == 2**26 - 1
    assert table[-1]["potential"] is None
    row = table[len(table) // 2]
    members = tuple(members_of(row["coalition"]))
    assert row["size"] == len(members)
    group = group_finding(explored, opened.question.study, "host", members)
    assert group.cost.mean == pytest.approx(row["mean"], rel=1e-9)
    assert group.chance == pytest.approx(row["chance"])
    assert {burden.key for burden in group.burdens} >= {"equal", "shapley"}
    assert tables.coalition(opened, "soc", "Utrecht, Zeist, Baarn", None)


def test_facts_of_a_run_of_26_can_be_derived(utrecht: Run):
    explored, study = utrecht.explored("soc"), utrecht.question.study
    service = utrecht.findings.services[0]
    variant, burden = next(
        (v, b) for v in service.variants for b in v.everyone.burdens if b.key == "shapley" and b.own
    )
    own = statements(utrecht.findings)[
        f"soc.variants.{variant.key}.everyone.burdens.shapley-{burden.code}.own"
    ]
    (step,) = follow(own, lambda _: explored, study).steps
    assert step.mean == pytest.approx(burden.net, rel=1e-9)


def test_more_players_than_a_mask_holds_are_refused(tmp_path):
    everyone = read_question(shipped_inputs(find_study("twente-actueel"))).country.municipalities
    study = tmp_path / "study.toml"
    names = ", ".join(f'"{m.code}"' for m in everyone[:63])
    study.write_text(
        f'naam = "groot"\nregio = [{names}]\npeildatum = 2026-12-01\ngewenste_start = 2027-01-01\n'
        "prijspeil = 2026\ninwoners_per_1_januari = 2026\n[diensten.soc]\n"
    )
    with pytest.raises(InputError, match="63 spelers"):
        read_question(shipped_inputs(study))


def test_blocking_in_the_expected_game_is_that_of_the_game_package(both):
    exact, _ = both
    variant = next(iter(exact.statistics))
    everyone = tuple(range(len(exact.case.players)))
    group = make_group(exact.case, variant, everyone)
    paid = shapley(expected_game(exact, variant))
    mask, gain = most_blocking(exact.envelope, paid)
    assert most_discontent(exact, group, paid) == (tuple(members_of(mask)), gain)
