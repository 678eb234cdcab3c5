"""Charts drawn in processes of their own, while the rest of the page is made."""

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from multiprocessing import get_context

from marke.charts.palette import Spec
from marke.charts.render import svg

_ASIDE: ContextVar[Executor | None] = ContextVar("aside", default=None)


@contextmanager
def drawing_aside(count: int) -> Iterator[None]:
    """Draw what is asked of ``start`` in ``count`` processes while this is open; they get ready at once."""
    with ProcessPoolExecutor(count, get_context("spawn"), _leave_interruption) as pool:
        for _ in range(count):
            pool.submit(svg, {"mark": "point", "data": {"values": []}}, "", "")
        before = _ASIDE.set(pool)
        try:
            yield
        finally:
            _ASIDE.reset(before)
            pool.shutdown(cancel_futures=True)


def start(spec: Spec, title: str, description: str) -> Callable[[], str]:
    """Begin to draw a chart, and return what waits for its SVG (``svg``).

    Without ``drawing_aside`` it is drawn when it is waited for.
    """
    pool = _ASIDE.get()
    if pool is None:
        return lambda: svg(spec, title, description)
    return pool.submit(svg, spec, title, description).result


def _leave_interruption() -> None:
    """An interruption is for the process that asked for the charts; it stops the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
