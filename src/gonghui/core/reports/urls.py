"""Which address leads to which report."""

from django.urls import path

from .screens.compare import compare
from .screens.reports import PaperScreens, check, report
from .screens.wall import wall
from .screens.wordings import wording, wordings

app_name = "reports"
urlpatterns = [
    path("", report, name="report"),
    path("check/", check, name="check"),
    path("compare/", compare, name="compare"),
    path("wall/", wall, name="wall"),
    path("texts/", wordings, name="wordings"),
    path("texts/<slug:part>/", wording, name="wording"),
    *PaperScreens.urls(),
]
