"""Which figures matter: the share of the outcome's spread that each explains on its own."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from marke.charts.palette import INK, MUTED, PERCENT, STATUS_MARKS, WHITE, Spec, chart, marks
from marke.dutch import STATUS, chance_short

if TYPE_CHECKING:
    from marke.findings.uncertainty import Influence

WIDTH, ROW = 320, 32


def influences(rows: Sequence["Influence"]) -> Spec:
    """Draw a dot and its interval for every figure, largest first; the shape of the dot tells its status."""
    present = {key: STATUS[key] for key in STATUS_MARKS if any(row.status == key for row in rows)}
    values = [
        {
            "figure": row.figure,
            "label": row.label[:1].upper() + row.label[1:],
            "share": row.share,
            "low": row.low,
            "high": row.high,
            "kind": STATUS[row.status],
            "text": chance_short(row.share, row.error),
        }
        for row in rows
    ]
    colour, shape = marks(STATUS_MARKS, present, None)
    y = {
        "field": "label",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"labelLimit": 340},
    }
    x = {
        "field": "share",
        "type": "quantitative",
        "title": "deel van de spreiding van de besparing",
        "axis": {"labelExpr": PERCENT, "tickCount": 4},
        "scale": {"zero": True, "nice": True},
    }
    dot = {"type": "point", "filled": True, "opacity": 1, "size": 130, "stroke": WHITE, "strokeWidth": 1}
    return chart(
        WIDTH,
        ROW * len(rows),
        values,
        [
            {
                "mark": {"type": "rule", "color": MUTED, "strokeWidth": 4, "strokeCap": "round"},
                "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y},
            },
            {"mark": dot, "encoding": {"x": x, "y": y, "fill": colour, "shape": shape}},
            {
                "mark": {"type": "text", "align": "left", "dx": 11, "color": INK},
                "encoding": {
                    "x": {**x, "field": "high"},
                    "y": y,
                    "text": {"field": "text", "type": "nominal"},
                },
            },
        ],
    )
