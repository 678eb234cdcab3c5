"""Which figures matter: the share of the outcome's spread that each explains on its own."""

from collections.abc import Sequence

from marke.charts.palette import INK, MUTED, PERCENT, STATUS_MARKS, WHITE, Spec, chart, marks
from marke.dutch import STATUS, percent
from marke.findings.model import Influence

WIDTH, ROW = 320, 32


def influences(rows: Sequence[Influence]) -> Spec:
    """Draw one row a figure, largest first; the shape of the dot tells the figure's status."""
    present = {key: STATUS[key] for key in STATUS_MARKS if any(row.status == key for row in rows)}
    values = [
        {
            "figure": row.figure,
            "label": row.label[:1].upper() + row.label[1:],
            "share": row.share,
            "kind": STATUS[row.status],
            "text": percent(row.share),
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
                "mark": {"type": "rule", "color": MUTED, "strokeWidth": 2},
                "encoding": {"x": x, "x2": {"datum": 0}, "y": y},
            },
            {"mark": dot, "encoding": {"x": x, "y": y, "fill": colour, "shape": shape}},
            {
                "mark": {"type": "text", "align": "left", "dx": 11, "color": INK},
                "encoding": {"x": x, "y": y, "text": {"field": "text", "type": "nominal"}},
            },
        ],
    )
