"""The sections of the report about budget and calendar, rendered as the page renders them."""

from html.parser import HTMLParser

import pytest

from marke.findings.calendar import calendar_finding
from marke.findings.ledger import ledger_finding
from marke.report.ledger_page import ledger_page
from marke.report.sections import Links, context, environment

HOF = "GM1735"


class _Cells(HTMLParser):
    """The texts of table cells, and the ids and references to ids."""

    def __init__(self):
        super().__init__()
        self.rows, self.ids, self.labels, self.open = [], [], [], None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        self.labels += given.get("aria-labelledby", "").split()
        if tag == "tr":
            self.rows.append([])
        self.open = tag if tag in ("th", "td") else self.open

    def handle_data(self, data):
        if self.open and data.strip():
            self.rows[-1].append(data.strip())

    def handle_endtag(self, tag):
        self.open = None if tag == self.open else self.open


@pytest.fixture(scope="session")
def page(run):
    explored = run.explored("soc")
    everyone = tuple(range(len(explored.case.players)))
    found = ledger_finding(explored, run.question.study, "joint_tender", everyone, "per_inhabitant")
    return ledger_page(found, HOF)


def read(html):
    cells = _Cells()
    cells.feed(html)
    assert len(cells.ids) == len(set(cells.ids))
    assert set(cells.labels) <= set(cells.ids)
    return cells.rows


def test_the_budget_section_shows_every_row_of_the_page(run, page):
    told = {**context(run.findings, "run", Links()), "pages": [page]}
    rows = read(environment().get_template("ledger.html.j2").render(told))
    heads = [row[0] for row in rows]
    for row in page.rows:
        shown = rows[heads.index(row.words[:1].upper() + row.words[1:])]
        assert len(shown) == 6
    total = next(row for row in page.rows if row.role == "sum")
    assert ["Lasten per jaar", *total.cells()] in rows
    assert any(row[0] == "Rekening, met btw" for row in rows)


def test_the_calendar_section_shows_days_and_months_and_no_municipality(run):
    question = run.question
    cases = [question.case(key) for key in question.study.settings.services]
    found = calendar_finding(cases, question.study, question.catalogue)
    html = environment().get_template("calendar.html.j2").render(calendar=found)
    rows = read(html)
    assert len(rows) == 2 + len(found.joining) + len(found.events)
    assert not any(m.name in html for m in question.study.region.municipalities)
    assert "het begrotingsjaar alleen" in html
