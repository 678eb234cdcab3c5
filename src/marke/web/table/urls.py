"""Addresses of the table."""

from django.urls import path

from marke.web.table import views
from marke.web.tenancy.access import REGION

urlpatterns = [path(f"{REGION}tafel/", views.table, name="table")]
