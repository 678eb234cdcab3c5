"""The story of the workspace in a browser, with axe, three widths and a picture of every page."""

import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import oidc
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections
from openpyxl import load_workbook
from small import shrink, work
from story import WORDS, Story

from marke.web.accounts.models import User
from marke.web.accounts.services import first_token
from marke.web.config.prepared import Addresses
from marke.web.tenancy.selectors import parts_of

CHROMIUM = shutil.which("chromium")
WIDTHS = (320, 768, 1280)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
pytestmark = pytest.mark.skipif(CHROMIUM is None and "MARKE_CI" not in os.environ, reason="no chromium here")


class Quiet(WSGIRequestHandler):
    def log_message(self, *_arguments: Any) -> None:
        pass


class Closing(WSGIHandler):
    """Every request has a thread of its own here: it leaves no connection behind."""

    def __call__(self, environ: Any, start_response: Any) -> Any:
        try:
            return super().__call__(environ, start_response)
        finally:
            connections.close_all()


@pytest.fixture
def address(clean: Addresses, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps a loop in this thread
    cache.clear()
    settings.SECOND_STEP_REQUIRED = True
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(Closing())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    settings.SECOND_STEP_REQUIRED = False
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()


class Visitor:
    """A person with a browser of her own; every page she names is judged and photographed."""

    def __init__(self, browser: Any, address: str, pictures: Path, *, script: bool = True) -> None:
        self.context = browser.new_context(locale="nl-NL", java_script_enabled=script)
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.address, self.pictures, self.script = address, pictures, script
        self.found: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.found.append(str(error)))

    def _heard(self, message: Any) -> None:
        if "the server responded with a status of 4" not in message.text:
            self.found.append(message.text)

    def go(self, path: str) -> int:
        answer = self.page.goto(self.address + path)
        status: int = answer.status
        return status

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=True).fill(value)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).click()
        self.page.wait_for_load_state()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()

    def text(self) -> str:
        return str(self.page.locator("main").inner_text())

    def judge(self, name: str) -> None:
        """Look at the page at three widths: nothing sticks out, and axe finds nothing."""
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            # hiding the caret would write a style into the page, which its security policy forbids
            path = self.pictures / f"{name}-{width}.png"
            self.page.screenshot(path=path, full_page=True, caret="initial")
            if not self.script:
                continue
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                self.found.append(f"{name} at {width}: {wide} wide")
            if width != 768:
                self.found += [f"{name} at {width}: {each}" for each in self._axe()]

    def _axe(self) -> list[str]:
        from axe_playwright_python.sync_playwright import Axe

        result = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": WCAG}})
        return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in result.response["violations"]]

    def use_app(self) -> None:
        """Set up an app with codes, as the page asks."""
        self.follow("App instellen")
        secret = self.page.get_by_label("Sleutel").input_value()
        self.judge("app-instellen")
        self.page.locator("[name=code]").fill(
            str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
        )
        self.press("Instellen")
        self.judge("reservecodes")

    def use_passkey(self) -> None:
        """Make a passkey with the authenticator of a browser under test."""
        session = self.context.new_cdp_session(self.page)
        session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
            "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.follow("Passkey maken")
        self.judge("passkey-maken")
        self.page.locator("[name=name]").fill("mijn laptop")
        self.page.locator("[name=passwordless]").check()
        self.press("Passkey maken")
        self.page.wait_for_url(re.compile(r"/account/2fa/(?!webauthn/add)"))

    def invite(self, path: str, email: str, role: str) -> str:
        assert self.go(path) == 200
        self.fill("E-mailadres", email)
        self.page.get_by_label("Rol", exact=True).select_option(label=role)
        self.press("Uitnodiging maken")
        self.judge("mensen")
        return str(self.page.get_by_label("Link", exact=True).input_value()).removeprefix(self.address)

    def accept(self, link: str, name: str) -> None:
        assert self.go(link) == 200
        self.judge("uitnodiging")
        self.fill("Uw naam", name)
        self.fill("Kies een wachtwoord", WORDS)
        self.press("Uitnodiging aannemen")
        self.judge("tweede-stap")


