"""A log in which every entry holds the hash of the one before: what was written cannot change unseen."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

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
