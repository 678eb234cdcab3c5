"""Everything in one command: database, migrations and web server, started, watched and stopped together."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import httpx

from marke.errors import InputError
from marke.files import make_folder
from marke.web.config.alone import alone, note_running
from marke.web.config.environment import base_address, data_place, listening, port
from marke.web.config.health import NO_WORKER
from marke.web.config.prepared import Addresses, database, manage, migrate

READY_SECONDS = 120.0
STOP_SECONDS = 20.0
SILENT_SECONDS = 30.0
"""How old a worker is that should have told that it lives."""
_PAUSE, _LOOK = 0.2, 5.0


@dataclass
class Child:
    """A process that is kept running."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    silent: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    started: float = 0.0

    def ensure(self) -> bool:
        """Start it when it does not run, and say whether that was so."""
        gone = self.process is None or self.process.poll() is not None
        if gone:
            self._clear()
            self.process = subprocess.Popen(  # noqa: S603  # our own command
                list(self.command),
                env=dict(self.environment),
                stdout=subprocess.DEVNULL if self.silent else None,
                start_new_session=True,
            )
            self.started = time.monotonic()
        return gone

    def _clear(self) -> None:
        """End what a process that was killed left behind: it would keep the port."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

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
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", listening(), "--port", str(port()),
        "--workers", str(min(4, os.cpu_count() or 1)), "--blocking-threads", "4", "--log-level", "warning",
        "--respawn-failed-workers", "marke.web.config.wsgi:application",
    ]  # fmt: skip
    work = [sys.executable, "-m", "django", "work"]
    environment = addresses.environment()
    counting = {"PROMETHEUS_MULTIPROC_DIR": str(_counting_folder())}
    return [
        Child("webserver", web, environment | counting),
        Child("werker", work, environment, silent=True),
    ]


def end_if_silent(worker: Child, address: str) -> None:
    """End a worker that runs and does not tell that it lives: it may wait for a database that it lost."""
    if worker.process is None or time.monotonic() < worker.started + SILENT_SECONDS:
        return
    with contextlib.suppress(httpx.HTTPError, ProcessLookupError):
        if NO_WORKER in httpx.get(address, timeout=5).text:
            os.killpg(worker.process.pid, signal.SIGKILL)


def _counting_folder() -> Path:
    """Return an empty folder in which the processes of the web server count together."""
    folder = data_place() / "metingen"
    make_folder(folder)
    for left in folder.glob("*.db"):
        left.unlink(missing_ok=True)
    return folder


def serve(tell: Callable[[str], None]) -> None:
    """Run the workspace until it is interrupted; ``tell`` gets each sentence for the terminal."""
    stopping = _until_stopped()
    folder = data_place()
    tell(f"De werkruimte start; haar gegevens staan in {folder}.")
    with alone(folder), database(folder) as (addresses, cluster):
        migrate(addresses)
        running = children(addresses)
        try:
            _ensure(running, folder)
            _await_ready(running, stopping)
            _welcome(addresses, tell)
            look = time.monotonic() + _LOOK
            while not stopping():
                time.sleep(_PAUSE)
                if time.monotonic() > look:
                    end_if_silent(running[-1], _health())
                    look = time.monotonic() + _LOOK
                if cluster is not None and not cluster.alive():
                    cluster.start()
                _ensure(running, folder)
        finally:
            for child in reversed(running):
                child.stop()
    tell("De werkruimte is gestopt.")


def _ensure(running: Sequence[Child], folder: Path) -> None:
    """Start what does not run, and write down what runs when that changed."""
    started = [child.ensure() for child in running]
    if any(started):
        note_running(folder, {child.name: child.process.pid for child in running if child.process})


def _until_stopped() -> Callable[[], bool]:
    """Turn Ctrl-C and a request to end into a flag, so that everything is stopped in order."""
    seen: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        seen.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, note)
    return lambda: bool(seen)


def _await_ready(running: Sequence[Child], stopping: Callable[[], bool]) -> None:
    end = time.monotonic() + READY_SECONDS
    address = _health()
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


def _health() -> str:
    return f"http://127.0.0.1:{port()}/healthz"


def _welcome(addresses: Addresses, tell: Callable[[str], None]) -> None:
    base = base_address()
    token = manage(addresses, "first_token")
    if token:
        tell(f"Maak eerst een beheerder: {base}/eerste-keer/{token}/")
    tell(f"De werkruimte staat klaar op {base} (stoppen: Ctrl-C).")
