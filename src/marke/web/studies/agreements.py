"""What a study agreed per form: who hosts, for how many there is room, which partnership one joins."""

from dataclasses import dataclass
from typing import Any

import tomlkit
from django.http import QueryDict

from marke.errors import InputError
from marke.study import Study
from marke.web.studies.question import catalogue, country

_FIELDS = {"gastheer": "host", "capaciteit": "capacity", "samenwerking": "partnership"}


@dataclass(frozen=True)
class Agreement:
    """One thing that can be agreed about a form: its field, question, answer, and what there is to choose."""

    field: str
    label: str
    value: str
    options: tuple[str, ...] = ()


def fill_in(filled: QueryDict, study: Study) -> None:
    """Put the agreements of a study into a form."""
    for service, scope in study.settings.services.items():
        for variant, table in scope.groups.items():
            for name, attribute in _FIELDS.items():
                filled[f"{name}-{service}-{variant}"] = str(getattr(table, attribute) or "")
            if table.host:
                filled[f"gastheer-{service}-{variant}"] = country().find(table.host).name


def agreements(filled: QueryDict, service: str, variant: str, study: Study) -> tuple[Agreement, ...]:
    """Return what can be agreed about a form of working together, as a form holds it."""
    form = catalogue().forms[catalogue().services[service].joint[variant].form]
    names = tuple(m.name for m in study.region.municipalities)
    known = [b.name for b in study.settings.blocs] + [p.name for p in study.settings.partnerships]
    rows: list[tuple[str, str, tuple[str, ...]]] = []
    if form.hosted:
        rows.append(("gastheer", "Gastheer", names))
    if form.joins:
        rows.append(("samenwerking", "Aansluiten bij", tuple(dict.fromkeys(known))))
    rows.append(("capaciteit", "Plaats voor hoogstens (deelnemers)", ()))
    found = []
    for name, label, options in rows:
        field = f"{name}-{service}-{variant}"
        found.append(Agreement(field, label, filled.get(field, ""), options))
    return tuple(found)


def put_agreements(table: Any, service: str, filled: QueryDict) -> None:
    """Write what a form agrees into the table of a service; raises InputError for a number that is none."""
    groups = table.get("groepen", {})
    for variant in catalogue().services[service].joint:
        given = {name: filled.get(f"{name}-{service}-{variant}", "").strip() for name in _FIELDS}
        if not any(given.values()):
            groups.pop(variant, None)
            continue
        groups = table.setdefault("groepen", tomlkit.table(is_super_table=True))
        row = groups.setdefault(variant, tomlkit.table())
        for name, text in given.items():
            if not text:
                row.pop(name, None)
            else:
                row[name] = _number(text) if name == "capaciteit" else text
    if not groups:
        table.pop("groepen", None)


def _number(text: str) -> int:
    if text.isascii() and text.isdigit():
        return int(text[:9])
    raise InputError(
        f"'{text[:40]}' is geen aantal.", where="Plaats voor hoogstens", mend="Schrijf bijvoorbeeld 6."
    )
