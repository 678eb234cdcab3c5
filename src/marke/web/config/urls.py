"""All addresses of the workspace."""

from django.urls import include, path

from marke.web.config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("marke.web.operations.urls")),
    path("", include("marke.web.providers.urls")),
    path("", include("marke.web.api.urls")),
    path("", include("marke.web.accounts.urls")),
    path("", include("marke.web.tenancy.urls")),
    path("", include("marke.web.studies.urls")),
    path("", include("marke.web.intake.urls")),
    path("", include("marke.web.runs.urls")),
    path("", include("marke.web.table.urls")),
    path("", include("marke.web.decisions.urls")),
]
