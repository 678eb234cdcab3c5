"""What the environment says: data folder, port and addresses of the database."""

import os
from pathlib import Path

from marke.errors import InputError

DEFAULT_PORT = 8000


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
