"""Keys made, found and revoked."""

import secrets
from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from marke.errors import InputError
from marke.web.accounts.models import User
from marke.web.api.models import Area, Key, Right
from marke.web.tenancy.services import fingerprint_of

PREFIX = "marke_"
"""Every secret begins so: who scans files for secrets can find one that leaked."""

MOST_DAYS = 366
_NOTED_EVERY = timedelta(minutes=1)


def make_key(*, user: User, name: str, rights: Mapping[Area, Right], days: int) -> str:
    """Make a key and return its secret, which is shown once; raises InputError when it opens nothing."""
    if not rights:
        raise InputError("Deze sleutel opent niets.", where="Rechten", mend="Kies minstens één onderdeel.")
    if not 0 < days <= MOST_DAYS:
        raise InputError(f"Een sleutel geldt 1 tot {MOST_DAYS} dagen.", where="Geldig")
    secret = PREFIX + secrets.token_urlsafe(32)
    Key(
        user=user,
        name=name.strip()[:80],
        fingerprint=fingerprint_of(secret),
        rights={area.value: right.value for area, right in rights.items()},
        expires_at=timezone.now() + timedelta(days=days),
    ).save(force_insert=True)
    return secret


def key_of(secret: str) -> Key | None:
    """Return the key with this secret that opens something now, or None; note that it was used."""
    now = timezone.now()
    found = (
        Key.objects.filter(fingerprint=fingerprint_of(secret), revoked_at__isnull=True, expires_at__gt=now)
        .filter(user__is_active=True)
        .select_related("user")
        .first()
    )
    if found is not None:
        before = Q(used_at__isnull=True) | Q(used_at__lt=now - _NOTED_EVERY)
        Key.objects.filter(before, pk=found.pk).update(used_at=now)
    return found


def keys_of(user: User) -> list[Key]:
    """Return the keys of a person that can still be used, the last one first."""
    open_ones = Key.objects.filter(user=user, revoked_at__isnull=True, expires_at__gt=timezone.now())
    return list(open_ones.order_by("-made_at"))


def revoke(key: Key) -> None:
    """End a key now."""
    Key.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
