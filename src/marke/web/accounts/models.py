"""Persons: who they are, never what they may do (that is a membership)."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class People(BaseUserManager["User"]):
    """Makes and finds persons."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with this e-mail address; capitals do not count."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person with an account; ``is_administrator`` runs the workspace and sees no answers.

    ``is_example`` is a made-up person of the example, who signs in without a second step.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    is_example = models.BooleanField(default=False)

    within: uuid.UUID | None = None
    """In a session that a municipality's own provider began: the only organisation that it reaches."""

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="address_in_lower_case")
        ]

    def __str__(self) -> str:
        return self.name
