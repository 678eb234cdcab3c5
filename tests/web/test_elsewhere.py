"""``marke werkruimte stuur``: what a command sends to a workspace elsewhere."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from django.core.cache import cache
from django.utils import timezone
from story import Story, invited, make_story
from test_api import program

from marke.baseline import Answer, Baseline, write_baseline
from marke.cli import fetching
from marke.cli.elsewhere import Elsewhere, key_from
from marke.cli.fetching import await_run, runs_path
from marke.cli.werkruimte import werkruimte
from marke.errors import InputError
from marke.region import load_country
from marke.run import FINDINGS
from marke.web.accounts.models import User
from marke.web.config.prepared import Addresses
from marke.web.config.wsgi import application
from marke.web.runs.models import Binder, BinderFile, OwnRun, State
from marke.web.runs.packing import pack
from marke.web.runs.store import keep_file
from marke.web.studies.question import catalogue
from marke.web.tenancy.context import Context, opened
from marke.web.tenancy.models import Organisation

HERE = ["--adres", "http://localhost:8000", "--regio", "proefregio"]


@pytest.fixture
def story(clean: Addresses) -> Story:
    cache.clear()
    found = make_story()
    invited(found, "borne")
    return found


@pytest.fixture
def key(story: Story, monkeypatch: pytest.MonkeyPatch) -> str:
    """A key of a contact; what the command asks reaches the workspace without a web server."""

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


def test_a_run_is_started_awaited_and_fetched(
    story: Story, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, here = tmp_path / "bevindingen.json", ["--gemeente", "borne", *HERE]

    def run(*arguments: str) -> str:
        return CliRunner().invoke(werkruimte, [*arguments, *here], catch_exceptions=False).output

    with pytest.raises(InputError, match="nog geen run"):
        run("haal", str(file))
    name = run("reken").split()[-1]
    with pytest.raises(InputError, match="al een run"):
        run("reken")
    end(story, name, State.COMPLETE)
    monkeypatch.setattr(fetching, "_PAUSE", 0)
    await_run(Elsewhere("http://localhost:8000", key), runs_path("proefregio", "borne"), name)
    run("haal", str(file))
    assert file.read_bytes() == b'{"a": 1}'
    with pytest.raises(InputError, match="bestaat al"):
        run("haal", str(file), "--run", name)
    run("haal", str(file), "--run", name, "--overschrijf")
    end(story, run("reken").split()[-1], State.FAILED)
    last = program("contact-borne").ask("GET", "/regios/proefregio/organisaties/borne/runs").json()[0]
    with pytest.raises(InputError, match=r"mislukt\. Omdat"):
        await_run(Elsewhere("http://localhost:8000", key), runs_path("proefregio", "borne"), last["run"])


def test_documents_are_made_awaited_and_written(
    story: Story, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = ["--soort", "oplegger", "--gemeente", "borne", *HERE]

    def run(*arguments: str) -> str:
        command = ["stukken", str(tmp_path / "uit"), *arguments, *here]
        return CliRunner().invoke(werkruimte, command, catch_exceptions=False).output

    with pytest.raises(InputError, match="nog geen run"):
        run()
    asked = program("contact-borne").ask("POST", "/regios/proefregio/organisaties/borne/runs", {})
    end(story, asked.json()["run"], State.COMPLETE)
    monkeypatch.setattr(fetching.time, "sleep", lambda _: bind(story, State.COMPLETE, b"%PDF"))
    run()
    assert (tmp_path / "uit" / "oplegger.pdf").read_bytes() == b"%PDF"
    with pytest.raises(InputError, match="bestaat al"):
        run()
    run("--overschrijf", "--run", asked.json()["run"])
    monkeypatch.setattr(fetching.time, "sleep", lambda _: bind(story, State.FAILED))
    with pytest.raises(InputError, match=r"niet gemaakt\. Omdat"):
        run("--overschrijf")
    with pytest.raises(InputError, match="roman"):
        run("--soort", "roman", "--overschrijf")


def bind(story: Story, state: State, content: bytes = b"") -> None:
    """What the worker would have made of the last documents that were asked for."""
    with opened(Context(regions=[story.region.pk])):
        borne = Organisation.objects.get(slug="borne")
    with opened(Context(regions=[borne.region_id], readable=[borne.pk], writable=borne.pk)):
        binder = Binder.objects.first()
        assert binder is not None
        Binder.objects.filter(pk=binder.pk).update(state=state, reason="Omdat.")
        if content:
            named = {"name": "oplegger.pdf", "members": False, **pack(content)._asdict()}
            BinderFile(region=story.region, organisation=borne, binder=binder, **named).save()


def end(story: Story, name: str, state: State) -> None:
    """What the worker would have written."""
    with opened(Context(regions=[story.region.pk])):
        borne = Organisation.objects.get(slug="borne")
    with opened(Context(regions=[borne.region_id], readable=[borne.pk], writable=borne.pk)):
        OwnRun.objects.filter(pk=name).update(state=state, reason="Omdat.", ended_at=timezone.now())
        keep_file(OwnRun.objects.get(pk=name), FINDINGS, b'{"a": 1}')


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
