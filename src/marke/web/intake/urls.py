"""Addresses about the intake."""

from django.urls import path

from marke.web.intake import views
from marke.web.tenancy.access import ORGANISATION, REGION

_INTAKE = f"{ORGANISATION}nulmeting/"

urlpatterns = [
    path(f"{REGION}stand/", views.board_page, name="board"),
    path(f"{REGION}stand/herinneringen/", views.reminders_page, name="reminders"),
    path(_INTAKE, views.overview_page, name="intake"),
    path(f"{_INTAKE}werkmap/", views.workbook, name="workbook"),
    path(f"{_INTAKE}werkmap/inlezen/", views.upload, name="upload"),
    path(f"{_INTAKE}onderdeel/<slug:section>/", views.section_page, name="section"),
    path(f"{_INTAKE}onderdeel/<slug:section>/overdragen/<int:number>/", views.hand_over, name="hand-over"),
    path(f"{_INTAKE}onderdeel/<slug:section>/ondertekenen/", views.sign_page, name="sign"),
]
