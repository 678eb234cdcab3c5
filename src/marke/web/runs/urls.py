"""Addresses about runs: the same pages for a region and for a municipality."""

from django.urls import path

from marke.web.runs import views
from marke.web.tenancy.access import ORGANISATION, REGION

_RUN = "runs/<uuid:run>/"

urlpatterns = [
    path(f"{REGION}runs/", views.runs_of_region, name="runs"),
    path(f"{ORGANISATION}runs/", views.runs_of_own, name="own-runs"),
    path(f"{REGION}{_RUN}", views.run_of_region),
    path(f"{ORGANISATION}{_RUN}", views.run_of_own),
    path(f"{REGION}{_RUN}deel/<slug:part>/", views.part_of_region),
    path(f"{ORGANISATION}{_RUN}deel/<slug:part>/", views.part_of_own),
    path(f"{REGION}{_RUN}herleid/<str:fact>/", views.derived_of_region),
    path(f"{ORGANISATION}{_RUN}herleid/<str:fact>/", views.derived_of_own),
    path(f"{REGION}{_RUN}stoppen/", views.cancel_of_region),
    path(f"{ORGANISATION}{_RUN}stoppen/", views.cancel_of_own),
]
