"""What a provider tells about itself (OpenID Connect Discovery 1.0)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from marke.errors import InputError

_PLACE = "/.well-known/openid-configuration"
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
_SECONDS = 5
_FIELD = "Adres van de aanbieder"


@dataclass(frozen=True)
class Discovered:
    """A provider's own name for itself, and the origin of its sign-in page."""

    issuer: str
    origin: str


def discover(issuer: str) -> Discovered:
    """Ask a provider who it is; raises InputError when it does not answer as one, or without TLS."""
    _refuse_open(issuer)
    try:
        answer = httpx.get(issuer.rstrip("/") + _PLACE, timeout=_SECONDS)
        told = answer.raise_for_status().json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise InputError(
            "Op dit adres antwoordt geen aanbieder van OpenID Connect.",
            where=_FIELD,
            mend=f"Vraag uw ICT-afdeling naar de issuer; daar achter hoort {_PLACE} te antwoorden.",
        ) from error
    if not isinstance(told, Mapping) or str(told.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
        raise InputError(
            "De aanbieder noemt zichzelf anders dan dit adres.",
            where=_FIELD,
            mend="Neem de issuer letterlijk over uit de instellingen van de aanbieder.",
        )
    for name in _ENDPOINTS:
        _refuse_open(_endpoint(told, name))
    place = urlsplit(told["authorization_endpoint"])
    return Discovered(str(told["issuer"]), f"{place.scheme}://{place.netloc}")


def _endpoint(told: Mapping[str, Any], name: str) -> str:
    found = told.get(name)
    if not isinstance(found, str):
        raise InputError(f"De aanbieder noemt geen {name}.", where=_FIELD, mend="Vraag het de aanbieder.")
    return found


def _refuse_open(address: str) -> None:
    """Refuse an address without TLS; on this machine itself only where the settings allow it."""
    place = urlsplit(address)
    local = settings.PROVIDERS_ON_LOOPBACK and place.hostname == "127.0.0.1"
    if not place.hostname or not (place.scheme == "https" or (local and place.scheme == "http")):
        raise InputError(
            f"'{address[:80]}' is geen beveiligd adres.", where=_FIELD, mend="Schrijf een adres met https://."
        )
