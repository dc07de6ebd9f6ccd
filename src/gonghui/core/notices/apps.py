"""Registers notices with Django and reads every app's dated notices."""

from importlib import import_module

from django.apps import AppConfig

from gonghui.kit.registry import discover


class NoticesConfig(AppConfig):
    name = "gonghui.core.notices"
    label = "notices"
    verbose_name = "通知"

    def ready(self) -> None:
        import_module("gonghui.core.notices.outbox")  # its job sends what waits
        discover("notices")
