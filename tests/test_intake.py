"""What is asked, the workbooks, reading them back cell by cell, and what is still worth asking."""

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from intake_factory import (
    ASKED,
    BORNE,
    CATALOGUE,
    COUNTRY,
    HOF,
    LOSSER,
    SIX,
    TWENTE,
    answer,
    baseline,
    example,
    small_study,
    twente_study,
)
from marke.baseline import Baseline, read_baseline
from marke.catalogue.intake import Part, asked_fields, questions
from marke.cli.intake import intake
from marke.errors import InputError
from marke.intake.changes import compare
from marke.intake.estimates import estimate, with_doubts
from marke.intake.handed import handed_over
from marke.intake.layout import (
    ANSWER,
    COLUMNS,
    COVER,
    LABEL,
    MARK,
    NOTE,
    PRICES,
    UNIT,
    UNKNOWN,
    WHO,
    sheets,
)  # fmt: skip
from marke.intake.returned import read_workbook
from marke.intake.status import Count, delivered
from marke.intake.workbook import workbook_bytes
from marke.intake.worth import rank_missing
from marke.question import find_study, read_question, shipped_inputs
from marke.study import load_study
from test_baseline import answers

SERVICES = (
    "privacy_officer", "data_protection_officer", "ciso_office", "soc", "ict_infrastructure",
    "joint_procurement", "woo_team",
)  # fmt: skip
LINES = {line.question.id: (sheet.name, line) for sheet in sheets(CATALOGUE) for line in sheet.lines}
SHEETS = {sheet.name: sheet for sheet in sheets(CATALOGUE)}
FIELDS = {
    (block.asked.section, block.asked.field.label): (sheet.name, block)
    for sheet in SHEETS.values()
    for block in sheet.blocks
}


def study(*given_):
    return replace(load_study(find_study("twente-actueel"), CATALOGUE, COUNTRY), baseline=baseline(*given_))


def made(path, code=BORNE, *given_):
    """Write the workbook of one municipality."""
    m = next(each for each in TWENTE.municipalities if each.code == code)
    path.write_bytes(workbook_bytes(study(*given_), CATALOGUE, m, ()))
    return path


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return made(tmp_path_factory.mktemp("leeg") / "borne.xlsx").read_bytes()


def filled(path, content, cells):
    """Write a workbook in which cells ({(sheet, row, column): value}, from 0) were filled in."""
    book = load_workbook(io.BytesIO(content))
    for (sheet, row, column), value in cells.items():
        book[sheet].cell(row + 1, column + 1).value = value
    book.save(path)
    return path


def at(question, column=ANSWER):
    sheet, line = LINES[question]
    return sheet, line.row, column


def who(section, label):
    """The cell in which a field is handed to somebody."""
    sheet, block = FIELDS[section, label]
    return sheet, block.row, WHO


def read(path):
    return read_workbook(path, TWENTE, CATALOGUE)


def refused(path):
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.mend
    return caught.value


# --- what is asked ---


def test_seven_services_take_at_most_45_fields():
    services = {key: next(iter(CATALOGUE.services.values())) for key in SERVICES}
    everything = replace(CATALOGUE, services=services)
    fields = asked_fields(everything)
    assert {each.section for each in fields} == {"once", *SERVICES}
    assert len({(each.section, each.field.label) for each in fields}) == len(fields) <= 45
    asked = [question.id for question in questions(everything)]
    assert len(asked) == len(set(asked))
    assert {each.section for each in CATALOGUE.intake.values()} == {"once", "every", *SERVICES}


def test_the_ids_that_the_engine_and_the_ledger_read_are_asked():
    once = ["interest_rate", "index", "vat_unrecoverable", "productive_hours", "wage_basis", "partnerships"]
    suites = [f"suites.{name}" for name in ("zaken", "burgerzaken", "sociaal", "financien", "kantoor")]
    drivers = [key for key, driver in CATALOGUE.drivers.items() if driver.fact is None]
    assert [key for key in (*once, *suites, *drivers) if key not in ASKED] == []
    for service in CATALOGUE.services:
        per_service = [
            "staff",
            "spend",
            "realised",
            "requested",
            "vacancy",
            "contract_end",
            "notice_months",
            "replaced_on",
        ]
        per_service += [f"{name}_{year}" for name in ("budgeted", "released") for year in (1, 2, 3, 4)]
        assert [key for key in (*per_service, "budgeted_now") if f"{service}.{key}" not in ASKED] == []


