"""Addresses of the inbox."""

from django.urls import path

from . import inbox

app_name = "inbox"
urlpatterns = [
    path("", inbox.inbox, name="list"),
    path("<int:pk>/", inbox.open_notice, name="open"),
    path("read/", inbox.read_all, name="read-all"),
]
