"""The parts of the report by themselves: together the page, with links that lead into each other."""

import re

import pytest

from findings_factory import findings
from marke import charts
from marke.charts import drawn_in
from marke.report import build_report
from marke.report.sections import PARTS, Links, context, part_of, render_part

FINDINGS = findings("uncertain")
ALL = [*PARTS, *(service.key for service in FINDINGS.services)]


def parts(links: Links, code: str = "") -> dict[str, str]:
    told = context(FINDINGS, "run", links, code)
    return {part: render_part(part, told) for part in ALL}


def ids(html: str) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', html))


def test_every_section_of_the_page_stands_in_the_part_that_its_name_says() -> None:
    page, found = build_report(FINDINGS, "run"), parts(Links())
    sections = re.findall(r'<section id="([^"]+)"', page)
    assert len(sections) > len(PARTS)
    for section in sections:
        assert section in ids(found[part_of(section)]), section


def test_links_lead_to_the_part_and_place_that_they_name() -> None:
    seen: list[str] = []

    def to(place: str) -> str:
        seen.append(place)
        return f"/{part_of(place)}#{place}"

    found = parts(Links(to=to, derive="/herleid/{}".format))
    assert len(seen) >= len(FINDINGS.services)
    for place in seen:
        assert place in ids(found[part_of(place)]), place
    facts = re.findall(
        r'<a class="fact" href="/herleid/([^"]+)" title="([^"]+)"', found[FINDINGS.services[0].key]
    )
    assert len(facts) > 5
    assert all(one == other for one, other in facts)


def test_charts_of_a_page_are_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    page, service = build_report(FINDINGS, "run"), FINDINGS.services[0].key
    drawn = parts(Links())[service]
    assert drawn.count('role="img"') > 3

    def refused(*_chart: object) -> str:
        raise AssertionError("drawn again")

    monkeypatch.setattr(charts.aside, "svg", refused)
    with drawn_in(page):
        assert parts(Links())[service] == drawn
    with pytest.raises(AssertionError, match="drawn again"):
        parts(Links())


def test_another_municipality_reads_its_own_numbers_and_not_the_best_group_of_the_viewpoint() -> None:
    own = FINDINGS.study.viewpoint_code
    other = next(m for m in FINDINGS.municipalities if m.code != own)
    before, found = parts(Links()), parts(Links(), other.code)
    service = FINDINGS.services[0]
    assert f"Oordeel voor {FINDINGS.study.viewpoint}" in before["oordelen"]
    assert f"Oordeel voor {other.name}" in found["oordelen"]
    assert f"Gezien vanuit {other.name}" in found[service.key]
    assert "Die groep als geheel is" in before[service.key]
    assert "Die groep als geheel is" not in found[service.key]
