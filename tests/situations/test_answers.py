"""The quick answer and the exact one equal what ``marke toon --coalitie`` works out."""

from dataclasses import replace

import numpy as np
import pytest

from marke.engine.keys import EACH_DRAW, EXPECTED, LINEAR
from marke.findings import group_finding
from marke.findings.groups import finding_of
from marke.games import members_of
from marke.ledger import today_shares
from marke.situations.closely import closely
from marke.situations.desk import Desk, Sheet
from marke.situations.difference import difference
from marke.situations.look import look
from marke.situations.situation import Situation, usual
from marke.situations.words import changed, summary, winners

KEYS = (*LINEAR[:-1], *EACH_DRAW, *EXPECTED)


def sample(desk: Desk, count: int) -> list[tuple[Sheet, Situation]]:
    dice = np.random.default_rng(14)
    found = []
    while len(found) < count:
        sheet = desk.sheet(str(dice.choice(desk.services)))
        variant = str(dice.choice(sheet.case.variants))
        mask = int(dice.integers(1, sheet.everyone + 1))
        if mask.bit_count() > 1 and sheet.allows(variant, mask):
            found.append((sheet, Situation(sheet.key, variant, sheet.codes(mask), key="shapley")))
    return found


def test_five_hundred_coalitions_as_the_command_line_tells_them(desk: Desk):
    for sheet, situation in sample(desk, 500):
        quick = look(sheet, situation)
        members = tuple(members_of(quick.mask))
        told = group_finding(sheet.explored, sheet.study, situation.variant, members)
        assert quick.cost == pytest.approx(told.cost.mean, rel=1e-9)
        assert quick.alone == pytest.approx(told.alone.mean, rel=1e-9)
        assert quick.chances is not None
        assert quick.chances.cheaper == pytest.approx(told.chance, abs=1e-12)
        assert quick.chances.material == pytest.approx(told.material, abs=1e-12)
        shapley = {b.code: b for b in told.burdens if b.key == "shapley"}
        for line in quick.lines:
            assert line.inside == (line.code in shapley)
            if line.inside:
                assert line.cost == pytest.approx(shapley[line.code].equivalent, rel=1e-7, abs=1e-3)
                assert line.alone == pytest.approx(shapley[line.code].alone, rel=1e-9)
        key = next(each for each in told.keys if each.key == "shapley")
        assert quick.apart is not None
        assert quick.apart.gain == pytest.approx(key.gain, rel=1e-6, abs=1e-2)
        if len(members) > 2 and key.gain > 1:  # of two, each loses as much
            assert sheet.codes(quick.apart.mask) == set(key.blocking)


def test_quick_and_exact_agree_under_every_key(desk: Desk):
    for number, (sheet, situation) in enumerate(sample(desk, 90)):
        asked = replace(situation, key=KEYS[number % len(KEYS)], foot=0.25 if number % 2 else 0.0)
        quick, exact = look(sheet, asked), closely(sheet, asked)
        assert exact is not None
        if not exact.burdens:
            assert asked.key == "tau"
            assert [line.inside for line in quick.lines] == [line.cost is None for line in quick.lines]
            continue
        inside = [line for line in exact.lines if line.inside]
        assert [line.cost for line in quick.lines] == pytest.approx(
            [line.cost for line in exact.lines], rel=1e-6
        )
        assert sum(line.cost or 0 for line in inside) == pytest.approx(exact.group.cost.mean, rel=1e-9)
        assert all(line.low <= line.cost <= line.high for line in inside if line.low != line.high)


def test_a_key_that_does_not_exist_for_a_group_has_no_burdens(desk: Desk):
    sheet = desk.sheet("soc")
    dice = np.random.default_rng(3)
    undefined = 0
    for _ in range(60):
        mask = int(dice.integers(3, sheet.everyone))
        situation = replace(usual(desk, "soc"), key="tau").with_mask(sheet, mask)
        quick, exact = look(sheet, situation), closely(sheet, situation)
        if exact is not None and not exact.burdens:
            undefined += 1
            assert all(line.cost is None for line in quick.lines if line.inside)
            assert quick.apart is None
            assert quick.cost == pytest.approx(exact.group.cost.mean)
    assert undefined > 0


def test_own_percentages_divide_what_is_joint(desk: Desk):
    sheet = desk.sheet("soc")
    situation = replace(
        usual(desk, "soc"),
        members=frozenset({"GM0147", "GM0168"}),
        key="free",
        percentages={"GM0147": 25.0, "GM0168": 25.0, "GM0153": 50.0},
    )
    exact = closely(sheet, situation)
    assert exact is not None
    assert [burden.share for burden in exact.burdens.values()] == pytest.approx([0.5, 0.5])
    nobody = closely(sheet, replace(situation, percentages={"GM0153": 100.0}))
    assert nobody is not None
    assert nobody.burdens == {}
    assert nobody.stable is None
    assert all(line.cost is None for line in nobody.lines if line.inside)


def test_a_group_of_one_or_none_divides_nothing(desk: Desk):
    sheet = desk.sheet("soc")
    for members in (frozenset(), frozenset({"GM0147"})):
        situation = replace(usual(desk, "soc"), members=members)
        quick = look(sheet, situation)
        assert closely(sheet, situation) is None
        assert quick.cost == quick.alone
        assert quick.saving == 0
        assert [line.more for line in quick.lines] == [0.0] * len(quick.lines)
        assert "ten minste twee" in summary(sheet, quick)


