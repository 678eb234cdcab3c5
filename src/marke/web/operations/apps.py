"""The app of operations."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """What who runs the workspace looks at."""

    name = "marke.web.operations"
    label = "operations"
