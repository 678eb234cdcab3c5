"""How long every page and every path of the API takes, with ten regions in the database.

``python benchmarks/web_latency.py [TIMES]``: one request at a time, over HTTP, from the same machine, each by
people of Twente in turn; two complete runs of Twente, documents, talks and decisions are among the rows. It
fails when there is a page or path that nobody could open, unless ``NOT_THERE`` says why.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from uuid import uuid4

import httpx

from web_run import REGION, Workspace, workspace
from web_served import SECONDS

OTHERS = (
    "Groningen", "Fryslân", "Drenthe", "IJsselland", "Utrecht", "Kennemerland", "Haaglanden", "Zeeland",
    "Limburg-Noord",
)  # fmt: skip
PEOPLE = 10
LEAD, CONTACT = "programmaleider@twente.example", "contact@hof-van-twente.example"
FILL = f"""
import django; django.setup()
from django.conf import settings
from django.db import connection
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from marke.web.accounts.models import User
from marke.web.api.keys import make_key
from marke.web.api.models import Area, Right
from marke.web.decisions.services import make_link
from marke.web.intake.demo import fill_region
from marke.situations.situation import read
from marke.web.runs.models import Binder
from marke.web.runs.publishing import publish
from marke.web.runs.selectors import latest_shared
from marke.web.table.services import save_situation
from marke.web.table.source import desk_of
from marke.web.tenancy.access import organisation_entered, region_entered
from marke.web.tenancy.models import Role
from marke.web.tenancy.services import invite
lead, contact = User.objects.get(email={LEAD!r}), User.objects.get(email={CONTACT!r})
contacts = list(User.objects.filter(email__startswith="contact@").order_by("email"))
for name in {OTHERS!r}:
    fill_region(lead, "veiligheidsregio:" + name, name, "", "zeven groene kikkers")
with connection.cursor() as cursor:
    cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'todo'")  # rankings, before the run
User.objects.filter(pk=lead.pk).update(is_administrator=True)  # for the pages of who runs the workspace
for user in [lead, *contacts]:
    key = make_key(user=user, name="meting", rights=dict.fromkeys(Area, Right.WRITE), days=1)
    print("key", user.email, key)
with region_entered(lead, "SLUG") as place:
    print("row", "<uuid:other>", latest_shared(place).pk)
    publish(place=place, run=latest_shared(place))
with organisation_entered(contact, "SLUG", "hof-van-twente") as place:
    binder = Binder.objects.get()
    print("row", "<uuid:binder>", binder.pk)
    print("row", "<str:name>", binder.files.first().name)
    print("row", "agenda/<str:token>", "agenda/" + make_link(place=place))
    kept = save_situation(
        place=place, desk=(desk := desk_of(place)), situation=read(desk, {{}}).situation, name="meting")
    print("row", "<uuid:situation>", kept.pk)
    token = invite(place=place, organisation=place.own, email="nieuw@voorbeeld.nl", role=Role.READER)
    print("row", "uitnodiging/<str:token>", "uitnodiging/" + token)
"""  # noqa: S608  # our own names
ROUTES = """
import django; django.setup()
from marke.web.config.urls import urlpatterns
def walk(patterns, prefix=""):
    for each in patterns:
        route = prefix + str(each.pattern)
        if hasattr(each, "url_patterns"):
            walk(each.url_patterns, route)
        elif not route.startswith("api/"):
            print(route)
