"""A document as one HTML page, which is also what its PDF is made from."""

from functools import cache
from importlib import resources

from jinja2 import Environment

from marke import dutch
from marke.documents import drawn, tree, words
from marke.documents.house_style import HouseStyle
from marke.documents.measures import SHORT, WIDTH, widths
from marke.templates import templates_of


@cache
def _environment() -> Environment:
    environment = templates_of("marke.documents")
    environment.filters |= {"prose": words.prose, "day": dutch.day, "kind": _kind, "draw": drawn.svg}
    environment.globals |= {
        "cell": words.cell,
        "unit": words.unit,
        "short": SHORT,
        "shares": shares,
        "marking": words.marking,
    }
    return environment


def shares(table: tree.Table) -> tuple[float, ...]:
    """The widths of the columns in percents, for paper; a screen decides for itself."""
    return tuple(round(100 * width / WIDTH, 1) for width in widths(table))


def _kind(block: tree.Block) -> str:
    return type(block).__name__.lower()


def render(document: tree.Document, style: HouseStyle) -> bytes:
    """Return the page, with nothing to fetch."""
    css = resources.files("marke.documents").joinpath("templates/document.css").read_text("utf-8")
    template = _environment().get_template("document.html.j2")
    page = template.render(document=document, style=style, css=css)
    return page.encode("utf-8")
