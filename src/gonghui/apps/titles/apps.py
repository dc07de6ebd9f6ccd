"""Registers titles with Django."""

from django.apps import AppConfig


class TitlesConfig(AppConfig):
    name = "gonghui.apps.titles"
    label = "titles"
    verbose_name = "称号"
