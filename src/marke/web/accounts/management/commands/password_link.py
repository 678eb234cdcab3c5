"""Print the address with which a person chooses a new password."""

from argparse import ArgumentParser
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from marke.web.accounts.models import User


class Command(BaseCommand):
    """``django password_link ADDRESS``: used by ``marke werkruimte wachtwoord``."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the address."""
        parser.add_argument("email")

    def handle(self, *_args: Any, email: str, **_options: Any) -> None:
        """Print the path of the page."""
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"Er is geen account met het adres {email}.")
        marks = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
        self.stdout.write(reverse("account_reset_password_from_key", kwargs=marks))
