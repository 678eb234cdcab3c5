"""How a workspace is set up, judged: what others must be able to count on when they use it over a network."""

import json
import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.checks import run_checks
from django.db import connection
from django.utils import timezone

from marke.web.accounts.models import User
from marke.web.database.embedded import CLUSTER
from marke.web.database.secrets import FILE
from marke.web.operations.findings import GOOD, LAST_COPY, NOTE, WRONG, Finding
from marke.web.tenancy.classes import TABLES, TableClass

OLDEST_COPY = timedelta(days=7)
EXPIRES_SOON = timedelta(days=30)
_SHORTEST_KEY = 32


def inspect() -> list[Finding]:
    """Return every finding, in the order in which one would mend them."""
    return [
        *_address(), *_django(), *_key(), *_database(), *_people(), *_copies(), *_contact(), *_measurements(),
    ]  # fmt: skip


def _address() -> Iterator[Finding]:
    if settings.HOST:
        yield Finding(GOOD, "adres", f"https://{settings.HOST}, achter een proxy met https")
    else:
        yield Finding(
            NOTE, "adres", "alleen op deze computer te bereiken; zet MARKE_HOST als anderen erbij moeten"
        )
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        yield Finding(NOTE, "gebruiker", "de werkruimte draait als root; geef haar een eigen gebruiker")


def _django() -> Iterator[Finding]:
    """What Django's own check of a deployment says; without a host name it says what _address says."""
    told = [each for each in run_checks(include_deployment_checks=True) if not each.is_silenced()]
    if not settings.HOST:
        expected = {"security.W004", "security.W008", "security.W012", "security.W016"}
        told = [each for each in told if each.id not in expected]
    for each in told:
        yield Finding(WRONG if each.is_serious() else NOTE, f"Django {each.id}", each.msg)
    if not told:
        yield Finding(GOOD, "Django", "de controle van Django zelf (check --deploy) vindt niets")


def _key() -> Iterator[Finding]:
    path = settings.DATA / FILE
    if len(settings.SECRET_KEY) < _SHORTEST_KEY:
        yield Finding(WRONG, "sleutel", f"de sleutel van de sessies is korter dan {_SHORTEST_KEY} tekens")
    elif path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Finding(WRONG, "sleutel", f"anderen kunnen {path} lezen; maak het 0600")
    else:
        yield Finding(GOOD, "sleutel", "lang genoeg, en alleen voor de eigenaar te lezen")


def _database() -> Iterator[Finding]:
    """Whether the role can pass the wall, and whether the wall stands around every shared table."""
    shared = [name for name, kind in TABLES.items() if kind is not TableClass.SYSTEM]
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        passes = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relname = ANY (%s) AND relkind = 'r'"
            " AND relrowsecurity AND relforcerowsecurity",
            [shared],
        )
        walled = cursor.fetchone()
    assert passes and walled  # noqa: S101, PT018  # both queries give one row
    if passes[0]:
        yield Finding(WRONG, "database", "de gebruiker van de database kan om de afscherming heen")
    elif walled[0] < len(shared):
        yield Finding(WRONG, "database", "niet om iedere tabel staat de afscherming per gemeente")
    else:
        yield Finding(GOOD, "database", f"de afscherming staat om alle {len(shared)} gedeelde tabellen")


def _people() -> Iterator[Finding]:
    active = User.objects.filter(is_active=True)
    administrators = active.filter(is_administrator=True)
    secured = Authenticator.objects.filter(user__in=administrators).values("user").distinct().count()
    if not administrators:
        yield Finding(WRONG, "beheerder", "er is nog geen beheerder; wie de eerste link heeft, wordt het")
    elif secured < len(administrators):
        yield Finding(NOTE, "beheerder", "niet iedere beheerder heeft al een tweede stap voor het aanmelden")
    else:
        yield Finding(GOOD, "beheerder", "iedere beheerder meldt zich aan in twee stappen")
    if active.filter(is_example=True).exists():
        verdict = WRONG if settings.HOST else NOTE
        yield Finding(verdict, "voorbeeld", "verzonnen mensen kunnen zich aanmelden zonder tweede stap")


def _copies() -> Iterator[Finding]:
    if not (settings.DATA / CLUSTER).exists():
        yield Finding(NOTE, "kopie", "uw eigen PostgreSQL kopieert u met haar eigen gereedschap")
        return
    try:
        noted = json.loads((settings.DATA / LAST_COPY).read_text())
        made = datetime.fromisoformat(noted["op"])
    except (OSError, ValueError, KeyError):
        yield Finding(NOTE, "kopie", "er is nog geen kopie gemaakt (marke werkruimte bewaar BESTAND)")
        return
    age = datetime.now(UTC) - made
    verdict = GOOD if age <= OLDEST_COPY else NOTE
    yield Finding(verdict, "kopie", f"de laatste is {age.days} dagen oud: {noted['bestand']}")


def _contact() -> Iterator[Finding]:
    if not settings.CONTACT or settings.CONTACT_UNTIL is None:
        verdict = WRONG if settings.HOST else NOTE
        yield Finding(
            verdict, "security.txt", "zet in MARKE_CONTACT wie meldingen van lekken krijgt, en tot wanneer "
            "dat klopt in MARKE_CONTACT_UNTIL (jaar-maand-dag)"
        )  # fmt: skip
        return
    left = settings.CONTACT_UNTIL - timezone.localdate()
    told = f"vervalt op {settings.CONTACT_UNTIL.isoformat()}"
    if left <= timedelta(0):
        yield Finding(WRONG, "security.txt", f"{told}: voorbij; kijk na wie het is en zet een nieuwe datum")
    elif left <= EXPIRES_SOON:
        yield Finding(NOTE, "security.txt", f"{told}: kijk na of het nog klopt en zet een nieuwe datum")
    elif left > timedelta(days=366):
        yield Finding(NOTE, "security.txt", f"{told}: dat is meer dan een jaar, kies een eerdere datum")
    else:
        yield Finding(GOOD, "security.txt", told)


def _measurements() -> Iterator[Finding]:
    if settings.METRICS_TOKEN:
        yield Finding(GOOD, "metingen", "alleen met de sleutel uit MARKE_METRICS_TOKEN")
    elif settings.HOST:
        yield Finding(NOTE, "metingen", "uit; zet MARKE_METRICS_TOKEN om /metrics te kunnen lezen")
    else:
        yield Finding(GOOD, "metingen", "/metrics alleen voor deze computer")
