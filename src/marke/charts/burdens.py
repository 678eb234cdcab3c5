"""Who bears what: every municipality under every key, against standing alone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from marke.charts.palette import INK, KEY_MARKS, WHITE, Spec, chart, marks
from marke.dutch import KEYS_SHORT, MAIN_KEYS

if TYPE_CHECKING:
    from marke.findings.model import Burden

WIDTH, ROW = 480, 44


def burdens(rows: Sequence["Burden"]) -> Spec:
    """Draw equivalent annual cost per municipality (euro a year) by main key; a bar stands at alone."""
    keys = {key: KEYS_SHORT[key] for key in MAIN_KEYS if any(row.key == key for row in rows)}
    rows = [row for row in rows if row.key in keys]
    order = [row.name for row in sorted(rows, key=lambda row: (-row.alone, row.code))]
    names = list(dict.fromkeys(order))
    values = [{"name": r.name, "kind": keys[r.key], "cost": r.equivalent, "alone": r.alone} for r in rows]
    alone = [{"name": row.name, "alone": row.alone} for row in rows if row.key == next(iter(keys))]
    colour, shape = marks(KEY_MARKS, keys, "samen, verdeeld volgens")
    y = {"field": "name", "type": "nominal", "sort": names, "title": None, "axis": {"grid": True}}
    lane = {"field": "kind", "type": "nominal", "sort": None, "scale": {"paddingOuter": 0.6}}
    x = {
        "field": "cost",
        "type": "quantitative",
        "title": "euro per jaar; zwarte streep = alleen",
        "axis": {"format": ",.0f", "tickCount": 5},
        "scale": {"zero": True, "nice": True},
    }
    return chart(
        WIDTH,
        ROW * len(names),
        values,
        [
            {
                "data": {"values": alone},
                "mark": {"type": "tick", "color": INK, "thickness": 4, "size": 36, "opacity": 1},
                "encoding": {"x": {"field": "alone", "type": "quantitative"}, "y": y},
            },
            {
                "mark": {
                    "type": "point",
                    "filled": True,
                    "opacity": 1,
                    "size": 100,
                    "stroke": WHITE,
                    "strokeWidth": 1,
                },
                "encoding": {"x": x, "y": y, "yOffset": lane, "fill": colour, "shape": shape},
            },
        ],
    )
