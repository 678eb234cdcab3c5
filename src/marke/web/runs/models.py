"""Runs and the files of their folders: shared ones of a region, and a municipality's own."""

import uuid

from django.db import models
from django.db.models import Q

from marke.web.accounts.models import User
from marke.web.studies.models import StudyVersion
from marke.web.tenancy.models import Organisation, Region


class State(models.TextChoices):
    """How far a run is; the last three are its ends."""

    WAITING = "waiting", "wacht op zijn beurt"
    RUNNING = "running", "wordt gerekend"
    COMPLETE = "complete", "klaar"
    FAILED = "failed", "mislukt"
    CANCELLED = "cancelled", "gestopt"


BUSY = (State.WAITING, State.RUNNING)
_BUSY = Q(state__in=[state.value for state in BUSY])


class StoredRun(models.Model):
    """A run of a study version: how far it is, how it ended, and who asked for it.

    While it is computed: ``service`` is explored, ``done`` of its ``total`` replicates are ready, and
    ``tries`` counts the workers that began it. Complete: ``name`` is that of its folder, ``mark`` the SHA-256
    of its findings.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(StudyVersion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=500, blank=True)
    service = models.CharField(max_length=60, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=200, blank=True)
    mark = models.CharField(max_length=64, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-asked_at"]

    @property
    def busy(self) -> bool:
        """Whether it waits or is computed."""
        return self.state in BUSY

    @property
    def complete(self) -> bool:
        """Whether its findings can be seen."""
        return self.state == State.COMPLETE


class SharedRun(StoredRun):
    """A run of the region: released values and estimates only, for all its members."""

    class Meta(StoredRun.Meta):
        constraints = [
            models.UniqueConstraint(fields=["region"], condition=_BUSY, name="one_shared_run_at_a_time"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="shared_run_state"),
        ]


class OwnRun(StoredRun):
    """A run with one municipality's own answers, for its members alone."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )

    class Meta(StoredRun.Meta):
        constraints = [
            models.UniqueConstraint(fields=["id", "organisation"], name="own_run_with_organisation"),
            models.UniqueConstraint(fields=["organisation"], condition=_BUSY, name="one_own_run_at_a_time"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="own_run_state"),
        ]


class StoredFile(models.Model):
    """A file of a run folder: its path in there, its bytes compressed, and their SHA-256 before that."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=200)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        abstract = True
        ordering = ["path"]


class SharedFile(StoredFile):
    """A file of a region's run."""

    run = models.ForeignKey(SharedRun, on_delete=models.CASCADE, related_name="files")

    class Meta(StoredFile.Meta):
        constraints = [models.UniqueConstraint(fields=["run", "path"], name="one_shared_file_per_path")]


class OwnFile(StoredFile):
    """A file of a municipality's own run."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    run = models.ForeignKey(OwnRun, on_delete=models.CASCADE, db_constraint=False, related_name="files")

    class Meta(StoredFile.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation", "run", "path"], name="one_own_file_per_path")
        ]
