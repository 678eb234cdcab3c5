"""Print as JSON how the workspace is set up."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from marke.web.operations.inspection import inspect


class Command(BaseCommand):
    """``django inspect_deployment``: used by ``marke werkruimte controle``."""

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print the findings."""
        self.stdout.write(json.dumps(inspect()))
