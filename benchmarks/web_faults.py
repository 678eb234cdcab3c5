"""Kill web server, worker or database at random moments: is anything lost that was acknowledged?

``python benchmarks/web_faults.py [TIMES]``; only processes that this program started are killed.
"""

import contextlib
import io
import os
import random
import re
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg
from openpyxl import load_workbook

from marke.web.database.embedded import SUPERUSER, Cluster
from marke.web.database.secrets import load_secrets
from web_run import REGION, Workspace, token, workspace

BACK = 60.0
OWN = "hof-van-twente"
BASE = f"{REGION}/gemeente/{OWN}/nulmeting"
SECTION = f"{BASE}/onderdeel/once/"
WORKBOOK = f"{BASE}/werkmap/inlezen/"
SIGNED = f"{BASE}/onderdeel/soc/"
SIGN = f"{SIGNED}ondertekenen/"
FIGURES = ("soc.realised", "soc.budgeted_now", "soc.budgeted_1", "soc.budgeted_2")
BY_FORM, BY_WORKBOOK = ("staff", "workplaces", "endpoints"), "applications"


@dataclass
class Acts:
    """By what can be read back: every value that was tried, and which was the last acknowledged."""

    tried: dict[str, list[str]] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)
    refused: int = 0
    stop: bool = False

    def attempt(self, act: str, key: str, value: str, post: Callable[[], int]) -> bool:
        """Try to make something so; say whether that was acknowledged."""
        tried = self.tried.setdefault(key, [])
        tried.append(value)
        status = post()
        if status in (httpx.codes.OK, httpx.codes.FOUND):
            self.acknowledged[key] = len(tried) - 1
            self.done[act] = self.done.get(act, 0) + 1
            return True
        self.refused += 1
        if status < httpx.codes.INTERNAL_SERVER_ERROR:
            tried.pop()
        return False


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


def act_until_stopped(
    site: Workspace, contact: dict[str, str], controller: dict[str, str], acts: Acts
) -> None:
    """Save, send a workbook, sign and release, one after another, until told to stop."""
    dice = random.Random(7)
    number = 0
    with (
        httpx.Client(base_url=site.address, cookies=contact, timeout=20) as own,
        httpx.Client(base_url=site.address, cookies=controller, timeout=20) as second,
    ):
        while not acts.stop:
            number += 1
            with contextlib.suppress(httpx.HTTPError, AssertionError):
                if number % 6 == 0:
                    _upload(own, number, acts)
                elif number % 2 == 0:
                    _sign_and_release(own, second, dice, acts)
                else:
                    _save(own, SECTION, dice.choice(BY_FORM), acts)


def _posted(client: httpx.Client, page: str, given: dict[str, object], **more: object) -> int:
    given |= {"csrfmiddlewaretoken": token(client.get(page).text)}
    return client.post(page, data=given, headers={"Referer": str(client.base_url)}, **more).status_code


def _save(client: httpx.Client, page: str, key: str, acts: Acts) -> None:
    was = re.search(rf'name="w-{key}" value="([^"]*)"', client.get(page).text)
    now = re.search(rf'name="q-{key}" value="([^"]*)"', client.get(page).text)
    assert was
    assert now
    note = f"poging {time.monotonic()}"
    given = {"only": key, f"w-{key}": was[1], f"q-{key}": now[1], f"n-{key}": note, f"y-{key}": "2026"}
    acts.attempt("saved", key, note, lambda: _posted(client, page, given))


def _sign_and_release(own: httpx.Client, second: httpx.Client, dice: random.Random, acts: Acts) -> None:
    """Change what was signed, sign it, and release other figures than before."""
    acts.tried.setdefault("signed", []).append("no")
    _save(own, SIGNED, "soc.realised", acts)
    if acts.attempt("signed", "signed", "yes", lambda: _posted(second, SIGN, {"act": "controller"})):
        chosen = sorted(dice.sample(FIGURES, dice.randint(1, len(FIGURES))))
        given: dict[str, object] = {"act": "release", "figure": chosen}
        acts.attempt("released", "released", " ".join(chosen), lambda: _posted(own, SIGN, given))


def _upload(client: httpx.Client, number: int, acts: Acts) -> None:
    """Send the workbook with one answer changed, look at what it changes, and agree."""
    book = load_workbook(io.BytesIO(client.get(f"{BASE}/werkmap/").raise_for_status().content))
    for cells in book.worksheets[1].iter_rows():
        if cells[9].value == BY_WORKBOOK:
            cells[2].value = number
    content = io.BytesIO()
    book.save(content)
    file = {"file": ("werkmap.xlsx", content.getvalue())}
    if _posted(client, WORKBOOK, {}, files=file) == httpx.codes.OK:
        acts.attempt("sent", BY_WORKBOOK, str(number), lambda: _posted(client, WORKBOOK, {"agree": "1"}))


