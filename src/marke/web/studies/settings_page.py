"""The settings of a study as a form: read from the study file, and written back with its comments kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import tomlkit
from django.http import QueryDict

from marke.catalogue.schema import Service
from marke.dutch import capital
from marke.errors import InputError
from marke.study import Study
from marke.web.studies.question import catalogue

_TEXTS = ("naam", "vraag")
_DAYS = ("peildatum", "gewenste_start")
_THRESHOLDS = {
    "materialiteit": "Een besparing telt vanaf dit deel van de kosten alleen",
    "kans": "Zo zeker moet een uitspraak zijn",
    "stabiliteit": "Een groep haakt af als zij meer dan dit deel van het totaal wint door apart te gaan",
    "kwaliteitsmarge": "Zoveel duurder dan alleen mag betere kwaliteit zijn",
    "antwoord": "Op een antwoord wordt gewacht als het dit deel van de kosten alleen waard is",
}


@dataclass(frozen=True)
class Choice:
    """One option of a setting."""

    key: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class ServiceRow:
    """One service: whether it is in the study, its levels and its joint variants."""

    key: str
    label: str
    summary: str
    chosen: bool
    levels: tuple[Choice, ...]
    variants: tuple[Choice, ...]


@dataclass(frozen=True)
class Threshold:
    """One threshold as a percentage."""

    key: str
    label: str
    value: str


def services(study: Study) -> list[ServiceRow]:
    """Return every service of the catalogue as the study has it."""
    return [_service(key, each, study) for key, each in catalogue().services.items()]


def _service(key: str, service: Service, study: Study) -> ServiceRow:
    scope = study.settings.services.get(key)
    level = scope.level if scope else "basic"
    wanted = scope.variants if scope else ()
    levels = (Choice(k, each.label, k == level) for k, each in service.levels.items())
    variants = (Choice(k, each.label, not wanted or k in wanted) for k, each in service.joint.items())
    return ServiceRow(
        key, capital(service.label), service.summary, scope is not None, tuple(levels), tuple(variants)
    )


def thresholds(study: Study) -> list[Threshold]:
    """Return every threshold as a percentage."""
    shown = study.settings.thresholds.model_dump(by_alias=True)
    return [
        Threshold(k, label, f"{shown[k] * 100:.10g}".replace(".", ",")) for k, label in _THRESHOLDS.items()
    ]


def changed(text: str, posted: QueryDict) -> str:
    """Return the study file with what was posted; raises InputError for a date or percentage that is none.

    Whatever the form does not hold (blocs, hosts, motion, comments) stays as it is.
    """
    document = tomlkit.parse(text)
    for key in (*_TEXTS, "gezichtspunt"):
        document[key] = posted.get(key, "").strip()
    for key in _DAYS:
        document[key] = _day(key, posted.get(key, ""))
    table: Any = document.setdefault("drempels", tomlkit.table())
    for key in _THRESHOLDS:
        table[key] = _share(key, posted.get(f"drempel-{key}", ""))
    _put_services(document.setdefault("diensten", tomlkit.table()), posted)
    return tomlkit.dumps(document)


def _put_services(table: Any, posted: QueryDict) -> None:
    for key, service in catalogue().services.items():
        if f"dienst-{key}" not in posted:
            table.pop(key, None)
            continue
        if key not in table:
            table[key] = tomlkit.table()
        table[key]["niveau"] = posted.get(f"niveau-{key}", "basic")
        chosen = [v for v in service.joint if v in posted.getlist(f"variant-{key}")]
        if chosen and len(chosen) < len(service.joint):
            table[key]["varianten"] = chosen
        else:
            table[key].pop("varianten", None)


def _day(key: str, text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        what = f"'{text[:40]}' is geen datum."
        raise InputError(what, where=key, mend="Schrijf jaar-maand-dag, zoals 2027-01-01.") from error


def _share(key: str, text: str) -> float:
    try:
        return round(float(text.strip().replace(",", ".")) / 100, 10)
    except ValueError as error:
        what = f"'{text[:40]}' is geen percentage."
        raise InputError(what, where=_THRESHOLDS[key], mend="Schrijf bijvoorbeeld 3 of 2,5.") from error


def general(study: Study) -> Mapping[str, str]:
    """Return name, question and dates as text."""
    settings = study.settings
    return {
        "naam": settings.name,
        "vraag": settings.question,
        "peildatum": settings.reference_date.isoformat(),
        "gewenste_start": settings.wanted_start.isoformat(),
    }
