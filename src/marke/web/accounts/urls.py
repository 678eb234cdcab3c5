"""Addresses about accounts."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from marke.web.accounts.forms import SignInForm
from marke.web.accounts.views import first_time

urlpatterns = [
    path("eerste-keer/<str:token>/", first_time, name="first-time"),
    path(
        "aanmelden/",
        LoginView.as_view(template_name="accounts/login.html", authentication_form=SignInForm),
        name="login",
    ),
    path("afmelden/", LogoutView.as_view(next_page="login"), name="logout"),
]
