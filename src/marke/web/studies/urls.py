"""Addresses about studies."""

from django.urls import path

from marke.web.studies import views
from marke.web.tenancy.access import REGION

urlpatterns = [
    path("nieuwe-regio/", views.new_region, name="new-region"),
    path(f"{REGION}studie/", views.study, name="study"),
    path(f"{REGION}studie/instellen/", views.settings, name="study-settings"),
    path(f"{REGION}studie/cijfers/", views.figures, name="figures"),
    path(f"{REGION}studie/cijfers/<str:key>/", views.figure, name="figure"),
    path(f"{REGION}studie/wijzigen/", views.edit, name="edit-study"),
]
