"""Unpacked runs: at most so many, and none goes that somebody reads."""

import os
import threading
from pathlib import Path

import pytest

from marke.web.runs import unpacked
from marke.web.runs.unpacked import WORK, hold, make_room, writing


def used(folder: Path, moment: int) -> Path:
    os.close(hold(folder))
    (folder / "run").mkdir()
    (folder / "run" / "findings.json").write_text("{}")
    os.utime(folder, (moment, moment))
    return folder


@pytest.fixture(autouse=True)
def two_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacked, "MOST", 2)


def test_the_ones_that_were_not_used_longest_go(tmp_path: Path) -> None:
    folders = [used(tmp_path / str(number), number) for number in range(4)]
    work = used(tmp_path / f"{WORK}1", 0)
    make_room(tmp_path)
    assert [each.exists() for each in folders] == [False, False, True, True]
    assert work.exists()


def test_using_one_keeps_it(tmp_path: Path) -> None:
    folders = [used(tmp_path / str(number), number) for number in range(3)]
    os.close(hold(folders[0]))
    make_room(tmp_path)
    assert [each.exists() for each in folders] == [True, False, True]


def test_one_that_is_read_stays_until_it_is_let_go(tmp_path: Path) -> None:
    folders = [used(tmp_path / str(number), number) for number in range(3)]
    held = hold(folders[0])
    os.utime(folders[0], (0, 0))
    make_room(tmp_path)
    assert folders[0].exists()
    os.close(held)
    make_room(tmp_path)
    assert not folders[0].exists()


def test_who_waits_for_one_that_is_removed_gets_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = used(tmp_path / "0", 0)
    for number in (1, 2):
        used(tmp_path / str(number), number)
    started, found = threading.Event(), []

    def reader() -> None:
        started.set()
        found.append(hold(folder))

    remove = unpacked.shutil.rmtree
    thread = threading.Thread(target=reader)

    def slowly(path: Path, *, ignore_errors: bool) -> None:
        thread.start()
        started.wait()
        thread.join(0.2)
        assert found == []  # it waits
        remove(path, ignore_errors=ignore_errors)

    monkeypatch.setattr(unpacked.shutil, "rmtree", slowly)
    make_room(tmp_path)
    thread.join(5)
    assert folder.exists()
    assert not (folder / "run").exists()
    assert os.path.samestat(folder.stat(), os.fstat(found[0]))
    os.close(found[0])


def test_one_writes_at_a_time(tmp_path: Path) -> None:
    held, order = hold(tmp_path), []

    def other() -> None:
        with writing(tmp_path):
            order.append("other")

    thread = threading.Thread(target=other)
    with writing(tmp_path):
        thread.start()
        thread.join(0.2)
        order.append("first")
    thread.join(5)
    os.close(held)
    assert order == ["first", "other"]
