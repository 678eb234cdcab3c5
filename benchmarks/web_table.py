"""How long a change at the table takes, in Python and in a browser, and what ten regions take in memory.

``python benchmarks/web_table.py RUNS [CHANGES]`` measures the answers by every key, and with a moved figure;
RUNS is a folder with a run, as ``marke verken twente-actueel --uit RUNS`` makes it with 8,192 draws.
``python benchmarks/web_table.py PAGE SESSION [CHANGES]`` measures a page of a running workspace, as the
person whose session cookie is given: from the click to the painted page, at once and then exactly.
"""

import secrets
import shutil
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from marke.engine.keys import keys_of
from marke.run import open_run
from marke.situations.closely import closely
from marke.situations.desk import Desk, Sheet
from marke.situations.look import look
from marke.situations.situation import Situation, usual

CHANGES = 60
TEN = 10
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
]
WATCH = """() => {
  window.spent = []; let begin = 0;
  document.addEventListener('click', () => { begin = performance.now(); }, true);
  const painted = () => setTimeout(() => window.spent.push(performance.now() - begin));
  document.addEventListener('htmx:after:swap', () => requestAnimationFrame(painted));
}"""


def told(name: str, spent: list[float], unit: str = "ms") -> None:
    """Print the median, 95th percentile and largest of some measurements."""
    high = np.quantile(spent, 0.95)
    print(f"{name}: median {statistics.median(spent):.1f} {unit}, p95 {high:.1f}, most {max(spent):.1f}")


def answers(runs: Path, changes: int) -> None:
    """Time the two answers without a page, over random groups, in CPU time."""
    desk = Desk(open_run(runs))
    sheet = desk.sheet(desk.services[0])
    slider = next(iter(sheet.sliders.values()))
    for key in keys_of(sheet.case):
        usually = replace(usual(desk), key=key)
        for name, answer in (("at once", look), ("exactly", closely)):
            told(f"{key}, {name}", timed(sheet, usually, answer, changes))
    moved = replace(usual(desk), figures={slider.id: slider.high})
    told("with a moved figure, exactly", timed(sheet, moved, closely, changes))


def timed(sheet: Sheet, usually: Situation, answer: Callable[..., Any], changes: int) -> list[float]:
    """Milliseconds of processor time that an answer takes for random groups."""
    dice, spent = np.random.default_rng(1), []
    for _ in range(changes):
        asked = usually.with_mask(sheet, int(dice.integers(3, sheet.everyone)))
        begin = time.process_time()
        answer(sheet, asked)
        spent.append((time.process_time() - begin) * 1000)
    return spent


def memory(runs: Path) -> None:
    """What a process keeps for ten regions laid open, all services read."""
    tracemalloc.start()
    desks = [Desk(open_run(runs)) for _ in range(TEN)]
    for desk in desks:
        for service in desk.services:
            closely(desk.sheet(service), usual(desk, service))
    print(f"{TEN} regions laid open: {tracemalloc.get_traced_memory()[0] / 2**20:.0f} MiB")
    tracemalloc.stop()


def in_browser(page: str, session: str, changes: int) -> None:
    """Click circles of a page one after another; tell how long the swaps took and what was sent."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": "marke_sessie", "value": session, "url": page}])
        tab, sent = context.new_page(), []
        tab.on("requestfinished", lambda each: sent.append(each))
        tab.goto(page)
        told("whole page with its files", [_size(sent)], "kB")
        tab.evaluate(WATCH)
        sent.clear()
        circles = [each.get_attribute("id") for each in tab.query_selector_all("a.town")]
        quick, exact = [], []
        for _ in range(changes):
            tab.evaluate("window.spent.length = 0")
            tab.click(f"#{secrets.choice(circles)} .disc")
            while len(spent := tab.evaluate("window.spent")) < 2:
                tab.wait_for_timeout(20)
            quick.append(spent[0])
            exact.append(spent[-1])
        told("at once, on screen", quick)
        told("exactly, on screen", exact)
        told("sent for one change", [_size(sent) / changes], "kB")
        browser.close()


def _size(sent: list[Any]) -> float:
    """What was sent in answer to requests, in kB."""
    return float(sum(each.sizes()["responseBodySize"] for each in sent)) / 1024


def main() -> None:
    """Measure and print."""
    if sys.argv[1].startswith("http"):
        in_browser(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else CHANGES)
        return
    answers(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else CHANGES)
    memory(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
