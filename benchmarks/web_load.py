"""Two hundred people fill in and read at once: how long they wait, and whether anything goes wrong.

``python benchmarks/web_load.py [SECONDS]``; the people run in this process, on the same machine.
"""

import asyncio
import random
import re
import sys
import time

import httpx

from web_run import REGION, Workspace, token, workspace

PEOPLE = 200
THINKING = 10.0
SECTIONS = ("once", "soc", "privacy_officer", "woo_team")


Seen = list[tuple[str, float, int]]
"""Kind, seconds and status of every request."""


async def person(site: Workspace, cookies: dict[str, str], own: str, until: float, seen: Seen) -> None:
    """Read pages and save answers, with time to think, until it is time."""
    dice = random.Random(hash((own, len(seen))))
    base = f"{REGION}/gemeente/{own}/nulmeting"
    async with httpx.AsyncClient(base_url=site.address, cookies=cookies, timeout=60) as client:
        await asyncio.sleep(dice.uniform(0, THINKING))
        page, address = "", ""
        while time.monotonic() < until:
            kind = dice.choice(("overview", "board", "section", "save", "save"))
            begin = time.monotonic()
            if kind == "save" and page:
                answer = await client.post(
                    address, data=changed(page, dice), headers={"Referer": site.address}
                )
            else:
                kind = "section" if kind == "save" else kind
                path = {"overview": f"{base}/", "board": f"{REGION}/stand/"}.get(kind)
                address = path or f"{base}/onderdeel/{dice.choice(SECTIONS)}/"
                answer = await client.get(address)
                page = answer.text if kind == "section" else ""
            seen.append((kind, time.monotonic() - begin, answer.status_code))
            await asyncio.sleep(dice.uniform(THINKING / 2, THINKING * 1.5))


def changed(page: str, dice: random.Random) -> dict[str, str]:
    """One question of a page with another answer, as a script sends it."""
    fields = re.findall(r'name="w-([^"]+)" value="([^"]*)"', page)
    key, was = dice.choice(fields)
    return {
        "only": key, f"w-{key}": was, f"u-{key}": "on", f"n-{key}": f"gemeten {dice.random()}",
        "csrfmiddlewaretoken": token(page),
    }  # fmt: skip


async def measure(site: Workspace, seconds: float) -> Seen:
    """Let everybody work for some seconds; return kind, seconds and status of every request."""
    signed_in = {email: site.cookies(email) for email in site.people}
    seen: Seen = []
    until = time.monotonic() + seconds
    emails = [site.people[number % len(site.people)] for number in range(PEOPLE)]
    await asyncio.gather(
        *(person(site, signed_in[e], e.split("@")[1].removesuffix(".example"), until, seen) for e in emails)
    )
    return seen


def main() -> None:
    """Measure and print the section."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    with workspace() as site:
        seen = asyncio.run(measure(site, seconds))
    print(f"## The workspace under {PEOPLE} people\n")
    print("| request | number | median | p95 | slowest |", "|---|---|---|---|---|", sep="\n")
    kinds = sorted({kind for kind, _, _ in seen})
    for kind in [*kinds, "all"]:
        times = sorted(t for k, t, _ in seen if kind in (k, "all"))
        middle, high = times[len(times) // 2], times[int(len(times) * 0.95)]
        told = " | ".join(f"{value * 1000:.0f} ms" for value in (middle, high, times[-1]))
        print(f"| {kind} | {len(times)} | {told} |")
    # 422: a colleague with the same account answered this question meanwhile
    wrong = [status for _, _, status in seen if status not in (200, 422)]
    print(f"\n{len(wrong)} errors{': ' + str(sorted(set(wrong))) if wrong else ''}.")


if __name__ == "__main__":
    main()
