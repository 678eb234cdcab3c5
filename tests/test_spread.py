"""Spreading work: results in order, the same bytes whatever the pool, and a cluster that loses a worker."""

import builtins
import os
import signal
import socket
from collections.abc import Iterator
from threading import Barrier, Event

import numpy as np
import pytest

from marke.cluster import cluster
from marke.engine.explore import Explored, explore
from marke.engine.sampled import explore_sampled
from marke.engine.spread import Pool, in_order, threads
from marke.errors import InputError
from marke.question import Question, find_study, read_question, shipped_inputs
from marke.study import REPLICATES


@pytest.fixture(scope="module")
def question() -> Question:
    return read_question(shipped_inputs(find_study("twente-actueel"), "Zeeland", {"trekkingen": 64}))


def bytes_of(explored: Explored) -> list[bytes]:
    kept = [vars(statistics).values() for statistics in explored.statistics.values()]
    arrays = [array for values in kept for array in values]
    arrays += [*explored.allocation.values(), *explored.gain.values(), *explored.blocking.values()]
    return [array.tobytes() for array in arrays]


def test_results_come_in_the_order_of_their_tasks():
    second_is_done = Event()

    def work(task: int) -> int:
        if task == 0:
            assert second_is_done.wait(10)
        if task == 1:
            second_is_done.set()
        return task * task

    with threads(2) as pool:
        assert list(in_order(pool, work, range(5))) == [0, 1, 4, 9, 16]


def test_no_more_tasks_are_begun_than_may_be_under_way():
    begun: list[int] = []

    class Now:
        def __init__(self, result: int) -> None:
            self.result = lambda: result

        def cancel(self) -> None:
            begun.append(-1)

    def submit(function, task):
        begun.append(task)
        return Now(function(task))

    results = in_order(Pool(submit, 3, 1), lambda task: task, range(100))
    assert next(results) == 0
    assert begun == [0, 1, 2]
    results.close()
    assert begun == [0, 1, 2, -1, -1]


def test_an_error_in_a_task_reaches_the_caller():
    def work(task: int) -> float:
        return 1 / task

    with pytest.raises(ZeroDivisionError), threads(2) as pool:
        list(in_order(pool, work, (1, 0, 2)))


def test_threads_run_side_by_side():
    barrier = Barrier(2, timeout=10)
    with threads(2) as pool:
        list(in_order(pool, lambda _: barrier.wait(), range(2)))


@pytest.mark.parametrize("method", [explore, explore_sampled])
def test_number_of_threads_changes_no_byte(question: Question, method):
    case = question.case("soc")
    with threads(1) as one, threads(3) as three:
        assert bytes_of(method(case, question.study, None, one)) == bytes_of(
            method(case, question.study, None, three)
        )


@pytest.fixture(scope="module")
def scheduler() -> Iterator[object]:
    from distributed import LocalCluster

    workers = {
        "n_workers": 2,
        "threads_per_worker": 1,
        "host": "127.0.0.1",
        "dashboard_address": "127.0.0.1:0",
    }
    with LocalCluster(**workers) as local:
        yield local


def test_cluster_gives_the_same_bytes_and_survives_the_death_of_a_worker(question: Question, scheduler):
    case = question.case("soc")
    here = explore(case, question.study)
    killed: list[int] = []

    def kill_one(done: int, _total: int) -> None:
        if done == REPLICATES // 2:
            process = next(iter(scheduler.workers.values())).process
            killed.append(process.pid)
            os.kill(process.pid, signal.SIGKILL)

    with cluster(scheduler.scheduler_address, 1) as pool:
        there = explore(case, question.study, kill_one, pool)
    assert killed
    assert bytes_of(there) == bytes_of(here)
    for variant, epsilon in here.sample.epsilon.items():
        assert np.array_equal(epsilon, there.sample.epsilon[variant])


def test_cluster_without_workers_is_refused(monkeypatch):
    from distributed import LocalCluster

    monkeypatch.setattr("marke.cluster.PATIENCE", 1)
    empty = {"n_workers": 0, "host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    with (
        LocalCluster(**empty) as local,
        pytest.raises(InputError, match="heeft geen werkers"),
        cluster(local.scheduler_address, 1),
    ):
        pass


def test_workers_with_other_versions_are_refused(scheduler, monkeypatch):
    monkeypatch.setattr("marke.cluster.__version__", "9.9.9")
    with pytest.raises(InputError, match=r"andere versies.*9\.9\.9"), cluster(scheduler.scheduler_address, 1):
        pass


@pytest.mark.parametrize("address", ["nergens", "tcp://", "tcp://127.0.0.1:x", "tcp://127.0.0.1:{free}"])
def test_unreachable_scheduler_is_one_dutch_sentence(address):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    with (
        pytest.raises(InputError, match="antwoordt geen Dask-scheduler"),
        cluster(address.replace("{free}", str(free)), 1),
    ):
        pass


def test_missing_extra_is_one_dutch_sentence(monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name == "distributed":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match=r"marke\[cluster\]"), cluster("tcp://127.0.0.1:1", 1):
        pass
