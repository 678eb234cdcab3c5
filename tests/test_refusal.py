"""What follows when one says no, from the findings of a run."""

import pytest

from findings_factory import CODES, NAMES, service
from marke.findings.refusal import refusal


@pytest.fixture(scope="module")
def told(run):
    return run.findings.services


def test_who_goes_on_and_what_it_does_to_them_are_those_of_the_run(told):
    for each in told:
        for moves in each.moves:
            for move in moves.leaving:
                found = refusal(each, moves.variant, moves.codes, move.codes[:1])
                assert found.gone == move.codes
                assert found.move == move
                assert set(found.remains) == set(moves.codes) - set(move.codes)
                assert not found.stops


def test_two_that_refuse_are_looked_up_as_a_pair(told):
    moves = told[0].moves[0]
    pair = moves.two_leaving[0]
    assert refusal(told[0], moves.variant, moves.codes, pair.codes).move == pair
    three = {*pair.codes, *moves.leaving[0].codes, *moves.leaving[1].codes, *moves.leaving[2].codes}
    found = refusal(told[0], moves.variant, moves.codes, three)
    assert found.move is None
    assert not found.stops


def test_a_bloc_goes_as_one(told):
    soc = next(each for each in told if any(len(player.codes) > 1 for player in each.players))
    bloc = next(player.codes for player in soc.players if len(player.codes) > 1)
    assert refusal(soc, soc.everyone, soc.moves[0].codes, bloc[:1]).gone == bloc


def test_the_path_stops_without_two_players_or_without_the_host():
    soc = service("soc", "attractive", NAMES, None)
    assert refusal(soc, "host", CODES[:2], CODES[:1]).stops
    found = refusal(soc, "host", CODES, CODES[:1], required=CODES[:1])
    assert found.needed == CODES[:1]
    assert found.stops
    assert found.move is None
    assert not refusal(soc, "host", CODES, CODES[1:2], required=CODES[:1]).stops


def test_the_groups_that_are_left_hold_nobody_who_refused(told):
    some = False
    for each in told:
        gone = each.players[0].codes
        groups = refusal(each, each.everyone, each.moves[0].codes, gone).groups
        assert all(not set(gone) & set(group.codes) for group in groups)
        assert [g.saving for g in groups] == sorted((g.saving for g in groups), reverse=True)
        assert len({g.codes for g in groups}) == len(groups)
        some = some or bool(groups)
    assert some
