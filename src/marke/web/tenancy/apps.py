"""The app of tenancy."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    """Regions, organisations, memberships and the wall between them."""

    name = "marke.web.tenancy"
    label = "tenancy"
    default_auto_field = "django.db.models.BigAutoField"
