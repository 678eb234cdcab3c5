"""The map of circles as it is drawn: every circle a toggle, with a name and a number that fit in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from marke.dutch import decimal, euro_rounded
from marke.situations.circles import Circle, Picture
from marke.situations.desk import Sheet
from marke.situations.lines import Line

LARGEST, SMALLEST = 19, 11
"""Sizes of letters, in the unit of the picture."""

WIDE = 0.58
"""Width of a letter, as a part of its size."""

LEADING = 1.12
RING = 4.0


@dataclass(frozen=True)
class Text:
    """A line of text in a circle: its words and its base line."""

    words: str
    y: float


@dataclass(frozen=True)
class Drawn:
    """One circle: ``href`` is the situation in which it is the other way, ``label`` tells it in words."""

    code: str
    href: str
    x: float
    y: float
    radius: float
    ring: float
    kind: str
    inside: bool
    changed: bool
    own: bool
    label: str
    size: int
    name: tuple[Text, ...]
    amount: Text | None


@dataclass(frozen=True)
class Tie:
    """A band between two municipalities that are one player."""

    x1: float
    y1: float
    x2: float
    y2: float
    inside: bool


@dataclass(frozen=True)
class Map:
    """The picture: its size, the bands of blocs, and the circles in order of code."""

    width: float
    height: float
    ties: tuple[Tie, ...]
    circles: tuple[Drawn, ...]


def draw_map(
    layout: Picture,
    sheet: Sheet,
    lines: Sequence[Line],
    changed: frozenset[str],
    own: str | None,
    href: Callable[[int], str],
) -> Map:
    """Draw the region; ``href`` gives the address in which a player is the other way."""
    places = {circle.code: circle for circle in layout.circles}
    links = [href(player) for player in range(len(sheet.case.players))]
    told = {line.code: line for line in lines}
    drawn = tuple(
        _drawn(
            circle,
            told[circle.code],
            links[sheet.player_of[circle.code]],
            changed,
            own,
            _with(sheet, circle.code),
        )
        for circle in layout.circles
    )
    return Map(layout.width, layout.height, tuple(_ties(sheet, places, told)), drawn)


def _ties(sheet: Sheet, places: Mapping[str, Circle], told: Mapping[str, Line]) -> Sequence[Tie]:
    found = []
    for player in sheet.case.players:
        for one, other in pairwise(player):
            a, b = places[one.code], places[other.code]
            found.append(Tie(a.x, a.y, b.x, b.y, told[one.code].inside))
    return found


def _with(sheet: Sheet, code: str) -> str:
    """Whom a municipality moves together with, for a label."""
    others = [m.name for m in sheet.case.players[sheet.player_of[code]] if m.code != code]
    return f", samen met {' en '.join(others)}" if others else ""


def _drawn(
    circle: Circle, line: Line, href: str, changed: frozenset[str], own: str | None, together: str
) -> Drawn:
    kind = "out"
    if line.inside:
        kind = "gains" if line.gains else "loses" if line.loses else "in"
    amount = decimal(line.more / 1000, sign=True) if line.inside and line.more is not None else ""
    size, name, below = _fitted(circle, amount)
    return Drawn(
        code=circle.code,
        href=href,
        x=circle.x,
        y=circle.y,
        radius=circle.radius,
        ring=circle.radius + RING,
        kind=kind,
        inside=line.inside,
        changed=circle.code in changed,
        own=circle.code == own,
        label=f"{circle.name}{together}{_told(line)}",
        size=size,
        name=name,
        amount=below,
    )


def _told(line: Line) -> str:
    if not line.inside:
        return ""
    if line.more is None:
        return ": wordt doorgerekend"
    if not (line.gains or line.loses):
        return ": evenveel als alleen"
    return f": {euro_rounded(abs(line.more))} per jaar {'minder' if line.gains else 'meer'} dan alleen"


def _fitted(circle: Circle, amount: str) -> tuple[int, tuple[Text, ...], Text | None]:
    """The largest letters with which the name, over one to three lines, and the amount fit in a circle."""
    words = re.findall(r"[^ -]+-?", circle.name)
    for size in range(LARGEST, SMALLEST - 1, -1):
        rows = _wrapped(words, 1.8 * circle.radius / (WIDE * size))
        found = _placed(circle, rows, amount, size)
        if size == SMALLEST or _fits(circle, rows, amount, size):
            return size, *found
    raise AssertionError("the smallest size is always taken")


def _wrapped(words: Sequence[str], room: float) -> list[str]:
    """Put words on as few lines as hold them, ``room`` letters each."""
    rows = [words[0]]
    for word in words[1:]:
        joint = "" if rows[-1].endswith("-") else " "
        if len(rows[-1]) + len(joint) + len(word) <= room:
            rows[-1] += joint + word
        else:
            rows.append(word)
    return rows


def _middles(count: int, size: int) -> list[float]:
    """How far the middle of every line lies below the middle of the circle."""
    return [(place - (count - 1) / 2) * size * LEADING for place in range(count)]


def _fits(circle: Circle, rows: Sequence[str], amount: str, size: int) -> bool:
    whole = [*rows, amount] if amount else [*rows]
    for words, middle in zip(whole, _middles(len(whole), size), strict=True):
        edge = abs(middle) + 0.4 * size
        if edge >= circle.radius or len(words) * WIDE * size > 2 * sqrt(circle.radius**2 - edge**2):
            return False
    return True


def _placed(
    circle: Circle, rows: Sequence[str], amount: str, size: int
) -> tuple[tuple[Text, ...], Text | None]:
    whole = [*rows, amount] if amount else [*rows]
    places = [
        Text(words, round(circle.y + middle + 0.35 * size, 1))
        for words, middle in zip(whole, _middles(len(whole), size), strict=True)
    ]
    return (tuple(places[:-1]), places[-1]) if amount else (tuple(places), None)
