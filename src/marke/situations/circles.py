"""The region as circles (Dorling 1996): one for each municipality near its place, none over another.

Deterministic: the same places give the same picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sqrt

import numpy as np

from marke.engine.draws import Floats
from marke.region import Municipality

LEAST = 42.0
"""Smallest radius, in the unit of the picture: as wide as a finger, with room for a name."""

FILLED = 0.42
"""Part of the picture that the circles would fill if none had the smallest radius."""

GAP = 7.0
MARGIN = 10.0
WIDTH = 760.0
ROUNDS = 400
HOME = 0.03
"""How strongly a circle is drawn back to its own place in a round."""


@dataclass(frozen=True)
class Circle:
    """One municipality on the picture."""

    code: str
    name: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Picture:
    """The circles of a region, in order of code, and the size of the picture that holds them."""

    circles: tuple[Circle, ...]
    width: float
    height: float


def draw_circles(municipalities: Sequence[Municipality], inhabitants: Sequence[float]) -> Picture:
    """Lay out municipalities by latitude and longitude, area by ``inhabitants`` with a smallest radius.

    North is up. A municipality without a known place is put in the middle.
    """
    homes = _project(municipalities)
    radii = _radii(np.asarray(inhabitants, dtype=np.float64), homes)
    places = _settle(homes, radii)
    low = (places - radii[:, None]).min(axis=0) - MARGIN
    high = (places + radii[:, None]).max(axis=0) + MARGIN
    places = places - low
    circles = tuple(
        Circle(m.code, m.name, round(float(x), 1), round(float(y), 1), round(float(r), 1))
        for m, (x, y), r in zip(municipalities, places, radii, strict=True)
    )
    width, height = high - low
    return Picture(circles, round(float(width), 1), round(float(height), 1))


def _project(municipalities: Sequence[Municipality]) -> Floats:
    """Places (n, 2) in kilometres east and south, scaled to the width of the picture."""
    known = [
        (m.latitude, m.longitude)
        for m in municipalities
        if m.latitude is not None and m.longitude is not None
    ]
    middle = np.mean(known, axis=0) if known else np.zeros(2)
    points = np.array(
        [
            (m.latitude, m.longitude) if m.latitude is not None and m.longitude is not None else middle
            for m in municipalities
        ]
    )
    east = (points[:, 1] - middle[1]) * cos(radians(float(middle[0])))
    south = middle[0] - points[:, 0]
    flat = np.stack([east, south], axis=1)
    size = float(max(np.ptp(flat, axis=0).max(), 1e-9))
    return np.asarray(flat / size * (WIDTH - 2 * LEAST))


def _radii(inhabitants: Floats, homes: Floats) -> Floats:
    spread = np.ptp(homes, axis=0) + 2 * LEAST
    room = FILLED * float(spread.prod())
    unit = sqrt(room / (pi * float(inhabitants.sum())))
    return np.asarray(np.maximum(LEAST, unit * np.sqrt(inhabitants)))


def _settle(homes: Floats, radii: Floats) -> Floats:
    """Push circles apart that overlap and draw them home a little, many times; then make sure."""
    count = len(radii)
    turn = 2.399963 * np.arange(count)  # the golden angle: two that share a place part in their own direction
    places = homes + 0.01 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    wanted = radii[:, None] + radii[None, :] + GAP
    np.fill_diagonal(wanted, 0.0)
    weight = radii[None, :] ** 2 / (radii[:, None] ** 2 + radii[None, :] ** 2)  # a small one yields more
    for turn_number in range(ROUNDS):
        apart = places[:, None] - places[None, :]
        distance = np.linalg.norm(apart, axis=2)
        np.fill_diagonal(distance, 1.0)
        push = np.maximum(wanted - distance, 0.0) * weight
        places = places + 0.6 * ((push / distance)[..., None] * apart).sum(axis=1)
        if turn_number < ROUNDS * 3 // 4:
            places += HOME * (homes - places)
    return _spread(places, wanted)


def _spread(places: Floats, wanted: Floats) -> Floats:
    """Scale the places up by what the closest pair still lacks."""
    if len(places) < 2:
        return places
    distance = np.linalg.norm(places[:, None] - places[None, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    lack = float((wanted / distance).max())
    return places * max(1.0, lack * 1.0001)
