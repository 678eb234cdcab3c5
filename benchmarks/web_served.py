"""A workspace that `marke serve` runs, for measurements and for the tests of that command."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

COMMAND = [sys.executable, "-c", "from marke.cli import main; main()"]
SECONDS = 120


class Served(NamedTuple):
    """Its address, the file that holds what it said, and its main process."""

    address: str
    said: Path
    process: subprocess.Popen[bytes]


def bare() -> dict[str, str]:
    """The environment without the settings of another workspace."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("MARKE_", "DJANGO_"))}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextlib.contextmanager
def served(folder: Path, extra: dict[str, str]) -> Iterator[Served]:
    """Run ``marke serve`` on a data folder while the block runs, and stop it as Ctrl-C does."""
    said = folder.with_name(f"{folder.name}.txt")
    given = {"MARKE_DATA": str(folder), "MARKE_PORT": str(free_port()), "PYTHONUNBUFFERED": "1"} | extra
    with said.open("wb") as out:
        process = subprocess.Popen([*COMMAND, "serve"], env=bare() | given, stdout=out, stderr=out)
    try:
        end = time.monotonic() + SECONDS
        while "staat klaar" not in said.read_text():
            assert process.poll() is None, said.read_text()
            assert time.monotonic() < end, said.read_text()
            time.sleep(0.1)
        yield Served(f"http://localhost:{given['MARKE_PORT']}", said, process)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) == 0, said.read_text()
