"""The workspace in one command: it comes up, makes its administrator once, and keeps everything."""

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psycopg
import pytest

from marke.web.config.health import NO_WORKER
from marke.web.config.serve import Child, end_if_silent
from marke.web.database.embedded import SUPERUSER, Cluster
from marke.web.database.roles import prepare_roles
from web_served import COMMAND, SECONDS, bare, served


def make_administrator(address: str, said: Path) -> None:
    found = re.search(r"(/eerste-keer/\S+)", said.read_text())
    assert found
    with httpx.Client(base_url=address, follow_redirects=True) as browser:
        assert browser.get("/eerste-keer/raden/").status_code == 404
        page = browser.get(found[1])
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token
        form = {"name": "Bea Heer", "email": "bea@voorbeeld.nl", "csrfmiddlewaretoken": token[1]}
        headers = {"Referer": address}
        easy = browser.post(found[1], data=form | {"password": "geheim"}, headers=headers)
        assert easy.status_code == 422
        done = browser.post(found[1], data=form | {"password": "negen paarse olifanten"}, headers=headers)
        assert done.status_code == 200
        assert "Bea Heer" in done.text
    assert httpx.get(address + found[1]).status_code == 404


def test_it_starts_makes_an_administrator_once_and_keeps_everything(open_folder: Path) -> None:
    folder = open_folder / "served"
    with served(folder, {}) as (address, said, _):
        answer = httpx.get(f"{address}/healthz")
        assert answer.json() == {"status": "ok"}
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        make_administrator(address, said)
    assert not (folder / "postgresql" / "postmaster.pid").exists()
    with served(folder, {}) as (_, said, _):
        assert "eerste-keer" not in said.read_text()
        assert "Launching" not in said.read_text()


def test_another_postgresql_by_its_address(cluster: Cluster, open_folder: Path) -> None:
    owner, application = prepare_roles(cluster, "elders")
    by_url = {"MARKE_DATABASE_URL": application, "MARKE_DATABASE_OWNER_URL": owner}
    with served(open_folder / "elsewhere", by_url) as (address, said, _):
        make_administrator(address, said)
        assert not (open_folder / "elsewhere" / "postgresql").exists()
    with psycopg.connect(owner) as connection:
        assert connection.execute("SELECT email FROM accounts_user").fetchall() == [("bea@voorbeeld.nl",)]


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ({"MARKE_PORT": "telefoon"}, "is geen poort"),
        ({"MARKE_DATABASE_URL": "postgresql://a@127.0.0.1:1/b"}, "hoort ook het adres"),
    ],
)
def test_a_wrong_setting_gets_a_sentence(open_folder: Path, extra: dict[str, str], told: str) -> None:
    environment = bare() | {"MARKE_DATA": str(open_folder / "wrong")} | extra
    done = subprocess.run(
        [*COMMAND, "serve"],
        env=environment, capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_superuser_is_refused(cluster: Cluster, open_folder: Path) -> None:
    url = cluster.url(SUPERUSER, cluster.secrets.superuser, "postgres")
    environment = bare() | {
        "MARKE_DATA": str(open_folder / "super"), "MARKE_DATABASE_URL": url, "MARKE_DATABASE_OWNER_URL": url,
    }  # fmt: skip
    done = subprocess.run(
        [*COMMAND, "serve"],
        env=environment, capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "superuser" in done.stderr


def test_a_killed_workspace_starts_again_and_one_that_runs_is_left_alone(open_folder: Path) -> None:
    folder = open_folder / "killed"
    with served(folder, {}) as (address, _, _):
        port = address.rpartition(":")[2]
        second = bare() | {"MARKE_DATA": str(folder), "MARKE_PORT": port}
        done = subprocess.run(
            [*COMMAND, "serve"],
            env=second, capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        assert "draait al" in done.stderr
        assert httpx.get(f"{address}/healthz").status_code == 200
    left_behind(folder, port)
    with served(folder, {"MARKE_PORT": port}) as (address, _, _):
        assert httpx.get(f"{address}/healthz").status_code == 200


def left_behind(folder: Path, port: str) -> None:
    """Run a workspace and kill its main process only."""
    environment = bare() | {"MARKE_DATA": str(folder), "MARKE_PORT": port}
    process = subprocess.Popen(
        [*COMMAND, "serve"],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            if httpx.get(f"http://localhost:{port}/healthz").status_code == 200:
                break
        except httpx.HTTPError:
            time.sleep(0.1)
    process.kill()
    process.wait()
    assert httpx.get(f"http://localhost:{port}/healthz").status_code in (200, 503)


@pytest.mark.parametrize(
    ("told", "age", "ended"),
    [(NO_WORKER, 31.0, True), (NO_WORKER, 29.0, False), ("ok", 31.0, False)],
    ids=["silent", "young", "alive"],
)
def test_a_worker_that_gives_no_sign_of_life_is_ended_and_started_again(
    monkeypatch: pytest.MonkeyPatch, told: str, age: float, *, ended: bool
) -> None:
    monkeypatch.setattr(httpx, "get", lambda *_, **__: httpx.Response(503, text=told))
    worker = Child("werker", [sys.executable, "-c", "import time; time.sleep(60)"], {})
    assert worker.ensure()
    worker.started -= age
    end_if_silent(worker, "http://localhost/healthz")
    assert worker.process is not None
    try:
        if ended:
            assert worker.process.wait(10) == -signal.SIGKILL
        assert worker.ensure() == ended
    finally:
        worker.stop()
