"""Do background work; first what a worker that died left undone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

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
        assert isinstance(app.connector, DjangoConnector)  # noqa: S101  # it is Django's
        with app.replace_connector(app.connector.get_worker_connector()) as working:
            working.run_worker(concurrency=1, wait=not one_shot)
