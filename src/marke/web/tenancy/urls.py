"""Addresses about regions and organisations."""

from django.urls import path

from marke.web.tenancy import views
from marke.web.tenancy.access import ORGANISATION, REGION

urlpatterns = [
    path("", views.home, name="home"),
    path("uitnodiging/<str:token>/", views.invitation, name="invitation"),
    path(REGION, views.region, name="region"),
    path(f"{REGION}uitnodigen/<slug:organisation>/", views.invite_first, name="invite-first"),
    path(f"{ORGANISATION}mensen/", views.people, name="people"),
    path(f"{ORGANISATION}mensen/<uuid:membership>/einde/", views.end_role, name="end-role"),
    path(f"{ORGANISATION}mensen/<uuid:membership>/klopt/", views.confirm_role, name="confirm-role"),
    path(f"{ORGANISATION}logboek/", views.log_page, name="log"),
]
