"""The report that a council member, controller or citizen can read."""

from marke.report.page import build_report
from marke.report.pictures import draw_all

__all__ = ["build_report", "draw_all"]
