"""Addresses of imports."""

from django.urls import path

from . import screens

app_name = "exchange"
_at = "batch/<int:pk>/"
urlpatterns = [
    *screens.BatchScreens.urls(),
    path(f"{_at}refused/", screens.refused, name="batch-refused"),
    path(f"{_at}assign/", screens.assign, name="batch-assign"),
    path(f"{_at}match/", screens.match, name="batch-match"),
    path(f"{_at}decide/", screens.decide, name="batch-decide"),
    path(f"{_at}commit/", screens.commit, name="batch-commit"),
    path(f"{_at}undo/", screens.undo, name="batch-undo"),
    path(f"{_at}drop/", screens.drop, name="batch-drop"),
    path(f"{_at}go-on/", screens.go_on, name="batch-go-on"),
    path("<slug:code>/", screens.hand_in, name="hand-in"),
    path("<slug:code>/template/", screens.template, name="template"),
]
