"""The map of a situation as a picture of its own: with its sentence above it, for a slide or a note."""

from textwrap import wrap
from xml.sax.saxutils import escape

import vl_convert

from marke.web.table.picture import Drawn, Map

FILLS = {"gains": "#155e63", "loses": "#9a4310", "in": "#44566a", "out": "#ffffff"}
INK, LINE = "#1c2833", "#5b6976"
FONT = "'Noto Sans', 'Segoe UI', Roboto, Arial, sans-serif"
LETTERS = 62
"""Letters on a line of the sentence."""

MARGIN, SIZE = 24, 22


def poster_svg(found: Map, sentence: str, below: str) -> str:
    """Draw the map as an SVG text that needs nothing else."""
    rows = wrap(sentence, max(24, int(LETTERS * found.width / 760)))
    head = MARGIN + len(rows) * SIZE * 1.35 + MARGIN / 2
    width, height = found.width + 2 * MARGIN, head + found.height + 3 * MARGIN
    title = "".join(
        _text(MARGIN, MARGIN + SIZE * (1 + 1.35 * place), SIZE, INK, row, weight=700, anchor="start")
        for place, row in enumerate(rows)
    )
    ties = "".join(
        f'<line x1="{t.x1:g}" y1="{t.y1:g}" x2="{t.x2:g}" y2="{t.y2:g}" stroke="#b7c1cb" stroke-width="26" '
        'stroke-linecap="round"/>'
        for t in found.ties
    )
    circles = "".join(map(_circle, found.circles))
    foot = _text(MARGIN, height - MARGIN, 14, LINE, below, anchor="start")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="nl" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" font-family="{FONT}"><title>{escape(sentence)}</title>'
        f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>{title}'
        f'<g transform="translate({MARGIN} {head:g})">{ties}{circles}</g>{foot}</svg>'
    )


def poster_png(found: Map, sentence: str, below: str) -> bytes:
    """Draw the map as a picture for print."""
    drawn: bytes = vl_convert.svg_to_png(poster_svg(found, sentence, below), scale=2)
    return drawn


def _circle(each: Drawn) -> str:
    dashes = "" if each.inside else f' stroke="{LINE}" stroke-width="2" stroke-dasharray="5 4"'
    colour = "#ffffff" if each.inside else INK
    words = [_text(each.x, line.y, each.size, colour, line.words) for line in each.name]
    if each.amount:
        words.append(_text(each.x, each.amount.y, each.size, colour, each.amount.words, weight=700))
    disc = f'<circle cx="{each.x:g}" cy="{each.y:g}" r="{each.radius:g}" fill="{FILLS[each.kind]}"{dashes}/>'
    return disc + "".join(words)


def _text(
    x: float, y: float, size: float, colour: str, words: str, *, weight: int = 500, anchor: str = "middle"
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" font-weight="{weight}" fill="{colour}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )
