"""The blocs of a study in its form: municipalities that already act as one, and so decide as one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import tomlkit
from django.http import QueryDict

from marke.dutch import capital
from marke.errors import InputError
from marke.study import Study
from marke.web.studies.choice import Choice
from marke.web.studies.question import catalogue

_FIELD = "blok-naam-"
_MOST = 62


@dataclass(frozen=True)
class BlocRow:
    """One bloc in the form; the last one is empty, to add another."""

    number: int
    name: str
    source: str
    members: tuple[Choice, ...]
    services: tuple[Choice, ...]
    is_new: bool


def fill_in(filled: QueryDict, study: Study) -> None:
    """Put the blocs of a study into a form, and an empty one behind them."""
    for number, (bloc, row) in enumerate(zip(study.blocs, study.settings.blocs, strict=True)):
        filled[f"{_FIELD}{number}"] = bloc.name
        filled[f"blok-bron-{number}"] = bloc.source
        names = [m.name for m in study.region.municipalities if m.code in bloc.members]
        filled.setlist(f"blok-gemeenten-{number}", names)
        filled.setlist(f"blok-diensten-{number}", list(row.services))
    filled[f"{_FIELD}{len(study.settings.blocs)}"] = ""


def blocs(filled: QueryDict, study: Study) -> list[BlocRow]:
    """Return the blocs as a form holds them."""
    names = [m.name for m in study.region.municipalities]
    services = {key: capital(each.label) for key, each in catalogue().services.items()}
    found = []
    for number in _numbers(filled):
        members = filled.getlist(f"blok-gemeenten-{number}")
        for_services = filled.getlist(f"blok-diensten-{number}")
        found.append(
            BlocRow(
                number,
                filled.get(f"{_FIELD}{number}", ""),
                filled.get(f"blok-bron-{number}", ""),
                tuple(Choice(name, name, name in members) for name in names),
                tuple(Choice(key, label, key in for_services) for key, label in services.items()),
                number >= len(study.settings.blocs),
            )
        )
    return found


def put_blocs(document: Any, filled: QueryDict) -> None:
    """Write the blocs of a form into a study file, each in the place of the one it was; an empty one is none.

    Raises InputError for one with a name, members or source, but not all of them.
    """
    rows = document.setdefault("blok", tomlkit.aot())
    gone = []
    for number in _numbers(filled):
        is_new = number >= len(rows)
        row = tomlkit.table() if is_new else rows[number]
        kept = _put(row, number, filled)
        if kept and is_new:
            rows.append(row)
        elif not kept and not is_new:
            gone.append(number)
    for number in reversed(gone):
        for comment in _behind(rows[number]):
            (rows[number - 1] if number else document).add(comment)
        del rows[number]
    if not rows:
        document.pop("blok")


def _behind(row: Any) -> list[Any]:
    """Return the comments behind a bloc: they introduce what follows it in the file."""
    found: list[Any] = []
    for key, item in reversed(row.value.body):
        if key is not None:
            break
        found.insert(0, item)
    return found


def _put(row: Any, number: int, filled: QueryDict) -> bool:
    """Write one bloc; say whether it is one."""
    name = filled.get(f"{_FIELD}{number}", "").strip()
    source = filled.get(f"blok-bron-{number}", "").strip()
    members = filled.getlist(f"blok-gemeenten-{number}")
    if f"blok-weg-{number}" in filled or not (name or source or members):
        return False
    if not name or not source or len(members) < 2:
        raise InputError(
            f"Het blok '{name or source or members[0]}' is niet af.",
            where="Blokken",
            mend="Geef het een naam, twee of meer gemeenten en een bron; of haal het weg.",
        )
    row["naam"], row["bron"] = name, source
    if set(row.get("gemeenten", ())) != set(members):
        row["gemeenten"] = members
    services = [key for key in filled.getlist(f"blok-diensten-{number}") if key in catalogue().services]
    if services:
        row["diensten"] = services
    else:
        row.pop("diensten", None)
    return True


def _numbers(filled: QueryDict) -> Iterator[int]:
    """Return the numbers of the blocs in a form."""
    return (number for number in range(_MOST) if f"{_FIELD}{number}" in filled)
