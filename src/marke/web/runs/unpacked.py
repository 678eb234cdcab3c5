"""Folders of unpacked runs: held while a process reads them, and removed when many were used since."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MOST = 20
"""Folders that stay; one that is held stays beyond that."""

WORK = "werk-"
"""What is computed has its own folder, whose name begins so, and its own end."""


def hold(folder: Path) -> int:
    """Have a private folder that nobody removes until the descriptor is closed that this returns."""
    while True:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileNotFoundError):
            held = os.open(folder, os.O_RDONLY)
            fcntl.flock(held, fcntl.LOCK_SH)
            if _is(folder, held):
                os.utime(folder)
                return held
            os.close(held)  # it was removed before it was held


def _is(folder: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(folder.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Be the only one that writes in a folder that is held, while the block runs."""
    with (folder / "slot").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        yield


def make_room(place: Path) -> None:
    """Remove the folders in a place that were not used longest, beyond ``MOST``, unless they are held."""
    found = [each for each in place.iterdir() if not each.name.startswith(WORK)]
    for folder in sorted(found, key=_used, reverse=True)[MOST:]:
        with suppress(FileNotFoundError, BlockingIOError):
            _remove(folder)


def _used(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _remove(folder: Path) -> None:
    """Remove a folder; what is left when that is broken off is told from a whole one by its hashes."""
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(held)
