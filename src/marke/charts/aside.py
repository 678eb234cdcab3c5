"""Charts drawn in processes of their own, while the rest of the page is made."""

import json
import signal
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from multiprocessing import get_context
from types import MappingProxyType

from marke.charts.palette import Spec
from marke.charts.render import charts_in, mark, svg


@dataclass(frozen=True)
class _Aside:
    """The processes that draw, and the charts they were asked for, by their content."""

    pool: Executor
    begun: dict[str, Future[str]] = field(default_factory=dict)


_KNOWN: ContextVar[Mapping[str, str]] = ContextVar("known", default=MappingProxyType({}))
_ASIDE: ContextVar[_Aside | None] = ContextVar("aside", default=None)


@contextmanager
def drawn_in(page: str) -> Iterator[None]:
    """Take the charts that ``start`` is asked for from a page in which they stand, while this is open."""
    before = _KNOWN.set(charts_in(page))
    try:
        yield
    finally:
        _KNOWN.reset(before)


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

    What was begun already, or stands in the page of ``drawn_in``, is not drawn again. Without
    ``drawing_aside`` it is drawn when it is waited for.
    """
    known = _KNOWN.get()
    if known and (found := known.get(mark(spec, title, description))):
        return lambda: found
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
