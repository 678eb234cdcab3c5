"""Talks, the motion, proposals and their steps, a council's own days, private calendars, the log."""

from django.db import models

from marke.chain import SHORT
from marke.web.accounts.models import User
from marke.web.tenancy.models import Organisation, OwnRow, Region, RegionalRow


class HeldTalk(RegionalRow):
    """A talk (``marke.talks``) as the region's office wrote it down."""

    party = models.CharField(max_length=120)
    level = models.CharField(max_length=20)
    position = models.CharField(max_length=20)
    day = models.DateField(null=True, blank=True)
    condition = models.CharField(max_length=500, blank=True)
    confirmed_by = models.CharField(max_length=120, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["party", "-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "party", "level", "day"], nulls_distinct=False, name="one_talk_per_day"
            )
        ]


class PointState(models.TextChoices):
    """How a point of the motion stands."""

    OPEN = "open", "open"
    BUSY = "busy", "in behandeling"
    DONE = "done", "afgedaan"
    DROPPED = "dropped", "vervallen"


class PointStatus(RegionalRow):
    """How one point of the study's motion stands, and why."""

    point = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=PointState.choices)
    note = models.CharField(max_length=500, blank=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "point"], name="one_status_per_point"),
            models.CheckConstraint(condition=models.Q(state__in=PointState.values), name="point_state"),
        ]


class Proposal(RegionalRow):
    """What is put before colleges and councils: services in one form, for ``members`` (CBS codes)."""

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    form = models.CharField(max_length=40)
    services = models.JSONField(default=list)
    members = models.JSONField()
    begins_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="one_proposal_per_number"),
            models.UniqueConstraint(fields=["id", "region"], name="proposal_with_region"),
        ]

    def __str__(self) -> str:
        return self.title


class TakenStep(OwnRow):
    """A step of a proposal that a municipality took, or the region's office for all."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, db_constraint=False, related_name="steps"
    )
    step = models.CharField(max_length=40)
    day = models.DateField()
    outcome = models.CharField(max_length=12)
    text = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "proposal", "step"], name="a_step_is_taken_once")
        ]


class CouncilDays(OwnRow):
    """A council's own days: a recess, or when a moment of the catalogue's calendar falls in a year."""

    moment = models.CharField(max_length=40)
    first = models.DateField()
    last = models.DateField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["first"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "moment", "first"], name="named_once"),
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="ends_after_it_begins"
            ),
        ]


class CalendarLink(OwnRow):
    """A private link to the days that matter to an organisation; only its fingerprint is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "fingerprint"], name="one_link_per_token")
        ]


class LogEntry(models.Model):
    """One entry of a region's log of decisions (``marke.chain``): added, never changed or removed.

    ``who`` is written out, so that the hash holds what was read then.
    """

    id = models.BigAutoField(primary_key=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    happened_at = models.DateTimeField()
    who = models.CharField(max_length=400)
    what = models.CharField(max_length=80)
    about = models.TextField()
    before = models.CharField(max_length=64)
    mark = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["region", "number"], name="one_entry_per_number")]

    @property
    def short(self) -> str:
        """The digits of its hash that are printed."""
        return self.mark[:SHORT]
