"""Every safety region's study: what is done is kept, what fails is told, and nothing is half written."""

import csv
import io
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from marke.cli.tables import overview
from marke.errors import InputError
from marke.files import data_folder
from marke.findings import Findings
from marke.jobs import Ended, Job, run_jobs
from marke.nation import Outcome, Plan, Verdict, explore_regions, write_overview
from marke.question import Inputs, shipped_inputs
from marke.run import FINDINGS, open_run

KEPT = ("VR11", "VR13", "VR25")


def page(findings: Findings, name: str) -> str:
    return f"{name} {findings.study.region}"


@pytest.fixture
def inputs(tmp_path) -> Inputs:
    """The shipped study in a country of three small safety regions."""
    regions = tmp_path / "regions"
    regions.mkdir()
    with (data_folder("regions") / "municipalities.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    kept = [row for row in rows if row["safety_region_code"] in KEPT]
    codes = {row["code"] for row in kept}
    with (regions / "municipalities.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        for row in kept:
            near = [code for code in row["neighbours"].split("|") if code in codes]
            writer.writerow({**row, "neighbours": "|".join(near)})
    with (data_folder("regions") / "finance.csv").open(newline="") as file:
        head, *rest = file.readlines()
    (regions / "finance.csv").write_text(
        head + "".join(line for line in rest if any(c in line for c in codes))
    )
    study = tmp_path / "study.toml"
    study.write_text(
        'naam = "klein"\nregio = "VR25"\npeildatum = 2026-12-01\ngewenste_start = 2027-01-01\n'
        "prijspeil = 2026\ninwoners_per_1_januari = 2026\ntrekkingen = 16\n[diensten.soc]\n"
    )
    return replace(shipped_inputs(study), regions=regions)


def explored(inputs: Inputs, runs: Path, processors: int = 2, *, again: bool = False):
    told: list[tuple[str, str, int, int]] = []
    plan = Plan(runs, page, processors, again=again)
    outcomes = list(explore_regions(inputs, plan, lambda *each: told.append(each)))
    return {outcome.region: outcome for outcome in outcomes}, told


def test_every_region_gets_its_run_and_a_second_time_nothing_is_computed(inputs, tmp_path):
    runs = tmp_path / "runs"
    first, told = explored(inputs, runs)
    assert set(first) == {"Zaanstreek-Waterland", "Amsterdam-Amstelland", "Flevoland"}
    assert all(outcome.error == "" and outcome.seconds > 0 for outcome in first.values())
    assert {region for region, *_ in told} == set(first)
    for region, outcome in first.items():
        run = open_run(runs, outcome.folder)
        assert run.findings.study.region == f"Veiligheidsregio {region}"
        assert outcome.verdicts[0].chance == run.findings.services[0].best.chance
    write_overview(list(first.values()), runs)
    second, told = explored(inputs, runs)
    assert told == []
    for region, outcome in second.items():
        assert outcome.seconds == pytest.approx(first[region].seconds, abs=0.051)
        assert replace(outcome, seconds=first[region].seconds) == first[region]
    again, told = explored(inputs, runs, again=True)
    assert told
    assert {o.folder for o in again.values()} == {o.folder for o in first.values()}


def test_number_of_processors_changes_no_byte(inputs, tmp_path):
    one, _ = explored(inputs, tmp_path / "one", 1)
    two, _ = explored(inputs, tmp_path / "two", 2)
    for region, outcome in one.items():
        same = two[region].folder
        for path in (tmp_path / "one" / outcome.folder).rglob("*.*"):
            twin = tmp_path / "two" / same / path.relative_to(tmp_path / "one" / outcome.folder)
            assert path.read_bytes() == twin.read_bytes()


def test_a_region_that_is_damaged_is_computed_again(inputs, tmp_path):
    runs = tmp_path / "runs"
    first, _ = explored(inputs, runs)
    (runs / first["Flevoland"].folder / "manifest.json").write_text("{")
    second, told = explored(inputs, runs)
    assert {region for region, *_ in told} == {"Flevoland"}
    assert second["Flevoland"].folder == first["Flevoland"].folder
    assert open_run(runs, second["Flevoland"].folder).findings.study.region == "Veiligheidsregio Flevoland"


def test_a_region_that_fails_does_not_stop_the_others(inputs, tmp_path):
    path = inputs.regions / "municipalities.csv"
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    urk = next(row for row in rows if row["name"] == "Urk")
    urk["inhabitants_2026"] = ""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    inputs.study.write_text(inputs.study.read_text().replace('"VR25"', '"VR11"'))
    outcomes, _ = explored(inputs, tmp_path / "runs")
    assert "Urk" in outcomes["Flevoland"].error
    assert outcomes["Flevoland"].folder == ""
    assert all(o.folder for region, o in outcomes.items() if region != "Flevoland")
    written = write_overview(list(outcomes.values()), tmp_path / "runs")
    with written.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["regio"] for row in rows if row["fout"]] == ["Flevoland"]
    good = next(row for row in rows if row["regio"] == "Zaanstreek-Waterland")
    best = open_run(tmp_path / "runs", good["map"]).findings.services[0].best
    assert float(good["besparing, euro per jaar"]) == pytest.approx(best.saving.mean, abs=0.5)


def test_a_study_that_cannot_be_read_is_refused_at_once(inputs, tmp_path):
    inputs.study.write_text("naam = 3\n")
    with pytest.raises(InputError):
        explored(inputs, tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def test_interruption_keeps_what_is_finished_and_leaves_no_rest(inputs, tmp_path):
    runs = tmp_path / "runs"

    def interrupt(region: str, *_: object) -> None:
        if region == "Flevoland":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(explore_regions(inputs, Plan(runs, page, 1), interrupt))
    names = [path.name for path in runs.iterdir() if path.is_dir()]
    assert not [name for name in names if name.startswith(".")]
    assert all((runs / name / FINDINGS).exists() for name in names)
    outcomes, told = explored(inputs, runs)
    assert len(outcomes) == 3
    assert {region for region, *_ in told} == {o.region for o in outcomes.values() if o.folder not in names}


def count(send, number: int) -> None:
    send(number)
    send(-number)


def die(send) -> None:
    send("begun")
    os.kill(os.getpid(), signal.SIGKILL)


def wait_for_ever(send, path: Path) -> None:
    try:
        send("begun")
        time.sleep(600)
    finally:
        path.write_text("cleaned up")


def test_every_job_sends_its_messages():
    jobs = [Job(count, (number,), 1) for number in (1, 2, 3)]
    assert sorted(run_jobs(jobs, 2)) == [(0, -1), (0, 1), (1, -2), (1, 2), (2, -3), (2, 3)]


def test_a_job_for_more_processors_than_there_are_still_runs():
    assert list(run_jobs([Job(count, (1,), 8)], 2)) == [(0, 1), (0, -1)]


def test_a_process_that_dies_is_told_and_the_next_goes_on():
    messages = list(run_jobs([Job(die, (), 1), Job(count, (5,), 1)], 1))
    assert messages[0] == (0, "begun")
    assert isinstance(messages[1][1], Ended)
    assert messages[2:] == [(1, 5), (1, -5)]


def test_stopping_lets_a_process_clean_up(tmp_path):
    messages = run_jobs([Job(wait_for_ever, (tmp_path / "told",), 1)], 1)
    assert next(messages) == (0, "begun")
    messages.close()
    assert (tmp_path / "told").read_text() == "cleaned up"


def test_overview_has_a_row_for_a_region_without_a_run(tmp_path):
    path = write_overview([Outcome("Twente", 14, error="Er is iets mis.")], tmp_path)
    with path.open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["regio"], row["gemeenten"], row["fout"], row["map"]) == (
        "Twente",
        "14",
        "Er is iets mis.",
        "",
    )


def test_every_region_and_verdict_can_be_read_on_a_narrow_terminal():
    told = ("onvoldoende gegevens", "niet doen", "verdedigbaar op kwaliteit")
    services = ("privacy officer", "CISO-bureau", "regionaal SOC")
    verdicts = tuple(
        Verdict(s, answer, "", "", 0.0, 0.0, "") for s, answer in zip(services, told, strict=True)
    )
    console = Console(width=80, file=io.StringIO(), record=True)
    console.print(overview([Outcome("Noord- en Oost-Gelderland", 22, "map", 90.2, verdicts)]))
    shown = console.export_text()
    for word in " ".join(["Noord- en Oost-Gelderland gemeenten seconden 90,2", *told, *services]).split():
        assert word in shown
    assert "…" not in shown
