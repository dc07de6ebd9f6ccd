"""Addresses every list shares."""

from django.urls import path

from . import saved

app_name = "lists"
urlpatterns = [
    path("view/", saved.keep, name="view-keep"),
    path("view/<int:pk>/drop/", saved.drop, name="view-drop"),
]
