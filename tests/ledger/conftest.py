from collections.abc import Callable
from dataclasses import replace

import pytest

from marke.baseline import Answer, Baseline
from marke.engine.explore import Explored
from marke.run import Run
from marke.study import Study


@pytest.fixture(scope="session")
def explored(run: Run) -> Explored:
    return run.explored("privacy_officer")


@pytest.fixture(scope="session")
def soc(run: Run) -> Explored:
    return run.explored("soc")


@pytest.fixture(scope="session")
def answering(run: Run) -> Callable[..., Study]:
    """The study with answers of municipalities: (code, question) -> value."""

    def give(answers: dict) -> Study:
        found = {key: Answer(*key, value) for key, value in answers.items()}
        return replace(run.question.study, baseline=Baseline(found))

    return give
