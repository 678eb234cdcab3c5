"""``marke catalogus`` as a user types it."""

import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from marke.catalogue import load_catalogue
from marke.catalogue.check import next_dim
from marke.cli.catalogus import catalogus
from marke.dutch import STATUS, STRENGTH
from marke.errors import InputError
from marke.files import data_folder

CATALOGUE = load_catalogue()


def run(*arguments):
    return CliRunner().invoke(catalogus, [str(each) for each in arguments])


def words(output):
    """Return the output without the breaks of a table."""
    return " ".join(output.split())


def share(figures):
    assumed = sum(each.status == "assumption" for each in figures)
    return f"{assumed} van de {len(figures)} ({100 * assumed / len(figures):.0f} %)"


def test_the_overview_shows_every_service_with_levels_and_variants():
    result = run()
    assert result.exit_code == 0, result.output
    for key, service in CATALOGUE.services.items():
        assert f"{service.label} ({key})" in result.output
        for name in (*service.levels, *service.alone, *service.joint, *service.unavailable):
            assert name in result.output
        for variant in service.joint:
            assert CATALOGUE.variant_label(key, variant) in words(result.output)
    figures = list(CATALOGUE.figures.values())
    assert f"Alleen een aanname: {share(figures)} cijfers." in result.output
    assert f"{share([each for each in figures if not each.fixed])}." in result.output


def test_the_figures_have_unit_year_source_and_status():
    output = run("cijfers").output
    line = next(each for each in output.splitlines() if each.startswith("productieve uren"))
    assert line.split()[2:] == [
        "uur/fte/jaar",
        "2023",
        "hot-2023",
        "met",
        "bron",
        "statistiek",
        "1.300",
        "1.363",
        "1.400",
    ]
    assert "- hot-2023: Handleiding Overheidstarieven 2023" in output
    assert output.count("\n") > len(CATALOGUE.figures)
    for each in CATALOGUE.figures.values():
        assert each.label.split()[0] in output
    assert "…" not in output


def test_a_small_number_keeps_its_digits():
    output = run("cijfers").output
    assert "0,0067" in output
    assert "0,1705" in output
    assert "\N{MINUS SIGN}0,05" in output


def test_the_figures_of_one_service():
    output = run("cijfers", "--dienst", "soc").output
    mine = [each for key, each in CATALOGUE.figures.items() if key.startswith("soc.")]
    assert "schaal SOC" in output
    assert "schaal CISO-bureau" not in output
    assert "hot-2023" not in output
    assert share(mine) in output


def test_an_unknown_service_is_refused():
    error = run("cijfers", "--dienst", "sok").exception
    assert isinstance(error, InputError)
    assert "Bedoelt u soc?" in str(error)


def test_every_status_and_strength_has_a_dutch_word():
    assert {each.status for each in CATALOGUE.figures.values()} <= set(STATUS)
    assert {each.strength for each in CATALOGUE.figures.values()} <= set(STRENGTH)


@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-07-07", "nog niet bekend"), ("2026-07-08", "bekend"), ("2026-08-15", "geldt")],
)
def test_a_rule_on_a_day(day, state):
    output = run("regels", "--datum", day).output
    line = next(each for each in output.splitlines() if "Cyberbeveiligingswet: de" in each)
    assert line.startswith(f"{state} ")
    assert f"Regels op {day}" in output


def test_a_rule_that_ended_and_the_value_of_a_rule():
    output = run("regels", "--datum", "2026-12-01").output
    line = next(each for each in output.splitlines() if "BIO2 versie 1.2" in each)
    assert line.startswith("vervallen ")
    assert line.split()[-3:] == ["2025-09-24", "2025-09-24", "2026-01-09"]
    assert "0,21" in output
    assert run("regels").exit_code == 0


def test_a_date_that_is_none_is_refused():
    assert run("regels", "--datum", "gisteren").exit_code == 2


def test_the_check_names_the_next_free_number(tmp_path):
    assert f"Eerste vrije dim voor een nieuw cijfer: {next_dim(CATALOGUE)}." in run("controle").output
    folder = shutil.copytree(data_folder("catalogue"), tmp_path / "catalogue")
    path = folder / "figures.toml"
    path.write_text(path.read_text("utf-8").replace("dim = 6 ", "dim = 511 "), "utf-8")
    result = run("controle", "--map", folder)
    assert result.exit_code == 0
    assert "geen vrije dim meer" in result.output
    path.write_text("x = 1", "utf-8")
    error = run("controle", "--map", folder).exception
    assert isinstance(error, InputError)
    assert error.where == f"{path}, regel 1"


def test_help_starts_without_heavy_modules():
    code = (
        "import sys; import marke.cli.catalogus, marke.cli.studie;"
        "print({'numpy', 'scipy', 'rich', 'pydantic', 'openpyxl', 'xlsxwriter'} & set(sys.modules))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"


def test_evidence_shows_both_sides_and_the_readings_to_choose_from():
    output = " ".join(run("bewijs").output.split())
    for tension in CATALOGUE.evidence.tensions:
        assert tension.one_says in output
        assert tension.other_says in output
    assert all(f"- {key}: " in output for key in CATALOGUE.evidence.priors)


def test_criteria_tell_their_scale_and_every_reason():
    output = run("criteria").output
    assert "1,5 deel van de kosten alleen telt 0, 0,5 telt 1." in output
    assert all(f"({key})" in output for key in CATALOGUE.criteria)
    for form in ("Alleen", "Zoals nu", "Gezamenlijke aanbesteding"):
        assert form in output
    assert "joint_tender" not in output
