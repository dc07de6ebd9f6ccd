"""Registers workers' bookrooms with Django."""

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "gonghui.apps.reading"
    label = "reading"
    verbose_name = "职工书屋"
