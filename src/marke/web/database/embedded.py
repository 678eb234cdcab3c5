"""The embedded PostgreSQL: made, started and stopped in a data folder that only its user can enter."""

import contextlib
import hashlib
import os
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from marke.errors import InputError
from marke.files import make_folder
from marke.web.database.binaries import account, find_binaries, reachable
from marke.web.database.secrets import Secrets

SUPERUSER = "marke_super"
DATABASE = "marke"
CLUSTER = "postgresql"
START_SECONDS = 180.0
"""A start after a crash replays what was written: that takes far longer than an ordinary start."""

STOP_SECONDS = 60.0
_LEAVING_SECONDS = 20.0
_LONGEST_SOCKET = 90
_PORT = 5432


@dataclass
class Cluster:
    """One embedded PostgreSQL in ``folder``; ``options`` are settings on top of the usual ones."""

    folder: Path
    secrets: Secrets
    options: tuple[str, ...] = ()
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def data(self) -> Path:
        """Where PostgreSQL keeps its files."""
        return self.folder / CLUSTER

    @property
    def socket(self) -> Path:
        """The folder (0700) of the socket; beside the data unless that path is too long for a socket."""
        near = self.folder / "socket"
        if len(str(near)) <= _LONGEST_SOCKET:
            return near
        mark = hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"marke-{mark}"

    @property
    def binaries(self) -> Path:
        """Where the programs are."""
        return find_binaries(self.folder / "programma")

    def url(self, user: str, password: str, database: str = DATABASE) -> str:
        """Return the address for one role."""
        return f"postgresql://{user}:{password}@/{database}?host={self.socket}"

    def start(self) -> None:
        """Make the cluster when it is new, start it unless it runs, and wait until it answers.

        Raises InputError when it does not come up, with the last lines of its log.
        """
        self._prepare()
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        if not self._running():
            self._launch()
        self._await()

    def stop(self) -> None:
        """Stop it in an orderly way: sessions end, everything is on disk."""
        pid = self._pid()
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_SECONDS)
        end = time.monotonic() + STOP_SECONDS
        while self._running() and time.monotonic() < end:
            time.sleep(0.05)

    def alive(self) -> bool:
        """Whether the process that was started, or found, still runs."""
        return self._running()

    def _prepare(self) -> None:
        make_folder(self.folder)
        user = account()
        for path in (self.data, self.socket):
            path.mkdir(mode=0o700, exist_ok=True)
            found = path.lstat()
            if path.is_symlink() or found.st_uid not in (os.geteuid(), user.uid):
                raise InputError("Deze map is van een andere gebruiker.", where=str(path))
            user.own(path)
            path.chmod(0o700)
        if not reachable(self.data):
            raise InputError(
                "De gebruiker van de database kan niet bij deze map.",
                where=str(self.folder),
                mend="Kies met MARKE_DATA een map waar iedere gebruiker doorheen kan, zoals /var/lib/marke.",
            )

    def _initialise(self) -> None:
        with tempfile.TemporaryDirectory(dir=self.socket) as folder:
            words = Path(folder) / "wachtwoord"
            words.write_text(self.secrets.superuser)
            for path in (Path(folder), words):
                account().own(path)
            done = self._run(
                "initdb", "-D", str(self.data), "--auth=scram-sha-256", f"--username={SUPERUSER}",
                f"--pwfile={words}", "--encoding=UTF8", "--no-locale", "--data-checksums",
            )  # fmt: skip
        if done.returncode != 0:
            raise InputError(
                f"De database kan niet worden gemaakt: {done.stderr.strip()[-400:]}", where=str(self.data)
            )

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        user = account()
        return subprocess.run(  # noqa: S603  # our own program and arguments
            [str(self.binaries / program), *arguments],
            user=user.uid, group=user.gid, extra_groups=[] if user.uid is not None else None,
            capture_output=True, text=True, cwd="/", check=False,
        )  # fmt: skip

    def _launch(self) -> None:
        user = account()
        if self._process is not None:
            self._process.wait(STOP_SECONDS)
        settings = (
            "listen_addresses=", f"unix_socket_directories={self.socket}", "unix_socket_permissions=0700",
            f"port={_PORT}", "password_encryption=scram-sha-256", "max_connections=100",
            "log_statement=none", "logging_collector=off", *self.options,
        )  # fmt: skip
        with (self.folder / "postgresql.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  # our own program and arguments
                [str(self.binaries / "postgres"), "-D", str(self.data),
                 *(part for setting in settings for part in ("-c", setting))],
                user=user.uid, group=user.gid, extra_groups=[] if user.uid is not None else None,
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/", start_new_session=True,
            )  # fmt: skip

    def _await(self) -> None:
        begin = time.monotonic()
        end = begin + START_SECONDS
        while True:
            try:
                psycopg.connect(self.url(SUPERUSER, self.secrets.superuser, "postgres")).close()
            except psycopg.OperationalError as error:
                gone = self._process is not None and self._process.poll() is not None
                if gone and self._process_before_left() and time.monotonic() < begin + _LEAVING_SECONDS:
                    self._launch()
                elif gone or time.monotonic() > end:
                    raise InputError(
                        f"De database start niet: {self._last_lines() or error}",
                        where=str(self.folder / "postgresql.log"),
                        mend="Kijk in dit bestand wat eraan scheelt.",
                    ) from error
                time.sleep(0.05)
            else:
                return

    def _process_before_left(self) -> bool:
        """Whether it would not start because one that was killed had not quite gone."""
        told = self._last_lines()
        return "postmaster.pid" in told or "shared memory block" in told

    def _last_lines(self) -> str:
        try:
            lines = (self.folder / "postgresql.log").read_text(errors="replace").splitlines()
        except OSError:
            return ""
        return " / ".join(lines[-3:])

    def _pid(self) -> int | None:
        try:
            first = (self.data / "postmaster.pid").read_text().splitlines()[0]
        except (OSError, IndexError):
            return None
        return int(first) if first.strip().isdigit() else None

    def _running(self) -> bool:
        """Whether the process named in the data folder is a PostgreSQL; also reaps our own child."""
        if self._process is not None:
            self._process.poll()
        pid = self._pid()
        if pid is None:
            return False
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return False
        return b"postgres" in command
