"""Figures that a study replaces by its own, each with where it comes from."""

from collections.abc import Sequence
from dataclasses import replace

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from marke.catalogue import Catalogue, Figure
from marke.errors import InputError
from marke.files import suggest
from marke.toml import Document


class FigureTable(BaseModel):
    """A figure of the catalogue, by its id, with the bounds that it has in this study."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    key: str = Field(alias="sleutel")
    low: float = Field(alias="laag")
    mode: float = Field(alias="midden")
    high: float = Field(alias="hoog")
    source: str = Field(min_length=1, alias="bron")


def own_figure(figure: Figure, low: float, mode: float, high: float, source: str) -> Figure:
    """Return a figure with a study's own bounds; raises InputError when they are not in order."""
    own = {"low": low, "mode": mode, "high": high, "source": "study", "status": "own answer"}
    told = {"strength": "claim", "note": f"Opgave in de studie: {source}"}
    try:
        return Figure.model_validate(figure.model_dump() | own | told)
    except ValidationError as error:
        raise InputError(
            error.errors()[0]["msg"].removeprefix("Value error, "), where=figure.label
        ) from error


def check_own_figures(rows: Sequence[FigureTable], catalogue: Catalogue, document: Document) -> None:
    """Refuse a figure that does not exist, stands there twice, or has bounds that are not in order.

    Raises InputError with file and line.
    """
    seen: set[str] = set()
    for index, row in enumerate(rows):
        where = document.where(("cijfer", index, "sleutel"))
        if row.key in seen:
            raise InputError(
                f"Het cijfer '{row.key}' staat er twee keer.", where=where, mend="Laat er één staan."
            )
        seen.add(row.key)
        if row.key not in catalogue.figures:
            raise InputError(
                f"Er is geen cijfer '{row.key}'.{suggest(row.key, catalogue.figures)}",
                where=where,
                mend="De namen staan in het verslag bij 'Alle cijfers'.",
            )
        try:
            own_figure(catalogue.figures[row.key], row.low, row.mode, row.high, row.source)
        except InputError as error:
            raise InputError(error.what, where=where) from error


def with_own_figures(catalogue: Catalogue, rows: Sequence[FigureTable]) -> Catalogue:
    """Return the catalogue with a study's own figures; what they were stays in ``replaced``.

    A figure keeps its place in the draws, so that only its own values change.
    """
    before = {row.key: catalogue.figures[row.key] for row in rows}
    if not before:
        return catalogue
    own = {row.key: own_figure(before[row.key], row.low, row.mode, row.high, row.source) for row in rows}
    return replace(catalogue, figures={**catalogue.figures, **own}, replaced={**before, **catalogue.replaced})
