"""The study of a region: versions that are added and never changed."""

import uuid

from django.db import models

from marke.web.accounts.models import User
from marke.web.tenancy.models import Region


class StudyVersion(models.Model):
    """One version of a region's study: the study file itself, and why it replaced the one before."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    number = models.PositiveIntegerField()
    text = models.TextField()
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["region", "number"], name="one_version_per_number")]