def test_contributions_grow_as_the_ledger_lets_them(desk: Desk):
    sheet = desk.sheet("soc")
    situation = replace(usual(desk, "soc"), key="shapley", dampening=3)
    quick, exact = look(sheet, situation), closely(sheet, situation)
    assert exact is not None
    for lines in (quick.lines, exact.lines):
        years = np.array([line.growing(3) for line in lines])
        assert years.shape == (14, 4)
        assert years.sum(axis=0) == pytest.approx([exact.group.cost.mean] * 4)
        assert years[:, 3] == pytest.approx([line.cost for line in lines])
        assert np.diff(years, n=2) == pytest.approx(0, abs=1e-6)
    assert [line.begin for line in quick.lines] == pytest.approx([line.begin for line in exact.lines])
    members = tuple(range(len(sheet.case.players)))
    shares = today_shares(sheet.explored.now.players.mean(axis=0), members)
    own = sheet.own[situation.variant]
    joint = exact.group.cost.mean - own.sum()
    begin = {line.code: line.begin for line in quick.lines}
    for player, group in enumerate(sheet.case.players):
        assert sum(begin[m.code] or 0 for m in group) == pytest.approx(own[player] + joint * shares[player])
    outside = look(sheet, situation.toggled(sheet, sheet.player_of["GM0147"]))
    assert next(line for line in outside.lines if line.code == "GM0147").growing(3) == ()


def test_a_form_that_admits_no_such_group_says_so(desk: Desk):
    sheet = desk.sheet("ict_infrastructure")
    allowed = sheet.explored.allowed["joining"]
    refused = next(mask for mask in range(3, 1 << 12) if mask.bit_count() == 2 and not allowed[mask])
    for mask in (refused, sheet.everyone):
        assert look(sheet, Situation(sheet.key, "joining", sheet.codes(mask))).allowed == allowed[mask]


def test_a_moved_figure_is_worked_out_anew(desk: Desk):
    sheet = desk.sheet("soc")
    slider = next(iter(sheet.sliders.values()))
    plain = usual(desk, "soc")
    before = closely(sheet, plain)
    ends = []
    for value in (slider.low, slider.high):
        situation = replace(plain, figures={slider.id: value}, key="shapley")
        assert look(sheet, situation).cost is None
        exact = closely(sheet, situation)
        assert exact is not None
        assert exact.few
        ends.append(exact.group.saving.mean)
        assert sum(line.cost or 0 for line in exact.lines) == pytest.approx(exact.group.cost.mean, rel=1e-9)
    assert before is not None
    assert min(ends) < before.group.saving.mean < max(ends)


def test_another_level_costs_something_else(desk: Desk):
    sheet = desk.sheet("soc")
    plain, other = (
        closely(sheet, usual(desk, "soc")),
        closely(sheet, replace(usual(desk, "soc"), level="ambition")),
    )
    assert plain is not None
    assert other is not None
    assert other.group.cost.mean > plain.group.cost.mean


def test_draws_with_a_fixed_figure_keep_the_others(desk: Desk):
    draws = desk.sheet("soc").case.draws
    slider = next(iter(desk.sheet("soc").sliders))
    fixed = draws.with_fixed({slider: 0.5})
    assert set(fixed[slider]) == {0.5}
    other = next(key for key in draws.values if key != slider)
    assert np.array_equal(fixed[other], draws[other])
    assert fixed.figures[slider].fixed


def test_the_same_division_told_twice_is_the_same(desk: Desk):
    sheet = desk.sheet("soc")
    exact = closely(sheet, usual(desk, "soc"))
    assert exact is not None
    told = finding_of(
        sheet.explored,
        sheet.study,
        _group(sheet, usual(desk, "soc")),
        {
            "per_inhabitant": np.array(
                [_share(exact.burdens, sheet, i) for i in range(len(sheet.case.players))]
            )
        },
    )
    assert told.cost == exact.group.cost
    assert {b.code: b.net for b in told.burdens} == pytest.approx(
        {c: b.net for c, b in exact.burdens.items()}
    )


def _group(sheet: Sheet, situation: Situation):
    from marke.engine.burden import make_group

    return make_group(sheet.case, situation.variant, tuple(members_of(sheet.mask(situation.members))))


def _share(burdens, sheet: Sheet, player: int) -> float:
    return sum(burdens[m.code].share for m in sheet.case.players[player])


def test_a_difference_adds_up_and_is_told(desk: Desk):
    sheet = desk.sheet("soc")
    before = look(sheet, replace(usual(desk, "soc"), key="shapley"))
    after = look(sheet, before.situation.toggled(sheet, sheet.player_of["GM0147"]))
    found = difference(before, after)
    assert found.left == {"GM0147"}
    assert found.joined == frozenset()
    assert found.rest == pytest.approx(sum(found.more.values()) - found.more["GM0147"])
    assert found.cost == pytest.approx(
        (after.cost or 0) + sheet.alone[sheet.player_of["GM0147"]] - (before.cost or 0)
    )
    assert "Borne doet niet meer mee" in changed(sheet, found)
    back = difference(after, before)
    assert back.joined == {"GM0147"}
    assert back.rest == pytest.approx(-(found.rest or 0))
    assert "Borne doet nu mee" in changed(sheet, back)
    assert changed(sheet, difference(after, after)) == ""
    assert "meer dan ieder apart" in summary(sheet, before) or "minder dan ieder apart" in summary(
        sheet, before
    )
    assert "betal" in winners(before)


def test_gates_that_change_with_the_form_are_told(desk: Desk):
    sheet = desk.sheet("soc")
    found = [
        difference(
            look(sheet, replace(usual(desk, "soc"), variant=a)),
            look(sheet, replace(usual(desk, "soc"), variant=b)),
        )
        for a in sheet.case.variants
        for b in sheet.case.variants
        if a != b
    ]
    assert any(each.gates for each in found)
    assert all(was != now for each in found for was, now in each.gates.values())
