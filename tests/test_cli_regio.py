"""``marke regio`` as a user types it."""

import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from marke.cli.regio import regio
from marke.errors import InputError
from marke.files import data_folder
from marke.region import load_country
from test_statline import no_proxy, observations, paged, service

__all__ = ["no_proxy"]  # a fixture that is shared


def run(*arguments, **options):
    return CliRunner().invoke(regio, arguments, **options)


@pytest.fixture
def folder(tmp_path):
    for name in ("municipalities.csv", "finance.csv"):
        shutil.copy(data_folder("regions") / name, tmp_path)
    return tmp_path


@pytest.fixture
def address(no_proxy):
    """Serve the known inhabitants of 2026, with ten more in Almelo."""
    with service(paged(observations(GM0141=75_176))) as found:
        yield found


def line(output, start):
    return next(each.split() for each in output.splitlines() if each.startswith(start))


def test_list_of_safety_regions():
    result = run("lijst")
    assert result.exit_code == 0
    assert sum(each.startswith("VR") for each in result.output.splitlines()) == 25
    assert line(result.output, "VR05") == ["VR05", "Veiligheidsregio", "Twente", "14", "646.496"]
    assert "Bron: CBS" in result.output


@pytest.mark.parametrize(
    ("option", "start", "number"), [("--corop", "CR", 40), ("--veiligheidsregio", "VR", 25)]
)
def test_list_of_another_kind(option, start, number):
    lines = run("lijst", option).output.splitlines()
    assert sum(each.startswith(start) for each in lines) == number


def test_list_of_provinces():
    output = run("lijst", "--provincie").output
    assert output.count("Provincie ") == 12
    assert "Provincie Fryslân" in output


def test_show_a_region():
    result = run("toon", "twente")
    assert result.exit_code == 0
    assert result.output.startswith("Veiligheidsregio Twente (VR05)\n")
    assert line(result.output, "GM1735") == [
        "GM1735", "Hof", "van", "Twente", "35.446", "35.660", "35.775", "15.235", "212,56"
    ]  # fmt: skip
    assert "Samen" in result.output
    assert "640.806   643.603   646.496" in result.output
    assert "Dinkelland: Boekt" in result.output
    assert "schatting" in result.output


def test_missing_facts_are_shown_as_unknown():
    output = run("toon", "Noord- en Oost-Gelderland", "--map", str(data_folder("regions"))).output
    assert "onbekend" not in output
    assert "Huishoudens 2021 (schatting)  onbekend" in run("toon", "Maashorst").output
    assert "Inwoners 2022                 onbekend" in run("toon", "Voorne aan Zee").output


def test_a_total_with_a_missing_number_is_unknown(folder):
    path = folder / "municipalities.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",75166,", ",,"), encoding="utf-8")
    output = run("toon", "Twente", "--map", str(folder)).output
    assert "643.603  onbekend" in output
    assert line(run("lijst", "--map", str(folder)).output, "VR05")[-1] == "onbekend"


def test_show_a_municipality_with_finance_and_warnings():
    output = run("toon", "tubbergen").output
    assert output.startswith("Tubbergen (GM0183)\n")
    assert line(output, "Inhuur") == ["Inhuur", "(L3.5.1)", "473", "410", "\N{MINUS SIGN}69"]
    assert "Noaberkracht" in output
    assert "Buurgemeenten                 Almelo, Borne, Twenterand, Dinkelland" in output
    assert "Iv3" in output


def test_an_island_has_no_neighbours():
    assert "geen (eiland)" in run("toon", "Texel").output


def test_a_region_comes_before_a_municipality_of_the_same_name():
    output = run("toon", "Utrecht").output
    assert output.startswith("Veiligheidsregio Utrecht (VR09)\n")
    assert "marke regio toon GM0344" in output
    assert run("toon", "gemeente:utrecht").output.startswith("Utrecht (GM0344)\n")
    assert run("toon", "GM0344").output.startswith("Utrecht (GM0344)\n")


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("Hengleo", "geen regio of gemeente 'Hengleo'. Bedoelt u Hengelo"),
        ("Twnete", "Bedoelt u Twente"),
        ("corop:Borne", "is een gemeente en geen regio"),
        ("gemeente:Twente", "gemeente 'Twente' is niet bekend"),
        ("", "geen regio genoemd"),
    ],
)
def test_unknown_names_are_refused(wanted, sentence):
    result = run("toon", wanted)
    assert isinstance(result.exception, InputError)
    assert sentence in str(result.exception)
    assert result.output == ""


def test_refresh_shows_asks_and_writes(folder, address):
    path = folder / "municipalities.csv"
    before = path.read_text(encoding="utf-8")
    arguments = ("verversen", "--jaar", "2026", "--bron", address, "--map", str(folder))
    result = run(*arguments, input="n\n")
    assert result.exit_code == 0
    assert line(result.output, "GM0141") == ["GM0141", "Almelo", "75.166", "75.176", "+10"]
    assert "1 veranderd, 341 gelijk" in result.output
    assert "Er is niets geschreven." in result.output
    assert path.read_text(encoding="utf-8") == before
    assert (
        "Geschreven: " in run(*arguments, input="j\n").output or run(*arguments, input="y\n").exit_code == 0
    )
    assert path.read_text(encoding="utf-8") == before.replace(",75166,", ",75176,")
    assert "Er verandert niets." in run(*arguments).output


def test_refresh_without_asking_takes_the_newest_year(folder, address):
    result = run("verversen", "--bron", address, "--map", str(folder), "--ja")
    assert result.exit_code == 0
    assert "Inwoners op 1 januari 2026" in result.output
    assert load_country(folder).find("Almelo").inhabitants[2026] == 75_176


def test_refresh_without_an_answer_writes_nothing(folder, address):
    before = (folder / "municipalities.csv").read_bytes()
    result = run("verversen", "--bron", address, "--map", str(folder), input="")
    assert result.exit_code == 1
    assert (folder / "municipalities.csv").read_bytes() == before


def test_refresh_refuses_a_bad_year_and_address(folder):
    assert run("verversen", "--jaar", "26").exit_code == 2
    result = run("verversen", "--map", str(folder), "--bron", "cbs")
    assert isinstance(result.exception, InputError)


def test_help_is_dutch_and_loads_nothing_heavy():
    assert "Gemeenten en regio's" in run("--help").output
    code = (
        "import sys, marke.cli.regio; print([m for m in ('httpx', 'rich', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
