"""Registers cadres with Django."""

from django.apps import AppConfig


class CadresConfig(AppConfig):
    name = "gonghui.apps.cadres"
    label = "cadres"
    verbose_name = "制度与干部"
