"""Kill web server, worker or database at random moments: is anything lost that was acknowledged?

``python benchmarks/web_faults.py [TIMES]``; only processes that this program started are killed.
"""

import contextlib
import os
import random
import re
import signal
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from web_run import REGION, Workspace, token, workspace

BACK = 60.0
OWN = "hof-van-twente"
BASE = f"{REGION}/gemeente/{OWN}/nulmeting"
SECTION = f"{BASE}/onderdeel/once/"
WORKBOOK = f"{BASE}/werkmap/inlezen/"


@dataclass
class Acts:
    """What was acknowledged: the last note of each question; what was tried; and how much."""

    notes: dict[str, str] = field(default_factory=dict)
    tried: dict[str, list[str]] = field(default_factory=dict)
    done: int = 0
    refused: int = 0
    stop: bool = False


def descendants(root: int) -> list[int]:
    """Every process that a process started, itself excluded."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError):
            text = path.read_text()
            parents[int(path.parent.name)] = int(text.rpartition(")")[2].split()[1])
    found, wanted = [], {root}
    while wanted:
        wanted = {pid for pid, parent in parents.items() if parent in wanted}
        found += wanted
    return found


def save_and_upload(site: Workspace, cookies: dict[str, str], acts: Acts) -> None:
    """Save answers one after another, and now and then a whole workbook, until told to stop."""
    dice = random.Random(7)
    number = 0
    with httpx.Client(base_url=site.address, cookies=cookies, timeout=20) as client:
        while not acts.stop:
            number += 1
            with contextlib.suppress(httpx.HTTPError, AssertionError):
                if number % 5 == 0:
                    _upload(client, acts)
                else:
                    _save(client, dice.choice(("staff", "workplaces", "endpoints", "applications")), acts)


def _save(client: httpx.Client, key: str, acts: Acts) -> None:
    page = client.get(SECTION).text
    was = re.search(rf'name="w-{key}" value="([^"]*)"', page)
    assert was
    note = f"poging {acts.done} {time.monotonic()}"
    acts.tried.setdefault(key, []).append(note)
    given = {
        "only": key,
        f"w-{key}": was[1],
        f"u-{key}": "on",
        f"n-{key}": note,
        "csrfmiddlewaretoken": token(page),
    }
    answer = client.post(SECTION, data=given, headers={"Referer": str(client.base_url)})
    if answer.status_code == httpx.codes.OK:
        acts.notes[key] = note
        acts.done += 1
    else:
        acts.refused += 1


def _upload(client: httpx.Client, acts: Acts) -> None:
    """Send the workbook as it is: what it would change, and nothing changes."""
    book = client.get(f"{BASE}/werkmap/").content
    page = client.get(WORKBOOK).text
    answer = client.post(
        WORKBOOK,
        data={"csrfmiddlewaretoken": token(page)},
        files={"file": ("werkmap.xlsx", book)},
        headers={"Referer": str(client.base_url)},
    )
    acts.done += answer.status_code == httpx.codes.OK


def await_back(site: Workspace) -> float:
    """Wait until all is up; return the seconds that took."""
    begin = time.monotonic()
    while time.monotonic() < begin + BACK:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{site.address}/healthz", timeout=5).status_code == httpx.codes.OK:
                return time.monotonic() - begin
        time.sleep(0.05)
    raise SystemExit(f"not back within {BACK} s: {site.said.read_text()[-2000:]}")


def read(site: Workspace, cookies: dict[str, str]) -> str:
    """Return the page with the answers, as soon as it comes."""
    end = time.monotonic() + BACK
    while time.monotonic() < end:
        with contextlib.suppress(httpx.HTTPError):
            answer = httpx.get(f"{site.address}{SECTION}", cookies=cookies, timeout=20)
            if answer.status_code == httpx.codes.OK:
                return answer.text
        time.sleep(0.05)
    raise SystemExit("the page does not come back")


def lost(site: Workspace, cookies: dict[str, str], acts: Acts) -> list[str]:
    """Acknowledged answers that are not there, apart from a later one that was not acknowledged."""
    expected = dict(acts.notes)  # before the page is read: answers go on being saved
    page = read(site, cookies)
    found = []
    for key, note in expected.items():
        there = re.search(rf'name="n-{key}" value="([^"]*)"', page)
        later = acts.tried[key][acts.tried[key].index(note) :]
        if there is None or there[1] not in later:
            found.append(f"{key}: {note}")
    return found


def main() -> None:
    """Measure and print the section."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    dice = random.Random(11)
    missing: list[str] = []
    back: list[float] = []
    with workspace() as site:
        cookies = site.cookies(f"contact@{OWN}.example")
        acts = Acts()
        worker = threading.Thread(target=save_and_upload, args=(site, cookies, acts), daemon=True)
        worker.start()
        for _ in range(times):
            time.sleep(dice.uniform(0.1, 1.0))
            victims = descendants(site.process.pid)
            with contextlib.suppress(ProcessLookupError):
                os.kill(dice.choice(victims), signal.SIGKILL)
            time.sleep(0.1)
            back.append(await_back(site))
            missing += lost(site, cookies, acts)
        acts.stop = True
        worker.join()
    back.sort()
    print("## The workspace under faults\n")
    print(
        f"{times} times kill -9 of a random process (web server, worker, database and its sessions) while "
        f"answers were saved and workbooks sent: {acts.done} acts acknowledged, {len(missing)} lost; all up "
        f"again after {back[len(back) // 2]:.1f} s (median), {back[-1]:.1f} s at most."
    )
    if missing:
        raise SystemExit("\n".join(missing))


if __name__ == "__main__":
    main()
