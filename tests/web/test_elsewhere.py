"""``marke werkruimte stuur``: what a command sends to a workspace elsewhere."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from django.core.cache import cache
from story import invited, make_story
from test_api import program

from marke.baseline import Answer, Baseline, write_baseline
from marke.cli.elsewhere import Elsewhere, key_from
from marke.cli.werkruimte import werkruimte
from marke.errors import InputError
from marke.region import load_country
from marke.web.accounts.models import User
from marke.web.config.prepared import Addresses
from marke.web.config.wsgi import application
from marke.web.studies.question import catalogue

HERE = ["--adres", "http://localhost:8000", "--regio", "proefregio"]


@pytest.fixture
def key(clean: Addresses, monkeypatch: pytest.MonkeyPatch) -> str:
    """A key of a contact; what the command asks reaches the workspace without a web server."""
    cache.clear()
    invited(make_story(), "borne")

    def request(method: str, url: str, **given: Any) -> httpx.Response:
        with httpx.Client(transport=httpx.WSGITransport(app=application)) as client:
            return client.request(method, url, **given)

    monkeypatch.setattr(httpx, "request", request)
    secret = program("contact-borne").secret
    monkeypatch.setenv("MARKE_SLEUTEL", secret)
    return secret


def baseline(path: Path, staff: float) -> None:
    region = load_country().select(["Hof van Twente", "Borne", "Haaksbergen"])
    given = [
        Answer("GM0147", "soc.staff", staff), Answer("GM0147", "soc.realised", None, unknown=True),
        Answer("GM0147", "soc.release", value=True), Answer("GM0158", "soc.staff", 9.0),
    ]  # fmt: skip
    write_baseline(path, Baseline({(a.code, a.question): a for a in given}), region, catalogue())


def test_answers_are_sent_and_nothing_of_another_or_about_releasing(key: str, tmp_path: Path) -> None:
    file = tmp_path / "nulmeting.csv"
    baseline(file, 1.5)
    command = ["stuur", str(file), "--gemeente", "borne", *HERE]
    done = CliRunner().invoke(werkruimte, command, catch_exceptions=False)
    assert done.output == "2 antwoorden veranderd.\n"
    again = CliRunner().invoke(werkruimte, command, catch_exceptions=False)
    assert again.output == "0 antwoorden veranderd.\n"
    workspace = Elsewhere("http://localhost:8000", key)
    base = "/regios/proefregio/organisaties/borne/nulmeting"
    mine = {each["vraag"]: each for each in workspace.get(f"{base}/antwoorden", onderdeel="soc")}
    assert mine["soc.staff"]["waarde"] == "1,5"
    assert mine["soc.realised"]["onbekend"] is True
    book = tmp_path / "werkmap.xlsx"
    book.write_bytes(workspace.fetch(f"{base}/werkmap"))
    sent = CliRunner().invoke(werkruimte, ["stuur", str(book), *command[2:]], catch_exceptions=False)
    assert "antwoorden veranderd" in sent.output


def test_what_the_workspace_says_is_told(key: str, tmp_path: Path) -> None:
    file = tmp_path / "nulmeting.csv"
    baseline(file, 1.5)
    with pytest.raises(InputError, match="geen rol"):
        CliRunner().invoke(
            werkruimte, ["stuur", str(file), "--gemeente", "haaksbergen", *HERE], catch_exceptions=False
        )
    User.objects.update(is_active=False)
    with pytest.raises(InputError, match="geldige sleutel"):
        CliRunner().invoke(
            werkruimte, ["stuur", str(file), "--gemeente", "borne", *HERE], catch_exceptions=False
        )


def test_a_key_is_kept_from_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MARKE_SLEUTEL", raising=False)
    with pytest.raises(InputError, match="geen sleutel"):
        key_from(None)
    file = tmp_path / "sleutel"
    file.write_text("marke_x\n")
    file.chmod(0o644)
    with pytest.raises(InputError, match="Anderen kunnen"):
        key_from(file)
    file.chmod(0o600)
    assert key_from(file) == "marke_x"
    with pytest.raises(InputError, match="alleen over https"):
        Elsewhere("http://marke.example", "marke_x")
    with pytest.raises(InputError, match="antwoordt niet"):
        Elsewhere("http://localhost:1", "marke_x").get("/deelnames")
