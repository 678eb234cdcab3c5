"""Fill a workspace with an example."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from marke.errors import InputError
from marke.files import slug
from marke.web.accounts.models import User
from marke.web.config.environment import base_address
from marke.web.decisions.demo import add_decisions
from marke.web.intake.demo import LEAD, NAME, fill
from marke.web.runs.demo import add_runs, own_slug
from marke.web.runs.selectors import latest_shared
from marke.web.tenancy.access import region_entered

_FIRST = {
    "runs": "wat eruit komt, en waarom",
    "table": "wat als een gemeente niet meedoet",
    "decisions": "gesprekken, besluiten en de dagen die tellen",
}
_OWN = {"own-runs": "de eigen run van een gemeente", "documents": "haar stukken"}


class Command(BaseCommand):
    """``django demo``: used by ``marke demo-werkruimte``."""

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Fill it, and say who can sign in and what to look at first."""
        lead = User.objects.filter(email=LEAD).first()
        if lead is not None:
            self._tell("Het voorbeeld staat al in deze werkruimte; er is niets veranderd.")
            self._welcome(lead, "Een nieuw wachtwoord: marke werkruimte wachtwoord ADRES")
            return
        try:
            self._tell("Het voorbeeld wordt gemaakt; dat duurt ongeveer een minuut.")
            region, password = fill()
            add_decisions(region)
            lead = User.objects.get(email=LEAD)
            add_runs(region, lead, self._tell)
        except InputError as error:
            raise CommandError(str(error)) from error
        self._welcome(lead, f"Wachtwoord voor iedereen: {password}")

    def _welcome(self, lead: User, password: str) -> None:
        with region_entered(lead, slug(NAME)) as place:
            region, run, own = place.region, latest_shared(place), own_slug(place.region)
        self._tell(f"{region.name}, {len(region.selection)} gemeenten; deze mensen kunnen zich aanmelden:")
        people = User.objects.filter(is_example=True)
        for user in [lead, *people.filter(email__startswith="contact@").order_by("email")]:
            self._tell(f"  {user.email}: {user.name}")
        self._tell(password)
        if run is None:
            self._tell("Er is nog geen run klaar: start er een als programmaleider.")
        self._tell("Kijk eerst hier ('marke serve' start de werkruimte):")
        for name, told in _FIRST.items():
            self._tell(f"  {base_address()}{reverse(name, args=[region.slug])} {told}")
        for name, told in _OWN.items():
            self._tell(f"  {base_address()}{reverse(name, args=[region.slug, own])} {told}")

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