BORNE = "/regio/west/gemeente/borne/"
HOF = "/regio/west/gemeente/hof-van-twente/"


def test_the_story(address: str, browser: Any, tmp_path: Path, clean: Addresses, data: Path) -> None:
    pictures = Path(os.environ.get("MARKE_PICTURES", tmp_path))
    visitors: list[Visitor] = []

    def visitor(*, script: bool = True) -> Visitor:
        visitors.append(Visitor(browser, address, pictures, script=script))
        return visitors[-1]

    lead = visitor()
    make_region(lead)
    borne_link = lead.invite("/regio/west/uitnodigen/borne/", "bo@borne.example", "Contactpersoon")
    hof_link = lead.invite("/regio/west/uitnodigen/hof-van-twente/", "ho@hof.example", "Contactpersoon")

    bo = visitor()
    bo.accept(borne_link, "Bo van Borne")
    bo.use_passkey()
    by_form(bo)
    ho = visitor(script=False)
    ho.accept(hof_link, "Ho van het Hof")
    ho.use_app()
    by_workbook(ho, tmp_path)

    assert bo.go(HOF + "nulmeting/") == 404
    bo.judge("niet-gevonden")
    assert ho.go(BORNE + "nulmeting/") == 404
    assert bo.go(HOF + "nulmeting/werkmap/inlezen/") == 404

    con = visitor()
    con.accept(bo.invite(BORNE + "mensen/", "con@borne.example", "Controller"), "Con Troller")
    con.use_app()
    sec = visitor()
    sec.accept(
        bo.invite(BORNE + "mensen/", "sec@borne.example", "Gemeentesecretaris (opdrachtgever)"), "Sec Retaris"
    )
    sec.use_app()
    sign(con, "Tekenen als controller")
    sign(sec, "Tekenen als gemeentesecretaris")
    release(bo)

    assert lead.go("/regio/west/stand/") == 200
    lead.judge("stand")
    board = lead.text()
    assert "1/8" in board
    assert "€ 120.000" in board.replace("\xa0", " ")
    assert "1,5" not in board
    make_key(lead)
    compute(lead, bo, clean)
    publish(lead, visitor())
    again_by_passkey(bo)
    assert [each for person in visitors for each in person.found] == []


def test_signing_in_with_the_account_of_a_municipality(
    address: str, browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "PROVIDERS_ON_LOOPBACK", True)
    pictures = Path(os.environ.get("MARKE_PICTURES", tmp_path))
    lead, bo, guest = (Visitor(browser, address, pictures) for _ in range(3))
    make_region(lead)
    bo.accept(
        lead.invite("/regio/west/uitnodigen/borne/", "bo@borne.example", "Contactpersoon"), "Bo van Borne"
    )
    bo.use_app()
    with oidc.running() as provider:
        provider.person = {"sub": "bo", "email": "bo@borne.example", "email_verified": True}
        bo.go(BORNE + "aanbieder/")
        bo.judge("aanbieder-geen")
        set_up_provider(lead, provider)
        bo.go(BORNE + "aanbieder/")
        bo.judge("aanbieder-uit")
        bo.press("Aanzetten")
        assert "Het staat nu aan" in bo.text()
        bo.press("Afmelden")
        through_provider(bo)
        assert "De tweede stap" in bo.text()
        bo.judge("tweede-stap-vragen")
        provider.assertions = {"amr": ["mfa"]}
        bo.press("Stoppen met aanmelden")
        through_provider(bo)
        assert bo.page.url == address + "/"
        assert bo.go(BORNE + "nulmeting/") == 200
        provider.person |= {"sub": "iemand", "email": "iemand@borne.example"}
        guest.go("/account/login/")
        guest.judge("aanmelden-met-aanbieder")
        through_provider(guest)
        guest.judge("aanmelden-mislukt")
        assert "hoort hier nog niet bij" in guest.text()
    assert [each for person in (lead, bo, guest) for each in person.found] == []


