"""Work that its worker may die in: held by one, begun a few times, and failed with a reason."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar
from uuid import UUID

from django.db import DatabaseError, connection

from marke.errors import InputError
from marke.web.runs.models import Attempted, State

MOST_TRIES = 3
GONE = f"De werkruimte stopte {MOST_TRIES} keer tijdens dit werk; misschien is er te weinig geheugen."

logger = logging.getLogger(__name__)

Row = TypeVar("Row", bound=Attempted)


@contextmanager
def held(key: UUID) -> Iterator[bool]:
    """Hold work for this connection, and say whether that was possible; a worker that dies lets go of it."""
    name = [f"run-{key}"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", name)
        ours = bool(cursor.fetchone()[0])
    try:
        yield ours
    finally:
        if ours:
            with suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", name)


def begin(kind: type[Row], key: UUID, **fresh: Any) -> Row | None:
    """Count a try and return the row with what is ``fresh``, or None when its work has ended.

    Raises InputError when this is a try too many.
    """
    row = kind._default_manager.select_for_update().filter(pk=key).first()
    if row is None or not row.busy:
        return None
    if row.tries == MOST_TRIES:
        raise InputError(GONE)
    for name, value in ({"state": State.RUNNING, "tries": row.tries + 1} | fresh).items():
        setattr(row, name, value)
    row.save()
    return row


@contextmanager
def failing(key: UUID, fail: Callable[[str], None], broken: str) -> Iterator[None]:
    """Tell ``fail`` why a block did not end well, with ``broken`` for what nobody foresaw, which is logged.

    Only a lost database raises its error: then the work is to be tried again.
    """
    try:
        yield
    except InputError as error:
        fail(str(error))
    except DatabaseError:
        raise
    except Exception:
        logger.exception("work %s", key)
        fail(broken)
