"""A log in which every entry holds the hash of the one before: what was written cannot change unseen."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from marke.errors import InputError
from marke.files import read_text

START: Final = "0" * 64
"""What the first entry holds in the place of a hash."""

SHORT: Final = 16
"""Digits of a hash that are printed; enough to find one entry, and to notice that it was replaced."""


@dataclass(frozen=True)
class Entry:
    """One entry: who did what, when (ISO 8601, UTC), about what; ``before`` and ``mark`` are hashes.

    ``book`` names the log, so that an entry of one never fits in another.
    """

    book: str
    number: int
    when: str
    who: str
    what: str
    about: str
    before: str
    mark: str = ""

    def sealed(self) -> str:
        """The hash of everything in it, the hash of the entry before included (SHA-256, hex)."""
        values = (self.book, self.number, self.when, self.who, self.what, self.about, self.before)
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def broken(entries: Iterable[Entry]) -> int | None:
    """The number of the first entry, in order, that does not fit; None when the chain holds.

    An entry fits when its number follows, it holds the hash of the one before, and its own hash is right.
    Entries that were taken from the end leave no trace here: compare the last hash with one that was printed.
    """
    before, expected = START, 1
    for entry in entries:
        if entry.number != expected or entry.before != before or entry.mark != entry.sealed():
            return expected
        before, expected = entry.mark, expected + 1
    return None


def head(entries: Sequence[Entry], where: str) -> str:
    """What is printed of the last entry of a log that holds; empty for an empty log.

    Raises InputError, with ``where`` the log is, for a log that does not hold.
    """
    wrong = broken(entries)
    if wrong is not None:
        raise InputError(
            f"De keten is gebroken bij regel {wrong}: daar is iets veranderd of weggehaald.", where=where
        )
    return entries[-1].mark[:SHORT] if entries else ""


def write_entries(entries: Iterable[Entry]) -> str:
    """Write a log as JSON: a list of entries with all their fields."""
    return json.dumps([asdict(entry) for entry in entries], indent=1, ensure_ascii=False) + "\n"


def read_entries(path: Path) -> tuple[Entry, ...]:
    """Read a log that ``write_entries`` wrote; raises InputError for a file that is something else."""
    try:
        return tuple(Entry(**row) for row in json.loads(read_text(path)))
    except (ValueError, TypeError) as error:
        raise InputError(
            "Dit is geen besluitenlogboek.", where=str(path), mend="Haal het logboek opnieuw op."
        ) from error


def at_mark(entries: Iterable[Entry], mark: str) -> Entry | None:
    """The entry whose hash begins with the digits that a document prints; None when there is none."""
    wanted = mark.strip().lower()
    found = (entry for entry in entries if len(wanted) >= SHORT and entry.mark.startswith(wanted))
    return next(found, None)
