"""Which groups may form: a study's agreements about a host, its capacity, and a partnership to join."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from marke.catalogue import Catalogue
from marke.errors import InputError
from marke.files import suggest
from marke.region import Country
from marke.toml import Document, KeyPath


class GroupsTable(BaseModel):
    """What a study says about the groups of one joint variant (a table of the study file)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field(default="", alias="gastheer")
    capacity: int | None = Field(default=None, ge=2, alias="capaciteit")
    partnership: str = Field(default="", alias="samenwerking")


@dataclass(frozen=True)
class Admission:
    """A group may form when it holds all ``required`` municipalities (CBS codes) and is within ``capacity``.

    ``capacity`` counts players. ``host`` is the name of the host and ``partnership`` that of the existing
    partnership, as far as the study names them.
    """

    required: frozenset[str] = frozenset()
    capacity: int | None = None
    host: str = ""
    partnership: str = ""


@dataclass(frozen=True)
class _Place:
    """The study file and what its names can mean; ``codes`` are those of the region."""

    document: Document
    at: KeyPath
    country: Country
    codes: Collection[str]
    partnerships: Mapping[str, frozenset[str]]
    moved: bool

    def refuse(self, field: str, what: str, mend: str) -> InputError:
        return InputError(what, where=self.document.where((*self.at, field)), mend=mend)


def admissions(
    tables: Mapping[str, Mapping[str, GroupsTable]],
    catalogue: Catalogue,
    country: Country,
    document: Document,
    codes: Collection[str],
    partnerships: Mapping[str, frozenset[str]],
    *,
    moved: bool,
) -> dict[tuple[str, str], Admission]:
    """Read what a study agreed per service and variant; ``partnerships`` are CBS codes by name.

    When the region is another than the file's (``moved``), agreements with nobody in it are left out. Raises
    InputError for a variant, municipality or partnership that is not known or does not fit the form.
    """
    found: dict[tuple[str, str], Admission] = {}
    for service, variant, table in _tables(tables):
        place = _Place(
            document, ("diensten", service, "groepen", variant), country, codes, partnerships, moved
        )
        admission = _admission(table, _form_of(service, variant, catalogue, place), catalogue, place)
        if admission is not None:
            found[service, variant] = admission
    return found


def _tables(
    tables: Mapping[str, Mapping[str, GroupsTable]],
) -> Iterator[tuple[str, str, GroupsTable]]:
    for service, variants in tables.items():
        for variant, table in variants.items():
            yield service, variant, table


def _form_of(service: str, variant: str, catalogue: Catalogue, place: _Place) -> str:
    known = catalogue.services[service].joint
    if variant not in known:
        label = catalogue.services[service].label
        raise InputError(
            f"Onbekende variant '{variant}' van {label}.{suggest(variant, known)}",
            where=place.document.where(place.at),
            mend=f"Kies uit {', '.join(known)}.",
        )
    return known[variant].form


def _admission(table: GroupsTable, form: str, catalogue: Catalogue, place: _Place) -> Admission | None:
    rules = catalogue.forms[form]
    if table.host and not rules.hosted:
        raise place.refuse("gastheer", f"Bij '{rules.short}' is er geen gastheer.", "Haal 'gastheer' weg.")
    if bool(table.partnership) != rules.joins:
        what = "" if rules.joins else "geen "
        raise place.refuse(
            "samenwerking",
            f"Bij '{rules.short}' hoort {what}samenwerking die er al is.",
            "Noem een [[samenwerking]] of [[blok]] uit deze studie." if rules.joins else "Haal haar weg.",
        )
    required: frozenset[str] = frozenset()
    if table.host:
        required |= _host(table.host, place)
    if table.partnership:
        required |= _members(table.partnership, place)
    if (table.host or table.partnership) and not required:
        return None
    capacity = table.capacity or rules.capacity
    return Admission(required, capacity, table.host, table.partnership)


def _host(name: str, place: _Place) -> frozenset[str]:
    try:
        host = place.country.find(name)
    except InputError as error:
        raise place.refuse("gastheer", error.what, error.mend) from None
    if host.code in place.codes:
        return frozenset({host.code})
    if not place.moved:
        raise place.refuse(
            "gastheer", f"{host.name} ligt niet in de regio.", "Kies een gemeente uit de regio."
        )
    return frozenset()


def _members(name: str, place: _Place) -> frozenset[str]:
    if name not in place.partnerships:
        mend = suggest(name, place.partnerships).strip() or "Voeg haar toe als [[samenwerking]] of [[blok]]."
        raise place.refuse("samenwerking", f"Er is geen samenwerking '{name}'.", mend)
    inside = place.partnerships[name] & frozenset(place.codes)
    if not inside and not place.moved:
        raise place.refuse(
            "samenwerking", f"Niemand van '{name}' ligt in de regio.", "Kies een samenwerking uit de regio."
        )
    return inside


def variants_of(
    service: str, chosen: Collection[str], catalogue: Catalogue, agreed: Collection[tuple[str, str]]
) -> tuple[str, ...]:
    """The joint variants to explore: those chosen, else all that are not on request or have an agreement.

    A form that joins a partnership can only be explored with an agreement about which one.
    """
    found = []
    for key, joint in catalogue.services[service].joint.items():
        has = (service, key) in agreed
        wanted = key in chosen if chosen else has or not joint.on_request
        if wanted and (has or not catalogue.forms[joint.form].joins):
            found.append(key)
    return tuple(found)
