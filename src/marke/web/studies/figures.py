"""The figures of the catalogue as a study has them: each with its source, some replaced for this study."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import tomlkit

from marke.baseline.values import clean_text
from marke.catalogue import Catalogue
from marke.catalogue.figure import Figure
from marke.errors import InputError
from marke.files import fold
from marke.own_figures import own_figure

STATUSES = {
    "sourced": "uit een bron",
    "derived": "afgeleid",
    "assumption": "aanname",
    "own answer": "vervangen in deze studie",
}


def with_figure(text: str, key: str, values: Mapping[str, Any] | None) -> str:
    """Return a study file in which a figure has other bounds, or, without values, those of the catalogue."""
    document = tomlkit.parse(text)
    rows = [row for row in document.pop("cijfer", []) if row["sleutel"] != key]
    if values is not None:
        rows.append({"sleutel": key, **values})
    if rows:
        table = tomlkit.aot()
        for row in rows:
            table.append(tomlkit.item(dict(row)))
        document.append("cijfer", table)
    return tomlkit.dumps(document)


def read_figure(figure: Figure, given: Mapping[str, str]) -> dict[str, Any]:
    """Return what a form holds about a figure, by the keys of a study file.

    Raises InputError for no number, bounds that are not in order, or no source.
    """
    low, mode, high = (_number(given.get(name, "")) for name in ("low", "mode", "high"))
    source = clean_text(given.get("source", ""))[:300]
    if not source:
        raise InputError("Schrijf waar dit cijfer vandaan komt.", where="Bron")
    own_figure(figure, low, mode, high, source)
    return {"laag": low, "midden": mode, "hoog": high, "bron": source}


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
