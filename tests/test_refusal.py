"""What follows when one says no, from the findings of a run."""

import pytest

from findings_factory import CODES, NAMES, service
from marke.findings.refusal import refusal
from marke.findings.standing import MoveFinding
from marke.report.refused import UNKNOWN, refused


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


def sentences(found, each):
    names = dict(zip(CODES, NAMES, strict=True))
    return " ".join(refused(found, each, names)).replace("\N{NO-BREAK SPACE}", " ")


def changed(others, most, own, gone=CODES[:1]):
    """A service in which one leaving has these effects."""
    soc = service("soc", "attractive", NAMES, None)
    move = MoveFinding(codes=gone, others=others, most=most, hit=CODES[1:2], own=own)
    moves = soc.moves[0].model_copy(update={"leaving": (move,), "two_leaving": ()})
    return soc.model_copy(update={"moves": (moves,)})


def test_a_refusal_is_told_in_sentences():
    soc = changed(8_000.0, 5_000.0, 12_000.0)
    told = sentences(refusal(soc, "host", CODES, CODES[:1]), soc)
    assert "Almelo doet niet mee. Verder gaan: Borne, Losser en Wierden." in told
    assert (
        "De anderen betalen samen ongeveer € 8.000 per jaar meer; het meest Borne, ongeveer € 5.000." in told
    )
    assert "Almelo alleen: ongeveer € 12.000 per jaar meer dan samen." in told
    soc = changed(-8_000.0, -1.0, -12_000.0)
    told = sentences(refusal(soc, "host", CODES, CODES[:1]), soc)
    assert "De anderen betalen samen ongeveer € 8.000 per jaar minder." in told
    assert "Almelo alleen: ongeveer € 12.000 per jaar minder dan samen." in told


def test_what_was_not_computed_and_where_the_path_stops_are_told():
    soc = changed(8_000.0, 5_000.0, 12_000.0)
    two = sentences(refusal(soc, "host", CODES, CODES[:2]), soc)
    assert "Almelo en Borne doen niet mee. Verder gaan: Losser en Wierden." in two
    assert UNKNOWN in two
    last = sentences(refusal(soc, "host", CODES, CODES[:3]), soc)
    assert "doen niet mee en er blijft geen groep over: het pad van de regio stopt hier." in last
    host = sentences(refusal(soc, "host", CODES, CODES[:1], required=CODES[:1]), soc)
    assert "Zonder Almelo kan deze vorm niet: het pad van de regio stopt hier." in host


def test_the_groups_that_are_left_are_named_or_said_not_to_be_there():
    soc = changed(8_000.0, 5_000.0, 12_000.0)
    left = [size for size in soc.variants[0].sizes if size.best_saving > 0 and CODES[3] not in size.best]
    told = sentences(refusal(soc, "host", CODES, CODES[3:]), soc)
    assert ("Groepen zonder Wierden die naar verwachting besparen" in told) == bool(left)
    all_gone = sentences(refusal(soc, "host", CODES, CODES), soc)
    assert "bespaart geen doorgerekende groep naar verwachting geld" in all_gone
