"""Charts as they stand in documents, drawn once for all municipalities and formats of a process."""

import json
from functools import lru_cache

from marke import charts
from marke.documents.house_style import SVG, HouseStyle
from marke.documents.tree import Figure

KEPT = 64
"""Charts that are kept: a region has a few for each service."""


def svg(figure: Figure) -> str:
    """Draw a figure for a page; its title is the text alternative, since a PDF takes that."""
    return _svg(json.dumps(figure.spec), figure.alternative)


def png(figure: Figure) -> bytes:
    """Draw a figure as a picture for print."""
    return _png(json.dumps(figure.spec))


@lru_cache(KEPT)
def logo(style: HouseStyle) -> bytes:
    """The logo as a picture that every format can hold; empty without one."""
    return charts.svg_to_png(style.logo.decode()) if style.logo_kind == SVG else style.logo


@lru_cache(KEPT)
def _svg(spec: str, alternative: str) -> str:
    return charts.svg(json.loads(spec), alternative, "De getallen staan in de tabel hieronder.")


@lru_cache(KEPT)
def _png(spec: str) -> bytes:
    return charts.png(json.loads(spec))
