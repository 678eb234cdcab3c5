"""What is read about providers."""

from collections.abc import Sequence

from marke.web.providers.models import Provider
from marke.web.tenancy.models import Organisation


def sign_in_choices() -> Sequence[Provider]:
    """Return the providers with which one can sign in; without any context."""
    return list(Provider.objects.filter(is_on=True).order_by("label"))


def provider_for(organisation: Organisation) -> Provider | None:
    """Return the provider of an organisation, on or off."""
    return Provider.objects.filter(organisation=organisation).select_related("made_by").first()
