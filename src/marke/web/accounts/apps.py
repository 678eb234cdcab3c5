"""The app of accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Persons who can sign in."""

    name = "marke.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
