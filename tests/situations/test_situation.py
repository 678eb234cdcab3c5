"""A situation and its address: there and back, one form, and one sentence for what cannot be read."""

from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marke.dutch import KEYS_SHORT
from marke.situations.desk import Desk
from marke.situations.situation import OWN_KEY, Situation, address, lasting_address, read, usual


def again(desk: Desk, situation: Situation) -> Situation:
    found = read(desk, parse_qs(address(desk, situation), keep_blank_values=True))
    assert found.problem == ""
    return found.situation


@settings(max_examples=60)
@given(data=st.data())
def test_an_address_leads_back_to_its_situation(desk: Desk, data: st.DataObject):
    service = data.draw(st.sampled_from(desk.services))
    sheet = desk.sheet(service)
    key = data.draw(st.sampled_from(sorted(KEYS_SHORT)))
    codes = sorted(sheet.names)
    moved = data.draw(st.lists(st.sampled_from(sorted(sheet.sliders)), unique=True, max_size=3))
    level = data.draw(st.sampled_from(sorted(sheet.case.service.levels)))
    situation = Situation(
        service,
        data.draw(st.sampled_from(sheet.case.variants)),
        sheet.codes(data.draw(st.integers(0, sheet.everyone))),
        key=key,
        percentages={codes[0]: 40.0, codes[5]: 60.0} if key == OWN_KEY else {},
        foot=data.draw(st.integers(0, 100)) / 100,
        dampening=data.draw(st.integers(0, 8)),
        level="" if level == sheet.level else level,
        figures={each: sheet.sliders[each].high for each in moved},
        also=tuple(each for each in desk.services if data.draw(st.booleans()) and each != service),
    )
    found = again(desk, situation)
    assert found.figures == pytest.approx(situation.figures)
    assert replace(found, figures={}) == replace(situation, figures={})
    assert address(desk, found) == address(desk, situation)


def test_the_usual_situation_has_the_shortest_address(desk: Desk):
    assert address(desk, usual(desk)) == f"dienst={desk.services[0]}"
    assert read(desk, {}).situation == usual(desk)


def test_nobody_is_something_else_than_everybody(desk: Desk):
    nobody = replace(usual(desk, "soc"), members=frozenset())
    assert again(desk, nobody).members == frozenset()
    assert read(desk, {"dienst": ["soc"], "met": [""]}).situation == nobody


def test_members_come_from_a_link_or_from_a_form(desk: Desk):
    link = read(desk, {"dienst": ["soc"], "met": ["0147-0168"]}).situation
    form = read(desk, {"dienst": ["soc"], "met": ["", "0168", "GM0147"]}).situation
    assert link == form
    assert link.members == {"GM0147", "GM0168"}


def test_a_bloc_is_in_as_a_whole(desk: Desk):
    sheet = desk.sheet("soc")
    bloc = next(player for player in sheet.case.players if len(player) > 1)
    one = bloc[0].code.removeprefix("GM")
    found = read(desk, {"dienst": ["soc"], "met": [f"0147-{one}"]}).situation
    assert found.members == {"GM0147", *(m.code for m in bloc)}
    assert found.toggled(sheet, sheet.player_of[bloc[1].code]).members == {"GM0147"}


