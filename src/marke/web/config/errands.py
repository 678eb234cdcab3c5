"""What is done once with the workspace: an example in it, a copy of it, a copy put back, a check of it."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from marke.errors import InputError
from marke.files import write_atomically
from marke.web.config.environment import base_address, data_place
from marke.web.config.prepared import database, manage, migrate
from marke.web.database.copies import restore_copy, save_copy
from marke.web.database.embedded import Cluster
from marke.web.operations.findings import LAST_COPY, Finding


def fill_example(tell: Callable[[str], None]) -> None:
    """Fill the workspace with the example of Twente; ``tell`` gets each line for the terminal."""
    with database(data_place()) as (addresses, _):
        migrate(addresses)
        manage(addresses, "demo", tell=tell)


def password_link(email: str) -> str:
    """Return the address with which a person chooses a new password; raises InputError for an unknown one."""
    with database(data_place()) as (addresses, _):
        return base_address() + manage(addresses, "password_link", email)


def keep(target: Path) -> None:
    """Write a copy of the embedded workspace; raises InputError for another database or when it exists."""
    _embedded_only()
    with database(data_place()) as (addresses, cluster):
        migrate(addresses)
        assert cluster is not None  # noqa: S101  # it is ours
        save_copy(cluster, target)
    write_atomically(
        data_place() / LAST_COPY, json.dumps({"bestand": str(target), "op": datetime.now(UTC).isoformat()})
    )


def inspect() -> list[Finding]:
    """Return what there is to say about how the workspace is set up."""
    with database(data_place()) as (addresses, _):
        migrate(addresses)
        return [Finding(*each) for each in json.loads(manage(addresses, "inspect_deployment"))]


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