def test_a_driver_is_asked_in_its_own_unit():
    for key, driver in CATALOGUE.drivers.items():
        assert driver.fact is not None or ASKED[key].part.unit == driver.unit


def test_nobody_is_asked_for_a_parameter_of_the_model():
    told = " ".join(f"{f.label} {f.definition} {f.why}" for f in CATALOGUE.intake.values()).casefold()
    assert not [word for word in ("sigma", "lambda", "homogen", "exponent", "spreiding") if word in told]


def test_what_is_money_of_today_may_be_released_and_nothing_about_people_or_security():
    released = {q.part.id for q in ASKED.values() if q.part.visibility == "releasable"}
    budget = {f"budgeted_{year}" for year in (1, 2, 3, 4)}
    suites = {key for key in ASKED if key.startswith("suites.")}
    assert (
        released
        == {"realised", "budgeted_now", "requested", "cover", "state_money", "release", *suites} | budget
    )
    for question in ASKED.values():
        if question.section != "once" and question.part.unit in ("fte", "schaal"):
            assert question.part.visibility == "confidential"


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"kind": "number"}, "'unit' hoort bij"),
        ({"kind": "text", "unit": "fte"}, "'unit' hoort bij"),
        ({"kind": "choice"}, "'options' hoort bij"),
        ({"kind": "year", "least": 3, "most": 2}, "niet op volgorde"),
    ],
)
def test_a_part_that_does_not_fit_its_kind_is_refused(changed, word):
    with pytest.raises(ValueError, match=word):
        Part(**{"id": "a", "label": "a", "class": "raw", **changed})


# --- the workbook ---


def test_the_same_workbook_is_the_same_bytes(tmp_path, empty):
    assert made(tmp_path / "a.xlsx").read_bytes() == empty


def test_only_answers_can_be_filled_in_and_everything_is_checked_while_typing(empty):
    book = load_workbook(io.BytesIO(empty))
    assert book.sheetnames == [COVER, *SHEETS]
    assert book[COVER].protection.sheet
    for name, plan in SHEETS.items():
        sheet = book[name]
        assert sheet.protection.sheet
        assert sheet.freeze_panes == "A4"
        assert sheet.print_title_rows == "$3:$3"
        assert [sheet.cell(3, n + 1).value for n in range(len(COLUMNS))] == list(COLUMNS)
        checked = {cell for rule in sheet.data_validations.dataValidation for cell in str(rule.sqref).split()}
        for line in plan.lines:
            unlocked = {n for n in range(10) if not sheet.cell(line.row + 1, n + 1).protection.locked}
            money = {PRICES} if line.question.part.kind == "amount" else set()
            assert unlocked == {ANSWER, UNKNOWN, NOTE} | money
            free = line.question.part.kind in ("text", "list")
            assert free or f"C{line.row + 1}" in checked
            assert f"E{line.row + 1}" in checked


def test_the_cover_says_whose_it_is_and_where_to_begin(tmp_path):
    question = read_question(shipped_inputs(find_study("twente-actueel"), None, {"trekkingen": 1024}))
    ranking = rank_missing(question)
    m = COUNTRY.find(HOF)
    content = workbook_bytes(question.study, CATALOGUE, m, ranking.of(HOF)[:3])
    text = "\n".join(
        str(row[2]) for row in load_workbook(io.BytesIO(content))[COVER].iter_rows(values_only=True)
    )
    assert m.name in text
    assert HOF in text
    assert "35.775 inwoners op 1 januari 2026" in text
    assert all(f"{n}. {ASKED[w.question].label}" in text for n, w in enumerate(ranking.of(HOF)[:3], start=1))


