"""What each figure does alone to the saving in the base case: one line a figure, widest first."""

from typing import TYPE_CHECKING

from marke.charts.palette import BEST, INK, MUTED, TOGETHER, WHITE, Spec, chart
from marke.dutch import capital, quantity

if TYPE_CHECKING:
    from marke.findings.uncertainty import UncertaintyFinding

WIDTH, ROW = 360, 34
ENDS = {"bij de lage waarde": ("circle", TOGETHER), "bij de hoge waarde": ("diamond", BEST)}
"""Label, shape and colour of the two ends."""


def tornado(finding: "UncertaintyFinding") -> Spec:
    """Draw a line from the saving at a figure's low to that at its high; the grey line is the base case."""
    low, high = ENDS
    rows = [
        {
            "label": f"{capital(swing.label)} ({quantity(swing.low, swing.unit)}"
            f" – {quantity(swing.high, swing.unit)})",
            "low": swing.at_low,
            "high": swing.at_high,
        }
        for swing in finding.swings
    ]
    ends = [
        {**row, "saving": row[end], "end": name}
        for row in rows
        for end, name in (("low", low), ("high", high))
    ]
    y = {"field": "label", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 420}}
    x = {
        "field": "low",
        "type": "quantitative",
        "title": "besparing, euro per jaar (links van 0: samen is duurder)",
        "axis": {"format": ",.0f", "tickCount": 5},
        "scale": {"zero": True, "nice": True},
    }
    scale = {"domain": list(ENDS), "range": [colour for _, colour in ENDS.values()]}
    legend = {"title": None, "orient": "top", "columns": 2, "columnPadding": 24}
    fill = {"field": "end", "type": "nominal", "scale": scale, "legend": legend}
    shape = {**fill, "scale": {**scale, "range": [shape for shape, _ in ENDS.values()]}}
    dot = {"type": "point", "filled": True, "opacity": 1, "size": 120, "stroke": WHITE, "strokeWidth": 1}
    return chart(
        WIDTH,
        ROW * len(rows),
        ends,
        [
            _line(0, INK, []),
            _line(finding.base, MUTED, [5, 4]),
            {
                "mark": {"type": "rule", "strokeWidth": 4, "strokeCap": "round", "color": MUTED},
                "encoding": {"x": x, "x2": {"field": "high"}, "y": y},
            },
            {
                "mark": dot,
                "encoding": {"x": {**x, "field": "saving"}, "y": y, "fill": fill, "shape": shape},
            },
        ],
    )


def _line(at: float, colour: str, dash: list[int]) -> Spec:
    return {
        "data": {"values": [{"at": at}]},
        "mark": {"type": "rule", "color": colour, "strokeWidth": 1.5, "strokeDash": dash},
        "encoding": {"x": {"field": "at", "type": "quantitative"}},
    }
