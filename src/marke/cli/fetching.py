"""Runs in a workspace elsewhere: started, waited for, and their findings fetched."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from marke.errors import InputError

if TYPE_CHECKING:
    from marke.cli.elsewhere import Elsewhere

_PAUSE = 2.0
_ENDS = ("klaar", "mislukt", "gestopt")


def runs_path(region: str, organisation: str) -> str:
    """Return where the runs of a region, or of a municipality in it, stand."""
    inside = f"/organisaties/{organisation}" if organisation else ""
    return f"/regios/{region}{inside}/runs"


def start_run(workspace: Elsewhere, path: str) -> str:
    """Start a run and return its name; raises InputError while another is busy."""
    name: str = workspace.send("POST", path, {})["run"]
    return name


def await_run(workspace: Elsewhere, path: str, name: str) -> None:
    """Wait until a run ends; raises InputError for one that failed or was stopped."""
    while (run := workspace.get(f"{path}/{name}"))["toestand"] not in _ENDS:
        time.sleep(_PAUSE)
    if run["toestand"] != "klaar":
        raise InputError(f"De run is {run['toestand']}. {run['reden']}", where=name)


def findings(workspace: Elsewhere, path: str, name: str = "") -> bytes:
    """Return the findings of a run, or of the last one that is complete; raises InputError without one."""
    if not name:
        complete: list[dict[str, Any]] = [each for each in workspace.get(path) if each["toestand"] == "klaar"]
        if not complete:
            raise InputError(
                "Er is nog geen run die klaar is.", mend="Start er een met 'marke werkruimte reken'."
            )
        name = max(complete, key=lambda each: each["gestartOp"])["run"]
    return workspace.fetch(f"{path}/{name}/bevindingen")
