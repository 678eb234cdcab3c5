"""How long every page and every path of the API takes, with ten regions in the database.

``python benchmarks/web_latency.py [TIMES]``: one request at a time, over HTTP, from the same machine, each by
people of Twente in turn; a complete run of Twente is among the rows.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from uuid import uuid4

import httpx

from web_run import REGION, SECONDS, Workspace, workspace

OTHERS = (
    "Groningen", "Fryslân", "Drenthe", "IJsselland", "Utrecht", "Kennemerland", "Haaglanden", "Zeeland",
    "Limburg-Noord",
)  # fmt: skip
PEOPLE = 10
FILL = f"""
import django; django.setup()
from django.conf import settings
from django.db import connection
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from marke.web.accounts.models import User
from marke.web.api.keys import make_key
from marke.web.api.models import Area, Right
from marke.web.intake.demo import fill_region
lead = User.objects.get(email="programmaleider@twente.example")
contacts = list(User.objects.filter(email__startswith="contact@").order_by("email"))
for name in {OTHERS!r}:
    fill_region(lead, "veiligheidsregio:" + name, name, "", "zeven groene kikkers")
with connection.cursor() as cursor:
    cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'todo'")  # rankings, before the run
for user in [lead, *contacts]:
    print(user.email, make_key(user=user, name="meting", rights=dict.fromkeys(Area, Right.WRITE), days=1))
"""  # noqa: S608  # our own names
ROUTES = """
import django; django.setup()
from marke.web.config.urls import urlpatterns
def walk(patterns, prefix=""):
    for each in patterns:
        route = prefix + str(each.pattern)
        if hasattr(each, "url_patterns"):
            walk(each.url_patterns, route)
        elif "api/" not in route and "<slug:region>" in route:
            print(route)
walk(urlpatterns)
"""


def inside(site: Workspace, code: str) -> list[str]:
    """Run code in the workspace's Django and return the lines that it prints."""
    os.environ["MARKE_DATA"] = str(site.folder)
    from marke.web.config.prepared import database

    with database(site.folder) as (addresses, _):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=addresses.environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout.splitlines()


def complete_run(site: Workspace, key: str) -> str:
    """Have Twente computed and return the name of the run."""
    with httpx.Client(base_url=f"{site.address}/api/v1", headers=bearer(key), timeout=60) as client:
        path = f"/regios/{slug()}/runs"
        name: str = client.post(path).raise_for_status().json()["run"]
        end = time.monotonic() + 5 * SECONDS
        while client.get(f"{path}/{name}").json()["toestand"] != "klaar":
            assert time.monotonic() < end
            time.sleep(1)
    return name


def slug() -> str:
    return REGION.rpartition("/")[2]


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def own_of(email: str) -> str:
    return email.split("@")[1].removesuffix(".example")


def pages(site: Workspace, run: str) -> Iterator[str]:
    """Every page inside a region, as a template of the organisation's name."""
    parts = {
        "<slug:region>": slug(), "<slug:section>": "soc", "<slug:service>": "soc", "<int:number>": "0",
        "<str:key>": "figures.overhead_own", "<uuid:run>": run,
        "<slug:part>": "oordelen", "<slug:organisation>": "{own}",
    }  # fmt: skip
    for route in inside(site, ROUTES):
        for mark, value in parts.items():
            route = route.replace(mark, value)
        yield "/" + re.sub(r"<uuid:\w+>", str(uuid4()), route)


def operations(site: Workspace, run: str) -> Iterator[str]:
    """Every path of the API that can be read, as a template of the organisation's name."""
    parts = {
        "{regio}": slug(), "{onderdeel}": "soc", "{cijfer}": "figures.overhead_own", "{nummer}": "1",
        "{run}": run, "{organisatie}": "{own}", "{feit}": "soc.alone", "{vraag}": "partners",
        "{bestandsvorm}": "odt", "{andere}": str(uuid4()), "{bestand}": "geen.pdf",
    }  # fmt: skip
    for path, methods in httpx.get(f"{site.address}/api/v1/openapi.json").json()["paths"].items():
        if "get" in methods:
            for mark, value in parts.items():
                path = path.replace(mark, value)
            yield f"/api/v1{path}" + ("?begin=soc.verdict" if path.endswith("herleidingen") else "")


def timed(clients: dict[str, httpx.Client], path: str, times: int) -> list[float] | None:
    """Seconds of each request by the first people that the path is there for; None when none is."""
    *contacts, lead = clients
    for people in (contacts, [lead]):
        found = []
        for number in range(times + 1):
            email = people[number % len(people)]
            begin = time.perf_counter()
            answer = clients[email].get(path.replace("{own}", own_of(email)))
            if answer.status_code != 200:
                break
            found.append(time.perf_counter() - begin)
        else:
            return sorted(found[1:])
    return None


def report(title: str, clients: dict[str, httpx.Client], paths: Iterator[str], times: int) -> None:
    """Print a table of the paths, the slowest first."""
    rows, left = [], []
    for path in paths:
        found = timed(clients, path, times)
        if found is None:
            left.append(path)
        else:
            rows.append((found[len(found) // 2], found[int(len(found) * 0.95)], path))
    print(f"\n### {title}\n\n| path | p50 | p95 |\n|---|---|---|")
    for middle, high, path in sorted(rows, reverse=True):
        print(f"| `{path}` | {middle * 1000:.0f} ms | {high * 1000:.0f} ms |")
    print(f"\nNot read with GET, or nothing there: {', '.join(f'`{path}`' for path in left)}.")


def main() -> None:
    """Measure and print both tables."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    with workspace() as site:
        keys = dict(line.split() for line in inside(site, FILL) if "@" in line)
        lead, contacts = "programmaleider@twente.example", site.people[:PEOPLE]
        run = complete_run(site, keys[lead])
        print(
            f"## Every page and path, with {1 + len(OTHERS)} regions\n\n{times} requests each, one at a time."
        )
        common = {"base_url": site.address, "timeout": 60}
        signed = {e: httpx.Client(**common, cookies=site.cookies(e)) for e in [*contacts, lead]}
        report("Pages", signed, pages(site, run), times)
        with_keys = {e: httpx.Client(**common, headers=bearer(keys[e])) for e in [*contacts, lead]}
        report("API", with_keys, operations(site, run), times)


if __name__ == "__main__":
    main()
