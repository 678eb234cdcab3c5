"""All problems of one file at once, so that one look mends them all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from marke.errors import InputError

MOST_PROBLEMS = 100


@dataclass
class Problems:
    """The problems met so far in one file; raised together."""

    path: Path
    found: list[InputError] = field(default_factory=list)

    @contextmanager
    def caught(self, where: str = "") -> Iterator[None]:
        """Keep the error of a block, at this place when it names none."""
        try:
            yield
        except InputError as error:
            self.found.append(InputError(error.what, where=error.where or where, mend=error.mend))

    def raise_any(self) -> None:
        """Raise InputError with every problem, if there is one."""
        if not self.found:
            return
        if len(self.found) == 1:
            only = self.found[0]
            raise InputError(only.what, where=f"{self.path}, {only.where}", mend=only.mend)
        shown = "".join(f"\n- {error}" for error in self.found[:MOST_PROBLEMS])
        rest = len(self.found) - MOST_PROBLEMS
        raise InputError(
            f"Er zijn {len(self.found)} fouten; er is niets ingelezen.{shown}"
            + (f"\n- en nog {rest} andere." if rest > 0 else ""),
            where=str(self.path),
            mend="\nVerbeter dit en lees het bestand opnieuw in.",
        )
