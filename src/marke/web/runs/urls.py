"""Addresses about runs: the same pages for a region and for a municipality."""

from django.urls import path

from marke.web.runs import document_views, public_views, views
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
    path(f"{REGION}{_RUN}verschil/", views.changed_of_region),
    path(f"{ORGANISATION}{_RUN}verschil/", views.changed_of_own),
    path(f"{REGION}{_RUN}verschil/<uuid:other>/", views.changed_of_region),
    path(f"{ORGANISATION}{_RUN}verschil/<uuid:other>/", views.changed_of_own),
    path(f"{ORGANISATION}stukken/", document_views.documents, name="documents"),
    path(f"{ORGANISATION}stukken/<uuid:binder>/<str:name>", document_views.document, name="document"),
    path(f"{REGION}{_RUN}openbaar/", public_views.publish_page),
    path(f"{REGION}openbaar/intrekken/", public_views.withdraw_page, name="withdraw"),
    path("openbaar/<slug:region>/", public_views.public, name="public"),
    path("openbaar/<slug:region>/gegevens.json", public_views.public_data, name="public-data"),
    path(f"{REGION}{_RUN}stoppen/", views.cancel_of_region),
    path(f"{ORGANISATION}{_RUN}stoppen/", views.cancel_of_own),
]
