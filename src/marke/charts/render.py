"""From a specification to an SVG that can stand in any page or document."""

import hashlib
import json
import re
from xml.sax.saxutils import escape

import vl_convert

from marke.charts.palette import Spec

_SIZE = re.compile(r'<svg\b[^>]*?\bviewBox="(?P<box>[^"]+)"[^>]*>')
_ID = re.compile(r'\bid="([^"]+)"')
_ENGLISH = re.compile(r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*")')
_CHART = re.compile(r'<svg [^>]*?role="img" [^>]*?aria-labelledby="(g[0-9a-f]{10})-titel .*?</svg>', re.S)
_REFERENCE = re.compile(r'(url\(#|href="#)([^)"]+)')


def png(spec: Spec) -> bytes:
    """Draw a chart as a picture for print."""
    drawn: bytes = vl_convert.vegalite_to_png(
        spec, format_locale="nl-NL", time_format_locale="nl-NL", allowed_base_urls=[], scale=2.5
    )
    return drawn


def svg_to_png(drawing: str) -> bytes:
    """Draw any SVG that points at nothing outside itself as a picture for print."""
    drawn: bytes = vl_convert.svg_to_png(drawing, scale=3)
    return drawn


def mark(spec: Spec, title: str, description: str) -> str:
    """Return what begins the ids of a chart: a hash of all that is drawn."""
    content = json.dumps([spec, title, description], sort_keys=True)
    return "g" + hashlib.sha256(content.encode()).hexdigest()[:10]


def charts_in(page: str) -> dict[str, str]:
    """Return the charts that ``svg`` drew in a page, by their ``mark``."""
    return {found[1]: found[0] for found in _CHART.finditer(page)}


def svg(spec: Spec, title: str, description: str) -> str:
    """Draw a chart: an SVG text with role, Dutch title and description, and ids of its own.

    The same arguments give the same text; two charts on one page differ by their titles. There is no script
    and nothing to fetch.
    """
    drawn = vl_convert.vegalite_to_svg(
        spec, format_locale="nl-NL", time_format_locale="nl-NL", allowed_base_urls=[]
    )
    found = _SIZE.search(drawn)
    if found is None:
        raise ValueError("vl-convert drew no svg with a viewBox")
    prefix = mark(spec, title, description)
    inner = _ENGLISH.sub("", drawn[found.end() :])
    # vl-convert counts its ids over the whole process, so they are numbered anew.
    new = {old: f"{prefix}-{place}" for place, old in enumerate(dict.fromkeys(_ID.findall(inner)))}
    inner = _ID.sub(lambda match: f'id="{new[match[1]]}"', inner)
    inner = _REFERENCE.sub(lambda match: match[1] + new[match[2]], inner)
    width, height = (float(part) for part in found["box"].split()[2:])
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="nl" viewBox="{found["box"]}" '
        f'width="{width:g}" height="{height:g}" aria-labelledby="{prefix}-titel {prefix}-tekst">'
        f'<title id="{prefix}-titel">{escape(title)}</title>'
        f'<desc id="{prefix}-tekst">{escape(description)}</desc>'
    )
    return head + inner