def test_an_estimate_stands_beside_the_answer_and_is_none(empty):
    sheet, row, _ = at("staff")
    book = load_workbook(io.BytesIO(empty))
    assert book[sheet].cell(row + 1, 6).value.startswith("schatting: ")
    assert book[sheet].cell(row + 1, ANSWER + 1).value is None


def test_an_empty_workbook_says_nothing(tmp_path):
    found = read(made(tmp_path / "a.xlsx"))
    assert found.answers == ()
    assert found.municipality.name == "Borne"


def test_a_workbook_holds_nothing_of_another_municipality(tmp_path, empty):
    others = [answer(HOF, key, example(ASKED[key]), note="geheim") for key in ASKED]
    assert made(tmp_path / "a.xlsx", BORNE, *others).read_bytes() == empty


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(answers(), max_size=30))
def test_what_was_answered_before_comes_back_the_same(tmp_path_factory, found):
    # a release must be signed as well, which another test sees to
    kept = {each.question: replace(each, code=BORNE, doubt="", who="") for each in found}
    kept = {key: each for key, each in kept.items() if not key.endswith(".release")}
    path = made(tmp_path_factory.getbasetemp() / "round.xlsx", BORNE, *kept.values())
    said = {key: each for key, each in kept.items() if each.state != "open" or each.note}
    assert {each.question: each for each in read(path).answers} == said


def test_every_question_can_be_answered(tmp_path, empty):
    cells, expected = {}, {}
    for key, question in ASKED.items():
        value = example(question)
        shown = value * 100 if question.part.kind == "percentage" else value
        shown = {True: "ja", False: "nee"}[value] if isinstance(value, bool) else shown
        cells[at(key)] = "; ".join(value) if isinstance(value, tuple) else shown
        expected[key] = value
    found = read(filled(tmp_path / "a.xlsx", empty, cells))
    assert {each.question: each.value for each in found.answers} == expected


# --- what is refused ---

MISTAKES = [
    (at("staff"), "veel", "hoort een getal"),
    (at("staff"), "1.234", "niet eenduidig"),
    (at("staff"), date(2027, 1, 1), "hoort een getal"),
    (at("workplaces"), 0, "minstens 1"),
    (at("endpoints"), 1e9, "hoogstens 100000"),
    (at("applications"), "=1+1", "geen uitkomst"),
    (at("index"), -2, "minstens 0"),
    (at("wage_basis"), "maximum", "geen keuze"),
    (at("partnerships"), ";", "0 onderdelen"),
    (at("soc.contract_end"), "31-2-2027", "hoort een datum"),
    (at("soc.mandate"), "misschien", "hoort ja of nee"),
    (at("soc.spend", PRICES), "vroeger", "geen prijspeil"),
    (at("soc.staff", PRICES), 2026, "alleen bij een bedrag"),
    (at("soc.staff", UNKNOWN), "x", "alleen 'weet ik niet'"),
    (at("soc.staff", NOTE), "x" * 2001, "2001 tekens"),
    (at("soc.scale", LABEL), "iets anders", "De vraag is veranderd"),
    (at("soc.notice_months", UNIT), "weken", "De vraag is veranderd"),
    (at("soc.released_1", MARK), "soc.released_9", "hoort de vraag 'soc.released_1'"),
    (at("soc.released_2", MARK), None, "maar er staat niets"),
    (who("soc", "Bewaking nu"), date(2027, 1, 1), "hoort tekst"),
    (who("soc", "Wat wordt bewaakt"), "=B1", "geen uitkomst"),
    ((COVER, 4, 2), "GM0363", "Amsterdam (GM0363) doet niet mee"),
]


