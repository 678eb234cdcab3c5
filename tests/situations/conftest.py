import pytest

from marke.run import Run, open_run
from marke.situations.desk import Desk


@pytest.fixture(scope="session")
def desk(run: Run) -> Desk:
    """The shipped study of Twente, opened from its folder as a page would."""
    return Desk(open_run(run.folder.parent, run.folder.name))
