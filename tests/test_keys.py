"""The keys that a study adds, and what is said of keys that follow the inhabitants."""

from dataclasses import replace

import numpy as np
import pytest

from marke.engine import trace
from marke.engine.explore import explore
from marke.engine.keys import keys_of
from marke.findings.groups import group_finding
from marke.question import find_study, read_question, shipped_inputs


@pytest.fixture(scope="module")
def question():
    return read_question(shipped_inputs(find_study("twente-actueel"), overrides={"trekkingen": 32}))


def test_a_studys_own_percentages_divide_what_is_joint(question):
    codes = [m.code for m in question.study.region.municipalities]
    stated = dict(zip(codes, np.arange(1, 15) / 105, strict=True))
    question = replace(question, study=replace(question.study, percentages=stated))
    explored = explore(question.case("soc"), question.study)
    everyone = tuple(range(len(explored.case.players)))
    found = group_finding(explored, question.study, "joint_tender", everyone)
    by_player = {i: sum(stated[m.code] for m in explored.case.players[i]) for i in everyone}
    for i in everyone:
        rows = [row for row in found.burdens if row.key == "free" and row.code in stated]
        mine = sum(row.share for row in rows if row.code in {m.code for m in explored.case.players[i]})
        assert mine == pytest.approx(by_player[i])
    free = explored.keys.index("free")
    paid = explored.allocation["joint_tender"][free]
    assert paid.sum(axis=1) == pytest.approx(trace.joint(explored.case, "joint_tender", everyone).values)
    assert next(key for key in found.keys if key.key == "free").blocked is not None


def test_only_keys_by_use_without_answers_follow_the_inhabitants(question):
    explored = explore(question.case("soc"), question.study)
    found = group_finding(explored, question.study, "host", (0, 1, 2))
    assert [key.key for key in found.keys] == list(keys_of(explored.case))
    assert {key.key for key in found.keys if key.follows_inhabitants} == {"mixed", "per_use"}
