"""``marke grootboek`` and ``marke kalender`` as their user meets them, and the files they write."""

import csv
import io
import re

import icalendar
import openpyxl
import pytest
from click.testing import CliRunner

from marke.cli.calendar import kalender
from marke.cli.ledger import grootboek
from marke.errors import InputError
from marke.findings.ledger import ledger_finding
from marke.ledger import BURDEN
from marke.report.ledger_page import ledger_page
from marke.report.ledger_sheets import ledger_csv, ledger_workbook

HOF = "GM1735"
SERVICE = ["--dienst", "privacy_officer"]


@pytest.fixture
def told(run):
    """Run a command on the shared run and return what it prints; an error of the user is raised."""

    def call(command, *arguments):
        result = CliRunner(env={"COLUMNS": "80"}).invoke(
            command, [*arguments, "--runs", str(run.folder.parent)], catch_exceptions=False
        )
        assert result.exit_code == 0
        return result.output

    return call


@pytest.fixture(scope="session")
def finding(run):
    explored = run.explored("privacy_officer")
    everyone = tuple(range(len(explored.case.players)))
    return ledger_finding(explored, run.question.study, "service_contract", everyone, "shapley", dampening=3)


def whole(text):
    return int(text.replace(".", "").replace("\N{MINUS SIGN}", "-").replace("+", ""))


def test_the_page_adds_up_in_80_columns(told):
    output = told(grootboek, *SERVICE, "--gemeente", "Losser", "--sleutel", "equal", "--ingroei", "2")
    assert max(len(line) for line in output.splitlines()) <= 80
    assert "…" not in output
    assert "Losser, privacy officer" in output
    before, after = output.split("lasten per jaar")
    rows = [re.findall(r"[−+]?\d[\d.]*|onbekend", line) for line in before.splitlines()[6:]]
    known = [
        [0 if cell == "onbekend" else whole(cell) for cell in cells] for cells in rows if len(cells) == 5
    ]
    total = re.findall(r"\d[\d.]*", after.splitlines()[0])
    assert len(known) >= 6
    assert [sum(column) for column in zip(*known, strict=True)] == [whole(cell) for cell in total]


def test_unknown_is_said_and_the_signs_are_explained(told):
    output = told(grootboek, *SERVICE)
    assert "onbekend" in output
    assert "Waar uw meerjarenbegroting onbekend is" in " ".join(output.split())
    assert "N is nadeel" in output
    assert re.search(r"\+[\d.]+ N", output)
    for words in (
        "Aansluiting",
        "Is het dat waard?",
        "Uitstappen na een jaar",
        "Boeken: economische categorie",
    ):
        assert words in output


def test_two_leavers_are_named(told):
    output = told(grootboek, *SERVICE, "--vertrek", "Almelo,Borne", "--na", "2")
    assert "Almelo en Borne stappen uit na 2028." in output.replace("\n", " ")
    gone = told(grootboek, *SERVICE, "--vertrek", "Almelo,Borne", "--gemeente", "Almelo")
    assert "na het uitstappen zelf betaalt" in gone


def test_csv_holds_every_cell_and_its_sums_are_those_of_the_book(finding):
    rows = list(csv.DictReader(io.StringIO(ledger_csv([finding], HOF)), delimiter=";"))
    years = [*map(str, finding.book.years), "structureel"]
    for kind, words in (("structural", "structureel"), ("one_off", "eenmalig")):
        chosen = [row for row in rows if row["soort"] == words]
        assert [row["regel"] for row in chosen] == list(BURDEN[kind])
        sums = [sum(int(row[year]) for row in chosen if row[year] != "onbekend") for year in years]
        assert sums == list(finding.book.burden(kind, [HOF]))


def _formula(sheet, cell):
    """Evaluate one of the two kinds of total from the cells it names."""
    first, last = re.fullmatch(r"=SUM\((\w+):(\w+)\)", cell.value).groups()
    values = [each.value for row in sheet[first:last] for each in row]
    return sum(value for value in values if isinstance(value, (int, float)))