def test_every_kind_of_mistake_is_named_in_its_cell_and_nothing_is_read(tmp_path, empty):
    mistakes = {place: (value, word) for place, value, word in MISTAKES}
    cells = {place: value for place, (value, _) in mistakes.items()}
    cells[at("ciso_office.staff", ANSWER)] = 2
    cells[at("ciso_office.staff", UNKNOWN)] = "weet ik niet"
    cells[at("ciso_office.release")] = "ja"
    told = str(refused(filled(tmp_path / "a.xlsx", empty, cells)))
    lines = told.split("\n- ")
    assert f"Er zijn {len(lines) - 1} fouten; er is niets ingelezen." in lines[0]
    expected = [(place, word) for place, (_, word) in mistakes.items()]
    expected.append((at("ciso_office.staff", UNKNOWN), "een antwoord én 'weet ik niet'"))
    expected.append((at("ciso_office.release"), "de controller heeft niet getekend"))
    for (sheet, row, column), word in expected:
        cell = f"blad {sheet}, cel {'ABCDEFGHIJ'[column]}{row + 1}: "
        assert [line for line in lines if line.startswith(cell) and word in line], (cell, word)
    assert len(lines) - 1 == len(expected)


@pytest.mark.parametrize(("place", "value", "word"), MISTAKES)
def test_one_mistake_is_one_sentence_with_its_cell(tmp_path, empty, place, value, word):
    path = filled(tmp_path / "a.xlsx", empty, {place: value})
    error = refused(path)
    sheet, row, column = place
    assert error.where == f"{path}, blad {sheet}, cel {'ABCDEFGHIJ'[column]}{row + 1}"
    assert word in error.what


def test_a_row_that_was_moved_is_told_where_it_belongs(tmp_path, empty):
    book = load_workbook(io.BytesIO(empty))
    sheet, row, _ = at("soc.staff")
    book[sheet].insert_rows(row + 1)
    book.save(tmp_path / "a.xlsx")
    told = str(refused(tmp_path / "a.xlsx"))
    assert f"De vraag 'soc.staff' hoort op rij {row + 1}, maar staat op rij {row + 2}." in told


def test_a_missing_sheet_and_a_foreign_workbook_are_refused(tmp_path, empty):
    book = load_workbook(io.BytesIO(empty))
    book["4 Regionaal SOC"].title = "4 Regionaal SOK"
    book.save(tmp_path / "a.xlsx")
    assert "Bedoelt u 4 Regionaal SOK?" in refused(tmp_path / "a.xlsx").what
    Workbook().save(tmp_path / "b.xlsx")
    told = str(refused(tmp_path / "b.xlsx"))
    assert all(f"Het blad '{name}' ontbreekt" in told for name in (COVER, *SHEETS))


def test_a_cover_with_two_names_is_refused(tmp_path, empty):
    path = filled(tmp_path / "a.xlsx", empty, {(COVER, 3, 2): "Losser"})
    assert "GM0147 is van Borne" in refused(path).what


@pytest.mark.parametrize("name", ["a.xls", "a.csv", "a"])
def test_another_kind_of_file_is_refused(tmp_path, name):
    (tmp_path / name).write_text("x")
    assert "eindigt op .xlsx" in refused(tmp_path / name).what


@pytest.mark.parametrize("keep", [0, 100, 1500])
def test_a_damaged_workbook_is_refused(tmp_path, empty, keep):
    (tmp_path / "a.xlsx").write_bytes(empty[:keep])
    assert "geen Excel-werkmap" in refused(tmp_path / "a.xlsx").what


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet2.xml", "[Content_Types].xml"])
def test_a_workbook_with_a_broken_part_is_refused(tmp_path, empty, part):
    with zipfile.ZipFile(io.BytesIO(empty)) as old, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[: 60 if name == part else None])
    assert "beschadigd" in refused(tmp_path / "a.xlsx").what


def test_a_missing_file_is_refused(tmp_path):
    assert "bestaat niet" in refused(tmp_path / "a.xlsx").what


