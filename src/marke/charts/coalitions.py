"""All coalitions of one variant: what each group size saves against standing alone."""

from typing import TYPE_CHECKING, Any

from marke.charts.palette import BEST, CLOUD_FEW, CLOUD_MANY, INK, PERCENT, WHITE, Spec, chart

if TYPE_CHECKING:
    from marke.findings.model import VariantFinding

WIDTH, HEIGHT = 540, 330
BEST_GROUP, MIDDLE_GROUP = "beste groep van die omvang", "middelste groep van die omvang"


def middle_savings(variant: "VariantFinding") -> dict[int, float]:
    """Return per size the middle of the cell that holds the median coalition."""
    middle: dict[int, float] = {}
    for size in sorted({cell.size for cell in variant.cloud}):
        cells = sorted((cell for cell in variant.cloud if cell.size == size), key=lambda cell: cell.low)
        half, seen = sum(cell.count for cell in cells) / 2, 0
        for cell in cells:
            seen += cell.count
            if seen >= half:
                middle[size] = (cell.low + cell.high) / 2
                break
    return middle


def coalitions(variant: "VariantFinding") -> Spec:
    """Draw saving (share of alone) against size: rectangles count coalitions (log scale), under two lines."""
    cells = [
        {"left": c.size - 0.42, "right": c.size + 0.42, "low": c.low, "high": c.high, "count": c.count}
        for c in variant.cloud
    ]
    sizes = [size.size for size in variant.sizes if size.size > 1]
    points = [
        *({"size": n, "saving": s, "kind": MIDDLE_GROUP} for n, s in middle_savings(variant).items()),
        *({"size": s.size, "saving": s.best_saving, "kind": BEST_GROUP} for s in variant.sizes if s.size > 1),
    ]
    x = {"domain": [min(sizes) - 0.6, max(sizes) + 0.6], "nice": False}
    most = max(c.count for c in variant.cloud)
    return chart(WIDTH, HEIGHT, cells, [_cells(x, most, sizes), _zero(x), _lines(points)])


def _cells(x: dict[str, Any], most: int, sizes: list[int]) -> Spec:
    legend = {
        "title": "aantal groepen",
        "values": [10**k for k in range(6) if 10**k <= most],
        "format": ",d",
        "gradientLength": 160,
        "orient": "top",
        "direction": "horizontal",
    }
    return {
        "mark": {"type": "rect", "stroke": WHITE, "strokeWidth": 0.5},
        "encoding": {
            "x": {
                "field": "left",
                "type": "quantitative",
                "scale": x,
                "title": "aantal spelers in de groep (een blok telt als één)",
                "axis": {"values": sizes, "format": "d", "grid": False},
            },
            "x2": {"field": "right"},
            "y": {
                "field": "low",
                "type": "quantitative",
                "title": ["besparing, deel van de kosten alleen"],
                "axis": {"labelExpr": PERCENT, "tickCount": 7},
                "scale": {"nice": True, "zero": True},
            },
            "y2": {"field": "high"},
            "color": {
                "field": "count",
                "type": "quantitative",
                "scale": {
                    "type": "log",
                    "domain": [1, max(most, 2)],
                    "range": [CLOUD_FEW, CLOUD_MANY],
                    "interpolate": "lab",
                },
                "legend": legend,
            },
        },
    }


def _zero(x: dict[str, Any]) -> Spec:
    at = {"field": "at", "type": "quantitative"}
    zero = {"field": "zero", "type": "quantitative"}
    text = {"type": "text", "align": "left", "dx": 8, "dy": -7, "fontWeight": "bold", "lineBreak": "|"}
    return {
        "data": {"values": [{"zero": 0, "at": x["domain"][1], "text": "even duur|als alleen"}]},
        "layer": [
            {"mark": {"type": "rule", "color": INK, "strokeWidth": 1.5}, "encoding": {"y": zero}},
            {"mark": text, "encoding": {"x": at, "y": zero, "text": {"field": "text", "type": "nominal"}}},
        ],
    }


def _lines(points: list[dict[str, Any]]) -> Spec:
    """Two lines on white, so that they stay visible on dark cells; told apart by shape and dash too."""
    kind = {"field": "kind", "type": "nominal"}
    domain = [BEST_GROUP, MIDDLE_GROUP]
    legend = {"title": None, "orient": "top", "direction": "vertical", "symbolSize": 110}

    def scaled(values: list[Any]) -> Spec:
        return {**kind, "scale": {"domain": domain, "range": values}, "legend": legend}

    line = {"type": "line", "strokeWidth": 2}
    layers: list[Spec] = [{"mark": {**line, "strokeWidth": 5, "color": WHITE}, "encoding": {"detail": kind}}]
    for label, colour, dash in ((BEST_GROUP, BEST, [1, 0]), (MIDDLE_GROUP, INK, [3, 3])):
        only = [{"filter": {"field": "kind", "equal": label}}]
        layers.append({"mark": {**line, "color": colour, "strokeDash": dash}, "transform": only})
    point = {"type": "point", "filled": True, "opacity": 1, "size": 70, "stroke": WHITE, "strokeWidth": 1.5}
    shapes = {"fill": scaled([BEST, INK]), "shape": scaled(["circle", "square"])}
    return {
        "data": {"values": points},
        "layer": [*layers, {"mark": point, "encoding": shapes}],
        "encoding": {
            "x": {"field": "size", "type": "quantitative"},
            "y": {"field": "saving", "type": "quantitative"},
        },
    }
