"""What is written about accounts."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.signing import Signer
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from marke.errors import InputError
from marke.web.accounts.models import User

_FIRST_LOCK = 7_307_001


def first_token() -> str:
    """Return the token that opens the page for the first administrator, or "" when there is one."""
    if User.objects.filter(is_administrator=True).exists():
        return ""
    return Signer(salt="marke.eerste-keer").signature("beheerder")


def is_first_token(token: str) -> bool:
    """Whether this token opens the page for the first administrator."""
    expected = first_token()
    return bool(expected) and constant_time_compare(token, expected)


def create_first_administrator(*, token: str, email: str, name: str, password: str) -> User:
    """Make the administrator of a new workspace; raises InputError when there is one already."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_FIRST_LOCK])
        if not is_first_token(token):
            raise InputError("Er is al een beheerder.", mend="Meld u aan.")
        return create_user(email=email, name=name, password=password, administrator=True)


def sign_in(request: HttpRequest, user: User) -> None:
    """Sign in a person who just chose a password; a second step can then be made without asking it again."""
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    record_authentication(request, user, method="password", email=user.email, reauthenticated=True)


def create_user(
    *, email: str, name: str, password: str, administrator: bool = False, example: bool = False
) -> User:
    """Make an account; raises InputError for a password that is too easy or an address in use."""
    user = User(email=email.strip().lower(), name=name.strip())
    user.is_administrator, user.is_example = administrator, example
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InputError(" ".join(error.messages), where="Wachtwoord") from error
    user.set_password(password)
    try:
        user.full_clean()
    except ValidationError as error:
        raise InputError(
            "Dit e-mailadres kan niet, of het heeft al een account.",
            where="E-mailadres",
            mend="Gebruik een ander adres, of meld u aan.",
        ) from error
    user.save(force_insert=True)
    return user
