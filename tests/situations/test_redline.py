"""Whether a situation keeps within a red line: by the quick answer, exactly, and for a package."""

from dataclasses import replace

import pytest

from marke.errors import InputError
from marke.situations.closely import closely, refined
from marke.situations.desk import Desk
from marke.situations.look import look
from marke.situations.package import package
from marke.situations.redline import PACKAGE, Kept, against, read_line, told
from marke.situations.situation import usual

BORNE = "GM0147"


def test_the_expected_cost_decides_and_the_draws_tell_how_surely(desk: Desk):
    sheet, plain = desk.sheet("soc"), usual(desk, "soc")
    quick, exact = look(sheet, plain), closely(sheet, plain)
    assert exact is not None
    cost = next(line.cost for line in quick.lines if line.code == BORNE)
    assert cost is not None
    for most, within in ((cost + 1, True), (cost - 1, False)):
        (fast,) = against({"soc": most}, package(desk, quick), BORNE)
        (sure,) = against({"soc": most}, package(desk, refined(sheet, quick, exact)), BORNE, exact)
        assert (fast.within, fast.chance) == (within, None)
        assert sure.within == within
        assert sure.chance == pytest.approx(float((exact.paid[BORNE] <= most).mean()))
        assert 0 < sure.chance < 1
    band = next(line for line in exact.lines if line.code == BORNE)
    assert band.high is not None
    (high,) = against({"soc": band.high}, package(desk, quick), BORNE, exact)
    assert high.chance == pytest.approx(0.9, abs=0.01)


def test_who_takes_no_part_is_told_so(desk: Desk):
    sheet = desk.sheet("soc")
    without = usual(desk, "soc").toggled(sheet, sheet.player_of[BORNE])
    (found,) = against({"soc": 1.0}, package(desk, look(sheet, without)), BORNE, closely(sheet, without))
    assert (found.inside, found.within, found.chance) == (False, None, None)
    assert told(found, "Borne", 8192) == "Borne doet hier niet mee."


def test_a_package_is_held_against_its_own_line(desk: Desk):
    services = [each for each in desk.services if not desk.sheet(each).finding.overlaps][:2]
    plain = replace(usual(desk, services[0]), also=(services[1],))
    found = package(desk, look(desk.sheet(services[0]), plain))
    lines = {services[1]: 1.0, PACKAGE: 1e9, "another": 1.0}
    part, whole = against(lines, found, BORNE)
    assert (part.service, part.within) == (services[1], False)
    costs = [next(line.cost for line in each.lines if line.code == BORNE) for each in found.parts]
    assert whole.cost == pytest.approx(sum(costs))
    assert whole.within
    alone = package(desk, look(desk.sheet(services[0]), usual(desk, services[0])))
    assert against({PACKAGE: 1.0}, alone, BORNE) == ()


def test_what_is_not_known_yet_says_so(desk: Desk):
    sheet = desk.sheet("soc")
    slider = next(iter(sheet.sliders.values()))
    moved = replace(usual(desk, "soc"), figures={slider.id: slider.high})
    (found,) = against({"soc": 1.0}, package(desk, look(sheet, moved)), BORNE)
    assert found.within is None
    assert told(found, "Borne", 8192) == "niet bekend"


def test_a_line_is_told_in_words_beside_its_mark():
    within = told(Kept("soc", 40_000, inside=True, cost=35_249.0, chance=0.83), "Borne", 8192).replace(
        "\xa0", " "
    )
    assert within.startswith("✓ Binnen uw grens van € 40.000: naar verwachting € 35.200; kans")
    above = told(Kept("soc", 40_000, inside=True, cost=40_020.0, chance=None), "Borne", 8192).replace(
        "\xa0", " "
    )
    assert above == "✗ Boven uw grens van € 40.000: naar verwachting € 40.020"


@pytest.mark.parametrize(
    ("text", "amount"),
    [("40000", 40_000), ("40.000", 40_000), ("€ 1.234.567", 1_234_567), ("40.000,-", 40_000), (" ", None)],
)
def test_a_line_is_read_as_it_is_written(text: str, amount: int | None):
    assert read_line(text) == amount


@pytest.mark.parametrize("text", ["veel", "40.00", "40000,50", "-5", "0", "1.2", "9" * 20])
def test_what_is_no_amount_gets_a_sentence(text: str):
    with pytest.raises(InputError, match=r"geen bedrag|kan niet"):
        read_line(text)
