"""Spreading work: the same function over many tasks, on threads here or wherever else, taken in order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


class Pending(Protocol):
    """A result that is on its way, as ``concurrent.futures`` and Dask give it."""

    def result(self) -> Any:
        """Wait for the result; raises what the function raised."""

    def cancel(self) -> Any:
        """Drop the task when it has not begun."""


@dataclass(frozen=True)
class Pool:
    """Somewhere to run functions: ``submit(function, task)`` starts one, ``at_once`` are kept under way.

    ``here`` is how many threads of this process may be busy with what is too small to be sent elsewhere.
    """

    submit: Callable[[Callable[[Any], Any], Any], Pending]
    at_once: int
    here: int


@contextmanager
def threads(count: int) -> Iterator[Pool]:
    """Run on ``count`` threads of this process; an interruption waits for nothing that has not begun."""
    executor = ThreadPoolExecutor(count)
    try:
        yield Pool(executor.submit, count, count)
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    executor.shutdown()


def in_order(pool: Pool, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
    """Yield the results of ``tasks`` in their own order, so that sums over them do not depend on the pool.

    At most ``pool.at_once`` tasks and results exist at a time, besides the one that is handed out.
    """
    pending: deque[Pending] = deque()
    try:
        for task in tasks:
            if len(pending) == pool.at_once:
                yield pending.popleft().result()
            pending.append(pool.submit(function, task))
        while pending:
            yield pending.popleft().result()
    finally:
        for each in pending:
            each.cancel()
