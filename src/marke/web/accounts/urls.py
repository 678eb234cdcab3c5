"""Addresses about accounts."""

from django.urls import include, path

from marke.web.accounts.views import first_time

urlpatterns = [
    path("eerste-keer/<str:token>/", first_time, name="first-time"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
]
