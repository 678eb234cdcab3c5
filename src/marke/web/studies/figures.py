"""The figures of the catalogue as a study has them: each with its source, some replaced for this study."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from marke.baseline.values import clean_text
from marke.catalogue import Catalogue
from marke.catalogue.figure import Figure
from marke.errors import InputError
from marke.files import fold

STATUSES = {
    "sourced": "uit een bron",
    "derived": "afgeleid",
    "assumption": "aanname",
    "own answer": "vervangen in deze studie",
}


def with_figures(catalogue: Catalogue, replaced: Mapping[str, Mapping[str, Any]]) -> Catalogue:
    """Return the catalogue in which a study's own figures stand in the place of some."""
    known = {key: values for key, values in replaced.items() if key in catalogue.figures}
    if not known:
        return catalogue
    changed = {key: own_figure(catalogue.figures[key], values) for key, values in known.items()}
    before = {key: catalogue.figures[key] for key in known}
    return replace(catalogue, figures={**catalogue.figures, **changed}, replaced=before)


def own_figure(figure: Figure, values: Mapping[str, Any]) -> Figure:
    """Return a figure with other bounds; raises InputError when they are not in order."""
    bounds = {name: values[name] for name in ("low", "mode", "high")}
    note = f"Opgave in de studie: {values['source']}"
    own = {"source": "study", "status": "own answer", "strength": "claim", "note": note}
    try:
        return Figure.model_validate(figure.model_dump() | bounds | own)
    except ValidationError as error:
        told = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise InputError(told, where=figure.label) from error


def read_figure(figure: Figure, given: Mapping[str, str]) -> dict[str, Any]:
    """Return what a form holds about a figure; raises InputError for no number, or no source."""
    values: dict[str, Any] = {name: _number(given.get(name, "")) for name in ("low", "mode", "high")}
    values["source"] = clean_text(given.get("source", ""))[:300]
    if not values["source"]:
        raise InputError("Schrijf waar dit cijfer vandaan komt.", where="Bron")
    own_figure(figure, values)
    return values


def _number(text: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError as error:
        mend = "Schrijf bijvoorbeeld 1234,5."
        raise InputError(f"'{text[:40]}' is geen getal.", mend=mend) from error


@dataclass(frozen=True)
class FigureRow:
    """A figure for a reader: bounds as text, status and source, and whether the study replaced it."""

    key: str
    label: str
    low: str
    mode: str
    high: str
    unit: str
    status: str
    source: str
    replaced: bool


def figure_rows(catalogue: Catalogue, word: str = "") -> list[FigureRow]:
    """Return all figures, or those whose label or unit holds a word."""
    wanted = fold(word)
    return [
        row(catalogue, key)
        for key, figure in catalogue.figures.items()
        if wanted in fold(f"{figure.label} {figure.unit}")
    ]


def row(catalogue: Catalogue, key: str) -> FigureRow:
    """Return one figure for a reader."""
    figure = catalogue.figures[key]
    source = catalogue.sources.get(figure.source)
    low, mode, high = (f"{value:.10g}".replace(".", ",") for value in (figure.low, figure.mode, figure.high))
    told = figure.note if key in catalogue.replaced else (source.title if source else figure.source)
    status = STATUSES[figure.status]
    own = key in catalogue.replaced
    return FigureRow(key, figure.label, low, mode, high, figure.unit, status, told, own)
