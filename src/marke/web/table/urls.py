"""Addresses of the table."""

from django.urls import path

from marke.web.table import compare, exports, views
from marke.web.tenancy.access import REGION

_TABLE = f"{REGION}tafel/"

urlpatterns = [
    path(_TABLE, views.table, name="table"),
    path(f"{_TABLE}vergelijken/", compare.compare, name="table-compare"),
    path(f"{_TABLE}oplegger/<slug:form>/", exports.document, name="table-document"),
    path(f"{_TABLE}kaart/<slug:form>/", exports.picture, name="table-picture"),
]