walk(urlpatterns)
"""
NOT_THERE = {
    "account/": "pages of the library for accounts that ask for a password or token first",
    "eerste-keer/": "gone as soon as there is an administrator",
    ".well-known/security.txt": "nobody is named in this workspace",
}
"""What nobody can open here, by how its address begins, and why; all other pages must be there."""


Clients = dict[str, httpx.Client]


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
    if not email.startswith("contact@"):
        return "regiobureau"
    return email.split("@")[1].removesuffix(".example")


def pages(site: Workspace, rows: dict[str, str], run: str) -> Iterator[str]:
    """Every address that the workspace's Django resolves, as a template of the organisation's name."""
    parts = rows | {
        "kaart/<slug:form>": "kaart/svg", "aanbieder/<slug:organisation>": "aanbieder/borne",
        "<slug:region>": slug(), "<slug:section>": "soc", "<slug:service>": "soc",
        "<slug:step>": "preparation",
        "<slug:form>": "pdf", "<str:key>": "figures.overhead_own", "<uuid:run>": run,
        "<str:fact>": "soc.alone",
        "<slug:part>": "bedragen", "<slug:organisation>": "{own}", "<int:number>": "1",
    }  # fmt: skip
    for route in inside(site, ROUTES):
        path = route
        for mark, value in parts.items():
            path = path.replace(mark, value)
        yield "/" + re.sub(r"<\w+:\w+>", str(uuid4()), path)


def operations(site: Workspace, rows: dict[str, str], run: str) -> Iterator[str]:
    """Every path of the API that can be read, as a template of the organisation's name."""
    parts = {
        "{regio}": slug(), "{onderdeel}": "soc", "{cijfer}": "figures.overhead_own", "{nummer}": "1",
        "{run}": run, "{andere}": rows["<uuid:other>"], "{organisatie}": "{own}", "{feit}": "soc.alone",
        "{vraag}": "partners", "{bestandsvorm}": "odt", "{bestand}": rows["<str:name>"],
    }  # fmt: skip
    for path, methods in httpx.get(f"{site.address}/api/v1/openapi.json").json()["paths"].items():
        if "get" in methods:
            for mark, value in parts.items():
                path = path.replace(mark, value)
            yield f"/api/v1{path}" + ("?begin=soc.verdict" if path.endswith("herleidingen") else "")


def timed(clients: Clients, path: str, times: int) -> tuple[list[float], set[int]]:
    """Seconds of each request by the first people that the path is there for; none, and what was answered."""
    contacts = [email for email in clients if email.startswith("contact@")]
    others = [[email] for email in clients if email not in contacts]
    answered = set()
    for people in (contacts, [CONTACT], *others):
        found = []
        for number in range(times + 1):
            email = people[number % len(people)]
            begin = time.perf_counter()
            answer = clients[email].get(path.replace("{own}", own_of(email)))
            answered.add(answer.status_code)
            if answer.status_code != httpx.codes.OK:
                break
            found.append(time.perf_counter() - begin)
        else:
            return sorted(found[1:]), answered
    return [], answered


def report(title: str, clients: Clients, paths: Iterator[str], times: int) -> list[str]:
    """Print a table of the paths, the slowest first; return those that nobody could open."""
    rows, acts, without = [], [], []
    for path in paths:
        found, answered = timed(clients, path, times)
        if found:
            rows.append((found[len(found) // 2], found[int(len(found) * 0.95)], path))
        elif httpx.codes.METHOD_NOT_ALLOWED in answered:
            acts.append(path)
        elif not path.removeprefix("/").startswith(tuple(NOT_THERE)):
            without.append(f"{path} {sorted(answered)}")
    print(f"\n### {title}\n\n{len(rows)} of them.\n\n| path | p50 | p95 |\n|---|---|---|")
    for middle, high, path in sorted(rows, reverse=True):
        print(f"| `{path}` | {middle * 1000:.0f} ms | {high * 1000:.0f} ms |")
    if acts:
        print(f"\nOnly take what is sent: {', '.join(f'`{path}`' for path in acts)}.")
    return without


def main() -> None:
    """Measure and print both tables; ends with status 1 when a page or path was not measured."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    with workspace() as site:
        told = [line.split(" ") for line in inside(site, FILL.replace("SLUG", slug()))]
        keys, rows = ({k: v for kind, k, v in told if kind == wanted} for wanted in ("key", "row"))
        contacts = site.people[:PEOPLE]
        run = complete_run(site, keys[LEAD])
        print(
            f"## Every page and path, with {1 + len(OTHERS)} regions\n\n{times} requests each, one at a time."
        )
        common = {"base_url": site.address, "timeout": 60}
        signed = {e: httpx.Client(**common, cookies=site.cookies(e)) for e in [*contacts, LEAD]}
        signed[""] = httpx.Client(**common)
        without = report("Pages", signed, pages(site, rows, run), times)
        with_keys = {e: httpx.Client(**common, headers=bearer(keys[e])) for e in [*contacts, LEAD]}
        without += report("API", with_keys, operations(site, rows, run), times)
    for start, reason in NOT_THERE.items():
        print(f"\n`/{start}`: {reason}.")
    if without:
        sys.exit("Not measured: " + ", ".join(without))


if __name__ == "__main__":
    main()
