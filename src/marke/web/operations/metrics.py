"""What is measured, and the address where Prometheus reads it in OpenMetrics."""

import os
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_LOOPBACK = ("127.0.0.1", "::1")
_SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The folder in which the processes of the web server count together; ``marke serve`` sets it."""

_requests = Counter("marke_requests", "Requests answered", ["method", "route", "status"])
_seconds = Histogram(
    "marke_request_seconds",
    "Seconds until a request was answered",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


def observe(*, method: str, route: str, status: int, seconds: float) -> None:
    """Count one request by route (a template, so that nobody can make up labels)."""
    known = method if method in _METHODS else "other"
    _requests.labels(known, route, str(status)).inc()
    _seconds.labels(route).observe(seconds)


class Jobs(Collector):
    """The queue of background work, read from the database when asked: a run is a job as well."""

    def collect(self) -> Iterator[Metric]:
        """Yield how many jobs wait, and how many there are by task and state."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT task_name, status::text, count(*) FROM procrastinate_jobs GROUP BY 1, 2")
            rows = cursor.fetchall()
        waiting = GaugeMetricFamily("marke_queue_length", "Jobs that wait for the worker")
        waiting.add_metric([], sum(number for _, state, number in rows if state == "todo"))
        jobs = GaugeMetricFamily("marke_jobs", "Jobs by task and state", labels=["task", "state"])
        for task, state, number in rows:
            jobs.add_metric([task.rpartition(".")[2], state], number)
        yield waiting
        yield jobs


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the measurements to who shows the token; without one set, only to this machine itself."""
    if not _may_read(request):
        raise Http404
    registry = CollectorRegistry()
    if os.environ.get(_SHARED):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_requests)
        registry.register(_seconds)
    registry.register(Jobs())
    shown = generate_latest(registry)  # type: ignore[no-untyped-call]
    return HttpResponse(shown, content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    """Behind a proxy every request seems to come from this machine, so there only the token counts."""
    if settings.METRICS_TOKEN:
        return constant_time_compare(
            request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"
        )
    return not settings.HOST and request.META.get("REMOTE_ADDR") in _LOOPBACK
