"""The app of the runs."""

from django.apps import AppConfig


class RunsConfig(AppConfig):
    """Runs."""

    name = "marke.web.runs"
    label = "runs"
