"""The command line as its user meets it: real processes, Dutch words, exit statuses."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from marke.cli import COMMANDS
from marke.run import Run

MARKE = [sys.executable, "-c", "from marke.cli import main; main()"]


def marke(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "80"}
    return subprocess.run([*MARKE, *arguments], capture_output=True, text=True, cwd=cwd, env=environment)


def test_help_is_dutch_and_names_every_command():
    shown = marke("--help").stdout
    assert "Gebruik:" in shown
    assert all(command in shown for command in COMMANDS)
    assert not re.search(r"\b(Usage|Options|Commands|Show)\b", shown)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command):
    result = marke(command, "--help")
    assert result.returncode == 0
    assert "Gebruik: marke" in result.stdout
    assert "Show this message" not in result.stdout


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from marke.cli import marke; print([m for m in sys.modules if m in "
        "('numpy', 'scipy', 'numba', 'pydantic', 'pyarrow', 'rich', 'httpx')])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["verkn"], "Onbekende opdracht 'verkn'"),
        (["verken", "--foo"], "Onbekende optie"),
        (["verken", "a", "b"], "Te veel argumenten"),
        (["verken", "--trekkingen", "veel"], "geen geldig getal"),
        (["verken", "--trekkingen", "100"], "--trekkingen: 100 trekkingen kan niet"),
        (["verken", "nergens"], "Er is geen studie 'nergens'"),
        (["verken", "bestaat-niet.toml"], "bestaat niet"),
        (["verken", "--regio", "Zeelant"], "Bedoelt u Zeeland"),
        (["verken", "--alle-regios", "--regio", "Zeeland"], "kunnen niet samen"),
        (["verken", "--opnieuw"], "hoort bij --alle-regios"),
        (["verken", "--cluster", "tcp://127.0.0.1:1"], "antwoordt geen Dask-scheduler"),
        (["toon"], "Er is nog geen run"),
        (["herleid", "a.b", "c.d", "e.f"], "ten hoogste een run en een feit"),
    ],
)
def test_bad_input_is_one_dutch_sentence_and_status_2(arguments, message, tmp_path):
    result = marke(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert not list(tmp_path.iterdir())


def test_explore_show_and_derive(tmp_path):
    made = marke("verken", "--regio", "Flevoland", "--trekkingen", "32", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "Veiligheidsregio Flevoland" in made.stdout
    report = Path(re.search(r"Verslag: (.*)", made.stdout)[1])
    assert report.read_text().startswith("<!DOCTYPE html>")
    assert "Privacy" in marke("toon", cwd=tmp_path).stdout
    shown = marke("toon", "--gemeente", "urk", "--dienst", "soc", cwd=tmp_path).stdout
    assert "Urk, regionaal SOC" in shown
    group = marke("toon", "--coalitie", "Urk,Almere", "--dienst", "soc", cwd=tmp_path).stdout
    assert "joint_tender" in group
    sure = marke("toon", "--dienst", "soc", "--onzekerheid", cwd=tmp_path).stdout
    assert "Spijt achteraf" in sure
    assert "Omslagpunten" not in sure  # too few draws to know what matters
    derived = marke("herleid", "soc.players.GM0184.alone", cwd=tmp_path).stdout
    assert "soc.lines.retainer_alone.amount" in derived
    assert "aanname" in derived
    judged = marke("herleid", "soc.verdict.material", cwd=tmp_path).stdout
    assert "= deel van de trekkingen met besparing ≥ materialiteit × alleen" in judged
    assert "soc.lines.retainer_alone.amount" in judged
    assert "  study.materiality: 0,03   = de studie" in judged.splitlines()
    assert re.search(r"^soc  \([\d.]+ feiten\)$", marke("herleid", cwd=tmp_path).stdout, re.M)
    inside = marke("herleid", "soc.verdict", cwd=tmp_path).stdout
    assert re.search(r"^soc\.verdict\.saving: .* P90", inside, re.M)
    assert "soc.verdict.levels.statutory-" in inside
    unknown = marke("herleid", "soc.alonne", cwd=tmp_path)
    assert unknown.returncode == 2
    assert "soc.alone" in unknown.stderr


def test_tables_fit_80_columns_and_lose_no_digits(run: Run):
    runs = str(run.folder.parent)
    for arguments in (
        ["toon"],
        ["toon", "--gemeente", "Enschede"],
        ["toon", "--coalitie", "alle"],
        ["toon", "--haalbaarheid"],
        ["toon", "--onzekerheid", "--dienst", "soc"],
        ["toon", "--kwaliteit"],
        ["toon", "--oordeel"],
    ):
        shown = marke(*arguments, "--runs", runs).stdout
        assert max(len(line) for line in shown.splitlines()) <= 80
        assert "…" not in shown


def test_quality_is_told_with_the_numbers_of_the_findings(run: Run):
    shown = marke("toon", "--dienst", "soc", "--kwaliteit", "--runs", str(run.folder.parent)).stdout
    service = next(s for s in run.findings.services if s.key == "soc")
    nobody = service.quality.players[0].criteria[0]
    assert nobody.criterion == "continuity"
    assert len(service.quality.players) == len(service.players)
    assert "samen beter" in shown
    days = f"{service.quality.everyone[0].criteria[0].alone.mean:.0f} werkdagen per jaar niemand"
    assert days in " ".join(shown.split())


def test_a_verdict_is_told_to_the_municipality_that_asks_and_a_service_goes_by_its_name(run: Run):
    runs = str(run.folder.parent)
    shown = marke("toon", "--dienst", "Regionaal SOC", "--oordeel", "--gemeente", "Enschede", "--runs", runs)
    assert re.search(r"^Enschede  +\w", shown.stdout, re.M)
    assert "Hof van Twente" not in shown.stdout.partition("Oordeel")[2].partition("Enschede")[2]
    assert len(re.findall("het oordeel$", shown.stdout, re.M)) == 1
    unknown = marke("toon", "--dienst", "taart", "--runs", runs)
    assert (unknown.returncode, "regionaal SOC" in unknown.stderr) == (2, True)


def test_single_group_and_unknown_form_are_refused(run: Run):
    runs = str(run.folder.parent)
    one = marke("toon", "--runs", runs, "--coalitie", "Hof van Twente,Haaksbergen", "--dienst", "ciso_office")
    assert (one.returncode, "één speler" in one.stderr) == (2, True)
    form = marke("toon", "--runs", runs, "--coalitie", "alle", "--vorm", "stichting", "--dienst", "soc")
    assert (form.returncode, "Onbekende vorm" in form.stderr) == (2, True)
    empty = marke("toon", "--runs", runs, "--coalitie", "")
    assert empty.returncode == 2


def interrupted(process):
    """Press Ctrl-C, and again when it fell into a moment in which Python drops it (a finalizer, say)."""
    for _ in range(3):
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=10)[1]
    raise AssertionError("an interruption did not end the run")


def listen_to_interruptions():
    """Undo what a shell does to its background jobs: it has them ignore Ctrl-C, and children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_interruption_leaves_no_half_run(tmp_path):
    process = subprocess.Popen(
        [*MARKE, "verken", "--regio", "Limburg-Noord"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=listen_to_interruptions,
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("runs/.bezig-*/*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)  # past what is imported for the first service
    told = interrupted(process)
    assert process.returncode == 130
    assert "Afgebroken" in told
    assert list((tmp_path / "runs").iterdir()) == []
