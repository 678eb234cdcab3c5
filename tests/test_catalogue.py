"""The catalogue: what ships is whole, and every way to break it is refused with file and line."""

import shutil
from datetime import date

import pytest

from marke.catalogue import load_catalogue
from marke.catalogue.check import next_dim, without_dim
from marke.catalogue.figure import DIMENSIONS
from marke.errors import InputError
from marke.files import data_folder


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(data_folder("catalogue"), tmp_path / "catalogue")


def change(path, old, new):
    """Replace the first occurrence and return its line."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def nearest_line(path, start, changed):
    """Return the number of the line with this start that stands nearest to the changed line."""
    lines = path.read_text("utf-8").splitlines()
    found = [number for number, line in enumerate(lines, start=1) if line.startswith(start)]
    return min(found, key=lambda number: abs(number - changed))


def refused(folder):
    with pytest.raises(InputError) as caught:
        load_catalogue(folder)
    return caught.value


def test_what_ships_is_whole():
    catalogue = load_catalogue()
    assert list(catalogue.services) == [
        "privacy_officer",
        "ciso_office",
        "soc",
        "data_protection_officer",
        "ict_infrastructure",
        "joint_procurement",
        "woo_team",
    ]
    assert next(iter(catalogue.drivers)) == "inhabitants"
    for figure_id, figure in catalogue.figures.items():
        assert figure.unit, figure_id
        assert figure.label, figure_id
        assert figure.source in catalogue.sources, figure_id
        assert figure.status in {"sourced", "derived", "assumption", "own answer"}, figure_id
        assert figure.low <= figure.mode <= figure.high, figure_id
        assert (figure.dim is None) == (figure.fixed or without_dim(figure_id)), figure_id
    dims = [figure.dim for figure in catalogue.figures.values() if figure.dim is not None]
    assert len(dims) == len(set(dims))
    assert next_dim(catalogue) == max(dims) + 1 < DIMENSIONS


def test_a_figure_is_named_by_its_place():
    catalogue = load_catalogue()
    assert catalogue.common.productive_hours == "figures.productive_hours"
    assert catalogue.drivers["staff"].classes[1].rate == "drivers.staff.classes.1.rate"
    assert catalogue.forms["joint_tender"].overhead == "forms.host.overhead"
    assert catalogue.figures["soc.lines.devices.amount"].mode == 120


def test_a_file_without_defaults_for_a_figure_takes_its_own(folder):
    assert load_catalogue(folder).figures["figures.productive_hours"].source == "hot-2023"
    assert load_catalogue(folder).figures["figures.overhead_own"].source == "own"


def test_a_changed_file_is_read_again_and_an_unchanged_one_is_not(folder):
    first = load_catalogue(folder)
    assert load_catalogue(folder) is first
    change(folder / "figures.toml", 'label = "productieve uren"', 'label = "uren die overblijven"')
    assert load_catalogue(folder).figures["figures.productive_hours"].label == "uren die overblijven"


def test_a_rule_is_known_before_it_is_law():
    rule = load_catalogue().rules["cbw"]
    assert not rule.known(date(2026, 7, 7))
    assert rule.known(date(2026, 7, 8))
    assert not rule.in_force(date(2026, 8, 14))
    assert rule.in_force(date(2026, 8, 15))
    ended = load_catalogue().rules["bio2_1_2"]
    assert ended.in_force(date(2026, 1, 8))
    assert not ended.known(date(2026, 1, 9))


HOURS = 'productive_hours = { label = "productieve uren", low = 1300'
OWN = 'overhead_own = { label = "extra overhead bij een eigen medewerker"'
MISTAKES = {
    "no unit": ("figures", ', unit = "uur/fte/jaar"', "", "productive_hours", "unit' ontbreekt"),
    "empty unit": ("figures", 'unit = "uur/fte/jaar"', 'unit = ""', "productive_hours", "niet leeg"),
    "inverted": ("figures", HOURS, HOURS.replace("1300", "1390"), "productive_hours", "niet op volgorde"),
    "text": ("figures", HOURS, HOURS.replace("1300", '"1300"'), "productive_hours", "moet een getal"),
    "not finite": ("figures", HOURS, HOURS.replace("1300", "-inf"), "productive_hours", "low"),
    "no mode": ("figures", "mode = 1363, ", "", "productive_hours", "mode' ontbreekt"),
    "status": ("figures", 'status = "sourced"', 'status = "sure"', "productive_hours", "status"),
    "unknown key": ("figures", HOURS, HOURS.replace("label", "labl"), "productive_hours", "label"),
    "figure source": (
        "figures",
        'source = "hot-2023"',
        'source = "hot-2033"',
        "productive_hours",
        "hot-2023",
    ),
    "same dim": ("figures", "dim = 6 ", "dim = 5 ", "overhead_own", "dim 5 is al van 'figures.employer"),
    "no dim": ("figures", ", dim = 6 ", " ", "overhead_own", "geen dim"),
    "high dim": ("figures", "dim = 6 ", "dim = 512 ", "overhead_own", "kleiner zijn dan 512"),
    "unused figure": ("figures", OWN, OWN.replace("own", "own_too", 1), "[figures]", "overhead_own"),
    "other table": ("figures", "[figures]", "[extra]\na = 1\n[figures]", "[extra]", "alleen [figures]"),
    "no table": ("figures", "[figures]", "[cijfers]", "[cijfers]", "alleen [figures]"),
    "not toml": ("figures", "[figures]", "[figures", "[figures", "geen geldige TOML"),
    "twice": ("figures", OWN, f"{HOURS}, mode = 1, high = 2 }}\n{OWN}", "productive_hours", "twee keer"),
    "defaults": ("gates", "[lead_time]", "defaults = 3\n[lead_time]", "defaults", "moet een tabel"),
    "source unused": ("sources", "[own]", '[new]\ntitle = "x"\nyear = 1\n[own]', "[new]", "de bron 'new'"),
    "source year": ("sources", "year = 2026", 'year = "nu"', "year", "geheel getal"),
    "driver dim": (
        "drivers",
        'fte/inwoner" }',
        'fte/inwoner", dim = 200 }',
        "rate",
        "per gemeente getrokken",
    ),
    "driver of": ("drivers", 'of = "staff"', 'of = "staf"', 'of = "staf"', "Bedoelt u staff?"),
    "driver order": ("drivers", 'of = "inhabitants"', 'of = "endpoints"', 'of = "endp', "moet boven 'staff'"),
    "driver both": (
        "drivers",
        'unit = "fte"',
        'unit = "fte"\nfact = "inhabitants"',
        "[staff]",
        "wordt niet geschat",
    ),
    "driver neither": ("drivers", 'fact = "inhabitants"\n', "", "[inhabitants]", "laatste klasse"),
    "driver last": (
        "drivers",
        "[[workplaces.classes]]",
        "[[workplaces.classes]]\nbelow = 5",
        "[workplaces]",
        "laatste",
    ),
    "driver classes": ("drivers", "below = 50000", "below = 100000", "[staff]", "op volgorde van 'below'"),
    "driver name": ("drivers", "[inhabitants]", "[member]", "[member]", "geen naam van een maatstaf"),
    "form source": (
        "forms",
        'basis_source = "wgr"',
        'basis_source = "wgrr"',
        "basis_source",
        "Bedoelt u wgr",
    ),
    "form figure": (
        "forms",
        'overhead = "forms.host.overhead"',
        'overhead = "forms.host.over"',
        "overhead",
        "cijfer",
    ),
    "form flag": ("forms", "vat_on_charge = true", 'vat_on_charge = "ja"', "vat_on_charge", "true of false"),
    "exit kind": (
        "forms",
        'kind = "exit_sum"',
        'kind = "remaining_term"',
        "[body.exit_rule]",
        "horen 'remaining_years'",
    ),
    "exit source": ("forms", 'source = "kb-1985"', 'source = "kb-1958"', "source", "Bedoelt u kb-1985?"),
    "ramp": ("forms", 'forms.service_contract.ramp.2"', 'forms.service_contract.ramp.3"', "ramp", "cijfer"),
    "vat source": ("forms", 'vat_source = "general"', 'vat_source = "generaal"', "vat_source", "general"),
    "capacity": ("forms", "capacity = 4", "capacity = 1", "capacity", "ten minste 2"),
    "booked form": ("budget", 'form = "host"', 'form = "hots"', "form", "Bedoelt u host?"),
    "booked twice": ("budget", 'form = "host"', 'form = "body"', None, "twee regels"),
    "booked source": ("budget", 'source = "iv3"', 'source = "iv4"', "source", "Bedoelt u iv3?"),
    "category": ("budget", '"4.3.3"', '"4-3-3"', "economic_category", "niet de juiste vorm"),
    "scales": ("figures", "9 = {", "13 = {", "[figures]", "opeenvolgende"),
    "rule source": ("rules", 'source = "wet-ob"', 'source = "wet-obb"', "source", "Bedoelt u wet-ob?"),
    "rule date": ("rules", "known_from = 2012-10-01", 'known_from = "ooit"', "known_from", "datum"),
    "rule until": ("rules", "until = 2026-01-09", "until = 2025-01-09", "until", "eindigt"),
    "rule unit": ("rules", 'unit = "deel van de prijs"\n', "", "value", "geen eenheid"),
    "gate rule": ("gates", '"wgr_view"]', '"wgr_vieuw"]', "rules", "Bedoelt u wgr_view?"),
    "gate form": (
        "gates",
        'forms = ["joining", "host", "body"]',
        'forms = ["hosts"]',
        "forms",
        "Bedoelt u host?",
    ),
    "gate service": ("gates", 'services = ["soc"]', 'services = ["sok"]', "services", "Bedoelt u soc?"),
    "gate outcome": ("gates", 'outcome = "attention"', 'outcome = "soso"', 'outcome = "soso"', "outcome"),
    "pair figure": (
        "correlations",
        '"soc.disappointment"',
        '"soc.disapointment"',
        "[[group]]",
        "soc.disappointment",
    ),
    "pair source": ("correlations", 'source = "own"', 'source = "owm"', "source", "Bedoelt u own?"),
    "pair fixed": (
        "correlations",
        "figures.salary_scale.10",
        "figures.individual_choice_budget",
        None,
        "geen eigen trekking",
    ),
    "pair self": ("correlations", "ciso_office.d", "privacy_officer.d", "[[group]]", "met zichzelf"),
    "pair size": (
        "correlations",
        "correlation = 0.5",
        "correlation = 1",
        "correlation",
        "kleiner zijn dan 1",
    ),
    "pair key": ("correlations", "[[group]]", "[other]\na = 1\n[[group]]", "[other]", "alleen [[group]]"),
    "level source": (
        "services/soc",
        'source = "own"\neffort',
        'source = "onw"\neffort',
        None,
        "Bedoelt u own?",
    ),
    "no basic": (
        "services/soc",
        "[levels.basic]",
        "[levels.basis]",
        "[levels.statutory]",
        "geen niveau 'basic'",
    ),
    "work per": (
        "services/soc",
        'per = "organisation"',
        'per = "organization"',
        "per",
        "Bedoelt u organisation?",
    ),
    "line per": (
        "services/soc",
        'per = "endpoints"',
        'per = "endpoint"',
        'per = "endpoint"',
        "Bedoelt u endpoints?",
    ),
    "line work unit": ("services/soc", 'per = "group"', 'per = "organisation"', None, "Onbekende maatstaf"),
    "discount": ("services/soc", 'per = "endpoints"', 'per = "member"', "discount", "volumekorting"),
    "borne by": (
        "services/soc",
        'per = "group"',
        'per = "group"\nborne_by = "member"',
        "borne_by",
        "groep als geheel",
    ),
    "variant line": (
        "services/soc",
        '["tooling", "retainer_alone"]',
        '["toolin", "retainer_alone"]',
        "lines",
        "Bedoelt u tooling?",
    ),
    "line twice": (
        "services/soc",
        '["tooling", "retainer_alone"]',
        '["tooling", "tooling"]',
        "lines",
        "2 keer",
    ),
    "line unused": (
        "services/soc",
        "[team]",
        '[lines.x]\nlabel = "x"\namount = "soc.lines.siem.amount"\nper = "member"\nvat = true\n[team]',
        "[lines.x]",
        "'x'",
    ),
    "form of variant": ("services/soc", 'form = "host"', 'form = "hots"', "form", "Bedoelt u host?"),
    "rate": ("services/soc", 'staffing = "own"', 'staffing = "market"', "[alone.own]", "uurtarief"),
    "order": ("services/soc", "order = 3", "order = 2", "order", "dezelfde plaats"),
    "service key": ("services/soc", "order = 3", "ordr = 3", None, "order"),
}


@pytest.mark.parametrize(("name", "old", "new", "start", "word"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_refused_with_its_file_and_line(folder, name, old, new, start, word):
    path = folder / f"{name}.toml"
    changed = change(path, old, new)
    error = refused(folder)
    assert word in str(error)
    assert error.where.startswith(str(path))
    if start is not None:
        line = nearest_line(path, start, changed)
        assert f"{error.where},".startswith(f"{path}, regel {line},")


@pytest.mark.parametrize("name", ["figures", "sources", "correlations"])
def test_a_missing_file_is_refused(folder, name):
    (folder / f"{name}.toml").unlink()
    error = refused(folder)
    assert "bestaat niet" in error.what
    assert error.where == str(folder / f"{name}.toml")


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    assert "bestaat niet" in refused(tmp_path / "nergens").what


def test_a_catalogue_without_services_is_refused(folder):
    shutil.rmtree(folder / "services")
    assert "geen diensten" in refused(folder).what


def test_a_service_cannot_take_the_name_of_another_file(folder):
    (folder / "services" / "soc.toml").rename(folder / "services" / "forms.toml")
    assert "kan niet 'forms' heten" in refused(folder).what


def test_a_pair_of_figures_that_stands_there_twice_is_refused(folder):
    path = folder / "correlations.toml"
    text = path.read_text("utf-8")
    pair = text[text.index("[[group]]") : text.index("[[group]]", text.index("[[group]]") + 1)]
    path.write_text(text + "\n" + pair, "utf-8")
    error = refused(folder)
    assert "staat er al" in error.what
    assert error.where == f"{path}, regel {text.count(chr(10)) + 2}"


def test_the_next_number_is_named_when_one_is_missing(folder):
    change(folder / "figures.toml", ", dim = 6 ", " ")
    assert f"vrije nummer is {next_dim(load_catalogue())}" in refused(folder).mend


def test_a_form_that_is_booked_nowhere_is_refused(folder):
    path = folder / "budget.toml"
    path.write_text(path.read_text("utf-8").replace('form = "pool"', 'form = "host"\n', 1), "utf-8")
    text = path.read_text("utf-8")
    path.write_text(text.replace("known_from = 2017-01-01", "known_from = 2016-01-01", 2), "utf-8")
    assert "'pool'" in refused(folder).what


def test_a_contribution_is_booked_by_what_was_known(folder):
    path = folder / "budget.toml"
    later = path.read_text("utf-8").split("[[row]]")[-1].replace("2017", "2026").replace("3.8", "4.3.2")
    path.write_text(f"{path.read_text('utf-8')}\n[[row]]{later}", "utf-8")
    catalogue = load_catalogue(folder)
    rows = [catalogue.budget_row("joint_tender", date(year, 6, 1)) for year in (2010, 2025, 2026)]
    assert [row.economic_category for row in rows] == ["3.8", "3.8", "4.3.2"]


def test_every_form_says_how_it_is_entered_and_left():
    catalogue = load_catalogue()
    assert len(catalogue.forms) == 8
    for form in catalogue.forms.values():
        ramp = [catalogue.figures[figure].mode for figure in form.ramp]
        assert ramp == [0.25, 0.75, 1.0]
        assert form.vat
        assert form.decides
    schedule = catalogue.forms["body"].exit_rule.schedule
    assert [catalogue.figures[figure].mode for figure in schedule] == [1.0, 0.8, 0.6, 0.4, 0.2]
    booked = {form: catalogue.budget_row(form, date(2026, 12, 1)).paragraph for form in catalogue.forms}
    assert {form for form, paragraph in booked.items() if paragraph == "verbonden partijen"} == {
        "body",
        "private_body",
    }
