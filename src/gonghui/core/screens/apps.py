"""Registers screens with Django and reads every app's declarations."""

from django.apps import AppConfig

from gonghui.kit.registry import discover


class ScreensConfig(AppConfig):
    name = "gonghui.core.screens"
    label = "screens"
    verbose_name = "页面"

    def ready(self) -> None:
        discover("screens")
