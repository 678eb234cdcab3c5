"""The app of the municipalities' own providers."""

from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    """OpenID Connect providers, one per municipality at most."""

    name = "marke.web.providers"
    label = "providers"
    default_auto_field = "django.db.models.BigAutoField"
