"""How often each possibility comes first, second and so on: one bar of shares a possibility."""

from typing import TYPE_CHECKING

from marke.charts.palette import INK, PERCENT, WHITE, Spec, chart
from marke.dutch import chance_short

if TYPE_CHECKING:
    from marke.findings.judged import AcceptabilityFinding

WIDTH, ROW = 400, 38
DARK, LIGHT = 0x0D, 0xE0
SHOWN = 0.08
"""A narrower share has no room for its number; it stands in the table."""


def shades(count: int) -> list[str]:
    """Greys from dark for the first place to light for the last, told apart without colour."""
    steps = [round(DARK + (LIGHT - DARK) * place / max(count - 1, 1)) for place in range(count)]
    return [f"#{step:02x}{min(step + 12, 255):02x}{min(step + 24, 255):02x}" for step in steps]


def acceptability(found: "AcceptabilityFinding") -> Spec:
    """Draw the shares of ranks as stacked bars with numbers in them, most often first on top."""
    count = len(found.alternatives)
    values = []
    for each in found.alternatives:
        start = 0.0
        for place, share in enumerate(each.ranks):
            values.append(
                {
                    "label": each.short,
                    "place": f"{place + 1}e",
                    "from": start,
                    "to": start + share,
                    "middle": start + share / 2,
                    "text": chance_short(share, each.error) if share >= SHOWN else "",
                    "ink": WHITE if place < count / 2 else INK,
                }
            )
            start += share
    places = [f"{place + 1}e" for place in range(count)]
    y = {"field": "label", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 180}}
    x = {
        "field": "from",
        "type": "quantitative",
        "title": "deel van de gewichten en doorrekeningen",
        "axis": {"labelExpr": PERCENT, "tickCount": 5, "grid": False},
        "scale": {"domain": [0, 1]},
    }
    fill = {
        "field": "place",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": places, "range": shades(count)},
        "legend": {"title": "plaats", "orient": "top", "columns": 8, "symbolType": "square"},
    }
    middle = {"field": "middle", "type": "quantitative"}
    return chart(
        WIDTH,
        ROW * count,
        values,
        [
            {
                "mark": {"type": "bar", "height": 26, "stroke": WHITE, "strokeWidth": 1.5},
                "encoding": {"x": x, "x2": {"field": "to"}, "y": y, "fill": fill},
            },
            {
                "mark": {"type": "text", "fontSize": 12},
                "encoding": {
                    "x": middle,
                    "y": y,
                    "text": {"field": "text", "type": "nominal"},
                    "color": {"field": "ink", "type": "nominal", "scale": None},
                },
            },
        ],
    )
