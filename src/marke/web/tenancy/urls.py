"""Addresses about regions and organisations."""

from django.urls import path

from marke.web.tenancy.views import home

urlpatterns = [path("", home, name="home")]
