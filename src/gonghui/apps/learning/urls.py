"""Addresses of study rules."""

from django.urls import path

from . import portal
from .screens import named, standing, study

app_name = "learning"
urlpatterns = [
    *study.StudyRuleScreens.urls(),
    path("templates/", study.shelf, name="templates"),
    path("standing/", standing.standing, name="standing"),
    path("person/<int:pk>/", standing.person, name="person"),
    *named.LeaveScreens.urls(),
    *named.PartTimeScreens.urls(),
    *named.HireScreens.urls(),
    *named.SeasonScreens.urls(),
    *named.SloganScreens.urls(),
    *portal.urlpatterns,
]
