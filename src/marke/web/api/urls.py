"""Addresses of the API, and of the page where keys are made."""

from django.urls import path

from marke.web.api.problems import BASE
from marke.web.api.v1 import api, openapi
from marke.web.api.views import end_key, keys

urlpatterns = [
    path(f"{BASE.strip('/')}/openapi.json", openapi, name="openapi"),
    path(f"{BASE.strip('/')}/", api.urls),
    path("sleutels/", keys, name="keys"),
    path("sleutels/<uuid:key>/einde/", end_key, name="end-key"),
]
