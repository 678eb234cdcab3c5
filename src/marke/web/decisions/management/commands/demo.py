"""Fill the workspace with an example."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marke.errors import InputError
from marke.web.decisions.demo import add_decisions
from marke.web.intake.demo import fill


class Command(BaseCommand):
    """``django demo``: used by ``marke demo-werkruimte``."""

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Fill it and say who can sign in."""
        try:
            region, people = fill()
            add_decisions(region)
        except InputError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Deze mensen kunnen zich aanmelden:")
        for address, role in people:
            self.stdout.write(f"  {address}: {role}")
