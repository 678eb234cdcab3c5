"""Which groups may form: agreements of the study, in the game, the findings and the gates."""

import numpy as np
import pytest

from marke.engine.admission import admitted
from marke.engine.explore import explore
from marke.errors import InputError
from marke.files import data_folder
from marke.findings.choices import best_group, best_group_for, groups_of
from marke.findings.choices import structure_finding as structure
from marke.findings.compose import compose
from marke.findings.groups import envelope
from marke.games import members_of
from marke.question import Inputs, read_question

STUDY = """
naam = "Wie mee kan doen"
regio = [
  "Hof van Twente", "Hellendoorn", "Rijssen-Holten", "Wierden", "Twenterand", "Dinkelland", "Tubbergen",
]
peildatum = 2026-05-01
gewenste_start = 2027-01-01
prijspeil = 2026
inwoners_per_1_januari = 2026
trekkingen = 64

[diensten.woo_team]
varianten = ["exchange", "host"]

[diensten.woo_team.groepen.host]
gastheer = "Wierden"
capaciteit = 3

[diensten.ict_infrastructure.groepen.joining]
samenwerking = "Noaberkracht"
capaciteit = 4

[[blok]]
naam = "Noaberkracht"
gemeenten = ["Dinkelland", "Tubbergen"]
bron = "bekend"

[[samenwerking]]
naam = "Buiten"
gemeenten = ["Enschede"]
vorm = "centrumregeling"
onderwerp = "iets"
bron = "bekend"
"""


def question(tmp_path, text=STUDY, region=None):
    path = tmp_path / "studie.toml"
    path.write_text(text, encoding="utf-8")
    return read_question(Inputs(path, data_folder("catalogue"), data_folder("regions"), region))


@pytest.fixture
def asked(tmp_path):
    return question(tmp_path)


def named(case, mask):
    return {m.name for i in members_of(int(mask)) for m in case.players[i]}


def test_a_group_holds_its_host_and_stays_within_the_capacity(asked):
    case = asked.case("woo_team")
    masks = np.flatnonzero(admitted(case, "host"))
    groups = [named(case, mask) for mask in masks if len(members_of(int(mask))) > 1]
    assert all("Wierden" in group for group in groups)
    assert {len(members_of(int(mask))) for mask in masks} == {0, 1, 2, 3}
    assert len(groups) == 5 + 10
    assert admitted(case, "exchange").sum() == 1 + 6 + 15 + 20 + 15


def test_who_joins_a_partnership_finds_its_members_there(asked):
    case = asked.case("ict_infrastructure")
    assert case.variants == ("joining", "host", "body")
    for mask in np.flatnonzero(admitted(case, "joining")):
        if len(members_of(int(mask))) > 1:
            assert {"Dinkelland", "Tubbergen"} <= named(case, mask)
            assert len(members_of(int(mask))) <= 4
    assert admitted(case, "body").all()


def test_only_groups_that_may_form_are_found(asked):
    case = asked.case("woo_team")
    explored = explore(case, asked.study)
    alone = explored.alone.cost.mean(axis=0)
    for variant, statistics in explored.statistics.items():
        may = admitted(case, variant)
        assert set(np.flatnonzero(groups_of(explored, variant))) == {
            m for m in np.flatnonzero(may) if m & (m - 1)
        }
        for mask in np.flatnonzero(~may):
            apart = sum(alone[i] for i in members_of(int(mask)))
            assert statistics.mean[mask] == pytest.approx(apart)
            assert statistics.chance[mask] == 0
    variant, members = best_group(explored)
    assert admitted(case, variant)[sum(1 << i for i in members)]
    for player in range(len(case.players)):
        variant, members = best_group_for(explored, player)
        assert player in members
        assert admitted(case, variant)[sum(1 << i for i in members)]
    masks = [sum(1 << i for i, p in enumerate(case.players) if {m.code for m in p} & set(g.codes))
             for g in structure(explored).groups if g.variant]  # fmt: skip
    assert all(any(admitted(case, v)[mask] for v in case.variants) for mask in masks)
    assert envelope(explored)[-1] == pytest.approx(2 * alone.sum())
    assert structure(explored).together == pytest.approx(alone.sum())


def test_the_gates_say_who_may_take_part(asked):
    explored = [explore(asked.case(key), asked.study) for key in asked.study.settings.services]
    found = compose(asked.study, asked.catalogue, asked.draws, explored)
    gates = {
        (service.key, variant.key, gate.gate): gate
        for service in found.services
        for variant in service.variants
        for gate in variant.gates
    }
    assert "Wierden als gastheer" in gates["woo_team", "host", "host_willing"].reason
    assert "Noaberkracht" in gates["ict_infrastructure", "joining", "host_willing"].reason
    assert gates["ict_infrastructure", "host", "host_willing"].outcome == "unknown"
    groups = gates["woo_team", "host", "groups"]
    assert (groups.outcome, groups.reason) == (
        "attention",
        "Alleen groepen met Wierden en van ten hoogste 3 deelnemers.",
    )
    assert gates["ict_infrastructure", "body", "groups"].outcome == "ok"
    sizes = {v.key: [row.size for row in v.sizes] for s in found.services for v in s.variants}
    assert sizes["exchange"] == [1, 2, 3, 4]


MISTAKES = {
    "host": ('gastheer = "Wierden"', 'gastheer = "Wirden"', "Wierden"),
    "host outside": ('gastheer = "Wierden"', 'gastheer = "Enschede"', "niet in de regio"),
    "no host": ('["exchange", "host"]\n\n[diensten.woo_team.groepen.host]',
                '["body"]\n\n[diensten.woo_team.groepen.body]', "geen gastheer"),
    "variant": ("groepen.host", "groepen.hots", "Bedoelt u host?"),
    "capacity": ("capaciteit = 3", "capaciteit = 1", "ten minste 2"),
    "full": ("capaciteit = 4", 'gastheer = "Wierden"\ncapaciteit = 2', "geen plaats"),
    "partnership": ('samenwerking = "Noaberkracht"', 'samenwerking = "Noaber"', "Bedoelt u Noaberkracht?"),
    "outside": ('samenwerking = "Noaberkracht"', 'samenwerking = "Buiten"', "ligt in de regio"),
    "none": ('samenwerking = "Noaberkracht"\n', "", "hoort samenwerking"),
    "not joining": ('gastheer = "Wierden"', 'samenwerking = "Noaberkracht"', "geen samenwerking"),
    "nothing left": ('["exchange", "host"]', '["joining"]', "Bij 'joining' hoort een samenwerking"),
    "key": ("capaciteit = 3", "kapaciteit = 3", "Bedoelt u 'capaciteit'?"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "word"), MISTAKES.values(), ids=MISTAKES)
def test_an_agreement_that_does_not_fit_is_refused(tmp_path, old, new, word):
    assert old in STUDY
    text = STUDY.replace(old, new, 1)
    with pytest.raises(InputError) as caught:
        question(tmp_path, text)
    assert word in str(caught.value)
    assert "studie.toml, regel" in caught.value.where


def test_in_another_region_an_agreement_with_nobody_there_is_left_out(tmp_path):
    asked = question(tmp_path, region="provincie:Flevoland")
    assert asked.case("ict_infrastructure").variants == ("host", "body")
    assert admitted(asked.case("woo_team"), "host").all()
