"""The settings of a study as a form: read from the study file, and written back with its comments kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import tomlkit
from django.http import QueryDict

from marke.catalogue.schema import Service
from marke.dutch import capital
from marke.errors import InputError
from marke.study import Study
from marke.web.studies import agreements, blocs
from marke.web.studies.agreements import Agreement
from marke.web.studies.choice import Choice
from marke.web.studies.question import catalogue

_TEXTS = ("naam", "vraag", "gezichtspunt")
_DAYS = {"peildatum": "Peildatum", "gewenste_start": "Gewenste start"}
_THRESHOLDS = {
    "materialiteit": "Een besparing telt vanaf dit deel van de kosten alleen",
    "kans": "Zo zeker moet een uitspraak zijn",
    "stabiliteit": "Een groep haakt af als zij meer dan dit deel van het totaal wint door apart te gaan",
    "kwaliteitsmarge": "Zoveel duurder dan alleen mag betere kwaliteit zijn",
    "antwoord": "Op een antwoord wordt gewacht als het dit deel van de kosten alleen waard is",
}


@dataclass(frozen=True)
class VariantRow:
    """One joint variant of a service: whether it is compared, and what can be agreed about its form."""

    choice: Choice
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True)
class ServiceRow:
    """One service: whether it is in the study, its levels and its joint variants."""

    key: str
    label: str
    summary: str
    chosen: bool
    levels: tuple[Choice, ...]
    variants: tuple[VariantRow, ...]


@dataclass(frozen=True)
class Threshold:
    """One threshold as a percentage."""

    key: str
    label: str
    value: str


def as_filled(study: Study) -> QueryDict:
    """Return the form as it is for a study, before anybody changes it."""
    settings, filled = study.settings, QueryDict(mutable=True)
    filled.update({"naam": settings.name, "vraag": settings.question, "gezichtspunt": study.viewpoint.name})
    filled["peildatum"] = settings.reference_date.isoformat()
    filled["gewenste_start"] = settings.wanted_start.isoformat()
    for key, share in settings.thresholds.model_dump(by_alias=True).items():
        filled[f"drempel-{key}"] = f"{share * 100:.10g}".replace(".", ",")
    for key, scope in settings.services.items():
        filled[f"dienst-{key}"] = "on"
        filled[f"niveau-{key}"] = scope.level
        filled.setlist(f"variant-{key}", list(scope.variants or catalogue().services[key].joint))
    agreements.fill_in(filled, study)
    blocs.fill_in(filled, study)
    return filled


def services(filled: QueryDict, study: Study) -> list[ServiceRow]:
    """Return every service of the catalogue as a form holds it."""
    return [_service(key, each, filled, study) for key, each in catalogue().services.items()]


def _service(key: str, service: Service, filled: QueryDict, study: Study) -> ServiceRow:
    chosen = f"dienst-{key}" in filled
    level = filled.get(f"niveau-{key}", "basic")
    wanted = filled.getlist(f"variant-{key}") if chosen else list(service.joint)
    levels = (Choice(k, each.label, k == level) for k, each in service.levels.items())
    variants = (
        VariantRow(Choice(k, capital(each.label), k in wanted), agreements.agreements(filled, key, k, study))
        for k, each in service.joint.items()
    )
    return ServiceRow(key, capital(service.label), service.summary, chosen, tuple(levels), tuple(variants))


def thresholds(filled: QueryDict) -> list[Threshold]:
    """Return every threshold as a percentage."""
    return [Threshold(k, label, filled.get(f"drempel-{k}", "")) for k, label in _THRESHOLDS.items()]


def changed(text: str, filled: QueryDict) -> str:
    """Return the study file with what was filled in; raises InputError for what is no date, number or bloc.

    Whatever the form does not hold (motion, partnerships, weights, comments) stays as it is.
    """
    document = tomlkit.parse(text)
    for key in _TEXTS:
        document[key] = filled.get(key, "").strip()
    for key, label in _DAYS.items():
        document[key] = _day(label, filled.get(key, ""))
    table: Any = document.setdefault("drempels", tomlkit.table())
    for key in _THRESHOLDS:
        table[key] = _share(key, filled.get(f"drempel-{key}", ""))
    _put_services(document.setdefault("diensten", tomlkit.table()), filled)
    blocs.put_blocs(document, filled)
    return tomlkit.dumps(document)


def _put_services(table: Any, filled: QueryDict) -> None:
    for key, service in catalogue().services.items():
        if f"dienst-{key}" not in filled:
            table.pop(key, None)
            continue
        if key not in table:
            table[key] = tomlkit.table()
        table[key]["niveau"] = filled.get(f"niveau-{key}", "basic")
        chosen = [v for v in service.joint if v in filled.getlist(f"variant-{key}")]
        if chosen and len(chosen) < len(service.joint):
            table[key]["varianten"] = chosen
        else:
            table[key].pop("varianten", None)
        agreements.put_agreements(table[key], key, filled)


def _day(label: str, text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        what = f"'{text[:40]}' is geen datum."
        raise InputError(what, where=label, mend="Schrijf jaar-maand-dag, zoals 2027-01-01.") from error


def _share(key: str, text: str) -> float:
    try:
        return round(float(text.strip().replace(",", ".")) / 100, 10)
    except ValueError as error:
        what = f"'{text[:40]}' is geen percentage."
        raise InputError(what, where=_THRESHOLDS[key], mend="Schrijf bijvoorbeeld 3 of 2,5.") from error
