"""Registers elections with Django."""

from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "gonghui.apps.elections"
    label = "elections"
    verbose_name = "换届选举"
