"""Runs and the files of their folders: shared ones of a region, and a municipality's own."""

from django.db import models
from django.db.models import Q

from marke.web.accounts.models import User
from marke.web.studies.models import StudyVersion
from marke.web.tenancy.models import OwnRow, RegionalRow


class State(models.TextChoices):
    """How far a run is; the last three are its ends."""

    WAITING = "waiting", "wacht op zijn beurt"
    RUNNING = "running", "wordt gerekend"
    COMPLETE = "complete", "klaar"
    FAILED = "failed", "mislukt"
    CANCELLED = "cancelled", "gestopt"


BUSY = (State.WAITING, State.RUNNING)
_BUSY = Q(state__in=[state.value for state in BUSY])


class Attempted(models.Model):
    """Work for the worker: how far it is, why it failed, and in ``tries`` how many workers began it."""

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def busy(self) -> bool:
        """Whether it waits or is worked at."""
        return self.state in BUSY


class StoredRun(RegionalRow, Attempted):
    """A run of a study version: how far it is, how it ended, and who asked for it.

    While it is computed: ``service`` is explored, ``done`` of its ``total`` replicates are ready. Complete:
    ``name`` is that of its folder, ``mark`` the SHA-256 of its findings.
    """

    version = models.ForeignKey(StudyVersion, on_delete=models.PROTECT, related_name="+")
    service = models.CharField(max_length=60, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=200, blank=True)
    mark = models.CharField(max_length=64, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-asked_at"]

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


class OwnRun(StoredRun, OwnRow):
    """A run with one municipality's own answers, for its members alone."""

    class Meta(StoredRun.Meta):
        constraints = [
            models.UniqueConstraint(fields=["id", "organisation"], name="own_run_with_organisation"),
            models.UniqueConstraint(fields=["organisation"], condition=_BUSY, name="one_own_run_at_a_time"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="own_run_state"),
        ]


class StoredFile(RegionalRow):
    """A file of a run folder: its path in there, its bytes compressed, and their SHA-256 before that."""

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


class OwnFile(StoredFile, OwnRow):
    """A file of a municipality's own run."""

    run = models.ForeignKey(OwnRun, on_delete=models.CASCADE, db_constraint=False, related_name="files")

    class Meta(StoredFile.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation", "run", "path"], name="one_own_file_per_path")
        ]


class Binder(OwnRow, Attempted):
    """A set of documents that a municipality had made of a run; ``number`` counts its versions.

    ``run`` is a shared run or an own one; ``name`` and ``mark`` are those of its folder and findings.
    """

    number = models.PositiveIntegerField()
    run = models.UUIDField()
    name = models.CharField(max_length=200)
    mark = models.CharField(max_length=64)
    kinds = models.JSONField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["id", "organisation"], name="binder_with_organisation"),
            models.UniqueConstraint(fields=["organisation", "number"], name="one_binder_per_number"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="binder_state"),
        ]


class BinderFile(OwnRow):
    """A file of a binder; ``members``: it is not for the public."""

    binder = models.ForeignKey(Binder, on_delete=models.CASCADE, db_constraint=False, related_name="files")
    name = models.CharField(max_length=200)
    members = models.BooleanField()
    content = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["members", "name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "binder", "name"], name="one_file_per_name")
        ]


class Publication(RegionalRow):
    """What a region made public of a run: a copy that holds all there is to see, until it is withdrawn."""

    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=120)
    run = models.ForeignKey(SharedRun, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    mark = models.CharField(max_length=64)
    findings = models.TextField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-published_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["region"], condition=Q(withdrawn_at__isnull=True), name="one_publication_at_a_time"
            )
        ]
