"""Registers records with Django, and what they add to an activity."""

from importlib import import_module

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "gonghui.core.records"
    label = "records"
    verbose_name = "活动记录"

    def ready(self) -> None:
        import_module("gonghui.core.records.plugs")