def set_up_provider(lead: Visitor, provider: oidc.Provider) -> None:
    lead.go("/regio/west/")
    lead.follow("Aanbieder van Borne")
    lead.fill("Adres van de aanbieder (issuer)", provider.issuer)
    lead.fill("Naam van deze werkruimte bij de aanbieder (client id)", oidc.CLIENT)
    lead.press("Bewaren")
    lead.judge("aanbieder-instellen-fout")
    lead.fill("Geheim (client secret)", oidc.SECRET)
    lead.press("Bewaren")
    assert "staat nog uit" in lead.text()
    lead.judge("aanbieder-instellen")


def through_provider(person: Visitor) -> None:
    """From our sign-in page to the provider, as its own page asks, and back."""
    person.press("Borne (West)")
    person.page.get_by_role("link", name="Ik ben het").click()
    person.page.wait_for_load_state()


def make_region(lead: Visitor) -> None:
    lead.go(f"/eerste-keer/{first_token()}/")
    lead.judge("eerste-keer")
    lead.fill("Uw naam", "Bea Heer")
    lead.fill("Uw e-mailadres", "bea@regio.example")
    lead.fill("Kies een wachtwoord", WORDS)
    lead.press("Beheerder maken")
    lead.use_app()
    lead.go("/")
    lead.judge("leeg-begin")
    lead.follow("Een regio maken")
    lead.judge("nieuwe-regio")
    lead.fill("Of noem zelf de gemeenten", "Hof van Twente\nBorne")
    lead.fill("Naam van de regio", "West")
    lead.press("Regio maken")
    lead.judge("regio")
    assert "Hof van Twente" in lead.text()
    lead.go("/regio/west/studie/")
    lead.judge("studie")
    lead.follow("Alle cijfers met hun bron")
    lead.judge("cijfers")
    lead.go("/regio/west/studie/")
    lead.follow("Studie instellen")
    lead.judge("studie-instellen")
    lead.go("/regio/west/studie/wijzigen/")
    lead.judge("studie-wijzigen")


def make_key(lead: Visitor) -> None:
    """Make a key for a program, end it again, and read about accessibility."""
    lead.follow("Sleutels")
    lead.press("Sleutel maken")
    lead.fill("Waar is de sleutel voor?", "koppeling met de begroting")
    lead.press("Sleutel maken")
    assert "opent niets" in lead.text()
    lead.judge("sleutels-fout")
    lead.page.get_by_label("Studie en cijfers").select_option("Lezen en schrijven")
    lead.press("Sleutel maken")
    assert lead.page.get_by_label("Sleutel", exact=True).input_value().startswith("marke_")
    lead.judge("sleutels")
    lead.press("Beëindigen")
    assert "werkt niet meer" in lead.text()
    lead.follow("Toegankelijkheid")
    lead.judge("toegankelijkheid")


def by_form(bo: Visitor) -> None:
    bo.go("/")
    bo.judge("begin")
    bo.follow("Nulmeting van Borne")
    bo.judge("nulmeting")
    bo.follow("Uw gemeente")
    at_once(bo)
    bo.follow("Alle onderdelen")
    bo.follow("Regionaal SOC")
    bo.fill("Gerealiseerd", "1.234")
    bo.fill("Bezetting voor dit werk", "1,5")
    bo.press("Bewaren")
    assert "Eén antwoord is niet bewaard" in bo.text()
    bo.judge("onderdeel-fout")
    bo.fill("Gerealiseerd", "120000")
    bo.press("Bewaren")
    assert bo.page.get_by_label("Gerealiseerd", exact=True).input_value() == "120000"
    assert bo.page.get_by_label("Bezetting voor dit werk", exact=True).input_value() == "1,5"
    bo.judge("onderdeel")


def at_once(bo: Visitor) -> None:
    """With a script, an answer is saved as soon as one leaves it, and a wrong one is told at once."""
    field = bo.page.locator("[name=q-staff]")
    field.fill("veel")
    field.blur()
    bo.page.locator("[id='v-staff'] .error").wait_for()
    assert "Hier hoort een getal" in bo.text()
    bo.judge("meteen-fout")
    field.fill("240")
    field.blur()
    bo.page.get_by_text("Bewaard").wait_for()
    bo.judge("meteen-bewaard")
    bo.page.reload()
    assert bo.page.locator("[name=q-staff]").input_value() == "240"


