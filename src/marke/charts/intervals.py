"""Means with their bands, one row a yardstick: never a bar, since a bar hides the doubt."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from marke.charts.palette import ALONE, BEST, INK, MUTED, TODAY, TOGETHER, WHITE, Spec, chart
from marke.dutch import decimal, supported

if TYPE_CHECKING:
    from marke.findings.model import Amount

MARKS = {
    "today": ("square", TODAY),
    "alone": ("circle", ALONE),
    "together": ("diamond", TOGETHER),
    "best": ("triangle-up", BEST),
}
WIDTH, ROW = 430, 46


class Row(NamedTuple):
    """One row: its label, which yardstick it is (a key of MARKS), and the amount in euro a year."""

    label: str
    kind: str
    amount: "Amount"


def intervals(rows: Sequence[Row]) -> Spec:
    """Draw a dot at the mean and a bar from P10 to P90 for every row, in the given order."""
    values = [
        {
            "label": r.label,
            "mean": r.amount.mean,
            "low": r.amount.p10,
            "high": r.amount.p90,
            "kind": r.kind,
            "text": decimal(supported(r.amount.mean, r.amount.error)),
        }
        for r in rows
    ]
    kinds = list(MARKS)
    y = {
        "field": "label",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"labelFontWeight": "bold", "labelLimit": 170},
    }
    colour = {
        "field": "kind",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": kinds, "range": [MARKS[kind][1] for kind in kinds]},
    }
    shape = {**colour, "scale": {"domain": kinds, "range": [MARKS[kind][0] for kind in kinds]}}
    mean = {"field": "mean", "type": "quantitative"}
    band = {
        "field": "low",
        "type": "quantitative",
        "title": "euro per jaar: stip = verwachting, streep = P10 tot P90",
        "axis": {"format": ",.0f", "tickCount": 5},
        "scale": {"zero": True, "nice": True},
    }
    return chart(
        WIDTH,
        ROW * len(rows),
        values,
        [
            {
                "mark": {"type": "rule", "strokeWidth": 4, "strokeCap": "round"},
                "encoding": {"x": band, "x2": {"field": "high"}, "y": y, "color": colour},
            },
            {
                "mark": {
                    "type": "point",
                    "filled": True,
                    "opacity": 1,
                    "size": 230,
                    "stroke": WHITE,
                    "strokeWidth": 1.5,
                },
                "encoding": {"x": mean, "y": y, "fill": colour, "shape": shape},
            },
            {
                "mark": {"type": "text", "dy": -16, "color": INK, "fontSize": 13},
                "encoding": {
                    "x": mean,
                    "y": y,
                    "text": {"field": "text", "type": "nominal"},
                },
            },
            {
                "data": {"values": [{"zero": 0}]},
                "mark": {"type": "rule", "color": MUTED},
                "encoding": {"x": {"field": "zero", "type": "quantitative"}},
            },
        ],
    )
