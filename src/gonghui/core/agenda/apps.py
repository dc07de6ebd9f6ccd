"""Registers the agenda with Django, and what it adds to activities and to calendars of phones."""

from importlib import import_module

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "gonghui.core.agenda"
    label = "agenda"
    verbose_name = "日程"

    def ready(self) -> None:
        import_module("gonghui.core.agenda.plugs")
        import_module("gonghui.core.agenda.calendars")
