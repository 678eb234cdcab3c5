"""The context of a transaction: whose rows it may read, and the one organisation it may write."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction


@dataclass(frozen=True)
class Context:
    """What one transaction may see and change; the default is nothing at all."""

    user: UUID | None = None
    regions: Collection[UUID] = ()
    readable: Collection[UUID] = ()
    writable: UUID | None = None
    region_writable: UUID | None = None
    invitation: str = ""

    def settings(self) -> dict[str, str]:
        """Return the settings that the policies read."""
        return {
            "marke.user": str(self.user or ""),
            "marke.regions": ",".join(map(str, self.regions)),
            "marke.readable": ",".join(map(str, self.readable)),
            "marke.writable": str(self.writable or ""),
            "marke.region_writable": str(self.region_writable or ""),
            "marke.invitation": self.invitation,
        }


@contextmanager
def opened(context: Context) -> Iterator[None]:
    """Run a block in one transaction of its own with this context; an error undoes all of it.

    The settings are local to the transaction: a connection that is used again knows nothing of them.
    """
    with transaction.atomic(durable=True):
        change(context)
        yield


def change(context: Context) -> None:
    """Give the running transaction another context."""
    settings = context.settings()
    calls = ", ".join("set_config(%s, %s, true)" for _ in settings)
    values = [part for pair in settings.items() for part in pair]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", values)  # only placeholders