def test_a_zip_bomb_is_refused_without_unpacking(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bomb,
        bomb.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(101):
            part.write(bytes(1_000_000))
    assert path.stat().st_size < 1_000_000
    assert "te groot" in refused(path).what
    monkeypatch.setattr("marke.intake.returned.MOST_BYTES", 3)
    assert "te groot" in refused(path).what


# --- what changes, and what is doubted ---


def test_differences_are_shown_old_and_new(tmp_path, empty):
    before = study(
        answer(BORNE, "staff", 150.0),
        answer(BORNE, "soc.realised", 50000.0, price_year=2025, note="rekening"),
        answer(BORNE, "soc.staff", None, unknown=True),
        answer(HOF, "staff", 250.0),
    )
    cells = {at("staff"): 155, at("workplaces", UNKNOWN): "weet ik niet", at("soc.realised"): 50000,
             at("soc.realised", PRICES): 2025, at("soc.realised", NOTE): "rekening"}  # fmt: skip
    found = compare([filled(tmp_path / "a.xlsx", empty, cells)], before, CATALOGUE)
    assert [
        (c.municipality.code, *(q.id for q in c.questions), c.before, c.after) for c in found.changes
    ] == [
        (BORNE, "staff", "150", "155"),
        (BORNE, "workplaces", "leeg", "weet ik niet"),
        (BORNE, "soc.staff", "weet ik niet", "leeg"),
    ]
    assert found.baseline.value(HOF, "staff") == 250.0
    assert found.baseline.value(BORNE, "soc.realised") == 50000.0


def test_who_fills_in_a_field_is_kept_with_its_questions_and_comes_back(tmp_path, empty):
    cells = {who("soc", "Bewaking nu"): " Jan de Vries ", who("once", "Formatie van de gemeente"): "CISO",
             who("soc", "Wat wordt bewaakt"): "ciso", who("woo_team", "Woo-verzoeken"): None,
             at("soc.level"): "geen"}  # fmt: skip
    found = compare([filled(tmp_path / "a.xlsx", empty, cells)], study(), CATALOGUE)
    assert [(c.label, c.before, c.after) for c in found.changes] == [
        ("Formatie van de gemeente, wie vult in", "gemeentesecretaris", "CISO"),
        ("regionaal SOC (bewaking van systemen): Bewaking nu, wie vult in", "CISO", "Jan de Vries"),
        (ASKED["soc.level"].label, "leeg", "geen"),
    ]
    kept = {key: each.who for (_, key), each in found.baseline.answers.items()}
    jan = {question.id: "Jan de Vries" for question in FIELDS["soc", "Bewaking nu"][1].asked.questions}
    assert kept == {"staff": "CISO", **jan}
    assert found.baseline.answers[BORNE, "soc.options"].state == "open"
    again = made(tmp_path / "b.xlsx", BORNE, *found.baseline.answers.values())
    assert {each.question: each for each in read(again).answers} == {
        key: each for (_, key), each in found.baseline.answers.items()
    }


def test_a_field_is_open_for_whom_it_was_handed_to_until_it_is_answered():
    level, options, mandate = (f"soc.{part}" for part in ("level", "options", "mandate"))
    given_ = [answer(BORNE, level, "geen", who="Jan"), answer(BORNE, options, None, who="Jan"),
              answer(BORNE, mandate, None, unknown=True, who="Jan"), answer(BORNE, "staff", 1.0)]  # fmt: skip
    (found,) = handed_over(baseline(*given_), BORNE, CATALOGUE)
    assert (found.asked.field.label, found.who, found.open) == ("Bewaking nu", "Jan", 1)
    assert list(handed_over(baseline(*given_), HOF, CATALOGUE)) == []


def test_two_workbooks_of_one_municipality_are_refused(tmp_path, empty):
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / name).write_bytes(empty)
    with pytest.raises(InputError, match=r"Borne heeft al een werkmap geleverd: a\.xlsx"):
        compare([tmp_path / "a.xlsx", tmp_path / "b.xlsx"], study(), CATALOGUE)


def doubts(*given_):
    borne = COUNTRY.find(BORNE)
    return {a.question: a.doubt for a in with_doubts(study(), CATALOGUE, borne, given_) if a.doubt}


