"""What the environment says: data folder, port, the name under which others reach it, and addresses."""

import os
import re
from datetime import date
from pathlib import Path

from marke.errors import InputError

DEFAULT_PORT = 8000
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def data_place() -> Path:
    """Return the data folder: ``MARKE_DATA``, or ``.werkruimte`` of a checkout, or the user's own place."""
    if given := os.environ.get("MARKE_DATA"):
        return Path(given).absolute()
    checkout = Path(__file__).resolve().parents[4]
    if (checkout / "pyproject.toml").is_file():
        return checkout / ".werkruimte"
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(home) / "marke"


def port() -> int:
    """Return the port of the web server from ``MARKE_PORT``; raises InputError when it is none."""
    given = os.environ.get("MARKE_PORT", str(DEFAULT_PORT))
    if given.isdigit() and 0 < int(given) < 65536:
        return int(given)
    raise InputError(
        f"'{given}' is geen poort.", where="MARKE_PORT", mend="Kies een getal van 1024 tot 65535."
    )


def required(name: str) -> str:
    """Return a setting that ``marke serve`` always passes on; raises InputError when it is missing."""
    if value := os.environ.get(name):
        return value
    raise InputError(f"De instelling {name} ontbreekt.", mend="Start de werkruimte met 'marke serve'.")


def listening() -> str:
    """Return the address on which the web server listens: this machine only, or ``MARKE_LISTEN``."""
    return os.environ.get("MARKE_LISTEN", "127.0.0.1")


def host() -> str:
    """Return the host name behind a proxy with https from ``MARKE_HOST``; "" means this computer only.

    Raises InputError for what is no host name.
    """
    given = os.environ.get("MARKE_HOST", "").strip().lower()
    if given and not _HOST.fullmatch(given):
        raise InputError(
            f"'{given}' is geen hostnaam.",
            where="MARKE_HOST",
            mend="Schrijf bijvoorbeeld marke.regio.example.",
        )
    return given


def base_address() -> str:
    """Return where people find the workspace."""
    return f"https://{host()}" if host() else f"http://localhost:{port()}"


def proxies() -> list[str]:
    """Return whose word about the asker's address is believed: ``MARKE_PROXY``, or this machine."""
    return [part.strip() for part in os.environ.get("MARKE_PROXY", "127.0.0.1").split(",")]


def contact() -> tuple[str, date | None]:
    """Return who hears of vulnerabilities (``MARKE_CONTACT``), and until when (``MARKE_CONTACT_UNTIL``).

    Raises InputError for what is no date.
    """
    until = os.environ.get("MARKE_CONTACT_UNTIL", "").strip()
    try:
        day = date.fromisoformat(until) if until else None
    except ValueError as error:
        raise InputError(
            f"'{until}' is geen datum.", where="MARKE_CONTACT_UNTIL", mend="Schrijf jaar-maand-dag."
        ) from error
    return os.environ.get("MARKE_CONTACT", "").strip(), day
