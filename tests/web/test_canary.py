"""A word that one municipality wrote everywhere it could is in nothing that another sees."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from story import Story, fill, invited, make_story
from test_api import program
from test_crawl import addresses_inside, asked, filled, operations_inside

from marke.web.accounts.models import User
from marke.web.config.prepared import Addresses
from marke.web.config.urls import urlpatterns
from marke.web.tenancy.models import Role

CANARY = "kanariepiet"


def content_of(answer: object) -> str:
    """Everything in an answer, also inside a workbook."""
    content: bytes = answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b" ".join(packed.read(name) for name in packed.namelist())
    headers = " ".join(answer.headers.values())
    return (content.decode(errors="replace") + headers).lower()


def everything(client: Client, own: str) -> dict[str, str]:
    found = {}
    for route in addresses_inside(urlpatterns):
        address = filled(route, "proefregio", own)
        answer = client.get(address)
        if answer.status_code == 200:
            found[address] = content_of(answer)
    key = program(User.objects.get(pk=client.session["_auth_user_id"]).name)
    for method, path in operations_inside():
        if method == "GET":
            answer = asked(key, method, path, "proefregio", own)
            if answer.status_code == 200:
                found[path] = content_of(answer)
    return found


def sing(story: Story) -> None:
    """Write the canary in every text that a municipality can write."""
    contact = story.browser("contact-borne")
    base = "/regio/proefregio/gemeente/borne"
    page = f"{base}/nulmeting/onderdeel/once/"
    contact.post(page, {"w-suites.zaken": "", "q-suites.zaken": CANARY, "n-suites.zaken": CANARY})
    fill(story, "contact-borne", "soc", soc__options=CANARY, soc__realised="123457")
    contact.post(f"{base}/mensen/", {"email": f"{CANARY}@voorbeeld.nl", "role": Role.READER.value})
    book = contact.get(f"{base}/nulmeting/werkmap/").content
    contact.post(f"{base}/nulmeting/werkmap/inlezen/", {"file": SimpleUploadedFile(f"{CANARY}.xlsx", book)})


def test_the_canary_is_heard_at_home_and_nowhere_else(clean: Addresses) -> None:
    story = make_story()
    invited(story, "borne")
    invited(story, "haaksbergen")
    sing(story)
    home = everything(story.browser("contact-borne"), "borne")
    assert sum(CANARY in page for page in home.values()) >= 3
    assert CANARY in home["/regios/{regio}/organisaties/{organisatie}/nulmeting/antwoorden"]
    for who, own in (("contact-haaksbergen", "haaksbergen"), ("beheer", "regiobureau"), ("beheer", "borne")):
        seen = everything(story.browser(who), own)
        seen.pop("/regio/proefregio/uitnodigen/borne/", None)  # the office sees whom a municipality invited
        assert sum(path.startswith("/regios/") for path in seen) >= 4
        assert len(seen) >= 8
        assert [address for address, page in seen.items() if CANARY in page or "123457" in page] == []
