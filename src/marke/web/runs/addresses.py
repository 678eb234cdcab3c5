"""Where the runs of a place are shown."""

from django.urls import reverse

from marke.web.tenancy.access import Place


def runs_address(place: Place) -> str:
    """Return the address under which all pages of a place's runs stand."""
    if place.organisation is None:
        return reverse("runs", args=[place.region.slug])
    return reverse("own-runs", args=[place.region.slug, place.organisation.slug])
