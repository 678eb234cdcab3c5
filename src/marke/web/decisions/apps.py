"""The app of talks and decisions."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """With whom was spoken, what was decided, and what is due."""

    name = "marke.web.decisions"
    label = "decisions"
    default_auto_field = "django.db.models.BigAutoField"
