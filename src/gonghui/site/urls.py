"""Which address leads where."""

from __future__ import annotations

from django.urls import include, path

from gonghui.core.screens import downloads
from gonghui.kit.ui.gallery import gallery

from . import health, home, search

urlpatterns = [
    path("", home.home, name="home"),
    path("place/", home.choose_place, name="place"),
    path("search/", search.search, name="search"),
    path("health/", health.health, name="health"),
    path("inbox/", include("gonghui.core.backoffice.inbox_urls")),
    path("settings/", include("gonghui.core.backoffice.urls")),
    path("account/", include("gonghui.site.account_urls")),
    path("ui/", gallery, name="ui"),
    path("files/<int:pk>/", downloads.attachment, name="attachment"),
    path("plans/", include("gonghui.apps.plans.urls")),
    path("organisation/", include("gonghui.apps.organisation.urls")),
]
