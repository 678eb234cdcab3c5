"""The best division into groups of an explored service."""

import numpy as np
import pytest

from marke.findings.choices import structure_finding
from marke.findings.groups import envelope
from marke.games import subset_sums
from marke.run import Run


@pytest.mark.parametrize("service", ["privacy_officer", "ciso_office", "soc"])
def test_structure_covers_everyone_once_and_costs_what_its_groups_cost(run: Run, service: str):
    explored = run.explored(service)
    found = structure_finding(explored)
    codes = sorted(code for group in found.groups for code in group.codes)
    assert codes == sorted(m.code for player in explored.case.players for m in player)
    assert found.cost == pytest.approx(sum(group.cost for group in found.groups))
    assert found.cost <= min(found.alone, found.together) + 1e-6


def test_envelope_takes_the_cheapest_form_and_alone_for_one(run: Run):
    explored = run.explored("soc")
    game = envelope(explored)
    alone = explored.alone.cost.mean(axis=0)
    assert np.allclose([game[1 << i] for i in range(len(alone))], alone)
    means = np.stack([s.mean for s in explored.statistics.values()])
    assert np.allclose(game[3:], means.min(axis=0)[3:], rtol=1e-12)
    assert game[-1] != pytest.approx(subset_sums(alone)[-1])