def test_an_odd_answer_is_questioned_and_never_refused():
    expected = estimate(study(), CATALOGUE, COUNTRY.find(BORNE), "staff")
    assert doubts(answer(BORNE, "staff", round(expected.mode))) == {}
    told = doubts(answer(BORNE, "staff", 20.0))["staff"]
    assert told.startswith("U vult 20 fte in")
    assert told.endswith("Klopt dit?")
    assert "soc.spend" in doubts(answer(BORNE, "soc.spend", 70000.0), answer(BORNE, "soc.realised", 60000.0))
    falling = [answer(BORNE, f"soc.released_{year}", share) for year, share in ((1, 0.5), (2, 0.2), (3, 0.2))]
    assert set(doubts(*falling)) == {"soc.released_2"}


def test_an_estimate_starts_from_what_was_answered():
    borne = COUNTRY.find(BORNE)
    staff = estimate(study(), CATALOGUE, borne, "staff")
    rate = CATALOGUE.figures[CATALOGUE.drivers["workplaces"].classes[0].rate]
    assert estimate(study(), CATALOGUE, borne, "workplaces").high == pytest.approx(staff.high * rate.high)
    answered = estimate(study(answer(BORNE, "staff", 100.0)), CATALOGUE, borne, "workplaces")
    assert (answered.low, answered.high) == pytest.approx((100 * rate.low, 100 * rate.high))
    assert estimate(study(), CATALOGUE, borne, "soc.realised") is None


# --- status and worth ---


