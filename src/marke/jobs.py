"""Jobs in processes of their own, as many at a time as the machine has processors for."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from types import FrameType
from typing import Any, NoReturn

PRELOADED = ["marke.nation", "marke.engine.kernel"]
"""What is imported once, before every process is split off."""

Send = Callable[[Any], None]


@dataclass(frozen=True)
class Job:
    """``work(send, *arguments)`` in a process that keeps ``processors`` busy; both must be importable."""

    work: Callable[..., None]
    arguments: tuple[Any, ...]
    processors: int


class Ended(Exception):  # noqa: N818  # it is told to the caller as a message, and not raised
    """A process ended without finishing its work; the argument is its exit status."""


def run_jobs(jobs: Sequence[Job], processors: int) -> Iterator[tuple[int, Any]]:
    """Run the jobs in their order, and yield what each sends, with the job's number.

    A job begins when its processors are free, or when nothing else is at work. A process that dies yields
    ``Ended``. Memory is given back at the end of each job. Closing the iterator or an interruption stops all
    processes, after they have cleaned up.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    begun, working = 0, dict[Connection, tuple[int, Any]]()
    try:
        while begun < len(jobs) or working:
            busy = sum(jobs[number].processors for number, _ in working.values())
            if begun < len(jobs) and (not working or busy + jobs[begun].processors <= processors):
                ours, theirs = context.Pipe(duplex=False)
                process = context.Process(target=_run, args=(theirs, jobs[begun]))
                process.start()
                theirs.close()
                working[ours] = begun, process
                begun += 1
                continue
            ready = wait(list(working))
            for connection in [each for each in working if each in ready]:
                number, process = working[connection]
                try:
                    yield number, connection.recv()
                except EOFError:
                    del working[connection]
                    process.join()
                    if process.exitcode:
                        yield number, Ended(process.exitcode)
    finally:
        for _, process in working.values():
            process.terminate()
        for _, process in working.values():
            process.join()


def _run(connection: Connection, job: Job) -> None:
    """Do a job's work; only the parent decides about an interruption, so that it is told once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    try:
        job.work(connection.send, *job.arguments)
    except KeyboardInterrupt:
        os._exit(130)  # threads at work have nothing left to write


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt
