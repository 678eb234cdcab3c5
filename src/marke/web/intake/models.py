"""Answers with their class, the trail of their changes, signatures, and what was released."""

from django.db import models
from django.db.models import Q

from marke.web.accounts.models import User
from marke.web.tenancy.models import Organisation, OwnRow, Region


class Answer(OwnRow):
    """One answer, written as in a workbook; ``visibility`` is its class (model.md, section 10)."""

    question = models.CharField(max_length=80)
    value = models.TextField(blank=True)
    unknown = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    price_year = models.PositiveSmallIntegerField(null=True, blank=True)
    doubt = models.TextField(blank=True)
    who = models.TextField(blank=True)
    visibility = models.CharField(max_length=20)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "question"], name="one_answer_per_question"),
            models.UniqueConstraint(
                fields=["organisation", "question", "visibility"], name="answer_with_visibility"
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=["raw", "releasable", "confidential"]), name="answer_visibility"
            ),
            models.CheckConstraint(
                condition=Q(unknown=False) | Q(value=""), name="answer_is_given_or_unknown"
            ),
        ]


class AnswerChange(models.Model):
    """One change of an answer, written by the database itself."""

    id = models.BigAutoField(primary_key=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    question = models.CharField(max_length=80)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()


class Signature(OwnRow):
    """Who signed the answers of a section, as what, and a fingerprint of what was signed."""

    section = models.CharField(max_length=60)
    role = models.CharField(max_length=20)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(auto_now_add=True)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=["controller", "client"]), name="signature_role")
        ]


class Released(OwnRow):
    """A figure that everyone in the region may see, as it was signed; only a releasable answer can be one."""

    question = models.CharField(max_length=80)
    value = models.TextField()
    price_year = models.PositiveSmallIntegerField(null=True, blank=True)
    visibility = models.CharField(max_length=20, default="releasable")
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "question"], name="one_release_per_question"),
            models.CheckConstraint(condition=Q(visibility="releasable"), name="released_is_releasable"),
        ]


class Delivery(OwnRow):
    """How many questions of a section were answered: counts for the region's board, never an answer."""

    section = models.CharField(max_length=60)
    given = models.PositiveSmallIntegerField(default=0)
    unknown = models.PositiveSmallIntegerField(default=0)
    open = models.PositiveSmallIntegerField(default=0)
    signed = models.BooleanField(default=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "section"], name="one_delivery_per_section")
        ]


class Upload(OwnRow):
    """A workbook that was sent, until its changes were looked at."""

    name = models.CharField(max_length=120)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)


class RegionalTotal(models.Model):
    """A rounded total over a whole region, as the database function last published it."""

    id = models.BigAutoField(primary_key=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=80)
    municipalities = models.PositiveSmallIntegerField()
    total = models.DecimalField(max_digits=20, decimal_places=2)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")


class TotalBasis(models.Model):
    """What the last total of a question rested on; nobody but the database function reads it."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=80)
    basis = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "question"], name="one_basis_per_question")]


class OwnWorth(OwnRow):
    """Which open answers are worth most to one municipality, as last computed."""

    ranking = models.JSONField()
    computed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_own_ranking")]


class RegionalWorth(models.Model):
    """Which questions are worth most to a region, computed from what everyone in it may see."""

    region = models.OneToOneField(Region, on_delete=models.PROTECT, primary_key=True, related_name="+")
    ranking = models.JSONField()
    computed_at = models.DateTimeField(auto_now=True)
