"""A secret as it is stored: only a workspace with the same key can read it."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

from marke.errors import InputError


def seal(text: str) -> str:
    """Return a text encrypted with a key that follows from the workspace's own."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return an encrypted text as it was; raises InputError when another workspace encrypted it."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise InputError(
            "Het geheim van de aanbieder kan niet meer worden gelezen: het hoort bij een andere werkruimte.",
            mend="Laat de beheerder van de regio het opnieuw invullen.",
        ) from error


def _box() -> Fernet:
    key = salted_hmac("marke.web.providers", "secret", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
