"""Addresses about talks and decisions."""

from django.urls import path

from marke.web.decisions import own_views, views
from marke.web.tenancy.access import ORGANISATION, REGION

_HERE, _OWN = f"{REGION}besluiten/", f"{ORGANISATION}besluiten/"

urlpatterns = [
    path(_HERE, views.overview, name="decisions"),
    path(f"{_HERE}gesprekken/", views.talks, name="talks"),
    path(f"{_HERE}gesprekken/gesprekken.toml", views.talks_file, name="talks-file"),
    path(f"{_HERE}gesprekken/<uuid:talk>/weg/", views.remove, name="remove-talk"),
    path(f"{_HERE}motie/<int:number>/", views.motion_point, name="motion-point"),
    path(f"{_HERE}voorstellen/nieuw/", views.new_proposal, name="new-proposal"),
    path(f"{_HERE}voorstellen/<int:number>/", views.proposal, name="proposal"),
    path(f"{_HERE}kalender/", views.calendar, name="decision-calendar"),
    path(f"{_HERE}logboek/", views.log, name="decision-log"),
    path(f"{_HERE}logboek/logboek.json", views.log_file, name="decision-log-file"),
    path(_OWN, own_views.overview, name="own-decisions"),
    path(f"{_OWN}voorstellen/<int:number>/<slug:step>/", own_views.step, name="own-step"),
    path(f"{_OWN}dagen/", own_views.days, name="own-days"),
    path(f"{_OWN}dagen/<uuid:days>/weg/", own_views.forget_days, name="forget-days"),
    path(f"{_OWN}agenda/", own_views.links, name="calendar-links"),
    path(f"{_OWN}agenda/<uuid:link>/intrekken/", own_views.revoke, name="revoke-link"),
    path("agenda/<str:token>.ics", own_views.feed, name="calendar-feed"),
]
