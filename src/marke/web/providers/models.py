"""The provider with which the people of one municipality may sign in."""

from django.db import models

from marke.web.accounts.models import User
from marke.web.tenancy.models import OwnRow


class Provider(OwnRow):
    """An OpenID Connect provider: filled in by the region's administrator, turned on by the municipality.

    What changes is a new row, that is off: nobody turns on what he did not see. ``origin`` is where its
    sign-in page is; ``acr`` is what it calls a sign-in in two steps, besides ``amr`` with ``mfa``.
    """

    label = models.CharField(max_length=250)
    issuer = models.URLField(max_length=300)
    origin = models.CharField(max_length=300)
    client_id = models.CharField(max_length=191)
    sealed_secret = models.TextField()
    acr = models.CharField(max_length=191, blank=True)
    is_on = models.BooleanField(default=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_provider_per_organisation")]
