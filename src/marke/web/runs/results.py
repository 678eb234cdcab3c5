"""What came out of a run, as parts of a page, and how each number was derived."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from django.utils.safestring import SafeString, mark_safe

from marke.catalogue import Catalogue
from marke.charts import drawn_in
from marke.dutch import capital, number
from marke.engine.explore import Explored
from marke.engine.step import Step
from marke.findings.follow import Followed, follow
from marke.findings.statements import statement_of
from marke.report.sections import PARTS, Links, context, part_of, render_part
from marke.report.traced import value_of
from marke.run import REPORT
from marke.web.runs.store import Stored, content_of, findings_of, open_stored
from marke.web.studies.figures import FigureRow, row

FIRST = "oordelen"
TITLES: Mapping[str, str] = {
    FIRST: "Oordelen",
    "bedragen": "Bedragen",
    "grootboek": "Begroting",
    "kalender": "Kalender",
    "achtergrond": "Regels en bewijs",
    "cijfers": "Cijfers en bronnen",
}
"""The parts that are not about one service, in the order of the page; services come after the second."""


def titles_of(run: Stored) -> dict[str, str]:
    """Return the parts of a run with their titles, in order."""
    services = {each.key: capital(each.short) for each in findings_of(run).services}
    head = [FIRST, "bedragen"]
    tail = [part for part in PARTS if part not in head]
    return {part: TITLES[part] for part in head} | services | {part: TITLES[part] for part in tail}


def part_address(address: str, part: str) -> str:
    """Return where a part of a run is shown; ``address`` is that of the run."""
    return address if part == FIRST else f"{address}deel/{part}/"


@lru_cache(maxsize=64)
def part_html(run: Stored, part: str, address: str, code: str) -> SafeString:
    """Return a part of a run as the municipality with a CBS code reads it ("": as the study looks).

    Its charts are those of the run's report. ``address`` is that of the run, for links.
    """

    def to(place: str) -> str:
        return f"{part_address(address, part_of(place))}#{place}"

    links = Links(to=to, derive=f"{address}herleid/{{}}/".format)
    with drawn_in(content_of(run, REPORT).decode()):
        told = context(findings_of(run), run.name, links, code)
        return mark_safe(render_part(part, told))  # noqa: S308  # templates that escape what they show


@dataclass(frozen=True)
class Derived:
    """A number with its formula, the numbers it is made of, and the figures it rests on."""

    label: str
    value: str
    unit: str
    formula: str
    parts: tuple["Derived", ...]
    figures: tuple[FigureRow, ...]


@lru_cache(maxsize=4)
def _explored(run: Stored, service: str) -> Explored:
    return open_stored(run).explored(service)


def derived(run: Stored, fact: str) -> Derived:
    """Derive a number of a run down to figures and sources; raises InputError for one that does not exist."""
    question = open_stored(run).question
    found = follow(statement_of(findings_of(run), fact), partial(_explored, run), question.study)
    return _stated(found, question.catalogue, set())


def _stated(found: Followed, catalogue: Catalogue, told: set[str]) -> Derived:
    """Tell a statement; what it was made of is told once (``told`` remembers)."""
    each = found.statement
    again = each.address in told
    told.add(each.address)
    parts = () if again else tuple(_stated(part, catalogue, told) for part in found.parts)
    steps = () if again else tuple(_told(step, catalogue) for step in found.steps)
    figures = tuple(row(catalogue, key) for key in found.figures)
    return Derived(each.address, value_of(each), "", each.rule.formula, (*parts, *steps), figures)


def _told(step: Step, catalogue: Catalogue) -> Derived:
    formula = "" if step.formula == "bedrag" else step.formula
    return Derived(
        capital(step.label),
        number(step.mean),
        step.unit.replace("EUR", "euro").replace("/", " per "),
        formula,
        tuple(_told(part, catalogue) for part in step.parts),
        tuple(row(catalogue, key) for key in step.figures),
    )