def test_workbook_totals_are_formulas_that_give_what_is_stored(finding):
    content = ledger_workbook([finding], HOF)
    assert content == ledger_workbook([finding], HOF)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["privacy_officer"]
    stored = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["privacy_officer"]
    sums = [cell for row in sheet for cell in row if str(cell.value).startswith("=SUM")]
    assert len(sums) == 3 * 5
    for cell in sums:
        assert _formula(sheet, cell) == stored[cell.coordinate].value
    assert sheet.freeze_panes == "B6"
    assert sheet.print_area
    names = {row[0].value: row for row in stored}
    assert [cell.value for cell in names["lasten per jaar"][1:6]] == list(
        finding.book.burden("structural", [HOF])
    )
    assert [cell.value for cell in names["effect op de begroting"][1:6]] == ["onbekend"] * 5


def test_workbook_subtracts_the_budget_by_formula(run, finding):
    budget = tuple(100_000 + year for year in range(5))
    entries = tuple(
        entry.__class__(entry.code, entry.kind, entry.line, budget)
        if (entry.code, entry.line) == (HOF, "budgeted")
        else entry
        for entry in finding.book.entries
    )
    book = finding.book.__class__(
        finding.book.service, finding.book.years, finding.book.codes, entries, finding.book.bands
    )
    content = ledger_workbook([finding.model_copy(update={"book": book})], HOF)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["privacy_officer"]
    stored = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["privacy_officer"]
    row = next(cells for cells in sheet if cells[0].value == "effect op de begroting")
    for cell, expected in zip(row[1:6], book.effect(HOF), strict=True):
        left, right = (sheet[name].row for name in re.fullmatch(r"=(\w+)-(\w+)", cell.value).groups())
        column = cell.column
        assert stored.cell(left, column).value - stored.cell(right, column).value == expected
        assert stored[cell.coordinate].value == expected
    marks = [cell.value for cell in stored[row[0].row + 1][1:6]]
    assert marks == ["N"] * 5


def test_files_are_written_whole(told, tmp_path):
    target = tmp_path / "grootboek.xlsx"
    assert f"Geschreven: {target}" in told(grootboek, "--formaat", "xlsx", "--uit", str(target))
    assert len(openpyxl.load_workbook(target).sheetnames) >= 3
    plain = told(grootboek, *SERVICE, "--formaat", "csv")
    told(grootboek, *SERVICE, "--formaat", "csv", "--uit", str(tmp_path / "grootboek.csv"))
    assert (tmp_path / "grootboek.csv").read_text("utf-8") == plain


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--sleutel", "eerlijk"], "Onbekende sleutel 'eerlijk'"),
        (["--sleutel", "tau", "--vorm", "service_contract"], "'tau' bestaat niet voor deze groep"),
        (["--vorm", "stichting"], "Onbekende vorm 'stichting'"),
        (["--dienst", "taart"], "geen dienst 'taart'"),
        (["--coalitie", "Almelo"], "geen twee spelers"),
        (["--coalitie", "Almelo,Borne"], "Hof van Twente zit niet in deze groep"),
        (["--coalitie", "Almelo,Borne,Hof van Twente", "--vertrek", "Losser"], "moet eerst meedoen"),
        (["--formaat", "xlsx"], "heeft een bestand nodig"),
        (["--gemeente", "Urk"], "hoort niet bij"),
    ],
)
def test_a_wrong_question_gets_one_dutch_sentence(told, arguments, message):
    service = [] if "--dienst" in arguments else SERVICE
    with pytest.raises(InputError, match=message):
        told(grootboek, *service, *arguments)


def test_calendar_is_shown_and_written(told, tmp_path):
    output = told(kalender)
    assert "Instappen kost het minst in" in output
    assert "minder dan vijf gemeenten" in output
    assert "vertrouwelijk" not in output
    with pytest.raises(InputError, match="kent de eigen antwoorden van Losser niet"):
        told(kalender, "--gemeente", "Losser")
    target = tmp_path / "kalender.ics"
    told(kalender, "--uit", str(target))
    assert icalendar.Calendar.from_ical(target.read_bytes()).walk("VEVENT")


def test_a_page_says_the_same_as_the_book(finding):
    page = ledger_page(finding, HOF)
    sums = [row.amounts for row in page.rows if row.role == "sum"]
    assert sums == [finding.book.burden("structural", [HOF]), finding.book.burden("one_off", [HOF])]
    assert page.heads == (*map(str, finding.book.years), "structureel")
    assert [step.mark for step in page.steps if step.words == "btw die terugkomt"] == [""]
