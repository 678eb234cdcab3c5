"""The run folder: whole or not at all, the same bytes again, and read back exactly."""

import errno
import json
import shutil
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from marke.errors import InputError
from marke.findings import Findings, group_finding
from marke.games import members_of
from marke.question import find_study, read_question, shipped_inputs
from marke.run import (
    ARRAYS,
    FINDINGS,
    LATEST,
    MANIFEST,
    Run,
    _needed,
    explore_question,
    open_run,
    threads_that_fit,
)


def small_question(seed: int = 1):
    overrides = {"trekkingen": 32, "toevalsgetal": seed}
    return read_question(shipped_inputs(find_study("twente-actueel"), "Flevoland", overrides))


def page(findings: Findings, name: str) -> str:
    return f"{name} {findings.study.region}"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_same_question_gives_same_bytes(tmp_path):
    first = explore_question(small_question(), tmp_path / "a", page)
    second = explore_question(small_question(), tmp_path / "b", page)
    assert first.folder.name == second.folder.name
    assert contents(first.folder) == contents(second.folder)


def test_another_seed_is_another_run(tmp_path):
    first = explore_question(small_question(1), tmp_path, page)
    second = explore_question(small_question(2), tmp_path, page)
    assert first.folder != second.folder
    assert (tmp_path / LATEST).read_text().strip() == second.folder.name


def test_run_again_replaces_the_folder(tmp_path):
    first = explore_question(small_question(), tmp_path, page)
    (first.folder / "verslag.html").write_text("broken")
    explore_question(small_question(), tmp_path, page)
    assert "Flevoland" in (first.folder / "verslag.html").read_text()
    assert {p.name for p in tmp_path.iterdir()} == {LATEST, first.folder.name}


def test_interruption_leaves_nothing(tmp_path):
    def interrupt(service: str, done: int, total: int) -> None:
        if service == "soc" and done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        explore_question(small_question(), tmp_path, page, interrupt)
    assert list(tmp_path.iterdir()) == []


