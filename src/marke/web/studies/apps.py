"""The app of studies."""

from django.apps import AppConfig


class StudiesConfig(AppConfig):
    """What a region explores."""

    name = "marke.web.studies"
    label = "studies"
    default_auto_field = "django.db.models.BigAutoField"