def test_status_counts_given_unknown_and_open():
    found = delivered(
        baseline(
            answer(BORNE, "staff", 150.0),
            answer(BORNE, "soc.staff", None, unknown=True),
            answer(BORNE, "soc.spend", None, note="volgt"),
            answer(BORNE, "soc.realised", 1.0),
        ),
        TWENTE,
        CATALOGUE,
    )
    borne = next(each for each in found if each.municipality.code == BORNE)
    in_soc = sum(question.section == "soc" for question in ASKED.values())
    assert borne.sections["soc"] == Count(1, 1, in_soc - 2)
    assert borne.total == Count(2, 1, len(ASKED) - 3)
    others = [each.total for each in found if each.municipality.code != BORNE]
    assert others == [Count(0, 0, len(ASKED))] * 13


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A small study in which one municipality answered what it has and spends for the SOC."""
    path = small_study(
        tmp_path_factory.mktemp("waarde"),
        answer(BORNE, "soc.spend", 60000.0),
        answer(BORNE, "soc.staff", 0.2),
    )
    return read_question(shipped_inputs(path, None, {"trekkingen": 1024}), whole=True)


def test_worth_is_a_share_of_variance_of_what_was_not_answered(whole):
    ranking = rank_missing(whole)
    asked = {(each.code, each.question) for each in ranking.answers}
    per_municipality = {key for key, driver in CATALOGUE.drivers.items() if driver.fact is None}
    per_municipality |= {
        f"{service}.{part}" for service in whole.study.settings.services for part in ("staff", "spend")
    }
    everything = {(m.code, key) for m in SIX.municipalities for key in per_municipality}
    assert asked == everything - {(BORNE, "soc.spend"), (BORNE, "soc.staff")}
    assert all(0 <= share <= 1 for each in ranking.answers for share in (each.own, each.region))
    assert [each.own for each in ranking.answers] == sorted((e.own for e in ranking.answers), reverse=True)
    assert {asked for asked, _ in ranking.questions} == per_municipality
    before = {(each.code, each.question): each.own for each in ranking.answers}
    assert before[LOSSER, "soc.spend"] > 5 * before[LOSSER, "privacy_officer.spend"]


def test_an_answer_that_was_given_leaves_less_to_explain(whole):
    """What remains uncertain is then explained by the other answers: their shares rise."""
    ranking = rank_missing(whole)
    losser = {each.question: each.own for each in ranking.of(LOSSER)}
    borne = {each.question: each.own for each in ranking.of(BORNE)}
    assert borne["privacy_officer.staff"] > losser["privacy_officer.staff"]


# --- the command line ---


def run(*arguments, **options):
    return CliRunner().invoke(intake, [str(each) for each in arguments], **options)


def test_workbooks_go_out_come_back_and_are_followed(tmp_path):
    path = twente_study(tmp_path / "studie", answer(HOF, "staff", 250.0, note="van Hof"))
    maps = tmp_path / "werkmappen"
    result = run("maak", path, "--map", maps)
    assert result.exit_code == 0, result.output
    assert sorted(each.name for each in maps.iterdir())[:2] == [
        "nulmeting-almelo.xlsx",
        "nulmeting-borne.xlsx",
    ]
    assert len(list(maps.iterdir())) == 14
    assert isinstance(run("maak", path, "--map", maps).exception, InputError)
    borne = maps / "nulmeting-borne.xlsx"
    cells = {at("staff"): 20, at("soc.realised"): 61000, at("soc.realised", PRICES): 2025,
             who("soc", "Bewaking nu"): "Jan de Vries"}  # fmt: skip
    filled(borne, borne.read_bytes(), cells)
    before = (path.parent / "nulmeting.csv").read_bytes()
    no = run("lees", borne, maps / "nulmeting-hof-van-twente.xlsx", "--studie", path, input="n\n")
    assert "Er is niets geschreven." in no.output
    assert "61000 (prijspeil 2025)" in no.output
    assert "Borne, formatie: U vult 20 fte in" in no.output
    assert "Hof van Twente" not in no.output
    assert (path.parent / "nulmeting.csv").read_bytes() == before
    assert run("lees", borne, "--studie", path, "--ja").exit_code == 0
    found = read_baseline(path.parent / "nulmeting.csv", TWENTE, CATALOGUE)
    assert found.value(BORNE, "soc.realised") == 61000
    assert found.value(HOF, "staff") == 250.0
    assert "Klopt dit?" in found.answers[BORNE, "staff"].doubt
    assert "Er verandert niets." in run("lees", borne, "--studie", path, "--ja").output
    shown = run("status", path).output
    assert " 1/16 " in next(line for line in shown.splitlines() if line.startswith("Borne"))
    assert max(map(len, shown.splitlines())) <= 110
    one = run("status", path, "--gemeente", "Borne").output
    assert ["Samen", "2", "0", str(len(ASKED) - 2)] in [line.split() for line in one.splitlines()]
    assert next(line.split()[-4:] for line in one.splitlines() if "Bewaking nu" in line) == [
        "Jan", "de", "Vries", "3"
    ]  # fmt: skip


def test_one_mistake_in_one_workbook_leaves_everything_as_it_was(tmp_path, empty):
    path = twente_study(tmp_path / "studie")
    good = filled(tmp_path / "a.xlsx", empty, {at("staff"): 150})
    hof = made(tmp_path / "b.xlsx", HOF).read_bytes()
    bad = filled(tmp_path / "b.xlsx", hof, {at("staff"): "veel"})
    result = run("lees", good, bad, "--studie", path, "--ja")
    assert isinstance(result.exception, InputError)
    assert read_baseline(path.parent / "nulmeting.csv", TWENTE, CATALOGUE) == Baseline({})


def test_a_twente_studyout_a_baseline_is_refused(tmp_path, empty):
    path = twente_study(tmp_path / "studie")
    path.write_text(path.read_text("utf-8").replace('nulmeting = "nulmeting.csv"', ""), "utf-8")
    (tmp_path / "a.xlsx").write_bytes(empty)
    with pytest.raises(InputError, match="noemt geen nulmeting"):
        run("lees", tmp_path / "a.xlsx", "--studie", path, catch_exceptions=False)


def test_a_date_with_a_time_is_that_day(tmp_path, empty):
    path = filled(tmp_path / "a.xlsx", empty, {at("soc.contract_end"): datetime(2027, 12, 31, 12)})
    assert read(path).answers[0].value == date(2027, 12, 31)
