"""Registers backoffice with Django."""

from importlib import import_module

from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "gonghui.core.backoffice"
    label = "backoffice"
    verbose_name = "设置"

    def ready(self) -> None:
        import_module("gonghui.core.backoffice.job_screens")
