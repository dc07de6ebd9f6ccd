"""Registers volunteering with Django, and what it adds to activities."""

from importlib import import_module

from django.apps import AppConfig


class VolunteeringConfig(AppConfig):
    name = "gonghui.apps.volunteering"
    label = "volunteering"
    verbose_name = "志愿服务"

    def ready(self) -> None:
        import_module("gonghui.apps.volunteering.plugs")
