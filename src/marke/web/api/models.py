"""Keys with which a program acts for a person."""

import uuid

from django.db import models

from marke.web.accounts.models import User


class Area(models.TextChoices):
    """A part of the workspace that a key opens."""

    REGION = "regio", "Regio, organisaties en logboek"
    PEOPLE = "mensen", "Mensen: alle rollen, uitnodigingen en rollen beëindigen"
    STUDY = "studie", "Studie en cijfers"
    INTAKE = "nulmeting", "Nulmeting: antwoorden, vrijgeven, werkmap en stand"
    RUNS = "runs", "Runs, uitkomsten, stukken en de tafel"
    PUBLIC = "openbaar", "Uitkomsten openbaar maken en intrekken"
    DECISIONS = "besluiten", "Gesprekken, motie, besluiten en kalender"


class Right(models.TextChoices):
    """What a key may do in an area; who writes reads as well."""

    READ = "lezen", "Lezen"
    WRITE = "schrijven", "Lezen en schrijven"


class Key(models.Model):
    """A key of a person: only a fingerprint of its secret is kept, and what it opens until when.

    It never opens more than the person's own roles do at the moment of use.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64, unique=True)
    rights = models.JSONField()
    """By area what may be done there; an area that is absent stays shut."""
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def allows(self, area: Area, right: Right) -> bool:
        """Whether the key may do this in the area."""
        return self.rights.get(area) in (right, Right.WRITE)

    def shown_rights(self) -> str:
        """What the key opens, for a reader."""
        return "; ".join(f"{Area(a).label}: {Right(r).label.lower()}" for a, r in self.rights.items())
