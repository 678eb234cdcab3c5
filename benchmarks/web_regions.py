"""How long a change at the table takes while ten regions are in use at once, what it sends, and memory.

``python benchmarks/web_regions.py RUNS [REGIONS] [CHANGES]`` (10 regions, 30 changes each). RUNS is a folder
with a run, as ``marke verken twente-actueel --uit RUNS`` makes it with the study's 8,192 draws. Starts a
workspace of its own with that run in every region; in each region one person toggles a municipality about
once a second: the part of the page at once, then the exact one. Times are from the change, over HTTP; at the
end one person does the same in a browser, from the click to the painted page.
"""

import gzip
import json
import os
import random
import re
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import httpx

from web_table import in_browser, told

REGIONS, CHANGES = 10, 30
PAUSE = (0.5, 1.5)
"""Seconds between two changes of one person."""

READY = 120.0
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@dataclass
class Measured:
    """Seconds of the two requests of a change, and the bytes that were sent for it, as served and packed."""

    quick: list[float] = field(default_factory=list)
    exact: list[float] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)
    packed: list[int] = field(default_factory=list)


def fill(runs: Path, count: int) -> None:
    """Make regions with the run and a person each; print where their tables are, in the workspace."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from marke.run import open_run
    from marke.web.accounts.services import create_user
    from marke.web.runs.models import SharedRun, State
    from marke.web.runs.store import keep
    from marke.web.studies.selectors import latest
    from marke.web.studies.services import open_region
    from marke.web.tenancy.context import Context, opened

    run, found = open_run(runs), []
    members = [m.name for m in run.question.study.region.municipalities]
    for number in range(count):
        user = create_user(
            email=f"u{number}@voorbeeld.nl",
            name=f"U{number}",
            password=secrets.token_urlsafe(),
            administrator=True,
            example=True,
        )
        region = open_region(user=user, wanted=members, name=f"Regio {number}")
        with opened(Context(user=user.pk, regions=[region.pk], region_writable=region.pk)):
            row = SharedRun.objects.create(
                region=region, version=latest(region), state=State.RUNNING, asked_by=user
            )
            keep(row, run.folder)
        client = Client()
        client.force_login(user)
        found.append((f"/regio/{region.slug}/tafel/", client.cookies[settings.SESSION_COOKIE_NAME].value))
    print(json.dumps(found))


@contextmanager
def workspace(runs: Path, count: int) -> Iterator[tuple[str, list[tuple[str, str]], int]]:
    """A workspace with regions: its address, the tables with a session for each, and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="marke-") as place:
        folder = Path(place) / "data"
        Path(place).chmod(0o711)
        said = Path(place) / "said.txt"
        os.environ |= {"MARKE_DATA": str(folder), "MARKE_PORT": str(port), "PYTHONUNBUFFERED": "1"}
        serve = [sys.executable, "-c", "from marke.cli import main; main()", "serve"]
        with said.open("wb") as out:
            process = subprocess.Popen(serve, stdout=out, stderr=out)
        try:
            end = time.monotonic() + READY
            while "staat klaar" not in said.read_text():
                assert process.poll() is None, said.read_text()
                assert time.monotonic() < end, said.read_text()
                time.sleep(0.2)
            yield f"http://localhost:{port}", _filled(folder, runs, count), process.pid
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def _filled(folder: Path, runs: Path, count: int) -> list[tuple[str, str]]:
    from marke.web.config.prepared import database

    with database(folder) as (addresses, _):
        command = [sys.executable, __file__, "fill", str(runs), str(count)]
        done = subprocess.run(command, env=addresses.environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return [(path, session) for path, session in json.loads(done.stdout.splitlines()[-1])]


def toggle(address: str, path: str, session: str, changes: int, *, hurry: bool = False) -> Measured:
    """Take municipalities in and out at one table, by the links of the page that was got last."""
    dice, found = random.Random(path), Measured()
    with httpx.Client(base_url=address, cookies={"marke_sessie": session}, timeout=60) as client:
        page = client.get(path).text
        for _ in range(changes):
            time.sleep(0 if hurry else dice.uniform(*PAUSE))
            links = [unescape(each) for each in re.findall(r'hx-get="([^"]+)" role="switch"', page)]
            begin = time.perf_counter()
            quick = client.get(dice.choice(links), headers=PART)
            found.quick.append(time.perf_counter() - begin)
            page, parts = quick.text, [quick.content]
            if pending := re.search(r'hx-get="([^"]+)" hx-trigger="load"', page):
                exact = client.get(unescape(pending[1]), headers=PART)
                found.exact.append(time.perf_counter() - begin)
                page = exact.text
                parts.append(exact.content)
            found.sent.append(sum(map(len, parts)))
            found.packed.append(sum(len(gzip.compress(part)) for part in parts))
    return found


def resident(process: int) -> dict[str, float]:
    """Resident memory in MiB of a process and all that it started, by what each is."""
    found: dict[str, float] = {}
    waiting = [process]
    while waiting:
        pid = waiting.pop()
        place = Path(f"/proc/{pid}")
        waiting += [int(each) for each in (place / f"task/{pid}/children").read_text().split()]
        pages = int((place / "statm").read_text().split()[1])
        command = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        name = "web server" if "granian" in command else "database" if "postgres" in command else "other"
        found[name] = found.get(name, 0.0) + pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    return found


def main() -> None:
    """Measure and print."""
    if sys.argv[1] == "fill":
        fill(Path(sys.argv[2]), int(sys.argv[3]))
        return
    runs = Path(sys.argv[1])
    regions = int(sys.argv[2]) if len(sys.argv) > 2 else REGIONS
    changes = int(sys.argv[3]) if len(sys.argv) > 3 else CHANGES
    with workspace(runs, regions) as (address, tables, process):
        for path, session in tables:  # lays every run open before anything is measured, in some worker
            toggle(address, path, session, 8, hurry=True)
        alone = toggle(address, *tables[0], changes)
        with ThreadPoolExecutor(regions) as people:
            done = [people.submit(toggle, address, *table, changes) for table in tables]
            found = [each.result() for each in done]
        for name, each in (("one region in use", [alone]), (f"{regions} regions in use at once", found)):
            told(f"{name}, at once", [1000 * seconds for one in each for seconds in one.quick])
            told(f"{name}, exactly", [1000 * seconds for one in each for seconds in one.exact])
        sent = [size / 1024 for one in found for size in one.sent]
        told("sent for one change, as served", sent, "kB")
        packed = [size / 1024 for one in found for size in one.packed]
        print(f"the same packed by gzip: {statistics.median(packed):.1f} kB")
        memory = resident(process)
        print("memory: " + ", ".join(f"{name} {size:.0f} MiB" for name, size in sorted(memory.items())))
        in_browser(address + tables[0][0], tables[0][1], changes)


if __name__ == "__main__":
    main()
