"""Addresses of calendars."""

from django.urls import path

from . import screens

app_name = "feeds"
urlpatterns = [
    path("", screens.feeds, name="list"),
    path("renew/", screens.renew, name="renew"),
    path("<str:token>.ics", screens.calendar, name="calendar"),
]
