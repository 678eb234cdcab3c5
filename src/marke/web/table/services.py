"""What is written at the table: situations under a name, and a person's red lines."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from marke.errors import InputError
from marke.situations.desk import Desk
from marke.situations.situation import Situation, lasting_address
from marke.web.table.models import RedLine, SavedSituation
from marke.web.tenancy.access import Place

MOST_KEPT = 50
"""Situations that one organisation keeps."""


def save_situation(*, place: Place, desk: Desk, situation: Situation, name: str) -> SavedSituation:
    """Keep a situation for the organisation; raises InputError for a name in use, or when there are many."""
    if SavedSituation.objects.filter(organisation=place.own).count() >= MOST_KEPT:
        raise InputError(f"Er zijn al {MOST_KEPT} situaties bewaard.", mend="Verwijder er eerst een.")
    kept = SavedSituation(
        region=place.region,
        organisation=place.own,
        user=place.user,
        name=name,
        query=lasting_address(desk, situation),
    )
    _named(kept)
    return kept


def rename_situation(*, kept: SavedSituation, name: str) -> None:
    """Give a situation another name; raises InputError for one in use."""
    kept.name = name
    _named(kept)


def remove_situation(*, kept: SavedSituation) -> None:
    """Keep a situation no longer."""
    kept.delete()


def _named(kept: SavedSituation) -> None:
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise InputError(
            f"Er is al een situatie die '{kept.name}' heet.", mend="Kies een andere naam."
        ) from error


def set_lines(*, place: Place, lines: Mapping[str, int]) -> None:
    """Put a person's red lines for the organisation in the place of those before, euro a year by service."""
    RedLine.objects.filter(organisation=place.own, user=place.user).delete()
    RedLine.objects.bulk_create(
        RedLine(region=place.region, organisation=place.own, user=place.user, service=service, most=most)
        for service, most in lines.items()
    )
