"""Addresses about signing in with a provider."""

from django.urls import path

from marke.web.providers import views
from marke.web.tenancy.access import ORGANISATION, REGION

urlpatterns = [
    path("account/login/", views.sign_in, name="account_login"),
    path("account/oidc/<uuid:provider_id>/login/", views.to_provider, name="openid_connect_login"),
    path("account/oidc/<uuid:provider_id>/terug/", views.from_provider, name="openid_connect_callback"),
    path(f"{REGION}aanbieder/<slug:organisation>/", views.configure_page, name="configure-provider"),
    path(f"{ORGANISATION}aanbieder/", views.own_page, name="own-provider"),
]
