"""The passwords and keys of one workspace: made once, readable by its owner only."""

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from marke.errors import InputError
from marke.files import make_folder, write_atomically

FILE = "sleutels.json"


@dataclass(frozen=True)
class Secrets:
    """Passwords of the three roles of the embedded database, and the key that signs sessions."""

    superuser: str
    owner: str
    application: str
    key: str


def load_secrets(folder: Path) -> Secrets:
    """Read the secrets of a data folder, or make them; raises InputError for a damaged file."""
    path = folder / FILE
    if not path.exists():
        make_folder(folder)
        made = Secrets(*(secrets.token_urlsafe(32) for _ in range(4)))
        path.touch(mode=0o600)
        path.chmod(0o600)
        write_atomically(path, json.dumps(asdict(made)))
        return made
    try:
        return Secrets(**json.loads(path.read_text()))
    except (ValueError, TypeError) as error:
        raise InputError(
            "Dit bestand met sleutels is beschadigd.",
            where=str(path),
            mend="Zet het terug uit een reservekopie.",
        ) from error
