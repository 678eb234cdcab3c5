"""Do background work; first what a worker that died left undone."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

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
        call_command("procrastinate", "worker", "--concurrency", "1", *(["--one-shot"] if one_shot else []))
