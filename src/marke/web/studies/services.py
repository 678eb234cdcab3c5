"""What is written about studies."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Max

from marke.errors import InputError
from marke.web.accounts.models import User
from marke.web.studies.figures import with_figure
from marke.web.studies.models import StudyVersion
from marke.web.studies.question import catalogue, check_text, first_text
from marke.web.studies.selectors import latest
from marke.web.tenancy.context import Context, change, opened
from marke.web.tenancy.models import Region
from marke.web.tenancy.services import create_region


def open_region(*, user: User, wanted: str | Iterable[str], name: str = "", text: str = "") -> Region:
    """Make a region with its organisations and the first version of its study, all or nothing.

    ``text`` is a study file to begin with; without one it is that of ``marke studie nieuw``.
    """
    with opened(Context(user=user.pk)):
        region = create_region(user=user, wanted=wanted, name=name)
        change(Context(user=user.pk, regions=[region.pk], region_writable=region.pk))
        text = text or first_text(list(region.selection), f"Verkenning {region.name}")
        check_text(text, list(region.selection))
        _add(region=region, user=user, text=text, reason="Begin van de verkenning")
    return region


def add_version(*, region: Region, user: User, text: str, reason: str) -> StudyVersion:
    """Add a version; raises InputError for a study that does not fit, or without a reason."""
    if not reason.strip():
        raise InputError("Schrijf waarom u de studie verandert.", where="Reden")
    check_text(text, list(region.selection))
    return _add(region=region, user=user, text=text, reason=reason.strip()[:300])


def replace_figure(*, region: Region, user: User, key: str, values: Mapping[str, Any] | None) -> StudyVersion:
    """Add a version in which a figure has other bounds, or, without values, those of the catalogue again."""
    label = catalogue().figures[key].label
    reason = f"Cijfer hersteld: {label}" if values is None else f"Cijfer vervangen: {label}. {values['bron']}"
    text = with_figure(latest(region).text, key, values)
    return add_version(region=region, user=user, text=text, reason=reason)


def _add(*, region: Region, user: User, text: str, reason: str) -> StudyVersion:
    last = StudyVersion.objects.filter(region=region).aggregate(last=Max("number"))["last"] or 0
    version = StudyVersion(region=region, number=last + 1, text=text, reason=reason, made_by=user)
    version.save(force_insert=True)
    return version
