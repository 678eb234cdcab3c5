"""The report that a council member, controller or citizen can read."""

from marke.report.page import build_report

__all__ = ["build_report"]
