"""One option of a setting."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """What is posted, what a reader sees, and whether it is chosen."""

    key: str
    label: str
    chosen: bool
