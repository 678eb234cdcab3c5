"""Lines of the log: JSON for machines, text for a terminal; never what an exception says, only where it was.

The message of an error of the database quotes the row that it refused, so an answer could stand in it.
"""

import json
import logging
import os
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_LEVELS = {"WARNING": "warn", "CRITICAL": "fatal"}


def written_for_people() -> bool:
    """Whether lines are text: as ``MARKE_LOG`` says (``json`` or ``tekst``), else on a terminal only."""
    wanted = os.environ.get("MARKE_LOG")
    return wanted == "tekst" if wanted else sys.stderr.isatty()


def stack_of(error: BaseException) -> list[str]:
    """Return the type of an error and where it came from, the innermost place last; not what it says."""
    frames = traceback.extract_tb(error.__traceback__)
    return [type(error).__name__, *(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:])]


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return what a line holds; a line about a request carries its own fields as ``fields``."""
    told: Mapping[str, Any] | None = getattr(record, "fields", None)
    moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    found: dict[str, Any] = {
        "time": moment.replace("+00:00", "Z"),
        "level": _LEVELS.get(record.levelname, record.levelname.lower()),
        "logger": record.name,
    }
    found |= {"message": record.getMessage()} if told is None else dict(told)
    if record.exc_info and record.exc_info[1] is not None:
        found["error"] = stack_of(record.exc_info[1])
    return found


class JsonLines(logging.Formatter):
    """One JSON object per line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return json.dumps(fields_of(record), ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """The same fields for a person: time, level, then what is known."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        found = fields_of(record)
        moment, level, _ = (found.pop(name) for name in ("time", "level", "logger"))
        error = found.pop("error", ())
        told = " ".join(str(value) for value in found.values() if value not in (None, ""))
        return "\n    ".join([f"{moment[11:19]} {level:5} {told}", *error])


def log_settings(*, people: bool) -> dict[str, Any]:
    """Return Django's LOGGING: every line to standard error, requests by ``RequestLog`` only.

    Django's own lines about a request hold the whole path, and so the token of an invitation.
    """
    form = "TextLines" if people else "JsonLines"
    silent = {"level": "CRITICAL", "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"marke.web.operations.log.{form}"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "marke": {"level": "INFO"},
            "django.request": silent,
            "django.security.csrf": silent,
        },
    }
