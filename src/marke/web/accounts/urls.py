"""Addresses about accounts."""

from django.urls import include, path

from marke.web.accounts.views import first_time

urlpatterns = [
    path("eerste-keer/<str:token>/", first_time, name="first-time"),
    path("account/", include("allauth.urls")),
]
