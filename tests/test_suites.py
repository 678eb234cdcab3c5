"""Homogeneity from the suites that municipalities named."""

import pytest

from intake_factory import BORNE, HOF, SIX, answer, small_study
from marke.catalogue import load_catalogue
from marke.engine.draws import draw
from marke.question import find_study, read_question, shipped_inputs
from marke.suites import SUITES, likeness, suites_of, with_likeness

SAME = {"zaken": "Pakket A", "kantoor": "Kantoor X"}


@pytest.mark.parametrize(
    ("named", "share"),
    [
        ([], None),
        ([SAME], None),
        ([SAME, {}], None),
        ([SAME, {"zaken": ""}], None),
        ([SAME, {"financien": "Geld"}], None),
        ([SAME, SAME, SAME], 1.0),
        ([SAME, {"zaken": "pakket  a"}], 1.0),
        ([SAME, {**SAME, "zaken": "B"}], 0.5),
        ([SAME, SAME, {"zaken": "B"}], 1 / 3),
        ([{"zaken": name} for name in "aabb"], 2 / 6),
        ([{"zaken": name} for name in "abcd"], 0.0),
    ],
)
def test_the_share_of_equal_pairs(named, share):
    assert likeness(named) == (None if share is None else pytest.approx(share))


@pytest.mark.parametrize(("share", "mode"), [(0.0, 0.3), (0.5, 0.6), (1.0, 0.9)])
def test_likeness_moves_the_mode_within_its_range(share, mode):
    catalogue = load_catalogue()
    moved = with_likeness(catalogue, share).figures["figures.homogeneity"]
    assert (moved.low, moved.high) == (0.3, 0.9)
    assert moved.mode == pytest.approx(mode)
    assert moved.status == "derived"
    before, after = (draw(each, 1024, 1)["figures.homogeneity"].mean() for each in
                     (catalogue, with_likeness(catalogue, share)))  # fmt: skip
    assert after - before == pytest.approx((mode - 0.6) * 4 / 6, abs=2e-3)


def test_without_names_from_all_the_figure_stays():
    catalogue = load_catalogue()
    assert with_likeness(catalogue, None) is catalogue
    asked = read_question(shipped_inputs(find_study("twente-actueel"), None, {"trekkingen": 16}))
    assert asked.catalogue is catalogue
    assert suites_of(asked.study, "GM1735") == {}


def test_suites_are_named_in_the_intake_and_seen_by_who_may_see_them(tmp_path):
    named = [answer(m.code, suite, "Pakket A") for m in SIX.municipalities for suite in SUITES]
    path = small_study(tmp_path, *named)
    collected = read_question(shipped_inputs(path), whole=True)
    assert suites_of(collected.study, HOF) == dict.fromkeys(SUITES, "Pakket A")
    assert collected.catalogue.figures["figures.homogeneity"].mode == pytest.approx(0.9)
    freed = [answer(m.code, "suites.release", True) for m in SIX.municipalities]
    shared = read_question(shipped_inputs(small_study(tmp_path / "vrij", *named, *freed)))
    assert suites_of(shared.study, HOF) == dict.fromkeys(SUITES, "Pakket A")
    assert shared.catalogue.figures["figures.homogeneity"].mode == pytest.approx(0.9)
    held = read_question(shipped_inputs(small_study(tmp_path / "een", *named, *freed[1:])))
    assert held.catalogue.figures["figures.homogeneity"].mode == pytest.approx(0.6)
    own = read_question(shipped_inputs(path, viewer=HOF))
    assert suites_of(own.study, HOF) == dict.fromkeys(SUITES, "Pakket A")
    assert suites_of(own.study, BORNE) == {}
    assert own.catalogue.figures["figures.homogeneity"].mode == pytest.approx(0.6)
