"""From findings to pictures: one function a chart gives a specification, ``svg`` draws it.

Findings are imported for their types alone, so that a process that only draws is ready soon.
"""

from marke.charts.acceptability import acceptability
from marke.charts.aside import drawing_aside, drawn_in, start
from marke.charts.boxes import boxes
from marke.charts.burdens import burdens
from marke.charts.coalitions import coalitions
from marke.charts.costs import costs
from marke.charts.influences import influences
from marke.charts.intervals import Row, intervals
from marke.charts.leadtime import lead_time
from marke.charts.palette import Spec
from marke.charts.render import png, svg, svg_to_png
from marke.charts.tornado import tornado

__all__ = [
    "Row",
    "Spec",
    "acceptability",
    "boxes",
    "burdens",
    "coalitions",
    "costs",
    "drawing_aside",
    "drawn_in",
    "influences",
    "intervals",
    "lead_time",
    "png",
    "start",
    "svg",
    "svg_to_png",
    "tornado",
]
