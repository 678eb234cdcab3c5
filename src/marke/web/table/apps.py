"""The app of the regional table."""

from django.apps import AppConfig


class TableConfig(AppConfig):
    """Names the app."""

    name = "marke.web.table"
    label = "table"
