"""A workspace with the example of Twente, started for a measurement, and people who are signed in."""

import contextlib
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from web_served import COMMAND, bare, served

REGION = "/regio/twente-voorbeeld"


@dataclass
class Workspace:
    """Its address, data folder, log and main process; and who can sign in, with the password."""

    address: str
    folder: Path
    said: Path
    process: subprocess.Popen[bytes]
    people: list[str]
    password: str

    def cookies(self, email: str) -> dict[str, str]:
        """Sign somebody in and return the cookies."""
        with httpx.Client(base_url=self.address, follow_redirects=True, timeout=60) as client:
            page = client.get("/account/login/")
            client.post(
                "/account/login/",
                data={"login": email, "password": self.password, "csrfmiddlewaretoken": token(page.text)},
                headers={"Referer": self.address},
            )
            return dict(client.cookies)


def token(page: str) -> str:
    """The token against forged requests in a page."""
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found, page[:500]
    return found[1]


@contextlib.contextmanager
def workspace() -> Iterator[Workspace]:
    """Run a workspace with the example while the block runs."""
    with tempfile.TemporaryDirectory(prefix="marke-load-") as name:
        Path(name).chmod(0o711)
        folder = Path(name) / "data"
        environment = bare() | {"MARKE_DATA": str(folder)}
        made = subprocess.run(
            [*COMMAND, "demo-werkruimte"], env=environment, capture_output=True, text=True, check=True
        ).stdout
        people = re.findall(r"(contact@\S+\.example)", made)
        password = re.search(r"Wachtwoord voor iedereen: (\S+)", made)
        assert password, made
        with served(folder, {}) as (address, said, process):
            yield Workspace(address, folder, said, process, people, password[1])