@pytest.mark.parametrize(
    ("params", "told"),
    [
        ({"dienst": ["x"]}, "De dienst 'x' hoort niet"),
        ({"dienst": ["soc"], "vorm": ["x"]}, "De vorm 'x' is niet bekend"),
        ({"dienst": ["soc"], "sleutel": ["x"]}, "De verdeelsleutel 'x'"),
        ({"dienst": ["soc"], "niveau": ["x"]}, "niveau 'x'"),
        ({"dienst": ["soc"], "met": ["0363"]}, "'0363' is geen gemeente van"),
        ({"dienst": ["soc"], "met": ["<script>"]}, "is geen gemeente van"),
        ({"dienst": ["soc"], "voet": ["veel"]}, "'veel' is geen getal"),
        ({"dienst": ["soc"], "voet": ["101"]}, "ligt tussen 0 en 100"),
        ({"dienst": ["soc"], "voet": ["nan"]}, "geen getal"),
        ({"dienst": ["soc"], "ingroei": ["-1"]}, "ligt tussen 0 en 8"),
        ({"dienst": ["soc"], "sleutel": ["free"], "deel.GM0147": ["90"]}, "tellen op tot 90"),
        ({"dienst": ["soc"], "sleutel": ["free"], "deel.GM0147": ["x"]}, "Het percentage van Borne"),
        ({"dienst": ["soc"], "cijfer.x": ["1"]}, "Het cijfer 'x'"),
        ({"dienst": ["soc"], "ook": ["x"]}, "De dienst 'x'"),
    ],
)
def test_what_cannot_be_read_gives_one_sentence(desk: Desk, params: dict[str, list[str]], told: str):
    found = read(desk, params)
    assert told in found.problem
    plain = usual(desk, params["dienst"][0] if params["dienst"] != ["x"] else "")
    own = params.get("sleutel") == [OWN_KEY]
    assert found.situation == replace(plain, key=OWN_KEY if own else plain.key)


def test_what_is_wrong_costs_nothing_else_and_can_be_mended(desk: Desk):
    slider = next(iter(desk.sheet("soc").sliders.values()))
    far = f"{slider.high * slider.scale + 1:g}"
    found = read(
        desk,
        {
            "dienst": ["soc"], "met": ["0147-0168"], "sleutel": ["free"], "voet": ["120"],
            "deel.GM0147": ["70"], "deel.GM0168": ["20"], f"cijfer.{slider.id}": [far], "ingroei": ["3"],
        },
    )  # fmt: skip
    assert found.situation.members == {"GM0147", "GM0168"}
    assert (found.situation.key, found.situation.dampening) == (OWN_KEY, 3)
    assert (found.situation.percentages, found.situation.foot, found.situation.figures) == ({}, 0.0, {})
    assert set(found.wrong) == {"voet", "deel", f"cijfer.{slider.id}"}
    assert "tellen op tot 90" in found.wrong["deel"]
    typed = {"voet": "120", "deel.GM0147": "70", "deel.GM0168": "20", f"cijfer.{slider.id}": far}
    assert {key: value for key, value in found.typed.items() if value} == typed


def test_a_lasting_address_names_what_is_usual_now(desk: Desk):
    plain = usual(desk, "soc")
    told = parse_qs(lasting_address(desk, plain))
    assert set(told) == {"dienst", "vorm", "met", "sleutel", "niveau"}
    assert told["vorm"] == [plain.variant]
    assert read(desk, told).situation == plain
    assert read(desk, told).problem == ""


def test_a_figure_outside_its_range_is_refused(desk: Desk):
    slider = next(iter(desk.sheet("soc").sliders.values()))
    found = read(desk, {"dienst": ["soc"], f"cijfer.{slider.id}": [str(slider.high * slider.scale + 1)]})
    assert "ligt tussen" in found.problem


def test_a_figure_at_its_middle_was_not_moved(desk: Desk):
    slider = next(iter(desk.sheet("soc").sliders.values()))
    middle = f"{slider.mode * slider.scale:g}".replace(".", ",")
    assert read(desk, {"dienst": ["soc"], f"cijfer.{slider.id}": [middle]}).situation == usual(desk, "soc")


@settings(max_examples=150)
@given(
    st.dictionaries(
        st.sampled_from(
            ["dienst", "vorm", "met", "sleutel", "voet", "ingroei", "niveau", "ook", "deel.GM0147"]
        )
        | st.text(max_size=12).map("cijfer.{}".format),
        st.lists(st.text(max_size=12) | st.just("soc"), max_size=3),
    )
)
def test_nothing_in_an_address_breaks(desk: Desk, params: dict[str, list[str]]):
    found = read(desk, params)
    assert again(desk, found.situation) == found.situation
