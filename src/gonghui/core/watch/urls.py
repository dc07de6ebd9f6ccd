"""Which address leads to what should be noticed."""

from django.urls import path

from .screens import FindingScreens, rulebook, units

app_name = "watch"
urlpatterns = [
    path("units/", units, name="units"),
    path("rules/", rulebook, name="rulebook"),
    *FindingScreens.urls(),
]
