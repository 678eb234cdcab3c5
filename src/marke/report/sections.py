"""Every part of the report by itself, as HTML: what the report and the pages of the workspace both show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from jinja2 import Environment

from marke import dutch
from marke.findings.model import FigureFinding, Findings
from marke.report import answer, certainty, groups, names, pictures, verdict
from marke.report.calendar import own_months, rests_on
from marke.report.cards import cards
from marke.report.ledger_page import ledger_page
from marke.report.path import path
from marke.report.service import span, view
from marke.report.traced import Traced
from marke.templates import templates_of

FILTERS = (
    dutch.chance,
    dutch.chance_of,
    dutch.chance_short,
    dutch.day,
    dutch.decimal,
    dutch.euro,
    dutch.euro_about,
    dutch.euro_rounded,
    dutch.euro_supported,
    dutch.for_whom,
    dutch.likelihood,
    dutch.month,
    dutch.number,
    dutch.per,
    dutch.percent,
    dutch.quantity,
    dutch.supported,
    dutch.capital,
    pictures.band,
    pictures.fte,
    pictures.per_inhabitant,
    pictures.share_that_saves,
    certainty.covered,
    certainty.dense,
    certainty.turning,
    verdict.how_to_find_out,
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
READERS = (
    ("iedereen", "Alles", "het hele verslag"),
    ("raadslid", "Raadslid", "de oordelen, waarom, en wat ze zou veranderen"),
    ("controller", "Controller", "de spreiding, de maatstaven en de begroting"),
    ("jurist", "Jurist en CISO", "de voorwaarden vooraf, en wat er beter of slechter wordt"),
)
"""Who reads, by the word in ``data-for`` of what is for them; what has none is for all (``frame.css``)."""


@cache
def environment() -> Environment:
    """The templates, with what formats their values."""
    environment = templates_of("marke.report")
    environment.filters |= {function.__name__: function for function in FILTERS}
    environment.filters["enumerate_names"] = dutch.enumerate_names
    environment.globals |= {
        "STATUS": dutch.STATUS,
        "STRENGTH": dutch.STRENGTH,
        "GATES": dutch.GATES,
        "SAYS": dutch.SAYS,
        "KEYS": dutch.KEYS,
        "KEYS_SHORT": dutch.KEYS_SHORT,
        "READERS": READERS,
    }
    return environment


PARTS: Mapping[str, tuple[str, ...]] = {
    "oordelen": ("answer", "verdicts"),
    "bedragen": ("overview",),
    "grootboek": ("ledger",),
    "kalender": ("calendar",),
    "achtergrond": ("background",),
    "cijfers": ("figures",),
}
"""The templates of each part that is not about one service; a service is a part by its own key."""

_PLACES = {
    "antwoord": "oordelen",
    "samenwerking": "achtergrond",
    "regels": "achtergrond",
    "bewijs": "achtergrond",
    "rekenwijze": "cijfers",
    "herleiding": "cijfers",
    "woorden": "cijfers",
}


def part_of(place: str) -> str:
    """Return the part in which a place of the report (its id) stands."""
    if place.startswith("dienst-"):
        return place.split("-")[1]
    return _PLACES.get(place, place)


@dataclass(frozen=True)
class Links:
    """Where a place of the report is found, and where a number is derived (None: nowhere)."""

    to: Callable[[str], str] = "#{}".format
    derive: Callable[[str], str] | None = None


def context(findings: Findings, run_name: str, links: Links, code: str = "") -> Mapping[str, Any]:
    """Return what the templates tell, for the municipality with this CBS code (default: the study's own).

    Charts are drawn when a template shows them.
    """
    own = findings.study.viewpoint_code
    seen = findings if code in ("", own) else names.seen_from(findings, code)
    ours = seen.study.viewpoint_code
    return {
        "findings": seen,
        "study": seen.study,
        "traced": Traced(seen),
        "sources": [(s.key, s.label) for s in seen.services] + [("", "de studie")],
        "run_name": run_name,
        "cards": cards(seen),
        "judged": verdict.summary(seen),
        "path": path(seen),
        "sentences": answer.five_sentences(seen),
        "views": [view(seen, service, apart=ours == own) for service in seen.services],
        "pages": [ledger_page(s.ledger, ours) for s in seen.services],
        "calendar": seen.calendar,
        "grouped": _grouped(seen.figures),
        "sampled": any(service.method.kind == "sampled" for service in seen.services),
        "who": partial(names.who, seen),
        "members": partial(names.members, seen),
        "combinations": sum(groups.combinations(service) for service in seen.services),
        "to": links.to,
        "derive": links.derive,
    }


def _grouped(figures: Sequence[FigureFinding]) -> list[tuple[str, list[FigureFinding]]]:
    found = [(label, [f for f in figures if f.status == status]) for status, label in GROUPS]
    return [(label, rows) for label, rows in found if rows]


def render_part(part: str, told: Mapping[str, Any]) -> str:
    """Return one part as HTML, from what ``context`` tells; it is one of ``PARTS`` or a service's key."""
    if part in PARTS:
        return "\n".join(environment().get_template(f"{name}.html.j2").render(told) for name in PARTS[part])
    shown = next(view for view in told["views"] if view.finding.key == part)
    return environment().get_template("service.html.j2").render(told, v=shown)
