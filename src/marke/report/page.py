"""The Dutch report: one self-contained page, made from the findings and nothing else."""

from collections.abc import Sequence
from functools import cache, partial
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined

from marke import dutch
from marke.findings.model import FigureFinding, Findings
from marke.report import answer, certainty, pictures, verdict
from marke.report.calendar import own_months, rests_on
from marke.report.ledger_page import ledger_page
from marke.report.service import span, view

FILTERS = (
    dutch.chance,
    dutch.day,
    dutch.decimal,
    dutch.euro,
    dutch.euro_about,
    dutch.euro_rounded,
    dutch.for_whom,
    dutch.likelihood,
    dutch.month,
    dutch.number,
    dutch.percent,
    dutch.quantity,
    dutch.capital,
    pictures.band,
    pictures.fte,
    pictures.share_that_saves,
    certainty.turning,
    own_months,
    rests_on,
    span,
)
GROUPS = (
    ("assumption", "Aannames"),
    ("derived", "Afgeleide cijfers"),
    ("sourced", "Cijfers met een bron"),
    ("own answer", "Eigen opgaven"),
)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("marke.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {function.__name__: function for function in FILTERS}
    environment.filters["enumerate_names"] = dutch.enumerate_names
    environment.globals |= {
        "STATUS": dutch.STATUS,
        "STRENGTH": dutch.STRENGTH,
        "GATES": dutch.GATES,
        "SAYS": dutch.SAYS,
        "KEYS": dutch.KEYS,
        "KEYS_SHORT": dutch.KEYS_SHORT,
    }
    return environment


def _style() -> str:
    return resources.files("marke.report").joinpath("templates/report.css").read_text("utf-8")


def _grouped(figures: Sequence[FigureFinding]) -> list[tuple[str, list[FigureFinding]]]:
    found = [(label, [f for f in figures if f.status == status]) for status, label in GROUPS]
    return [(label, rows) for label, rows in found if rows]


def build_report(findings: Findings, run_name: str) -> str:
    """Return the report as one HTML page without script, fonts or anything to fetch.

    ``run_name`` is the run's folder, told to the reader for ``marke herleid``.
    """
    page = _environment().get_template("page.html.j2")
    return page.render(
        findings=findings,
        study=findings.study,
        run_name=run_name,
        style=_style(),
        verdicts=answer.verdicts(findings),
        judged=verdict.summary(findings),
        path=verdict.path(findings),
        sentences=answer.five_sentences(findings),
        views=[view(findings, service) for service in findings.services],
        pages=[ledger_page(s.ledger, findings.study.viewpoint_code) for s in findings.services],
        calendar=findings.calendar,
        grouped=_grouped(findings.figures),
        sampled=any(service.method.kind == "sampled" for service in findings.services),
        who=partial(answer.who, findings),
        members=partial(answer.members, findings),
        combinations=sum(answer.combinations(service) for service in findings.services),
    )
