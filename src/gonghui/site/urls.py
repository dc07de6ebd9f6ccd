"""Which address leads where."""

from __future__ import annotations

from django.urls import include, path

from gonghui.core.screens import downloads
from gonghui.kit.ui.gallery import gallery

from . import health, home, movement, search, study

urlpatterns = [
    path("", home.home, name="home"),
    path("place/", home.choose_place, name="place"),
    path("search/", search.search, name="search"),
    path("health/", health.health, name="health"),
    path("my/study/", study.study, name="study"),
    path("movement/", movement.movement, name="movement"),
    path("inbox/", include("gonghui.core.backoffice.inbox_urls")),
    path("lists/", include("gonghui.core.screens.list_urls")),
    path("jobs/", include("gonghui.core.backoffice.job_urls")),
    path("settings/", include("gonghui.core.backoffice.urls")),
    path("watch/", include("gonghui.core.watch.urls")),
    path("indicators/", include("gonghui.core.indicators.urls")),
    path("reports/", include("gonghui.core.reports.urls")),
    path("exchange/", include("gonghui.core.exchange.urls")),
    path("account/", include("gonghui.site.account_urls")),
    path("ui/", gallery, name="ui"),
    path("files/<int:pk>/", downloads.attachment, name="attachment"),
    path("files/<int:pk>/remove/", downloads.remove_attachment, name="attachment-remove"),
    path("activities/", include("gonghui.core.activities.urls")),
    path("agenda/", include("gonghui.core.agenda.urls")),
    path("signing/", include("gonghui.core.signing.urls")),
    path("attendance/", include("gonghui.core.attendance.urls")),
    path("records/", include("gonghui.core.records.urls")),
    path("participation/", include("gonghui.core.participation.urls")),
    path("calendars/", include("gonghui.core.feeds.urls")),
    path("plans/", include("gonghui.apps.plans.urls")),
    path("training/", include("gonghui.apps.training.urls")),
    path("teams/", include("gonghui.apps.teams.urls")),
    path("goals/", include("gonghui.apps.goals.urls")),
    path("reading/", include("gonghui.apps.reading.urls")),
    path("learning/", include("gonghui.apps.learning.urls")),
    path("mentoring/", include("gonghui.apps.mentoring.urls")),
    path("volunteering/", include("gonghui.apps.volunteering.urls")),
    path("archive/", include("gonghui.apps.archive.urls")),
    path("evaluation/", include("gonghui.apps.evaluation.urls")),
    path("titles/", include("gonghui.apps.titles.urls")),
    path("statistics/", include("gonghui.apps.statistics.urls")),
    path("communication/", include("gonghui.apps.communication.urls")),
    path("organisation/", include("gonghui.apps.organisation.urls")),
    path("elections/", include("gonghui.apps.elections.urls")),
    path("cadres/", include("gonghui.apps.cadres.urls")),
    path("honours/", include("gonghui.apps.honours.urls")),
    path("care/", include("gonghui.apps.care.urls")),
    path("membership/", include("gonghui.apps.membership.urls")),
]
