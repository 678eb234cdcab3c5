"""A copy of everything in the embedded database, and everything put back from one: whole or not at all."""

import os
import subprocess
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from marke.errors import InputError
from marke.files import refuse_existing, unwritable
from marke.web.database.embedded import DATABASE, SUPERUSER, Cluster
from marke.web.database.roles import prepare_roles

_NEW, _OLD = "marke_nieuw", "marke_oud"


def save_copy(cluster: Cluster, target: Path) -> None:
    """Write all rows of the running database to a file that only its owner can read.

    Raises InputError when the file exists already or cannot be written.
    """
    refuse_existing([target])
    half = target.with_name(f".{target.name}.tmp")
    try:
        half.touch(mode=0o600)
        with half.open("wb") as out:
            done = _program(cluster, "pg_dump", "--format=custom", DATABASE, stdout=out)
        if done.returncode != 0:
            raise InputError(f"De kopie is mislukt: {_last(done)}", where=str(target))
        half.replace(target)
    except OSError as error:
        raise unwritable(target, error) from error
    finally:
        half.unlink(missing_ok=True)


def restore_copy(cluster: Cluster, source: Path, *, overwrite: bool) -> None:
    """Put back a copy beside what there is, and only then in its place.

    Raises InputError when the workspace holds something (unless ``overwrite``), or for a file that is no
    copy; the workspace is then as it was.
    """
    prepare_roles(cluster)
    if not overwrite and _filled(cluster):
        raise InputError(
            "Deze werkruimte is niet leeg; er is niets teruggezet.",
            mend="Kies met MARKE_DATA een lege map, of gebruik --overschrijf.",
        )
    with _base(cluster) as base:
        for name in (_NEW, _OLD):
            base.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    prepare_roles(cluster, _NEW)
    try:
        content = source.open("rb")
    except OSError as error:
        raise InputError("Deze kopie kan niet worden gelezen.", where=str(source)) from error
    with content:
        done = _program(
            cluster, "pg_restore", "--exit-on-error", "--no-privileges", f"--dbname={_NEW}", stdin=content
        )
    with _base(cluster) as base:
        if done.returncode != 0:
            base.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(_NEW)))
            raise InputError(
                f"Dit is geen kopie van een werkruimte, of zij is beschadigd: {_last(done)}",
                where=str(source),
            )
        _rename(base, DATABASE, _OLD)
        _rename(base, _NEW, DATABASE)
        base.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(_OLD)))


def _filled(cluster: Cluster) -> bool:
    url = cluster.url(SUPERUSER, cluster.secrets.superuser)
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT to_regclass('accounts_user')").fetchone()
        if found is None or found[0] is None:
            return False
        return connection.execute("SELECT 1 FROM accounts_user LIMIT 1").fetchone() is not None


def _rename(base: "psycopg.Connection[tuple[object, ...]]", old: str, new: str) -> None:
    statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    base.execute(statement.format(sql.Identifier(old), sql.Identifier(new)))


def _base(cluster: Cluster) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(cluster.url(SUPERUSER, cluster.secrets.superuser, "postgres"), autocommit=True)


def _program(
    cluster: Cluster,
    name: str,
    *arguments: str,
    stdin: IO[bytes] | int = subprocess.DEVNULL,
    stdout: IO[bytes] | int = subprocess.DEVNULL,
) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {
        "PGHOST": str(cluster.socket), "PGUSER": SUPERUSER, "PGPASSWORD": cluster.secrets.superuser,
        "PGOPTIONS": "-c client_min_messages=warning",
    }  # fmt: skip
    return subprocess.run(  # noqa: S603  # our own program
        [str(cluster.binaries / name), *arguments],
        env=environment, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip


def _last(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode(errors="replace").strip().splitlines()[-1][:300] if done.stderr.strip() else ""
