"""What is done once with the workspace: an example in it, a copy of it, a copy put back."""

import os
from pathlib import Path

from marke.errors import InputError
from marke.web.config.environment import data_place, port
from marke.web.config.prepared import database, manage, migrate
from marke.web.database.copies import restore_copy, save_copy
from marke.web.database.embedded import Cluster


def fill_example() -> str:
    """Fill the workspace with the example of Twente and return who can sign in, for the terminal."""
    with database(data_place()) as (addresses, _):
        migrate(addresses)
        return manage(addresses, "demo")


def password_link(email: str) -> str:
    """Return the address with which a person chooses a new password; raises InputError for an unknown one."""
    with database(data_place()) as (addresses, _):
        return f"http://localhost:{port()}{manage(addresses, 'password_link', email)}"


def keep(target: Path) -> None:
    """Write a copy of the embedded workspace; raises InputError for another database or when it exists."""
    _embedded_only()
    with database(data_place()) as (addresses, cluster):
        migrate(addresses)
        assert cluster is not None  # noqa: S101  # it is ours
        save_copy(cluster, target)


def put_back(source: Path, *, overwrite: bool) -> None:
    """Put a copy back and migrate it; raises InputError while the workspace runs."""
    _embedded_only()
    with database(data_place(), alone=True) as (addresses, cluster):
        assert isinstance(cluster, Cluster)  # noqa: S101  # it is ours
        restore_copy(cluster, source, overwrite=overwrite)
        migrate(addresses)


def _embedded_only() -> None:
    if os.environ.get("MARKE_DATABASE_URL"):
        raise InputError(
            "Een eigen PostgreSQL bewaart en herstelt u met haar eigen gereedschap (pg_dump en pg_restore).",
            where="MARKE_DATABASE_URL",
        )
