"""A database that is up and migrated, and Django's commands on it."""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from marke.errors import InputError
from marke.web.config.environment import data_place
from marke.web.database.embedded import Cluster
from marke.web.database.roles import check_application_role, grant, prepare_roles, role_of
from marke.web.database.secrets import load_secrets

_SETTINGS = "marke.web.config.settings"
_REFUSAL = "CommandError: "


@dataclass(frozen=True)
class Addresses:
    """The database for migrations and for the application, and the key that signs sessions."""

    owner: str
    application: str
    key: str

    def environment(self, *, migrating: bool = False) -> dict[str, str]:
        """Return the environment of a child; only a migration knows the owner's address."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("MARKE_DATABASE")}
        return kept | {
            "DJANGO_SETTINGS_MODULE": _SETTINGS,
            "MARKE_SECRET_KEY": self.key,
            "MARKE_DATABASE_URL": self.owner if migrating else self.application,
            "MARKE_DATA": str(data_place()),
        }


@contextlib.contextmanager
def database(folder: Path, *, alone: bool = False) -> Iterator[tuple[Addresses, Cluster | None]]:
    """Have a database while the block runs: the one of ``MARKE_DATABASE_URL``, or our own.

    Our own is stopped afterwards, unless it ran already; ``alone`` refuses one that runs already.
    Raises InputError when it cannot be used.
    """
    secrets = load_secrets(folder)
    if given := os.environ.get("MARKE_DATABASE_URL"):
        owner = os.environ.get("MARKE_DATABASE_OWNER_URL")
        if not owner:
            raise InputError(
                "Bij MARKE_DATABASE_URL hoort ook het adres voor de eigenaar van de tabellen.",
                where="MARKE_DATABASE_OWNER_URL",
                mend="Zie docs/workspace.md.",
            )
        check_application_role(given)
        yield Addresses(owner, given, secrets.key), None
        return
    cluster = Cluster(folder, secrets)
    found = cluster.alive()
    if found and alone:
        raise InputError("De werkruimte draait nog.", where=str(folder), mend="Stop haar eerst met Ctrl-C.")
    cluster.start()
    try:
        owner, application = prepare_roles(cluster)
        check_application_role(application)
        yield Addresses(owner, application, secrets.key), cluster
    finally:
        if not found:
            cluster.stop()


def manage(
    addresses: Addresses,
    *arguments: str,
    migrating: bool = False,
    tell: Callable[[str], None] | None = None,
) -> str:
    """Run one of Django's commands and return what it said; ``tell`` gets every line at once.

    Raises InputError when it fails.
    """
    with tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(  # noqa: S603  # our own command
            [sys.executable, "-m", "django", *arguments],
            env=addresses.environment(migrating=migrating),
            stdout=subprocess.PIPE, stderr=complaints, text=True,
        )  # fmt: skip
        said = []
        with process:
            for line in process.stdout or ():
                said.append(line)
                if tell:
                    tell(line.rstrip("\n"))
        complaints.seek(0)
        told = complaints.read().strip()
    if process.returncode != 0:
        if told.startswith(_REFUSAL):
            raise InputError(told.removeprefix(_REFUSAL))
        raise InputError(f"'{arguments[0]}' is mislukt: {told[-400:]}")
    return "".join(said).strip()


def migrate(addresses: Addresses) -> None:
    """Bring the tables up to date as their owner."""
    manage(addresses, "migrate", "--no-input", migrating=True)
    manage(addresses, "createcachetable", migrating=True)
    grant(addresses.owner, role_of(addresses.application))
