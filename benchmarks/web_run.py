"""A workspace with the example of Twente, started for a measurement, and people who are signed in."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

COMMAND = [sys.executable, "-c", "from marke.cli import main; main()"]
SECONDS = 120
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
        folder = Path(name)
        folder.chmod(0o711)
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("MARKE_", "DJANGO_"))}
        environment |= {"MARKE_DATA": str(folder / "data"), "MARKE_PORT": str(port), "PYTHONUNBUFFERED": "1"}
        made = subprocess.run(
            [*COMMAND, "demo-werkruimte"], env=environment, capture_output=True, text=True, check=True
        ).stdout
        said = folder / "said.txt"
        with said.open("wb") as out:
            process = subprocess.Popen([*COMMAND, "serve"], env=environment, stdout=out, stderr=out)
        try:
            end = time.monotonic() + SECONDS
            while "staat klaar" not in said.read_text():
                assert process.poll() is None, said.read_text()
                assert time.monotonic() < end, said.read_text()
                time.sleep(0.1)
            people = re.findall(r"(contact@\S+\.example)", made)
            password = re.search(r"Wachtwoord voor iedereen: (\S+)", made)
            assert password, made
            yield Workspace(f"http://127.0.0.1:{port}", folder / "data", said, process, people, password[1])
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(SECONDS)
