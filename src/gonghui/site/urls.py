"""Which address leads where."""

from __future__ import annotations

from django.urls import include, path

from gonghui.core.screens import downloads

from . import home

urlpatterns = [
    path("", home.home, name="home"),
    path("place/", home.choose_place, name="place"),
    path("files/<int:pk>/", downloads.attachment, name="attachment"),
    path("plans/", include("gonghui.apps.plans.urls")),
    path("organisation/", include("gonghui.apps.organisation.urls")),
]