def by_workbook(ho: Visitor, folder: Path) -> None:
    path = folder / "werkmap.xlsx"
    path.write_bytes(ho.context.request.get(ho.address + HOF + "nulmeting/werkmap/").body())
    book = load_workbook(path)
    for cells in book.worksheets[1].iter_rows():
        if cells[9].value == "staff":
            cells[2].value = 251
    book.save(path)
    ho.go(HOF + "nulmeting/werkmap/inlezen/")
    ho.page.set_input_files("[name=file]", path)
    ho.press("Bekijken wat er verandert")
    ho.judge("werkmap")
    ho.press("Deze antwoorden overnemen")
    ho.go(HOF + "nulmeting/onderdeel/once/")
    assert ho.page.locator("[name=q-staff]").input_value() == "251"


def sign(person: Visitor, button: str) -> None:
    person.go(BORNE + "nulmeting/onderdeel/soc/ondertekenen/")
    person.press(button)
    assert "getekend door" in person.text()


def release(bo: Visitor) -> None:
    bo.go(BORNE + "nulmeting/onderdeel/soc/ondertekenen/")
    bo.page.get_by_label("Gerealiseerd").check()
    bo.press("Vrijgave bewaren")
    bo.judge("tekenen")
    bo.go(BORNE + "logboek/")
    bo.judge("logboek")
    assert "vrijgegeven" in bo.text()


def again_by_passkey(bo: Visitor) -> None:
    bo.press("Afmelden")
    bo.go("/account/login/")
    bo.judge("aanmelden")
    bo.press("Aanmelden met een passkey")
    bo.page.wait_for_url(bo.address + "/")
    assert "Borne" in bo.text()


def compute(lead: Visitor, bo: Visitor, addresses: Addresses) -> None:
    """From a signed baseline to a run, its results from both sides, and documents."""
    user = User.objects.get(email="bea@regio.example")
    shrink(Story(user, parts_of(user)[0].region))
    lead.go("/regio/west/runs/")
    lead.judge("runs")
    lead.press("Run starten")
    lead.judge("run-wacht")
    work(addresses)
    lead.page.get_by_text("Het antwoord").wait_for(timeout=30_000)  # without loading the page again
    lead.page.reload()
    lead.judge("uitkomsten")
    lead.follow("Regionaal SOC")
    lead.judge("uitkomsten-dienst")
    lead.page.locator("a.fact").first.click()
    lead.page.wait_for_load_state()
    assert "Zo is dit getal gerekend" in lead.text()
    lead.judge("herleid")
    bo.go(BORNE + "runs/")
    bo.judge("eigen-runs")
    bo.page.locator("tbody a").first.click()
    bo.page.wait_for_load_state()
    assert "Oordeel voor Borne" in bo.text()
    for part in ("Bedragen", "Begroting", "Kalender", "Regels en bewijs", "Cijfers en bronnen"):
        bo.follow(part)
        bo.judge(f"uitkomsten-{part.split()[0].lower()}")
    bo.follow("Wat er veranderde")
    bo.judge("verschil-geen")
    bo.go(BORNE + "stukken/")
    bo.press("Stukken maken")
    work(addresses)
    bo.page.get_by_role("link", name="PDF").first.wait_for(timeout=30_000)
    bo.judge("stukken")


def publish(lead: Visitor, anyone: Visitor) -> None:
    assert anyone.go("/openbaar/west/") == 404
    lead.go("/regio/west/runs/")
    lead.page.locator("tbody a").first.click()
    lead.follow("Openbaar maken")
    lead.judge("openbaar-maken")
    lead.page.get_by_label("iedereen mag dit zien").check()
    lead.press("Openbaar maken")
    lead.judge("runs-openbaar")
    assert anyone.go("/openbaar/west/") == 200
    anyone.judge("openbaar")
