"""One ``marke serve`` per data folder, and an end to what one that was killed left running."""

import contextlib
import fcntl
import json
import os
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

from marke.errors import InputError
from marke.files import make_folder, write_atomically

_LOCK, _RUNNING = "slot", "processen.json"
_OURS = (b"marke.web.config.wsgi", b"django\0work")


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the data folder while the block runs; raises InputError when another workspace holds it.

    The machine lets go of the lock when its holder dies, however it dies. What such a holder left running is
    ended: it would keep the port, and work with keys of before.
    """
    make_folder(folder)
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise InputError(
                "Deze werkruimte draait al.", where=str(folder), mend="Kies met MARKE_DATA een andere map."
            ) from error
        _end_leftovers(folder)
        yield


def note_running(folder: Path, processes: Mapping[str, int]) -> None:
    """Write down which processes run, for who starts after a kill."""
    write_atomically(folder / _RUNNING, json.dumps(processes))


def _end_leftovers(folder: Path) -> None:
    try:
        noted = json.loads((folder / _RUNNING).read_text())
    except (OSError, ValueError):
        return
    for pid in noted.values():
        with contextlib.suppress(OSError):
            if any(mark in Path(f"/proc/{pid}/cmdline").read_bytes() for mark in _OURS):
                os.killpg(pid, signal.SIGKILL)
