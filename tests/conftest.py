from pathlib import Path

import pytest
from hypothesis import settings

from marke.question import find_study, read_question, shipped_inputs
from marke.run import Run, explore_question

settings.register_profile("marke", deadline=None)  # a busy machine is no defect
settings.load_profile("marke")


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="session")
def run(runs: Path) -> Run:
    """The shipped study of Twente with few draws, in a run folder of its own."""
    question = read_question(shipped_inputs(find_study("twente-actueel"), None, {"trekkingen": 256}))
    return explore_question(question, runs, lambda findings, name: f"{name}: {findings.study.name}")
