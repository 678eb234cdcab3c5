import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Collection
from datetime import date
from itertools import pairwise

import pytest

from findings_factory import amount, findings
from marke import charts
from marke.charts.acceptability import shades
from marke.charts.coalitions import middle_savings
from marke.charts.palette import (
    INK,
    KEY_MARKS,
    MARK_COLOURS,
    MUTED,
    STATUS_MARKS,
    WHITE,
    Spec,
    contrast,
    luminance,
)
from marke.dutch import MAIN_KEYS, STATUS

SERVICE = findings("uncertain").services[0]
VARIANT = SERVICE.variants[0]
SVG = "{http://www.w3.org/2000/svg}"

SPECS = {
    "acceptability": charts.acceptability(SERVICE.acceptability),
    "coalitions": charts.coalitions(VARIANT),
    "costs": charts.costs(VARIANT),
    "intervals": charts.intervals(
        [charts.Row("nu", "today", amount(4e5)), charts.Row("samen", "together", amount(-3e5))]
    ),
    "boxes": charts.boxes(SERVICE.uncertainty[0].searches[0].boxes[0]),
    "burdens": charts.burdens(VARIANT.everyone.burdens),
    "influences": charts.influences(SERVICE.uncertainty[0].influences),
    "tornado": charts.tornado(SERVICE.uncertainty[0]),
    "lead_time": charts.lead_time(SERVICE.variants, date(2026, 12, 1), date(2027, 1, 1)),
}


@pytest.mark.parametrize("colour", MARK_COLOURS)
def test_marks_stand_out_on_white(colour: str) -> None:
    assert contrast(colour, WHITE) >= 3


def test_text_is_readable_on_white() -> None:
    assert min(contrast(INK, WHITE), contrast(MUTED, WHITE)) >= 4.5


def test_contrast_of_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(("marks", "labels"), [(KEY_MARKS, MAIN_KEYS), (STATUS_MARKS, STATUS)])
def test_meaning_has_a_shape_as_well_as_a_colour(
    marks: dict[str, tuple[str, str]], labels: Collection[str]
) -> None:
    assert set(marks) == set(labels)
    assert len({shape for shape, _ in marks.values()}) == len(marks)
    assert len({colour for _, colour in marks.values()}) == len(marks)


@pytest.mark.parametrize("name", SPECS)
def test_svg_is_named_described_and_self_contained(name: str) -> None:
    drawn = charts.svg(SPECS[name], "Een <titel>", "Wat er & staat")
    root = ET.fromstring(drawn)  # noqa: S314
    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == "Een <titel>"
    assert root[1].tag == f"{SVG}desc"
    assert root[1].text == "Wat er & staat"
    assert root.get("aria-labelledby") == f"{root[0].get('id')} {root[1].get('id')}"
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert "<script" not in drawn
    assert "aria-roledescription" not in drawn
    assert "http" not in drawn.replace("http://www.w3.org/", "")
    assert "NaN" not in drawn
    assert "undefined" not in drawn


@pytest.mark.parametrize("name", SPECS)
def test_svg_is_the_same_every_time(name: str) -> None:
    assert charts.svg(SPECS[name], "a", "b") == charts.svg(SPECS[name], "a", "b")


def test_titles_keep_ids_apart() -> None:
    one, other = (ET.fromstring(charts.svg(SPECS["coalitions"], title, "")) for title in "ab")  # noqa: S314
    ids = [{e.get("id") for e in root.iter() if e.get("id")} for root in (one, other)]
    assert not ids[0] & ids[1]


def test_what_is_drawn_aside_is_the_same_and_begun_once() -> None:
    with charts.drawing_aside(1):
        one, again = (charts.start(SPECS["costs"], "a", "b") for _ in range(2))
        other = charts.start(SPECS["costs"], "c", "b")
        assert one == again != other
        assert one() == charts.svg(SPECS["costs"], "a", "b")
    assert charts.start(SPECS["costs"], "a", "b") != one


def test_a_process_that_draws_loads_little() -> None:
    heavy = "{'marke.findings', 'numpy', 'pydantic'}"
    command = f"import sys, marke.charts; print({heavy} & sys.modules.keys())"
    told = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n"


def texts(spec: Spec) -> str:
    root = ET.fromstring(charts.svg(spec, "", ""))  # noqa: S314
    return "|".join(t for e in root.iter(f"{SVG}text") for t in e.itertext())


def test_charts_speak_dutch() -> None:
    assert "even duur|als alleen" in texts(SPECS["coalitions"])
    assert "\N{MINUS SIGN}10\N{NO-BREAK SPACE}%" in texts(SPECS["coalitions"])
    assert "400.000" in texts(SPECS["intervals"])
    assert "gewenst: januari 2027" in texts(SPECS["lead_time"])
    assert "naar kosten alleen" in texts(SPECS["burdens"])
    assert "aanname" in texts(SPECS["influences"])
    assert "met bron" in texts(SPECS["influences"])


def test_the_middle_group_is_the_median_of_the_cloud() -> None:
    middle = middle_savings(VARIANT)
    share = VARIANT.sizes[-1].best_saving
    assert middle == {
        2: pytest.approx(share - 0.15),
        3: pytest.approx(share - 0.05),
        4: pytest.approx(share - 0.05),
    }


def test_places_are_told_apart_in_grey() -> None:
    greys = [luminance(shade) for shade in shades(6)]
    assert greys == sorted(greys)
    assert min(b - a for a, b in pairwise(greys)) > 0.02
