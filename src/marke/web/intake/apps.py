"""The app of the intake."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Answers, signatures and what was released."""

    name = "marke.web.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
