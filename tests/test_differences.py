"""Why two runs differ: the parts add to the whole, and blame what changed alone."""

import pytest

from marke.differences import GROUPS, explain
from marke.engine.explore import explore
from marke.findings import Findings, compose
from marke.question import Inputs, Question, find_study, read_question, shipped_inputs
from test_feasibility import FIGURE, STUDY


def question(folder, text=STUDY, baseline=None):
    (folder / "studie.toml").write_text(text, encoding="utf-8")
    shipped = shipped_inputs(find_study("twente-actueel"))
    inputs = Inputs(folder / "studie.toml", shipped.catalogue, shipped.regions, baseline=baseline)
    return read_question(inputs, whole=True)


def told(asked: Question) -> Findings:
    explored = [explore(asked.case(key), asked.study) for key in asked.study.settings.services]
    return compose(asked.study, asked.catalogue, asked.draws, explored)


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    asked = question(tmp_path_factory.mktemp("old"))
    return asked, told(asked)


def test_two_equal_runs_do_not_differ(old) -> None:
    found = explain(old[0], old[0], old[1], old[1])
    assert found.changed == ()
    assert [(each.parts, each.before) for each in found.services] == [
        ((), each.after) for each in found.services
    ]
    assert all(each.rest == pytest.approx(0, abs=1e-6) for each in found.services)


def test_one_change_is_blamed_for_all(old, tmp_path) -> None:
    asked = question(tmp_path, f"{STUDY}\n{FIGURE}")
    found = explain(old[0], asked, old[1], told(asked))
    assert found.changed == ("figures",)
    for each in found.services:
        assert each.after != pytest.approx(each.before, rel=1e-3)
        assert each.parts[0].amount == pytest.approx(each.after - each.before)
        assert each.rest == pytest.approx(0, abs=1e-3)


def test_the_parts_of_several_changes_add_to_the_whole_and_equal_their_average_order(old, tmp_path) -> None:
    text = f"{STUDY}\n{FIGURE}".replace('"Rijssen-Holten"]', '"Rijssen-Holten"]\nhorizon_jaren = 4')
    both = question(tmp_path, text)
    found = explain(old[0], both, old[1], told(both))
    assert found.changed == ("settings", "figures")
    alone = tmp_path / "alone"
    alone.mkdir()
    figures = question(alone, f"{STUDY}\n{FIGURE}")
    first = explain(old[0], figures, old[1], told(figures))
    second = explain(figures, both, told(figures), told(both))
    last = alone / "last"
    last.mkdir()
    settings = question(last, text.replace(FIGURE, ""))
    other = explain(settings, both, told(settings), told(both))
    for place, each in enumerate(found.services):
        parts = {part.group: part.amount for part in each.parts}
        assert sum(parts.values()) == pytest.approx(each.after - each.before)
        orders = [run.services[place].parts[0].amount for run in (first, other)]
        assert parts["figures"] == pytest.approx(sum(orders) / 2)
        assert second.services[place].parts[0].group == "settings"


def test_a_service_of_one_run_only_is_named(old, tmp_path) -> None:
    asked = question(tmp_path, STUDY.replace("[diensten.woo_team]", "[diensten.privacy_officer]"))
    found = explain(old[0], asked, old[1], told(asked))
    assert [each.service for each in found.services] == ["soc"]
    assert len(found.gone) == len(found.new) == 1
    assert found.gone != found.new
    assert set(found.changed) <= set(GROUPS)
