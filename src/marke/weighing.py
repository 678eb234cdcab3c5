"""What a study says itself about gates, weights and the evidence, in place of what the catalogue assumes."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from marke.catalogue import Catalogue
from marke.catalogue.rules import Outcome
from marke.dutch import GATES, day
from marke.errors import InputError
from marke.files import suggest
from marke.toml import Document, KeyPath

_OUTCOMES: Mapping[str, Outcome] = {GATES[key]: key for key in get_args(Outcome)}


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class ConditionTable(_Table):
    """How one gate stands according to the study, for the named services and variants (none: for all)."""

    gate: str = Field(alias="sleutel")
    services: tuple[str, ...] = Field(default=(), alias="diensten")
    variants: tuple[str, ...] = Field(default=(), alias="varianten")
    answer: str = Field(alias="uitkomst")
    reason: str = Field(min_length=1, alias="toelichting")
    source: str = Field(min_length=1, alias="bron")
    day: date = Field(alias="datum")

    @model_validator(mode="after")
    def _known_outcome(self) -> "ConditionTable":
        if self.answer not in _OUTCOMES:
            names = ", ".join(f"'{each}'" for each in _OUTCOMES)
            raise ValueError(f"'uitkomst' is een van {names}, maar er staat '{self.answer}'.")
        return self

    @property
    def outcome(self) -> Outcome:
        """The outcome by its key."""
        return _OUTCOMES[self.answer]

    def applies(self, gate: str, service: str, variant: str) -> bool:
        """Whether this is an answer to a gate of a service's variant."""
        return (
            self.gate == gate
            and (not self.services or service in self.services)
            and (not self.variants or variant in self.variants)
        )


class WeightsTable(_Table):
    """What is already known about the weights: criteria from heavy to light, and bounds of some of them."""

    order: tuple[str, ...] = Field(default=(), alias="volgorde")
    bounds: Mapping[str, tuple[float, float]] = Field(default_factory=dict, alias="grenzen")

    @model_validator(mode="after")
    def _bounds_in_order(self) -> "WeightsTable":
        for key, (low, high) in self.bounds.items():
            if not 0 <= low <= high <= 1:
                raise ValueError(f"De grenzen van '{key}' staan niet op volgorde tussen 0 en 1.")
        if sum(low for low, _ in self.bounds.values()) > 1 + 1e-9:
            raise ValueError("De ondergrenzen van de gewichten zijn samen meer dan 1.")
        if len(set(self.order)) < len(self.order):
            raise ValueError("Een criterium staat twee keer in 'volgorde'.")
        return self


class SetbackTable(_Table):
    """The setback that takes the place of the catalogue's: a named reading of the evidence, or three numbers.

    ``services`` none named: all whose own figure rests on a study in the evidence.
    """

    evidence: str = Field(default="", alias="bewijs")
    low: float | None = Field(default=None, ge=-1, le=5, alias="laag")
    mode: float | None = Field(default=None, ge=-1, le=5, alias="midden")
    high: float | None = Field(default=None, ge=-1, le=5, alias="hoog")
    source: str = Field(default="", alias="bron")
    services: tuple[str, ...] = Field(default=(), alias="diensten")

    @model_validator(mode="after")
    def _evidence_or_numbers(self) -> "SetbackTable":
        numbers = self.numbers
        if bool(self.evidence) == bool(numbers) or len(numbers) not in {0, 3}:
            raise ValueError("Geef 'bewijs', of 'laag', 'midden' en 'hoog' met een 'bron'.")
        if numbers and numbers != sorted(numbers):
            raise ValueError("'laag', 'midden' en 'hoog' staan niet op volgorde.")
        if numbers and not self.source:
            raise ValueError("Bij eigen getallen hoort een 'bron'.")
        return self

    @property
    def numbers(self) -> list[float]:
        """Low, mode and high; empty where the evidence is named."""
        return [value for value in (self.low, self.mode, self.high) if value is not None]


def check_weighing(
    conditions: Collection[ConditionTable],
    weights: WeightsTable | None,
    setback: SetbackTable | None,
    reference_date: date,
    catalogue: Catalogue,
    document: Document,
) -> None:
    """Refuse what names something that does not exist, or a date after the reference date.

    Raises InputError with file and line.
    """
    for index, row in enumerate(conditions):
        at: KeyPath = ("voorwaarde", index)
        check_known(row.gate, catalogue.gates, "voorwaarde", document.where((*at, "sleutel")))
        for service in row.services:
            check_known(service, catalogue.services, "dienst", document.where((*at, "diensten")))
        known = {variant for service in catalogue.services.values() for variant in service.joint}
        for variant in row.variants:
            check_known(variant, known, "variant", document.where((*at, "varianten")))
        if row.day > reference_date:
            raise InputError(
                f"Dit antwoord is van {day(row.day)}, na de peildatum ({day(reference_date)}).",
                where=document.where((*at, "datum")),
                mend="Kies een latere peildatum, of laat het antwoord weg.",
            )
    if weights is not None:
        for key in (*weights.order, *weights.bounds):
            check_known(key, catalogue.criteria, "criterium", document.where(("gewichten",)))
        _check_room(weights, catalogue, document)
    if setback is not None:
        where = document.where(("tegenvaller",))
        if setback.evidence:
            check_known(setback.evidence, catalogue.evidence.priors, "lezing van het bewijs", where)
        for service in setback.services:
            check_known(service, catalogue.services, "dienst", where)


def _check_room(weights: WeightsTable, catalogue: Catalogue, document: Document) -> None:
    """The upper bounds leave room for weights that add to 1."""
    most = sum(weights.bounds.get(key, (0.0, 1.0))[1] for key in catalogue.criteria)
    if most < 1 - 1e-9:
        raise InputError(
            "De bovengrenzen van de gewichten zijn samen minder dan 1.",
            where=document.where(("gewichten", "grenzen")),
            mend="Maak een bovengrens hoger of laat er een weg.",
        )


def check_known(key: str, among: Collection[str], kind: str, where: str) -> None:
    """Refuse a name that is not among those that exist; raises InputError."""
    if key not in among:
        raise InputError(
            f"Er is geen {kind} '{key}'.{suggest(key, among)}",
            where=where,
            mend=f"Kies uit {', '.join(among)}.",
        )
