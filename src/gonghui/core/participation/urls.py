"""Addresses of participation."""

from django.urls import path

from . import screens

app_name = "participation"
urlpatterns = [
    path("", screens.shares, name="shares"),
    path("people/", screens.people, name="people"),
]
