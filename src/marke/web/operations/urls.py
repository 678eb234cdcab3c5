"""Addresses about running the workspace."""

from django.urls import path

from marke.web.operations.metrics import metrics
from marke.web.operations.views import accessibility, security_txt

urlpatterns = [
    path("metrics", metrics, name="metrics"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("toegankelijkheid", accessibility, name="accessibility"),
]
