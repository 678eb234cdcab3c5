"""Colours and shared settings of all charts: dark on white, told apart by shape as well."""

from typing import Any

Spec = dict[str, Any]
"""A Vega-Lite specification."""

WHITE = "#ffffff"
INK = "#16212b"
MUTED = "#56636f"
GRID = "#e3e7eb"

TODAY = "#6b5300"
ALONE = "#16212b"
TOGETHER = "#00658f"
BEST = "#b0400c"

CLOUD_FEW = "#8493a6"
CLOUD_MANY = "#0d3457"

KEY_MARKS = {
    "equal": ("square", "#a3441a"),
    "per_inhabitant": ("circle", "#00658f"),
    "proportional_to_alone": ("triangle-up", "#5b3f8c"),
    "shapley": ("diamond", "#2c6b2f"),
    "nucleolus": ("cross", "#5f4b00"),
}
"""Shape and colour of every cost key."""

STATUS_MARKS = {
    "assumption": ("diamond", "#b0400c"),
    "derived": ("triangle-up", "#5b3f8c"),
    "own answer": ("square", "#2c6b2f"),
    "sourced": ("circle", "#00658f"),
}
"""Shape and colour of every status of a figure."""

MARK_COLOURS = (
    TODAY,
    ALONE,
    TOGETHER,
    BEST,
    CLOUD_FEW,
    CLOUD_MANY,
    MUTED,
    *(colour for _, colour in (*KEY_MARKS.values(), *STATUS_MARKS.values())),
)
"""All colours that carry a mark; tested for contrast."""

UNLIMITED = 0
"""For text that is known to be short: measuring it against a limit is a fifth of the work of drawing."""

FONT = "'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"

PERCENT = "replace(format(datum.value * 100, ',.0f'), '-', '\u2212') + '\u00a0%'"
"""Axis labels of shares, as a Dutch reader expects them."""


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def chart(width: int, height: int, data: list[dict[str, Any]], layers: list[Spec], **more: Any) -> Spec:
    """Put layers over one table of values, in the house style."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "height": height,
        "padding": 6,
        "data": {"values": data},
        "layer": layers,
        "config": {
            "aria": False,
            "background": WHITE,
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                "labelColor": INK,
                "labelFontSize": 13,
                "labelLimit": UNLIMITED,
                "titleColor": MUTED,
                "titleFontSize": 13,
                "titleFontWeight": "normal",
                "titlePadding": 12,
                "gridColor": GRID,
                "domain": False,
                "ticks": False,
                "labelPadding": 8,
            },
            "legend": {
                "labelColor": INK,
                "labelFontSize": 13,
                "labelLimit": UNLIMITED,
                "titleLimit": UNLIMITED,
                "titleColor": MUTED,
                "titleFontSize": 13,
                "titleFontWeight": "normal",
                "symbolStrokeWidth": 0,
                "symbolOpacity": 1,
            },
            "text": {"font": FONT, "fontSize": 13, "color": INK},
        },
        **more,
    }


def marks(table: dict[str, tuple[str, str]], labels: dict[str, str], title: str | None) -> tuple[Spec, Spec]:
    """Return the colour and shape channels, as one legend, for field ``kind`` holding Dutch labels."""
    domain = list(labels.values())
    legend = {"title": title, "orient": "top", "columns": 2, "columnPadding": 24}
    return (
        {
            "field": "kind",
            "type": "nominal",
            "scale": {"domain": domain, "range": [table[key][1] for key in labels]},
            "legend": legend,
        },
        {
            "field": "kind",
            "type": "nominal",
            "scale": {"domain": domain, "range": [table[key][0] for key in labels]},
            "legend": legend,
        },
    )
