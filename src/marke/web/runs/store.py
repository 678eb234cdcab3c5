"""The folder of a run as rows behind the wall, and back."""

import os
import shutil
import tempfile
import weakref
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from marke.errors import InputError
from marke.findings import Findings
from marke.findings.model import SCHEMA_VERSION
from marke.run import FINDINGS, Run, open_run
from marke.web.runs.models import OwnFile, OwnRun, SharedFile, SharedRun, State
from marke.web.runs.packing import digest_of, pack, unpack
from marke.web.runs.unpacked import hold, make_room, writing

Stored = SharedRun | OwnRun
BESIDE = "ernaast/"
"""Files that were made of a run later, and are no part of its folder, have paths that begin so."""


def keep(run: Stored, folder: Path) -> bool:
    """Write a run folder as rows and call the run complete; False when it was cancelled meanwhile.

    All in the transaction that is open: nobody sees half a run.
    """
    contents = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    complete = {
        "state": State.COMPLETE,
        "name": folder.name,
        "mark": digest_of(contents[FINDINGS]),
        "ended_at": timezone.now(),
    }
    if not type(run).objects.filter(pk=run.pk, state=State.RUNNING).update(**complete):
        return False
    for path, content in contents.items():
        keep_file(run, path, content)
    return True


def keep_file(run: Stored, path: str, content: bytes) -> None:
    """Write one file of a run."""
    packed = pack(content)._asdict()
    if isinstance(run, OwnRun):
        OwnFile(
            run=run, organisation_id=run.organisation_id, region_id=run.region_id,
            path=path, **packed,
        ).save(force_insert=True)  # fmt: skip
    else:
        SharedFile(run=run, region_id=run.region_id, path=path, **packed).save(force_insert=True)


def content_of(run: Stored, path: str) -> bytes:
    """Return a stored file of a run; raises InputError when it is not there or damaged."""
    row = run.files.filter(path=path).first()
    content = None if row is None else unpack(row.content, row.digest)
    if content is None:
        raise InputError("Deze run is beschadigd.", where=path, mend="Start een nieuwe run.")
    return content


@lru_cache(maxsize=8)
def findings_of(run: Stored) -> Findings:
    """Return the findings of a complete run; raises InputError when damaged, or of another version."""
    other = InputError("Deze run is van een andere versie van marke.", mend="Start een nieuwe run.")
    try:
        found = Findings.model_validate_json(content_of(run, FINDINGS))
    except ValueError as error:
        raise other from error
    if found.schema_version != SCHEMA_VERSION:
        raise other
    return found


@lru_cache(maxsize=2)
def open_stored(run: Stored) -> Run:
    """Return a complete run as marke's own packages open it, from a private folder that holds what is stored.

    Whoever has the run may see it: the database gave it. The folder stays as long as the run is used.
    Raises InputError when it is damaged.
    """
    place = settings.DATA / "runs" / str(run.pk)
    held = hold(place)
    try:
        _unpack(run, place / run.name)
        found = open_run(place, run.name)
    except BaseException:
        os.close(held)
        raise
    weakref.finalize(found, os.close, held)
    make_room(place.parent)
    return found


def _unpack(run: Stored, folder: Path) -> None:
    """Have a folder that holds what is stored: its files are written beside it, and put there at once."""
    digests = dict(run.files.exclude(path__startswith=BESIDE).values_list("path", "digest"))
    with writing(folder.parent), tempfile.TemporaryDirectory(dir=folder.parent) as fresh:
        if _holds(folder, digests):
            return
        for path in digests:
            target = Path(fresh) / folder.name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content_of(run, path))
        shutil.rmtree(folder, ignore_errors=True)
        (Path(fresh) / folder.name).rename(folder)


def _holds(folder: Path, digests: Mapping[str, str]) -> bool:
    try:
        return all(digest_of((folder / path).read_bytes()) == digest for path, digest in digests.items())
    except OSError:
        return False
