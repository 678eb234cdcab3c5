"""What a check of the set-up finds: one sentence about one subject."""

from typing import NamedTuple

GOOD, NOTE, WRONG = "goed", "let op", "fout"
LAST_COPY = "kopie.json"
"""In the data folder: when the last copy was made, and where it was put."""


class Finding(NamedTuple):
    """A verdict (good, to note, wrong) on a subject, and what to do."""

    verdict: str
    subject: str
    told: str

    @property
    def wrong(self) -> bool:
        """Whether others cannot count on it."""
        return self.verdict == WRONG
