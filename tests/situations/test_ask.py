"""Questions at the table: every answer is a situation, and it is what a search by hand finds."""

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from marke.games import members_of, potential, shapley_of, subset_sums
from marke.situations.ask import QUESTIONS, ask
from marke.situations.closely import closely
from marke.situations.desk import Desk
from marke.situations.look import look
from marke.situations.paths import costs_for, gaining, nearest_first, order_of_joining, welcome
from marke.situations.situation import usual

GAMES = arrays(np.float64, 16, elements=st.floats(1, 100, width=32)).map(
    lambda game: np.concatenate([[0.0], game[1:]])
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_is_a_situation(desk: Desk, question: str):
    for service in desk.services:
        sheet = desk.sheet(service)
        answers = ask(sheet, usual(desk, service), question, 3)
        assert answers
        for answer in answers:
            assert answer.sentence.endswith(".")
            assert answer.situation is not None
            assert look(sheet, answer.situation).allowed


def test_best_partners_ask_for_whom(desk: Desk):
    (answer,) = ask(desk.sheet("soc"), usual(desk, "soc"), "partners", None)
    assert answer.situation is None


def test_a_stable_situation_is_stable(desk: Desk):
    for service in desk.services:
        sheet = desk.sheet(service)
        (answer,) = ask(sheet, usual(desk, service), "stabiel", None)
        assert answer.situation is not None
        if answer.situation.members:
            exact = closely(sheet, answer.situation)
            assert exact is not None
            assert exact.stable
            (again,) = ask(sheet, answer.situation, "stabiel", None)
            assert again.situation is not None
            assert again.situation.members == answer.situation.members


def test_two_who_drop_out_hurt_more_than_any_other_two(desk: Desk):
    sheet = desk.sheet("soc")
    situation = usual(desk, "soc")
    (answer,) = ask(sheet, situation, "afhaken", None)
    assert answer.situation is not None
    gone = sheet.mask(situation.members) ^ sheet.mask(answer.situation.members)
    potentials = sheet.explored.potentials[situation.variant]
    whole = sheet.everyone

    def hurt(pair: tuple[int, ...]) -> float:
        rest = whole ^ sum(1 << player for player in pair)
        before, after = shapley_of(potentials, whole), shapley_of(potentials, rest)
        return float(sum(after[i] - before[i] for i in members_of(rest)))

    most = max(combinations(range(len(sheet.case.players)), 2), key=hurt)
    assert sum(1 << player for player in most) == gone


def test_of_a_small_group_no_two_can_drop_out(desk: Desk):
    few = replace(usual(desk, "soc"), members=frozenset({"GM0147", "GM0168"}))
    (answer,) = ask(desk.sheet("soc"), few, "afhaken", None)
    assert answer.situation is None


@given(GAMES)
def test_costs_and_gains_are_those_of_shapley(game):
    potentials, alone = potential(game), game[1 << np.arange(4)]
    for mask in range(1, 16):
        value = shapley_of(potentials, mask)
        for player in range(4):
            paid = costs_for(potentials, player)[mask]
            assert paid == (pytest.approx(value[player]) if mask >> player & 1 else np.inf)
        count = sum(value[i] <= alone[i] + 1e-6 for i in members_of(mask))
        assert gaining(potentials, alone)[mask] == count


@given(GAMES)
def test_an_order_of_joining_hurts_nobody_and_none_is_longer(game):
    potentials, alone = potential(game), game[1 << np.arange(4)]
    size = np.bitwise_count(np.arange(16))
    fine = (gaining(potentials, alone) == size) & (size >= 2)
    path = order_of_joining(potentials, alone, fine, game)
    assert _harmless(potentials, path)
    assert all(fine[mask] for mask in path)
    longest = max((len(each) for each in _paths(potentials, fine)), default=0)
    assert len(path) == longest
    if path and (longer := [p[-1] for p in _paths(potentials, fine) if len(p) == longest]):
        saving = subset_sums(alone) - game
        assert saving[path[-1]] == pytest.approx(max(saving[mask] for mask in longer))


def _harmless(potentials, path: list[int]) -> bool:
    return all(
        all(
            shapley_of(potentials, after)[i] <= shapley_of(potentials, before)[i] + 1e-5
            for i in members_of(before)
        )
        for before, after in pairwise(path)
    )


def _paths(potentials, fine) -> list[list[int]]:
    found = [[mask] for mask in range(16) if mask.bit_count() == 2 and fine[mask]]
    for path in found:
        for player in range(4):
            after = path[-1] | 1 << player
            if after != path[-1] and fine[after] and welcome(potentials, player)[after]:
                found.append([*path, after])
    return found


def test_nearest_first_counts_who_differs():
    masks = np.arange(16)
    order = list(nearest_first(masks, 0b0101))
    assert order[0] == 0b0101
    assert [(mask ^ 0b0101).bit_count() for mask in order] == sorted(
        (mask ^ 0b0101).bit_count() for mask in range(16)
    )