def await_back(site: Workspace) -> float:
    """Wait until all is up; return the seconds that took."""
    begin = time.monotonic()
    while time.monotonic() < begin + BACK:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{site.address}/healthz", timeout=5).status_code == httpx.codes.OK:
                return time.monotonic() - begin
        time.sleep(0.05)
    raise SystemExit(f"not back within {BACK} s: {site.said.read_text()[-2000:]}")


def read(site: Workspace, cookies: dict[str, str], page: str) -> str:
    """Return a page, as soon as it comes."""
    end = time.monotonic() + BACK
    while time.monotonic() < end:
        with contextlib.suppress(httpx.HTTPError):
            answer = httpx.get(f"{site.address}{page}", cookies=cookies, timeout=20)
            if answer.status_code == httpx.codes.OK:
                return answer.text
        time.sleep(0.05)
    raise SystemExit("the page does not come back")


def there(site: Workspace, cookies: dict[str, str]) -> dict[str, str]:
    """Return what is there now, by what can be read back."""
    once, section, sign = (read(site, cookies, page) for page in (SECTION, SIGNED, SIGN))
    found = dict(re.findall(r'name="n-([^"]+)" value="([^"]*)"', once + section))
    number = re.search(rf'name="q-{BY_WORKBOOK}" value="([^"]*)"', once)
    found[BY_WORKBOOK] = number[1] if number else ""
    found["signed"] = "yes" if "Controller: getekend door" in sign else "no"
    found["released"] = " ".join(sorted(re.findall(r'name="figure" value="([^"]+)" checked', sign)))
    return found


def lost(site: Workspace, cookies: dict[str, str], acts: Acts) -> list[str]:
    """What was acknowledged and is not there, unless something tried later is there instead."""
    expected = dict(acts.acknowledged)  # before the pages are read: the acts go on
    found = there(site, cookies)
    return [
        f"{key}: {acts.tried[key][place]}"
        for key, place in expected.items()
        if found.get(key, "") not in acts.tried[key][place:]
    ]


_HALF = {
    "a signature without its line in the log, or the other way round": """
        SELECT abs((SELECT count(*) FROM intake_signature)
                 - (SELECT count(*) FROM tenancy_event WHERE action = 'ondertekend'))""",
    "a release of which not all figures are there": """
        SELECT count(*) FROM (
          SELECT DISTINCT ON (organisation_id) organisation_id, result FROM tenancy_event
           WHERE action = 'vrijgegeven' AND subject LIKE 'Regionaal SOC%'
           ORDER BY organisation_id, id DESC) last
         WHERE split_part(result, ': ', 2)::int <> (SELECT count(*) FROM intake_released r
           WHERE r.organisation_id = last.organisation_id AND r.question LIKE 'soc.%')""",
    "an answer that its trail does not know": """
        SELECT count(*) FROM intake_answer a WHERE jsonb_build_array(a.value, a.note) IS DISTINCT FROM (
          SELECT jsonb_build_array(c.after->'value', c.after->'note') FROM intake_answerchange c
           WHERE c.organisation_id = a.organisation_id AND c.question = a.question
           ORDER BY c.id DESC LIMIT 1)""",
}


def half(site: Workspace) -> list[str]:
    """What the database holds of an act that was not whole."""
    secrets = load_secrets(site.folder)
    with psycopg.connect(Cluster(site.folder, secrets).url(SUPERUSER, secrets.superuser)) as connection:
        counts = {told: connection.execute(question).fetchone() for told, question in _HALF.items()}
    return [f"{count[0]} times {told}" for told, count in counts.items() if count is None or count[0]]


def main() -> None:
    """Measure and print the section."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    dice = random.Random(11)
    missing: list[str] = []
    back: list[float] = []
    with workspace() as site:
        contact, controller = (site.cookies(f"{role}@{OWN}.example") for role in ("contact", "controller"))
        acts = Acts()
        worker = threading.Thread(
            target=act_until_stopped, args=(site, contact, controller, acts), daemon=True
        )
        worker.start()
        for _ in range(times):
            time.sleep(dice.uniform(0.2, 2.5))
            victims = descendants(site.process.pid)
            with contextlib.suppress(ProcessLookupError):
                os.kill(dice.choice(victims), signal.SIGKILL)
            time.sleep(0.1)
            back.append(await_back(site))
            missing += lost(site, contact, acts)
        acts.stop = True
        worker.join()
        missing += lost(site, contact, acts) + half(site)
    back.sort()
    done = ", ".join(f"{number} {act}" for act, number in sorted(acts.done.items()))
    print("## The workspace under faults\n")
    print(
        f"{times} times kill -9 of a random process (web server, worker, database and its sessions) while "
        f"answers were saved, workbooks sent and taken over, sections signed and figures released: "
        f"{sum(acts.done.values())} acts acknowledged ({done}), {len(missing)} lost or half; all up "
        f"again after {back[len(back) // 2]:.1f} s (median), {back[-1]:.1f} s at most."
    )
    if missing:
        raise SystemExit("\n".join(missing))


if __name__ == "__main__":
    main()