def test_full_disk_leaves_nothing(tmp_path, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    with pytest.raises(InputError, match="vol"):
        explore_question(small_question(), tmp_path, page)
    assert list(tmp_path.iterdir()) == []


def test_folder_where_runs_should_be_is_a_file(tmp_path):
    (tmp_path / "runs").write_text("x")
    with pytest.raises(InputError):
        explore_question(small_question(), tmp_path / "runs", page)


def test_progress_counts_every_service_to_its_end(tmp_path):
    seen: dict[str, list[int]] = {}
    explore_question(small_question(), tmp_path, page, lambda s, done, _: seen.setdefault(s, []).append(done))
    assert list(seen) == list(small_question().study.settings.services)
    assert all(steps == list(range(1, 17)) for steps in seen.values())


def test_with_little_memory_a_service_is_told_before_the_next_is_explored(tmp_path, monkeypatch):
    question = small_question()
    whole = explore_question(question, tmp_path / "whole", page)
    enough_for_one = _needed(question, 1, 1) / 0.8
    monkeypatch.setattr("marke.run._present", lambda: enough_for_one)
    seen: list[str] = []

    def begun(service: str, done: int, _total: int) -> None:
        if done == 1:
            seen.append(f"begun {service}")

    def told(_about, service) -> None:
        seen.append(f"told {service.key}")

    small = explore_question(question, tmp_path / "small", page, begun, tell=told)
    services = question.study.settings.services
    assert seen == [f"{what} {service}" for service in services for what in ("begun", "told")]
    assert contents(small.folder) == contents(whole.folder)

    monkeypatch.setattr("marke.run._present", lambda: enough_for_one / 2)
    with pytest.raises(InputError, match="geheugen"):
        threads_that_fit(question, 2)


def test_opened_run_is_the_written_one(run: Run, runs: Path):
    opened = open_run(runs)
    assert opened.findings == run.findings
    assert opened.folder == run.folder
    assert open_run(runs, run.folder.name).folder == run.folder
    assert open_run(Path("elsewhere"), str(run.folder)).folder == run.folder


def test_arrays_agree_with_an_exact_group(run: Run, runs: Path):
    opened = open_run(runs)
    table = pq.read_table(run.folder / ARRAYS).to_pylist()
    rows = {(r["service"], r["variant"], r["coalition"]): r for r in table}
    for service, variant, mask in (
        ("soc", "host", 0b101),
        ("ciso_office", "body", 0b111000),
        ("privacy_officer", "host", 0b11),
    ):
        explored = opened.explored(service)
        exact = group_finding(explored, opened.question.study, variant, tuple(members_of(mask)))
        row = rows[service, variant, mask]
        assert row["size"] == mask.bit_count()
        assert exact.cost.mean == pytest.approx(row["mean"], rel=1e-9)
        assert exact.cost.error == pytest.approx(row["error"], rel=1e-6)
        assert exact.chance == pytest.approx(row["chance"])
        assert exact.material == pytest.approx(row["material"])
        assert exact.cheaper == pytest.approx(row["cheaper"])


def test_findings_follow_their_published_schema(run: Run):
    schema = json.loads((run.folder / "findings.schema.json").read_text())
    content = json.loads((run.folder / FINDINGS).read_text())
    assert set(schema["required"]) == set(content)
    assert "NaN" not in (run.folder / FINDINGS).read_text()


def test_stability_is_reported_for_all_together_only(run: Run):
    service = run.findings.services[0]
    known = {k.key for k in service.variants[0].everyone.keys if k.blocked is not None}
    assert known == {key.key for key in service.best.keys} - {"tau", "nucleolus"}
    if len(service.best.codes) < len(run.findings.municipalities):
        assert all(k.blocked is None for k in service.best.keys)


def test_missing_and_damaged_runs_are_refused(run: Run, tmp_path):
    with pytest.raises(InputError, match="nog geen run"):
        open_run(tmp_path)
    with pytest.raises(InputError, match="geen run 'x'"):
        open_run(tmp_path, "x")
    copy = shutil.copytree(run.folder, tmp_path / "copy")
    (copy / "inputs" / "study.toml").write_text("naam = 'anders'\n")
    with pytest.raises(InputError, match="veranderd"):
        open_run(tmp_path, "copy")
    (copy / MANIFEST).write_text("{}")
    with pytest.raises(InputError, match="beschadigd"):
        open_run(tmp_path, "copy")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Almelo, Almelo", "twee keer"),
        ("Dinkelland, Borne", "één speler"),
        ("Zwolle, Borne", "hoort niet bij"),
        ("Almela, Borne", "Almelo"),
    ],
)
def test_coalitions_that_cannot_be(run: Run, text, message):
    with pytest.raises(InputError, match=message):
        run.players(run.question.case("soc"), text)


def test_coalition_by_name_code_or_all(run: Run):
    case = run.question.case("soc")
    assert run.players(case, "alle") == tuple(range(len(case.players)))
    by_name, by_code = run.players(case, "losser,Borne"), run.players(case, "GM0168, GM0147")
    assert by_name == by_code
    assert [case.players[i][0].name for i in by_name] == ["Borne", "Losser"]


def test_potential_column_gives_shapley_shares(run: Run):
    table = pq.read_table(run.folder / ARRAYS, filters=[("service", "=", "soc"), ("variant", "=", "host")])
    potential, mean = table["potential"].to_numpy(), table["mean"].to_numpy()
    mask = 0b10110
    shares = [potential[mask] - potential[mask ^ (1 << i)] for i in members_of(mask)]
    assert np.sum(shares) == pytest.approx(mean[mask], rel=1e-12)


def test_each_calendar_cites_only_what_was_known_then(run: Run, tmp_path):
    question = read_question(shipped_inputs(find_study("twente-motiekalender"), None, {"trekkingen": 16}))
    spring = explore_question(question, tmp_path, page).findings
    assert {"cbw", "cbw_training"} & {rule.id for rule in spring.rules} == set()
    assert {"cbw", "bio2_1_3"} <= {rule.id for rule in run.findings.rules}
    cited = [rule.label for s in spring.services for v in s.variants for g in v.gates for rule in g.rules]
    assert not any("Cyberbeveiligingswet" in rule for rule in cited)
    in_time = {(s.key, v.key): gate(v) for s in spring.services for v in s.variants}
    too_late = {(s.key, v.key): gate(v) for s in run.findings.services for v in s.variants}
    assert in_time["soc", "joint_tender"] in {"ok", "attention"}
    assert set(too_late.values()) == {"blocked"}


def gate(variant):
    return next(g.outcome for g in variant.gates if g.gate == "lead_time")
