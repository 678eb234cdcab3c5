"""Kill the worker during a run, twenty times: every run ends complete or failed with a reason, none twice.

    python benchmarks/web_kills.py [KILLS]

A workspace of its own with the example; the study is made small, so that what counts is where the kill falls.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

PATIENCE = 300.0


def main(kills: int) -> None:
    """Prepare a workspace and kill its workers."""
    from marke.web.config.errands import fill_example
    from marke.web.config.prepared import database

    with tempfile.TemporaryDirectory(prefix="marke-") as place:
        folder = Path(place)
        folder.chmod(0o711)
        os.environ["MARKE_DATA"] = str(folder)
        fill_example(print)
        with database(folder) as (addresses, _):
            command = [sys.executable, __file__, "inside", str(kills)]
            subprocess.run(command, env=addresses.environment(), check=True)


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a group of its own, that is dead afterwards."""
    command = [sys.executable, "-m", "django", "work"]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, start_new_session=True, **quiet)
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def inside(kills: int) -> None:
    """Start runs and kill the worker at a moment of chance in each, until it was killed often enough."""
    import django

    django.setup()
    from marke.web.accounts.models import User
    from marke.web.runs.models import SharedFile, SharedRun, State
    from marke.web.runs.services import start_shared
    from marke.web.studies.selectors import latest
    from marke.web.studies.services import add_version
    from marke.web.tenancy.access import Place
    from marke.web.tenancy.context import Context, opened
    from marke.web.tenancy.models import Role
    from marke.web.tenancy.selectors import parts_of

    lead = User.objects.get(email="programmaleider@twente.example")
    region = parts_of(lead)[0].region
    context = Context(user=lead.pk, regions=[region.pk], region_writable=region.pk)
    place = Place(lead, region, frozenset({Role.LEAD}))
    with opened(context):
        text = latest(region).text.replace("trekkingen = 1024", "trekkingen = 64")
        add_version(region=region, user=lead, text=text, reason="klein")

    def state(key: object) -> tuple[str, int]:
        with opened(context):
            run = SharedRun.objects.get(pk=key)
        return run.state, run.tries

    def ended(key: object) -> bool:
        return state(key)[0] not in (State.WAITING, State.RUNNING)

    def moved(key: object, tries: int) -> bool:
        return state(key)[1] > tries or ended(key)

    chance, killed = random.Random(1), 0
    while killed < kills:
        with opened(context):
            run = start_shared(place=place)
        while not ended(run.pk) and killed < kills:
            before = state(run.pk)[1]
            with worker():
                _until(partial(moved, run.pk, before))
                time.sleep(chance.uniform(0, 12))
            killed += 1
        with worker():
            _until(partial(ended, run.pk))
    with opened(context):
        runs = list(SharedRun.objects.filter(version=latest(region)))  # not that of the example
        ends = Counter(run.state for run in runs)
        assert all(run.state in (State.COMPLETE, State.FAILED) for run in runs)
        assert all(run.reason for run in runs if run.state == State.FAILED)
        for run in runs:
            assert SharedFile.objects.filter(run=run, path="findings.json").count() == run.complete
    print(json.dumps({"kills": killed, "runs": len(runs), **ends}))


def _until(happened: Any) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > end:
            raise SystemExit("nothing happened")
        time.sleep(0.1)


if __name__ == "__main__":
    if sys.argv[1:2] == ["inside"]:
        inside(int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
