"""Situations that were kept under a name, and red lines: what a person wants to pay at most."""

from django.db import models

from marke.web.accounts.models import User
from marke.web.tenancy.models import OwnRow


class SavedSituation(OwnRow):
    """A situation that an organisation kept: its address (``marke.situations``), so never an outcome."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=4000)
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_situation_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class RedLine(OwnRow):
    """What a person wants the organisation to pay at most, euro a year: for a service, or for all ("")."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    service = models.CharField(max_length=60, blank=True)
    most = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user", "service"], name="one_line_per_service")
        ]
