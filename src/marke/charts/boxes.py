"""A box of figures: on a line for each, from low to high, the part that belongs to it."""

from typing import TYPE_CHECKING

from marke.charts.palette import MUTED, TOGETHER, Spec, chart
from marke.dutch import capital, quantity

if TYPE_CHECKING:
    from marke.findings.uncertainty import BoxFinding, BoxLimit

WIDTH, ROW = 380, 46


def boxes(box: "BoxFinding") -> Spec:
    """Draw every figure of a box on a scale of its own; the thick part with its ends lies in the box."""
    rows = [_row(limit) for limit in box.limits]
    y = {"field": "label", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 340}}
    x = {
        "field": "start",
        "type": "quantitative",
        "title": "van laag naar hoog, ieder cijfer op een eigen schaal",
        "axis": {"labels": False, "grid": False},
        "scale": {"domain": [0, 1]},
    }
    whole = {"x": {**x, "field": "zero"}, "x2": {"field": "one"}, "y": y}
    inside = {"x": x, "x2": {"field": "stop"}, "y": y}
    told = {"x": {**x, "field": "middle"}, "y": y, "text": {"field": "text", "type": "nominal"}}
    ends = [
        {"x": {**x, "field": at}, "y": y, "text": {"field": text, "type": "nominal"}}
        for at, text in (("zero", "least"), ("one", "most"))
    ]
    aside = {"type": "text", "dy": 16, "fontSize": 12, "color": MUTED}
    return chart(
        WIDTH,
        ROW * len(rows),
        rows,
        [
            {"mark": {"type": "rule", "color": MUTED, "strokeWidth": 2}, "encoding": whole},
            {"mark": {"type": "rule", "color": TOGETHER, "strokeWidth": 10}, "encoding": inside},
            {"mark": {"type": "text", "dy": -14, "fontWeight": "bold"}, "encoding": told},
            {"mark": {**aside, "align": "left"}, "encoding": ends[0]},
            {"mark": {**aside, "align": "right"}, "encoding": ends[1]},
        ],
    )


def _row(limit: "BoxLimit") -> Spec:
    span = limit.most - limit.least

    def place(value: float) -> float:
        return min(max((value - limit.least) / span, 0.0), 1.0)

    start = 0.0 if limit.low is None else place(limit.low)
    stop = 1.0 if limit.high is None else place(limit.high)
    return {
        "label": capital(limit.label),
        "zero": 0,
        "one": 1,
        "start": start,
        "stop": stop,
        "middle": (start + stop) / 2,
        "least": quantity(limit.least, limit.unit),
        "most": quantity(limit.most, limit.unit),
        "text": _told(limit),
    }


def _told(limit: "BoxLimit") -> str:
    low, high = (None if end is None else quantity(end, limit.unit) for end in (limit.low, limit.high))
    if low and high:
        return f"{low} – {high}"
    return f"boven {low}" if low else f"onder {high}"
