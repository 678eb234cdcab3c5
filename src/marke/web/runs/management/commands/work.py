"""Do background work; first what a worker that died left undone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app, connector_params
from psycopg_pool import AsyncNullConnectionPool

from marke.web.runs.tasks import take_over


class Command(BaseCommand):
    """The worker of the workspace."""

    help = "Do background work; first what a worker that died left undone."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ``--one-shot``: stop when nothing waits."""
        parser.add_argument("--one-shot", action="store_true")

    def handle(self, *, one_shot: bool, **_options: Any) -> None:
        """Work until stopped."""
        take_over()
        with app.replace_connector(connector()) as working:
            working.run_worker(concurrency=1, wait=not one_shot)


class Anew(AsyncNullConnectionPool):
    """Connects for every question; a pool waits longer and longer for a database that came back at once."""

    async def wait(self, timeout: float = 0.0) -> None:
        """Do not wait at the start either: the first question tells whether the database is there."""


def connector() -> PsycopgConnector:
    """Ask the database of Django; without it the worker ends, and who keeps it running starts another."""
    return PsycopgConnector(kwargs=connector_params(), pool_factory=Anew)
