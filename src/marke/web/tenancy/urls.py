"""Addresses about regions and organisations."""

from django.urls import path

from marke.web.tenancy import views

_REGION = "regio/<slug:region>/"
_ORGANISATION = f"{_REGION}gemeente/<slug:organisation>/"

urlpatterns = [
    path("", views.home, name="home"),
    path("nieuwe-regio/", views.new_region, name="new-region"),
    path("uitnodiging/<str:token>/", views.invitation, name="invitation"),
    path(_REGION, views.region, name="region"),
    path(f"{_REGION}uitnodigen/<slug:organisation>/", views.invite_first, name="invite-first"),
    path(f"{_ORGANISATION}mensen/", views.people, name="people"),
    path(f"{_ORGANISATION}mensen/<uuid:membership>/einde/", views.end_role, name="end-role"),
    path(f"{_ORGANISATION}logboek/", views.log_page, name="log"),
]
