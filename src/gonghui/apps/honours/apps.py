"""Registers honours with Django."""

from django.apps import AppConfig


class HonoursConfig(AppConfig):
    name = "gonghui.apps.honours"
    label = "honours"
    verbose_name = "荣誉"
