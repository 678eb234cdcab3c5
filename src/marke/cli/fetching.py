"""Runs in a workspace elsewhere: started, waited for, and their findings and documents fetched."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marke.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marke.cli.elsewhere import Elsewhere

_PAUSE = 2.0
_ENDS = ("klaar", "mislukt", "gestopt")


def runs_path(region: str, organisation: str) -> str:
    """Return where the runs of a region, or of a municipality in it, stand."""
    inside = f"/organisaties/{organisation}" if organisation else ""
    return f"/regios/{region}{inside}/runs"


def documents_path(region: str, organisation: str) -> str:
    """Return where the documents of a municipality stand."""
    return f"/regios/{region}/organisaties/{organisation}/stukken"


def start_run(workspace: Elsewhere, path: str) -> str:
    """Start a run and return its name; raises InputError while another is busy."""
    name: str = workspace.send("POST", path, {})["run"]
    return name


def await_run(workspace: Elsewhere, path: str, name: str) -> None:
    """Wait until a run ends; raises InputError for one that failed or was stopped."""
    run = _ended(workspace, f"{path}/{name}")
    if run["toestand"] != "klaar":
        raise InputError(f"De run is {run['toestand']}. {run['reden']}", where=name)


def _ended(workspace: Elsewhere, path: str) -> dict[str, Any]:
    """Wait until what stands at a path ends, and return it."""
    found: dict[str, Any]
    while (found := workspace.get(path))["toestand"] not in _ENDS:
        time.sleep(_PAUSE)
    return found


def findings(workspace: Elsewhere, path: str, name: str = "") -> bytes:
    """Return the findings of a run, or of the last one that is complete; raises InputError without one."""
    return workspace.fetch(f"{path}/{name or _last_run(workspace, path)}/bevindingen")


def _last_run(workspace: Elsewhere, path: str) -> str:
    complete: list[dict[str, Any]] = [each for each in workspace.get(path) if each["toestand"] == "klaar"]
    if not complete:
        raise InputError(
            "Er is nog geen run die klaar is.", mend="Start er een met 'marke werkruimte reken'."
        )
    name: str = max(complete, key=lambda each: each["gestartOp"])["run"]
    return name


def documents(
    workspace: Elsewhere, region: str, organisation: str, kinds: Sequence[str], run: str = ""
) -> dict[str, bytes]:
    """Have documents made of a run, or of the last one that a municipality sees; return the files by name.

    Waits until they are ready; raises InputError for a kind that there is not, or when they cannot be made.
    """
    path = documents_path(region, organisation)
    run = run or _last_run(workspace, runs_path(region, organisation))
    number = workspace.send("POST", path, {"run": run, "soorten": list(kinds)})["nummer"]
    made = _ended(workspace, f"{path}/{number}")
    if not made["bestanden"]:
        raise InputError(f"De stukken zijn niet gemaakt. {made['reden']}", where=f"versie {number}")
    names = [each["bestand"] for each in made["bestanden"]]
    return {Path(name).name: workspace.fetch(f"{path}/{number}/bestanden/{name}") for name in names}
