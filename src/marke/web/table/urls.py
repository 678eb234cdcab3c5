"""Addresses of the table."""

from django.urls import path

from marke.web.table import compare, exports, own_views, views
from marke.web.tenancy.access import ORGANISATION, REGION

_TABLE, _OWN = f"{REGION}tafel/", f"{ORGANISATION}tafel/"

urlpatterns = [
    path(_TABLE, views.table, name="table"),
    path(f"{_TABLE}vergelijken/", compare.compare, name="table-compare"),
    path(f"{_TABLE}oplegger/<slug:form>/", exports.document, name="table-document"),
    path(f"{_TABLE}kaart/<slug:form>/", exports.picture, name="table-picture"),
    path(f"{_OWN}bewaren/", own_views.save, name="save-situation"),
    path(f"{_OWN}situaties/<uuid:situation>/", own_views.kept, name="kept-situation"),
    path(f"{_OWN}situaties/<uuid:situation>/weg/", own_views.remove, name="remove-situation"),
    path(f"{_OWN}grenzen/", own_views.lines, name="red-lines"),
]
