"""A word and a figure that one municipality wrote everywhere it could are in nothing that another sees."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from itertools import product
from typing import Any

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from small import SERVICES, region_context
from story import Story, fill
from test_api import program
from test_crawl import addresses_inside, asked, filled, operations_inside
from test_decisions import link_of
from test_operations import lines  # noqa: F401  # a fixture

from marke.report.sections import PARTS
from marke.web.accounts.models import User
from marke.web.config.prepared import Addresses
from marke.web.config.urls import urlpatterns
from marke.web.runs.models import Binder, BinderFile, OwnRun, SharedRun, State
from marke.web.tenancy.context import Context, opened
from marke.web.tenancy.models import Organisation, Role

CANARY, FIGURE = "kanariepiet", "7654321"
SUNG = (CANARY, FIGURE, "7.654.321")
FACTS = ("soc.alone", "soc.players.GM0147.today", "soc.players.GM0164.today")


def heard(text: str, songs: tuple[str, ...] = SUNG) -> bool:
    return any(song in text for song in songs)


def content_of(answer: Any) -> str:
    """Everything in an answer, also inside a workbook or document."""
    content: bytes = answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b" ".join(packed.read(name) for name in packed.namelist())
    headers = " ".join(answer.headers.values())
    return (content.decode(errors="replace") + headers).lower()


Made = dict[str, list[str]]
"""Rows that were made, as values for the parts of an address."""


IN_THE_API = {"{run}": "<uuid:run>", "{bestand}": "<str:name>", "{feit}": "<str:fact>"}
"""What those parts are called in addresses of the API."""


def addresses(route: str, made: Made, own: str) -> Iterator[str]:
    """A page with every row that was made, and without one as the crawler asks for it."""
    for filling in with_rows(route, made):
        yield filled(filling, "proefregio", own)


def with_rows(route: str, made: Made) -> Iterator[str]:
    """An address with every combination of the rows that it can name."""
    parts = [part for part in made if part in route]
    for values in product(*(made[part] for part in parts)):
        filling = route
        for part, value in zip(parts, values, strict=True):
            filling = filling.replace(part, value)
        yield filling


def everything(client: Client, own: str, made: Made) -> dict[str, str]:
    found = {}
    for address in (each for route in addresses_inside(urlpatterns) for each in addresses(route, made, own)):
        answer = client.get(address)
        if answer.status_code == 200:
            found[address] = content_of(answer)
    for address in ("/metrics", "/", "/openbaar/proefregio/", "/openbaar/proefregio/gegevens.json"):
        found[address] = content_of(client.get(address))
    key = program(User.objects.get(pk=client.session["_auth_user_id"]).name)
    named = {mark: made[part] for mark, part in IN_THE_API.items() if part in made}
    for method, path in operations_inside():
        for address in with_rows(path, named):
            cache.clear()  # the limits
            answer = asked(key, method, address, "proefregio", own) if method == "GET" else None
            if answer is not None and answer.status_code == 200:
                found[address] = content_of(answer)
    return found


def sing(story: Story) -> None:
    """Write the canary in every text that a municipality can write."""
    contact = story.browser("contact-borne")
    base = "/regio/proefregio/gemeente/borne"
    page = f"{base}/nulmeting/onderdeel/once/"
    contact.post(page, {"w-suites.zaken": "", "q-suites.zaken": CANARY, "n-suites.zaken": CANARY})
    fill(story, "contact-borne", "soc", soc__options=CANARY, soc__realised=FIGURE, soc__spend=FIGURE)
    contact.post(f"{base}/mensen/", {"email": f"{CANARY}@voorbeeld.nl", "role": Role.READER.value})
    book = contact.get(f"{base}/nulmeting/werkmap/").content
    contact.post(f"{base}/nulmeting/werkmap/inlezen/", {"file": SimpleUploadedFile(f"{CANARY}.xlsx", book)})


def worked(clean: Addresses) -> str:
    """Do all jobs that wait, and return what the worker said."""
    command = [sys.executable, "-m", "django", "work", "--one-shot"]
    done = subprocess.run(
        command, env=clean.environment(), capture_output=True, text=True, timeout=300, check=True
    )
    return done.stdout + done.stderr


def made_by(story: Story, clean: Addresses) -> tuple[Made, str]:
    """A shared run that is public, an own run, and documents of both; and what the worker said."""
    lead, borne = story.browser("beheer"), story.browser("contact-borne")
    lead.post("/regio/proefregio/runs/")
    borne.post("/regio/proefregio/gemeente/borne/runs/")
    said = worked(clean)
    runs = rows(story, SharedRun) + rows(story, OwnRun)
    assert {run.state for run in runs} == {State.COMPLETE}
    lead.post(f"/regio/proefregio/runs/{runs[0].pk}/openbaar/", {"sure": "on"})
    for name, run in (("borne", runs[1]), ("borne", runs[0]), ("haaksbergen", runs[0])):
        given = {"run": str(run.pk), "kind": ["verkenning", "bijdragen", "vragen"]}
        page = f"/regio/proefregio/gemeente/{name}/stukken/"
        assert story.browser(f"contact-{name}").post(page, given).status_code == 302
    said += worked(clean)
    binders = rows(story, Binder)
    assert {binder.state for binder in binders} == {State.COMPLETE}
    names = {file.name for file in rows(story, BinderFile)}
    return {
        "<uuid:run>": [str(run.pk) for run in runs],
        "<slug:part>": [*PARTS, *SERVICES],
        "<str:fact>": [*FACTS],
        "<uuid:binder>": [str(binder.pk) for binder in binders],
        "<str:name>": sorted(names),
    }, said


def rows(story: Story, kind: type[SharedRun | OwnRun | Binder | BinderFile]) -> list[Any]:
    with opened(region_context(story)):
        members = list(Organisation.objects.filter(region=story.region))
    with opened(Context(regions=[story.region.pk], readable=[each.pk for each in members])):
        return list(kind.objects.all())


def singing(pages: dict[str, str], songs: tuple[str, ...]) -> list[str]:
    return [address for address, page in pages.items() if heard(page, songs)]


def test_the_canary_is_heard_at_home_and_nowhere_else(
    clean: Addresses,
    story: Story,
    lines: io.StringIO,  # noqa: F811
) -> None:
    sing(story)
    made, said = made_by(story, clean)
    home = everything(story.browser("contact-borne"), "borne", made)
    (own,) = rows(story, OwnRun)
    songs = (*SUNG, str(own.pk), own.mark[:16])
    at_home = singing(home, songs)
    assert "/regios/{regio}/organisaties/{organisatie}/nulmeting/antwoorden" in at_home
    assert any("herleid/soc.players.GM0147.today" in address for address in at_home)
    assert any(re.search(r"/stukken/.+\.odt$", address) for address in at_home)
    for who, place in (
        ("contact-haaksbergen", "haaksbergen"),
        ("beheer", "regiobureau"),
        ("beheer", "borne"),
    ):
        seen = everything(story.browser(who), place, made)
        seen.pop("/regio/proefregio/uitnodigen/borne/", None)  # the office sees whom a municipality invited
        assert sum(path.startswith("/regios/") for path in seen) >= 4
        assert any(f"/runs/{made['<uuid:run>'][0]}/deel/" in path for path in seen)
        assert singing(seen, songs) == []
        assert any("/stukken/" in path for path in seen) == (place == "haaksbergen")
    feed = content_of(Client().get(link_of(story, "haaksbergen")))
    assert "begin:vcalendar" in feed
    assert not heard(feed)
    assert not heard(said)
    assert not heard(lines.getvalue())
