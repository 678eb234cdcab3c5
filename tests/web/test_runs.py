"""Runs in the workspace: the same bytes as the command line, whatever happens to the worker meanwhile."""

import gc
import os
import re
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from small import (
    SERVICES,
    again,
    by_command_line,
    lead,
    own_place,
    page,
    region_context,
    started,
    work,
)
from story import Story, fill

from marke.errors import InputError
from marke.report.sections import PARTS
from marke.run import FINDINGS
from marke.web.config.prepared import Addresses
from marke.web.intake.models import Released
from marke.web.runs import attempts, computing, store, unpacked
from marke.web.runs.comparing import differences_of
from marke.web.runs.models import OwnFile, OwnRun, SharedFile, SharedRun, State
from marke.web.runs.services import cancel, start_own
from marke.web.runs.store import Stored, content_of, findings_of, open_stored
from marke.web.runs.unpacked import WORK
from marke.web.studies.question import catalogue
from marke.web.studies.services import replace_figure
from marke.web.tenancy.context import Context, opened


def test_a_shared_run_has_the_bytes_of_the_command_line(
    clean: Addresses, story: Story, tmp_path: Path
) -> None:
    run = started(story)
    assert run.state == State.WAITING
    work(clean)
    with opened(region_context(story)):
        done = SharedRun.objects.get()
        assert done.state == State.COMPLETE, done.reason
        (tmp_path / "nulmeting.csv").write_bytes(content_of(done, "inputs/nulmeting.csv"))
        folder = by_command_line(tmp_path, done)
        stored = content_of(done, FINDINGS)
    assert folder.name == done.name
    with opened(region_context(story)):
        there = {row.path: content_of(done, row.path) for row in done.files.all()}
        assert open_stored(done).findings == findings_of(done)
    assert stored == (folder / FINDINGS).read_bytes()
    assert there == {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_an_own_run_sees_own_answers_and_a_shared_one_what_was_released(
    clean: Addresses, story: Story
) -> None:
    fill(story, "contact-borne", "soc", soc__realised="7000000", soc__staff="1,5")
    shared, (place, context) = started(story), own_place(story, "borne")
    with opened(context):
        own = start_own(place=place)
    work(clean)
    with opened(context):
        mine = OwnRun.objects.get()
        assert mine.state == State.COMPLETE, mine.reason
        assert findings_of(mine).study.viewer == "Borne"
        assert b"7000000" in content_of(mine, "inputs/nulmeting.csv")
        assert open_stored(mine).question.study.viewer.name == "Borne"
    with opened(region_context(story)):
        told = SharedRun.objects.get()
        assert findings_of(told).study.viewer == ""
        assert b"7000000" not in content_of(told, "inputs/nulmeting.csv")
        assert not Released.objects.exists()
        assert not OwnRun.objects.filter(pk=own.pk).exists()
    _, other = own_place(story, "haaksbergen")
    with opened(other):
        assert not OwnRun.objects.exists()
        assert not OwnFile.objects.exists()
        assert SharedRun.objects.filter(pk=shared.pk).exists()


def test_one_run_at_a_time_and_a_waiting_one_can_be_stopped(clean: Addresses, story: Story) -> None:
    run = started(story)
    with pytest.raises(InputError, match="al een run"):
        started(story)
    with opened(region_context(story)):
        assert cancel(place=lead(story), run=run)
        assert not cancel(place=lead(story), run=run)
    work(clean)
    ended = again(run, region_context(story))
    assert (ended.state, ended.tries) == (State.CANCELLED, 0)
    assert "Gestopt door" in ended.reason
    assert started(story).pk != run.pk


def test_a_run_is_stopped_while_it_is_computed(
    clean: Addresses, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = started(story)
    progress = computing.Progress.__call__

    def stop(self: computing.Progress, service: str, done: int, total: int) -> None:
        progress(self, service, done, total)
        self.stop.wait(20)  # the page is told; then it is stopped
        progress(self, service, done, total)

    monkeypatch.setattr(computing.Progress, "__call__", stop)
    tell = computing._tell
    seen: list[str] = []

    def told(run: Stored, context: Context, told: computing.Progress) -> None:
        tell(run, context, told)
        if told.service and not seen:
            seen.append(again(run, context).service)
            with opened(context):
                cancel(place=lead(story), run=run)

    monkeypatch.setattr(computing, "_tell", told)
    computing.compute(SharedRun, run.pk, region_context(story))
    assert seen == [SERVICES[0]]
    ended = again(run, region_context(story))
    assert ended.state == State.CANCELLED
    with opened(region_context(story)):
        assert not SharedFile.objects.exists()
    assert not (settings.DATA / "runs" / f"{WORK}{run.pk}").exists()


def test_a_run_that_cannot_be_computed_says_why(
    clean: Addresses, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    for error, told in (
        (InputError("Te weinig geheugen.", mend="Neem een grotere."), "Te weinig geheugen."),
        (ZeroDivisionError("oei"), computing.BROKEN),
    ):
        run = started(story)

        def broken(*_arguments: object, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr(computing, "_work", broken)
        computing.compute(SharedRun, run.pk, region_context(story))
        ended = again(run, region_context(story))
        assert ended.state == State.FAILED
        assert told in ended.reason
        assert ended.ended_at is not None


class Killed:
    """A worker that is killed as soon as it computes."""

    def __init__(self, addresses: Addresses) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "django", "work"], env=addresses.environment(), start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def kill_when_computing(self, run: Stored, context: Context, tries: int) -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end and self.process.poll() is None:
            now = again(run, context)
            if (now.state, now.tries) == (State.RUNNING, tries):
                break
            time.sleep(0.05)
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def test_a_run_whose_worker_was_killed_is_computed_again_and_once(clean: Addresses, story: Story) -> None:
    run, context = started(story), region_context(story)
    Killed(clean).kill_when_computing(run, context, 1)
    assert again(run, context).state == State.RUNNING
    work(clean)
    ended = again(run, context)
    assert (ended.state, ended.tries) == (State.COMPLETE, 2)
    work(clean)
    with opened(context):
        assert SharedFile.objects.filter(path=FINDINGS).count() == 1


def test_a_run_that_always_kills_its_worker_fails_with_a_reason(clean: Addresses, story: Story) -> None:
    run, context = started(story), region_context(story)
    for tries in range(1, attempts.MOST_TRIES + 1):
        Killed(clean).kill_when_computing(run, context, tries)
    work(clean)
    ended = again(run, context)
    assert (ended.state, ended.reason) == (State.FAILED, attempts.GONE)
    assert not (settings.DATA / "runs" / f"{WORK}{run.pk}").exists()


def test_a_run_that_another_worker_holds_is_left_alone(clean: Addresses, story: Story) -> None:
    run, context = started(story), region_context(story)
    import psycopg

    with psycopg.connect(clean.application, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"run-{run.pk}"])
        computing.compute(SharedRun, run.pk, context)
        assert again(run, context).state == State.WAITING


def test_results_are_pages_for_the_region_and_for_a_municipality(clean: Addresses, story: Story) -> None:
    fill(story, "contact-borne", "soc", soc__realised="7654321", soc__staff="1,5")
    started(story)
    place, context = own_place(story, "borne")
    with opened(context):
        own = start_own(place=place)
    work(clean)
    with opened(region_context(story)):
        shared = SharedRun.objects.get()
    home, region = "/regio/proefregio/gemeente/borne/runs/", "/regio/proefregio/runs/"
    parts = ["", *(f"deel/{part}/" for part in (*list(PARTS)[1:], *SERVICES)), "herleid/soc.alone/"]
    for who, base, run in (
        ("beheer", region, shared), ("contact-borne", home, shared), ("contact-borne", home, own),
    ):  # fmt: skip
        for part in parts:
            assert "kenmerk" in (told := page(story, who, f"{base}{run.pk}/{part}")) or "herleid" in part
            assert "style=" not in told
            assert "<script" not in told
    assert "Oordeel voor Borne" in page(story, "contact-borne", f"{home}{shared.pk}/")
    assert "Alleen voor Borne" in page(story, "contact-borne", f"{home}{own.pk}/")
    spent = "herleid/soc.players.GM0147.today/"
    assert "opgave gemeente Borne" in page(story, "contact-borne", f"{home}{own.pk}/{spent}")
    assert "opgave gemeente" not in page(story, "beheer", f"{region}{shared.pk}/{spent}")
    for wrong in ("deel/niets/", "deel/oordelen/x/", "herleid/soc.niets/", "herleid/niets.alone/"):
        assert story.browser("beheer").get(f"{region}{shared.pk}/{wrong}").status_code == 404
    for part in parts:
        assert story.browser("contact-haaksbergen").get(f"{home}{own.pk}/{part}").status_code == 404
        assert story.browser("beheer").get(f"{region}{own.pk}/{part}").status_code == 404
        other = f"/regio/proefregio/gemeente/haaksbergen/runs/{own.pk}/{part}"
        assert story.browser("contact-haaksbergen").get(other).status_code == 404


def test_an_unpacked_run_that_was_changed_is_unpacked_anew(clean: Addresses, story: Story) -> None:
    run, context = started(story), region_context(story)
    work(clean)
    with opened(context):
        done = again_inside(run)
        folder = open_stored(done).folder
        assert folder.parent.stat().st_mode & 0o077 == 0
        (folder / FINDINGS).write_text("{}")
        store.open_stored.cache_clear()
        assert open_stored(done).findings == findings_of(done)
        assert {each.name for each in folder.parent.iterdir()} == {done.name, "slot"}
        SharedFile.objects.filter(path=FINDINGS).update(content=zlib.compress(b"{}"))
        store.findings_of.cache_clear()
        with pytest.raises(InputError, match="beschadigd"):
            findings_of(done)


def test_a_run_is_held_as_long_as_it_is_used(
    clean: Addresses, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, context = started(story), region_context(story)
    work(clean)
    monkeypatch.setattr(unpacked, "MOST", 0)
    with opened(context):
        found = open_stored(again_inside(run))
    unpacked.make_room(settings.DATA / "runs")
    assert found.explored(SERVICES[0]).case.key == SERVICES[0]
    folder = found.folder
    store.open_stored.cache_clear()
    del found
    gc.collect()
    unpacked.make_room(settings.DATA / "runs")
    assert not folder.exists()


def again_inside(run: Stored) -> Stored:
    return type(run).objects.select_related("version__region").get(pk=run.pk)


def test_runs_are_started_followed_and_stopped_in_pages(clean: Addresses, story: Story) -> None:
    shared, own = "/regio/proefregio/runs/", "/regio/proefregio/gemeente/borne/runs/"
    lead_browser, contact = story.browser("beheer"), story.browser("contact-borne")
    assert "De programmaleider start er een" in page(story, "contact-borne", shared)
    assert contact.post(shared).status_code == 404
    address = lead_browser.post(shared)["Location"]
    assert "wacht op zijn beurt" in page(story, "contact-borne", address)
    assert lead_browser.post(shared).status_code == 422
    assert contact.post(f"{address}stoppen/").status_code == 404
    mine = contact.post(own)["Location"]
    assert mine.startswith(own)
    with opened(region_context(story)):
        run = SharedRun.objects.get()
        SharedRun.objects.update(state=State.RUNNING, service=SERVICES[1], done=8, total=16)
    told = page(story, "contact-borne", f"{own}{run.pk}/")
    assert re.search(r"Dienst 2 van 2: [\w ]*SOC wordt gerekend", told)
    assert 'value="75"' in told
    assert "Run stoppen" not in told
    assert contact.post(f"{own}{run.pk}/stoppen/").status_code == 404
    assert lead_browser.post(f"{address}stoppen/").status_code == 302
    assert "Gestopt door Beheer Proefregio" in page(story, "beheer", address)
    assert contact.post(f"{mine}stoppen/").status_code == 302
    assert "gestopt" in page(story, "contact-borne", own)
    key = mine.split("/")[-2]
    assert story.browser("contact-haaksbergen").get(mine).status_code == 404
    other = f"/regio/proefregio/gemeente/haaksbergen/runs/{key}/"
    assert story.browser("contact-haaksbergen").get(other).status_code == 404
    assert lead_browser.get(f"{shared}{key}/").status_code == 404
    assert lead_browser.get("/regio/proefregio/gemeente/regiobureau/runs/").status_code == 404


def test_what_changed_since_the_run_before_is_told_by_cause(clean: Addresses, story: Story) -> None:
    first = started(story)
    work(clean)
    key = catalogue().services["soc"].client_role
    figure = catalogue().figures[key]
    values = {"laag": figure.low * 3, "midden": figure.mode * 3, "hoog": figure.high * 3, "bron": "proef"}
    with opened(region_context(story)):
        replace_figure(region=story.region, user=story.administrator, key=key, values=values)
    second = started(story)
    base = f"/regio/proefregio/runs/{second.pk}/verschil/"
    assert story.browser("beheer").get(base).status_code == 404
    work(clean)
    told = page(story, "contact-borne", base)
    assert "Door: Cijfers van de studie" in told
    assert "Door: Instellingen" not in told
    with opened(region_context(story)):
        found = differences_of(again_inside(second), again_inside(first))
    assert found is not None
    assert len(found.rows) == len(SERVICES)
    soc = next(row for row in found.rows if "SOC" in row.label)
    assert soc.change == soc.parts[0] != "\N{PLUS SIGN}0"
    assert soc.before != soc.after
    assert "geen eerdere run" in page(story, "beheer", f"/regio/proefregio/runs/{first.pk}/verschil/")
    wrong = f"/regio/proefregio/runs/{first.pk}/verschil/{second.pk}/"
    assert story.browser("beheer").get(wrong).status_code == 404
    with opened(region_context(story)):
        SharedFile.objects.filter(path__startswith="ernaast/").delete()
    assert "nog niet uitgerekend" in page(story, "contact-borne", base)
    assert "Verschil uitrekenen" not in page(story, "contact-borne", base)
    assert story.browser("contact-borne").post(base).status_code == 404
    assert story.browser("beheer").post(base).status_code == 302
    work(clean)
    assert page(story, "contact-borne", base).partition("<table")[2] == told.partition("<table")[2]
