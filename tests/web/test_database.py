"""The embedded database: secured, started, stopped and recovered; and roles that are refused."""

import os
import signal
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from marke.errors import InputError
from marke.web.database.embedded import SUPERUSER, Cluster
from marke.web.database.roles import check_application_role, prepare_roles, role_of
from marke.web.database.secrets import FILE, load_secrets


@pytest.fixture
def own(open_folder: Path, tmp_path: Path) -> Iterator[Cluster]:
    folder = open_folder / tmp_path.name
    cluster = Cluster(folder, load_secrets(folder))
    yield cluster
    cluster.stop()


def as_superuser(cluster: Cluster) -> str:
    return cluster.url(SUPERUSER, cluster.secrets.superuser, "postgres")


def test_only_its_own_user_reaches_it_and_only_with_a_password(cluster: Cluster) -> None:
    for folder in (cluster.data, cluster.socket):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    with psycopg.connect(as_superuser(cluster)) as connection:
        row = connection.execute("SHOW listen_addresses").fetchone()
        assert row == ("",)
        rules = connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
        assert rules == [("scram-sha-256",)]
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(cluster.url(SUPERUSER, "guess", "postgres"))


def test_the_keys_can_be_read_by_their_owner_only(cluster: Cluster) -> None:
    assert stat.S_IMODE((cluster.folder / FILE).stat().st_mode) == 0o600


def test_stop_and_start_keep_everything_also_after_a_kill(own: Cluster) -> None:
    own.start()
    owner, _ = prepare_roles(own)
    with psycopg.connect(owner) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (1)")
    own.stop()
    assert not own.alive()
    own.start()
    with psycopg.connect(owner) as connection:
        connection.execute("INSERT INTO kept VALUES (2)")
    pid = int((own.data / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGKILL)
    while own.alive():
        time.sleep(0.01)
    own.start()
    with psycopg.connect(owner) as connection:
        assert connection.execute("SELECT n FROM kept ORDER BY n").fetchall() == [(1,), (2,)]


def test_damaged_keys_are_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{}")
    with pytest.raises(InputError, match="beschadigd"):
        load_secrets(tmp_path)


def test_the_application_role_owns_nothing_and_bypasses_nothing(cluster: Cluster) -> None:
    owner, application = prepare_roles(cluster)
    check_application_role(application)
    with pytest.raises(InputError, match="beheerder"):
        check_application_role(as_superuser(cluster))
    with psycopg.connect(as_superuser(cluster), autocommit=True) as base:
        base.execute("CREATE ROLE passes LOGIN PASSWORD 'p' BYPASSRLS")
        base.execute("CREATE ROLE inherits LOGIN PASSWORD 'p' IN ROLE passes")
        try:
            with pytest.raises(InputError, match="BYPASSRLS"):
                check_application_role(cluster.url("passes", "p", "postgres"))
            with pytest.raises(InputError, match="om de afscherming heen"):
                check_application_role(cluster.url("inherits", "p", "postgres"))
        finally:
            base.execute("DROP ROLE inherits")
            base.execute("DROP ROLE passes")
    with psycopg.connect(owner) as connection:
        connection.execute("CREATE TABLE mine (n int)")
    try:
        with pytest.raises(InputError, match="eigenaar van tabellen"):
            check_application_role(owner)
    finally:
        with psycopg.connect(owner) as connection:
            connection.execute("DROP TABLE mine")


def test_an_address_without_role_or_server_gets_a_sentence() -> None:
    with pytest.raises(InputError, match="noemt geen gebruiker"):
        role_of("postgresql://localhost/x")
    with pytest.raises(InputError, match="antwoordt niet") as caught:
        check_application_role("postgresql://a:geheim@127.0.0.1:1/x")
    assert "geheim" not in str(caught.value)
