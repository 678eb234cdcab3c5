"""The app of the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Keys of persons, and what programs do with them."""

    name = "marke.web.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
