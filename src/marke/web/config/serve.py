"""Everything in one command: database, migrations and web server, started, watched and stopped together."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import httpx

from marke.errors import InputError
from marke.web.config.environment import data_place, port
from marke.web.database.embedded import Cluster
from marke.web.database.roles import check_application_role, grant, prepare_roles, role_of
from marke.web.database.secrets import load_secrets

READY_SECONDS = 120.0
STOP_SECONDS = 20.0
_PAUSE = 0.2
_SETTINGS = "marke.web.config.settings"


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
def database(folder: Path) -> Iterator[tuple[Addresses, Cluster | None]]:
    """Have a database while the block runs: the one of ``MARKE_DATABASE_URL``, or our own.

    Our own is stopped afterwards, unless it ran already. Raises InputError when it cannot be used.
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
    cluster.start()
    try:
        owner, application = prepare_roles(cluster)
        check_application_role(application)
        yield Addresses(owner, application, secrets.key), cluster
    finally:
        if not found:
            cluster.stop()


def manage(addresses: Addresses, *arguments: str, migrating: bool = False) -> None:
    """Run one of Django's commands; raises InputError with its last lines when it fails."""
    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", "django", *arguments],
        env=addresses.environment(migrating=migrating),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise InputError(f"'{arguments[0]}' is mislukt: {done.stderr.strip()[-400:]}")


def migrate(addresses: Addresses) -> None:
    """Bring the tables up to date as their owner."""
    manage(addresses, "migrate", "--no-input", migrating=True)
    grant(addresses.owner, role_of(addresses.application))


@dataclass
class Child:
    """A process that is kept running."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def ensure(self) -> None:
        """Start it when it does not run."""
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(  # noqa: S603  # our own command
                list(self.command), env=dict(self.environment), start_new_session=True
            )

    def stop(self) -> None:
        """Ask it to stop, and end its whole group when it does not listen."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def children(addresses: Addresses) -> list[Child]:
    """Return the processes beside the database."""
    web = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port()),
        "--workers", str(min(4, os.cpu_count() or 1)), "--blocking-threads", "4", "--log-level", "warning",
        "--respawn-failed-workers", "marke.web.config.wsgi:application",
    ]  # fmt: skip
    return [Child("webserver", web, addresses.environment())]


def serve(tell: Callable[[str], None]) -> None:
    """Run the workspace until it is interrupted; ``tell`` gets each sentence for the terminal."""
    stopping = _until_stopped()
    folder = data_place()
    tell(f"De werkruimte start; haar gegevens staan in {folder}.")
    with database(folder) as (addresses, cluster):
        migrate(addresses)
        running = children(addresses)
        try:
            for child in running:
                child.ensure()
            _await_ready(running, stopping)
            _welcome(addresses, tell)
            while not stopping():
                time.sleep(_PAUSE)
                if cluster is not None and not cluster.alive():
                    cluster.start()
                for child in running:
                    child.ensure()
        finally:
            for child in reversed(running):
                child.stop()
    tell("De werkruimte is gestopt.")


def _until_stopped() -> Callable[[], bool]:
    """Turn Ctrl-C and a request to end into a flag, so that everything is stopped in order."""
    seen: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        seen.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, note)
    return lambda: bool(seen)


def _await_ready(running: Sequence[Child], stopping: Callable[[], bool]) -> None:
    end = time.monotonic() + READY_SECONDS
    address = f"http://127.0.0.1:{port()}/healthz"
    while not stopping():
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(address, timeout=5).status_code == httpx.codes.OK:
                return
        dead = [child.name for child in running if child.process is not None and child.process.poll()]
        if dead or time.monotonic() > end:
            raise InputError(
                f"De {dead[0] if dead else 'webserver'} komt niet op.",
                where=address,
                mend="Is de poort al in gebruik? Kies een andere met MARKE_PORT.",
            )
        time.sleep(_PAUSE)


def _welcome(addresses: Addresses, tell: Callable[[str], None]) -> None:
    base = f"http://localhost:{port()}"
    token = subprocess.run(
        [sys.executable, "-m", "django", "first_token"],
        env=addresses.environment(), capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    if token:
        tell(f"Maak eerst een beheerder: {base}/eerste-keer/{token}/")
    tell(f"De werkruimte staat klaar op {base} (stoppen: Ctrl-C).")
