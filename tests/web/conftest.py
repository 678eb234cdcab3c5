import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("django", reason="the workspace is an extra")

import django

_SETTINGS = {
    "MARKE_SECRET_KEY": "of these tests",
    "MARKE_DATABASE_URL": "postgresql://nobody@localhost/none",
    "DJANGO_SETTINGS_MODULE": "marke.web.config.settings",
}
os.environ |= _SETTINGS
django.setup()
for _name in _SETTINGS:
    del os.environ[_name]

import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg.conninfo import conninfo_to_dict
from small import shrink
from story import Story, invited, make_story

from marke.web.config.prepared import Addresses, migrate
from marke.web.database.embedded import Cluster
from marke.web.database.roles import prepare_roles
from marke.web.database.secrets import load_secrets
from marke.web.runs import store
from marke.web.tenancy.classes import TABLES

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """A folder that the database's user can reach, which pytest's own is not for root."""
    folder = Path(tempfile.mkdtemp(prefix="marke-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def cluster(open_folder: Path) -> Iterator[Cluster]:
    folder = open_folder / "shared"
    found = Cluster(folder, load_secrets(folder), QUICK)
    found.start()
    yield found
    found.stop()


@pytest.fixture(scope="session")
def addresses(cluster: Cluster) -> Addresses:
    owner, application = prepare_roles(cluster)
    made = Addresses(owner, application, cluster.secrets.key)
    migrate(made)
    return made


@pytest.fixture(scope="session")
def workspace(addresses: Addresses) -> Iterator[Addresses]:
    """Django, connected as the application role to a migrated database."""
    found = conninfo_to_dict(addresses.application)
    connections.databases["default"] |= {
        "NAME": found["dbname"], "USER": found["user"], "PASSWORD": found["password"], "HOST": found["host"],
    }  # fmt: skip
    del connections["default"]
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.SECOND_STEP_REQUIRED = False  # one test turns it on
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    yield addresses
    connections.close_all()


@pytest.fixture
def clean(workspace: Addresses) -> Addresses:
    """An empty workspace: the owner empties every table of our own."""
    kept = {"django_migrations", "django_content_type", "auth_permission"}
    with psycopg.connect(workspace.owner) as connection:
        names = ", ".join(sorted(set(TABLES) - kept))
        connection.execute(f"TRUNCATE {names} CASCADE")
    settings.SECOND_STEP_REQUIRED = False  # whatever the test before asked for
    return workspace


@pytest.fixture
def data(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder for unpacked runs, that workers started here share."""
    folder = open_folder / "data"
    monkeypatch.setenv("MARKE_DATA", str(folder))
    monkeypatch.setattr(settings, "DATA", folder)
    store.findings_of.cache_clear()
    store.open_stored.cache_clear()
    return folder


@pytest.fixture
def story(clean: Addresses, data: Path) -> Story:
    """A region with a study of two services and few draws."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    found = make_story()
    invited(found, "borne")
    invited(found, "haaksbergen")
    shrink(found)
    return found
