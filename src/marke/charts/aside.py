"""Charts drawn in processes of their own, while the rest of the page is made."""

import json
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from multiprocessing import get_context

from marke.charts.palette import Spec
from marke.charts.render import svg


@dataclass(frozen=True)
class _Aside:
    """The processes that draw, and the charts they were asked for, by their content."""

    pool: Executor
    begun: dict[str, Future[str]] = field(default_factory=dict)


_ASIDE: ContextVar[_Aside | None] = ContextVar("aside", default=None)


@contextmanager
def drawing_aside(count: int) -> Iterator[None]:
    """Draw what is asked of ``start`` in ``count`` processes while this is open; they get ready at once."""
    with ProcessPoolExecutor(count, get_context("spawn"), _leave_interruption) as pool:
        for _ in range(count):
            pool.submit(svg, {"mark": "point", "data": {"values": []}}, "", "")
        before = _ASIDE.set(_Aside(pool))
        try:
            yield
        finally:
            _ASIDE.reset(before)
            pool.shutdown(cancel_futures=True)


def start(spec: Spec, title: str, description: str) -> Callable[[], str]:
    """Begin to draw a chart, and return what waits for its SVG (``svg``).

    What was begun already is not drawn again. Without ``drawing_aside`` it is drawn when it is waited for.
    """
    aside = _ASIDE.get()
    if aside is None:
        return lambda: svg(spec, title, description)
    content = json.dumps([spec, title, description])
    if content not in aside.begun:
        aside.begun[content] = aside.pool.submit(svg, spec, title, description)
    return aside.begun[content].result


def _leave_interruption() -> None:
    """An interruption is for the process that asked for the charts; it stops the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
