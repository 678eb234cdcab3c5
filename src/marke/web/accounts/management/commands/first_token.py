"""Print the token for the first administrator; nothing when there is one."""

from typing import Any

from django.core.management.base import BaseCommand

from marke.web.accounts.services import first_token


class Command(BaseCommand):
    """``django first_token``: used by ``marke serve``."""

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print the token."""
        self.stdout.write(first_token())
