"""A workspace of the release before, brought up to date with its data: all rows stay, and every wall."""

from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from test_isolation import unwalled
from test_walls import undeclared

from marke.own_figures import with_own_figures
from marke.web.config.prepared import Addresses, manage, migrate
from marke.web.database.embedded import SUPERUSER, Cluster
from marke.web.database.roles import prepare_roles
from marke.web.studies.question import catalogue, check_text

LANDED = {"accounts": "0001", "tenancy": "0003", "studies": "0003", "intake": "0006"}
"""The last migration of each app in the first release that held a workspace (0.1)."""

ROWS = Path(__file__).with_name("upgrade") / "landed.sql"


@dataclass(frozen=True)
class Upgraded:
    """A database that was brought up to date, and how many rows its tables held before."""

    addresses: Addresses
    everything: str
    before: dict[str, int]


@pytest.fixture(scope="module")
def upgraded(cluster: Cluster) -> Upgraded:
    """The first release with the rows of a small workspace, then the migrations since."""
    owner, application = prepare_roles(cluster, "landed")
    addresses = Addresses(owner, application, cluster.secrets.key)
    for app, last in LANDED.items():
        manage(addresses, "migrate", app, last, migrating=True)
    everything = cluster.url(SUPERUSER, cluster.secrets.superuser, "landed")
    with psycopg.connect(everything) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(ROWS.read_bytes())
    before = counted(everything)
    migrate(addresses)
    return Upgraded(addresses, everything, before)


def counted(everything: str) -> dict[str, int]:
    with psycopg.connect(everything) as connection:
        names = {line.split()[2] for line in ROWS.read_text().splitlines() if line.startswith("INSERT INTO ")}
        found = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in names}
    return {name: row[0] for name, row in found.items() if row}


def test_an_upgrade_keeps_every_row_and_shuts_every_wall(upgraded: Upgraded) -> None:
    assert len(upgraded.before) > 10
    assert all(upgraded.before.values())
    assert counted(upgraded.everything) == upgraded.before
    with psycopg.connect(upgraded.addresses.owner) as owner:
        assert unwalled(owner) == set()
        assert undeclared(owner) == set()
    with psycopg.connect(upgraded.addresses.application) as application:
        assert application.execute("SELECT count(*) FROM intake_answer").fetchone() == (0,)
    assert manage(upgraded.addresses, "makemigrations", "--check", "--dry-run") == "No changes detected"


def test_a_figure_that_a_study_replaced_stays_replaced(upgraded: Upgraded) -> None:
    with psycopg.connect(upgraded.everything) as connection:
        rows = connection.execute(
            "SELECT text, selection FROM studies_studyversion v JOIN tenancy_region r ON r.id = region_id"
            " ORDER BY number"
        ).fetchall()
    studies = [check_text(text, codes) for text, codes in rows]
    replaced = [with_own_figures(catalogue(), study.settings.figures) for study in studies]
    assert [set(each.replaced) for each in replaced] == [set(), {"figures.overhead_own"}]
    figure = replaced[-1].figures["figures.overhead_own"]
    assert (figure.low, figure.mode, figure.high) == (10, 12, 14)
