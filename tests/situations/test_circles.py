"""The region as circles: near their places, none over another, as big as they should be."""

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marke.region import KINDS, Municipality, load_country
from marke.situations.circles import GAP, LEAST, Picture, draw_circles

COUNTRY = load_country()
YEAR = COUNTRY.years[-1]
REGIONS = [region for kind in KINDS for region in COUNTRY.regions(kind)]


def people(municipalities: tuple[Municipality, ...]) -> list[float]:
    return [float(m.inhabitants[YEAR] or 1) for m in municipalities]


def least_gap(picture: Picture) -> float:
    pairs = combinations(picture.circles, 2)
    return min((hypot(a.x - b.x, a.y - b.y) - a.radius - b.radius for a, b in pairs), default=GAP)


def holds(picture: Picture) -> bool:
    return all(
        c.radius <= c.x <= picture.width - c.radius and c.radius <= c.y <= picture.height - c.radius
        for c in picture.circles
    )


@pytest.mark.parametrize("region", REGIONS, ids=lambda region: region.name)
def test_every_region_fits_without_overlap(region):
    picture = draw_circles(region.municipalities, people(region.municipalities))
    assert len(picture.circles) == len(region.municipalities)
    assert least_gap(picture) > GAP / 2
    assert min(c.radius for c in picture.circles) >= LEAST
    assert holds(picture)


def test_there_are_regions_of_two_and_of_twenty_six():
    assert {2, 26} <= {len(region.municipalities) for region in REGIONS}


@given(st.lists(st.sampled_from(COUNTRY.municipalities), min_size=1, max_size=14, unique=True))
def test_any_municipalities_fit_without_overlap(chosen):
    picture = draw_circles(chosen, people(tuple(chosen)))
    assert least_gap(picture) > GAP / 2
    assert holds(picture)


def test_the_same_region_gives_the_same_picture():
    twente = COUNTRY.select("Twente").municipalities
    assert draw_circles(twente, people(twente)) == draw_circles(twente, people(twente))


def test_area_follows_inhabitants_and_places_follow_the_map():
    twente = COUNTRY.select("Twente").municipalities
    found = {c.name: c for c in draw_circles(twente, people(twente)).circles}
    inhabitants = {m.name: people((m,))[0] for m in twente}
    large, middle = found["Enschede"], found["Almelo"]
    assert (large.radius / middle.radius) ** 2 == pytest.approx(
        inhabitants["Enschede"] / inhabitants["Almelo"], rel=0.01
    )
    assert found["Hellendoorn"].x < found["Almelo"].x < found["Enschede"].x
    assert found["Tubbergen"].y < found["Hengelo"].y < found["Haaksbergen"].y


def test_municipalities_at_one_place_still_part():
    one = COUNTRY.municipalities[0]
    assert least_gap(draw_circles([one] * 5, [1000.0] * 5)) > GAP / 2
