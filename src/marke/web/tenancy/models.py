"""Regions, their organisations, and who may do what there and until when."""

import uuid
from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone

from marke.web.accounts.models import User


class Role(models.TextChoices):
    """What a person may do for an organisation."""

    LEAD = "lead", "Programmaleider"
    CLIENT = "client", "Gemeentesecretaris (opdrachtgever)"
    CONTACT = "contact", "Contactpersoon"
    CONTROLLER = "controller", "Controller"
    ADVISER = "adviser", "Adviseur"
    READER = "reader", "Wethouder of raadslid"
    CLERK = "clerk", "Griffie"
    ADMINISTRATOR = "administrator", "Beheerder"
    HELPER = "helper", "Collega voor enkele vragen"


OFFICE_ROLES = (Role.LEAD, Role.ADMINISTRATOR, Role.ADVISER)
"""Roles for the region's own office."""

MUNICIPAL_ROLES = (Role.CONTACT, Role.CONTROLLER, Role.CLIENT, Role.ADVISER, Role.READER, Role.CLERK)
"""Roles for a municipality."""

MANAGING = frozenset({Role.LEAD, Role.ADMINISTRATOR})
"""Roles that set up the region and invite the first person of a municipality."""

WRITING = frozenset({Role.CONTACT, Role.CONTROLLER, Role.CLIENT})
"""Roles that answer, sign and invite for a municipality; of the office: the managing ones."""


REVIEWED_WITHIN = timedelta(days=365)


class Region(models.Model):
    """Municipalities that explore something together; ``selection`` is how marke finds them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    selection = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A tenant: a municipality in a region, or the region's own office (then ``code`` is empty)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    code = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["region", "slug"], name="one_address_per_organisation"),
            models.UniqueConstraint(fields=["id", "region"], name="organisation_with_region"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role of a person for an organisation, from a day until another (exclusive), or without end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_constraint=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    role = models.CharField(max_length=20, choices=Role.choices)
    questions = models.JSONField(default=list, blank=True)
    """For a helper: the only questions that this person sees and answers."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "user", "role", "starts_on"], name="one_membership_per_role"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    @property
    def last_day(self) -> date | None:
        """The last day on which the role holds."""
        return self.ends_on - timedelta(days=1) if self.ends_on else None

    @property
    def is_due(self) -> bool:
        """Whether nobody looked at the role for a year (BIO2 5.18.02)."""
        return (self.reviewed_on or self.starts_on) <= timezone.localdate() - REVIEWED_WITHIN


class Invitation(models.Model):
    """A link with which a person becomes a member; only the fingerprint of its token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_constraint=False)
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role.choices)
    questions = models.JSONField(default=list, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "fingerprint"], name="one_invitation_per_token"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="invitation_role"),
        ]


class Event(models.Model):
    """The log of decisions and releases: rows are added, never changed.

    The six fields of BIO2 8.15.01: what happened, to what, the result, from where, who and when.
    """

    id = models.BigAutoField(primary_key=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_constraint=False)
    happened_at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    result = models.CharField(max_length=200)
    origin = models.CharField(max_length=60, blank=True)


class RegionalRow(models.Model):
    """A row that is about a region: key and region."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class OwnRow(RegionalRow):
    """A row of one organisation: key, region and organisation."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )

    class Meta:
        abstract = True
