"""A workspace elsewhere, through its API and with a key that never stands on a command line."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from marke.errors import InputError
from marke.files import read_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import httpx

KEY = "MARKE_SLEUTEL"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LOCAL = ("localhost", "127.0.0.1", "::1")
_SECONDS = 120


def key_from(file: Path | None) -> str:
    """Return the key from a file that its owner alone can read, or else from ``MARKE_SLEUTEL``.

    Raises InputError when there is none, or others can read the file.
    """
    if file is None:
        if found := os.environ.get(KEY, "").strip():
            return found
        mend = "Maak een sleutel in de werkruimte, bij uw naam onder Sleutels."
        raise InputError(f"Er is geen sleutel: zet haar in {KEY} of in een bestand.", mend=mend)
    text = read_text(file).strip()
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise InputError("Anderen kunnen deze sleutel lezen.", where=str(file), mend="Maak het bestand 0600.")
    return text


@dataclass(frozen=True)
class Elsewhere:
    """A workspace at an address; every method raises InputError with what the workspace says."""

    address: str
    key: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        if parts.scheme != "https" and parts.hostname not in _LOCAL:
            raise InputError(
                "Een sleutel gaat alleen over https.",
                where=self.address,
                mend="Begin het adres met https://.",
            )

    def get(self, path: str, **query: str) -> Any:
        """Return what stands at a path."""
        return self._ask("GET", path, params=query).json()

    def fetch(self, path: str) -> bytes:
        """Return the bytes that stand at a path."""
        return self._ask("GET", path).content

    def send(self, method: str, path: str, body: Mapping[str, object]) -> Any:
        """Send JSON and return the answer."""
        return self._ask(method, path, json=body).json()

    def send_workbook(self, path: str, content: bytes, **query: str) -> Any:
        """Send a workbook and return the answer."""
        return self._ask("PUT", path, content=content, params=query, headers={"Content-Type": XLSX}).json()

    def _ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        import httpx

        given["headers"] = {"Authorization": f"Bearer {self.key}", **given.get("headers", {})}
        address = f"{self.address.rstrip('/')}/api/v1{path}"
        try:
            answer = httpx.request(method, address, timeout=_SECONDS, **given)
        except httpx.HTTPError as error:
            mend = "Controleer het adres, en of de werkruimte draait."
            raise InputError("De werkruimte antwoordt niet.", where=self.address, mend=mend) from error
        if answer.is_success:
            return answer
        raise _told(answer, address)


def _told(answer: httpx.Response, address: str) -> InputError:
    """Return what a workspace says is wrong, every place on a line of its own."""
    try:
        problem = answer.json()
        lines = [
            problem["detail"],
            *(f"{each['pointer']}: {each['detail']}" for each in problem.get("errors", ())),
        ]
    except (ValueError, KeyError, TypeError):
        lines = [f"Dit is geen werkruimte van marke (status {answer.status_code})."]
    return InputError("\n  ".join(lines), where=address)
