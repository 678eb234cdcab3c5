"""When each form could start, against the start that is wanted."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from marke.charts.palette import BEST, INK, TOGETHER, WHITE, Spec, chart
from marke.dutch import month

if TYPE_CHECKING:
    from marke.findings.model import VariantFinding

WIDTH, ROW = 460, 46
_MONTH = 30 * 86_400_000


def _milliseconds(when: date) -> int:
    return int(datetime(when.year, when.month, when.day, tzinfo=UTC).timestamp() * 1000)


def lead_time(variants: Sequence["VariantFinding"], reference: date, wanted: date) -> Spec:
    """Draw the earliest, likely and latest start of every variant, and a line at the wanted start."""
    values = [
        {
            "label": variant.short,
            "soon": _milliseconds(variant.earliest[0]),
            "likely": _milliseconds(variant.earliest[1]),
            "late": _milliseconds(variant.earliest[2]),
            "text": month(variant.earliest[1]),
        }
        for variant in variants
    ]
    last = _milliseconds(max(wanted, *(variant.earliest[2] for variant in variants)))
    first = _milliseconds(min(reference, wanted))
    scale = {"type": "utc", "domain": [first, last + 2 * _MONTH], "nice": False}
    x = {"type": "temporal", "scale": scale}
    axis = {"format": "%b %Y", "tickCount": 6, "labelOverlap": True}
    y = {
        "field": "label",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"labelFontWeight": "bold"},
    }
    likely = {"field": "likely", **x}
    soon = {"field": "soon", **x, "title": None, "axis": axis}
    return chart(
        WIDTH,
        ROW * len(values) + 10,
        values,
        [
            _wanted(x, wanted),
            {
                "mark": {"type": "rule", "strokeWidth": 4, "color": TOGETHER, "strokeCap": "round"},
                "encoding": {"x": soon, "x2": {"field": "late"}, "y": y},
            },
            {
                "mark": {
                    "type": "point",
                    "shape": "diamond",
                    "filled": True,
                    "opacity": 1,
                    "size": 210,
                    "fill": TOGETHER,
                    "stroke": WHITE,
                    "strokeWidth": 1.5,
                },
                "encoding": {"x": likely, "y": y},
            },
            {
                "mark": {"type": "text", "dy": -15, "color": INK},
                "encoding": {"x": likely, "y": y, "text": {"field": "text", "type": "nominal"}},
            },
        ],
    )


def _wanted(x: Spec, wanted: date) -> Spec:
    return {
        "data": {"values": [{"wanted": _milliseconds(wanted), "label": f"gewenst: {month(wanted)}"}]},
        "layer": [
            {
                "mark": {"type": "rule", "color": BEST, "strokeWidth": 2, "strokeDash": [5, 4]},
                "encoding": {"x": {"field": "wanted", **x}},
            },
            {
                "mark": {
                    "type": "text",
                    "color": BEST,
                    "align": "left",
                    "dx": -4,
                    "baseline": "bottom",
                    "fontWeight": "bold",
                },
                "encoding": {
                    "x": {"field": "wanted", **x},
                    "y": {"value": -6},
                    "text": {"field": "label", "type": "nominal"},
                },
            },
        ],
    }
