"""Cost per inhabitant against group size: the band that holds all coalitions, and the middle one."""

from typing import TYPE_CHECKING

from marke.charts.palette import CLOUD_FEW, INK, WHITE, Spec, chart

if TYPE_CHECKING:
    from marke.findings.model import VariantFinding

WIDTH, HEIGHT = 540, 240
EURO = "'€\N{NO-BREAK SPACE}' + format(datum.value, ',.2f')"


def costs(variant: "VariantFinding") -> Spec:
    """Draw euro per inhabitant against size: from the cheapest to the dearest coalition, with the median."""
    rows = [{"size": s.size, "low": s.low, "median": s.median, "high": s.high} for s in variant.sizes]
    x = {
        "field": "size",
        "type": "quantitative",
        "title": "aantal spelers in de groep (1 = alleen; een blok telt als één)",
        "axis": {"values": [row["size"] for row in rows], "format": "d", "grid": False},
        "scale": {"domain": [0.6, len(rows) + 0.4], "nice": False},
    }
    y = {
        "type": "quantitative",
        "title": ["euro per inwoner per jaar"],
        "axis": {"labelExpr": EURO, "tickCount": 6},
        "scale": {"zero": True},
    }
    band = {"type": "area", "color": CLOUD_FEW, "opacity": 1}
    middle = {"type": "line", "color": INK, "strokeWidth": 2, "strokeDash": [3, 3]}
    point = {"type": "point", "shape": "square", "filled": True, "size": 70, "fill": INK, "stroke": WHITE}
    return chart(
        WIDTH,
        HEIGHT,
        rows,
        [
            {"mark": band, "encoding": {"x": x, "y": {**y, "field": "high"}, "y2": {"field": "low"}}},
            {"mark": middle, "encoding": {"x": x, "y": {**y, "field": "median"}}},
            {"mark": point, "encoding": {"x": x, "y": {**y, "field": "median"}}},
        ],
    )
