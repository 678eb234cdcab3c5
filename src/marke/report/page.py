"""The Dutch report: one self-contained page, made from the findings and nothing else."""

from importlib import resources

from marke.findings.model import Findings
from marke.report.sections import Links, context, environment


def _style() -> str:
    folder = resources.files("marke.report").joinpath("style")
    return "".join(folder.joinpath(name).read_text("utf-8") for name in ("frame.css", "sections.css"))


def build_report(findings: Findings, run_name: str) -> str:
    """Return the report as one HTML page without script, fonts or anything to fetch.

    ``run_name`` is the run's folder, told to the reader for ``marke herleid``.
    """
    page = environment().get_template("page.html.j2")
    return page.render(context(findings, run_name, Links()), style=_style())
