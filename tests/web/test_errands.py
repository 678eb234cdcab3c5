"""The example, a copy of everything, and everything put back: by one command each."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from marke.web.database.embedded import SUPERUSER, Cluster
from marke.web.database.secrets import load_secrets


def marke(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MARKE_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-c", "from marke.cli import main; main()", *arguments],
        env=environment | {"MARKE_DATA": str(folder)},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def rows(folder: Path) -> dict[str, int]:
    """Count the rows of every table."""
    cluster = Cluster(folder, load_secrets(folder))
    cluster.start()
    try:
        with psycopg.connect(cluster.url(SUPERUSER, cluster.secrets.superuser)) as connection:
            names = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()
            counts = ", ".join(f"(SELECT count(*) FROM {name})" for (name,) in sorted(names))
            row = connection.execute(f"SELECT {counts}").fetchone()
            return dict(zip((name for (name,) in sorted(names)), row, strict=True))
    finally:
        cluster.stop()


def test_an_example_is_copied_and_put_back_elsewhere(open_folder: Path, tmp_path: Path) -> None:
    first, second, copy = open_folder / "first", open_folder / "second", tmp_path / "kopie"
    made = marke(first, "demo-werkruimte")
    assert made.returncode == 0, made.stderr
    assert "contact@hof-van-twente.example" in made.stdout
    assert "dienst 2 van 7" in made.stdout
    filled = rows(first)
    again = marke(first, "demo-werkruimte")
    assert again.returncode == 0, again.stderr
    assert "staat al in deze werkruimte" in again.stdout
    assert made.stdout.partition("Kijk eerst hier")[2] == again.stdout.partition("Kijk eerst hier")[2] != ""
    assert rows(first) == filled
    assert marke(first, "werkruimte", "bewaar", str(copy)).returncode == 0
    assert copy.stat().st_mode & 0o077 == 0
    assert "bestaat al" in marke(first, "werkruimte", "bewaar", str(copy)).stderr
    done = marke(second, "werkruimte", "herstel", str(copy))
    assert done.returncode == 0, done.stderr
    before, after = rows(first), rows(second)
    assert before == after
    assert before["intake_answer"] > 300
    assert before["intake_released"] > 100
    assert before["decisions_logentry"] == 10
    assert (before["runs_sharedrun"], before["runs_ownrun"], before["runs_binder"]) == (1, 1, 1)
    assert before["runs_binderfile"] >= 4
    assert before["runs_ownfile"] > 10
    refused = marke(second, "werkruimte", "herstel", str(copy))
    assert "niet leeg" in refused.stderr
    assert marke(second, "werkruimte", "herstel", str(copy), "--overschrijf").returncode == 0


@pytest.mark.parametrize("content", [b"geen kopie", b""])
def test_what_is_no_copy_changes_nothing(open_folder: Path, tmp_path: Path, content: bytes) -> None:
    folder, copy = open_folder / f"third{len(content)}", tmp_path / "kopie"
    copy.write_bytes(content)
    done = marke(folder, "werkruimte", "herstel", str(copy))
    assert done.returncode == 2
    assert "geen kopie" in done.stderr
