"""Registers screens with Django and reads every app's declarations."""

from django.apps import AppConfig

from gonghui.kit.registry import discover


class ScreensConfig(AppConfig):
    name = "gonghui.core.screens"
    label = "screens"
    verbose_name = "页面"

    def ready(self) -> None:
        from . import exports, sheets  # noqa: PLC0415  # their models are ready only now

        exports.writers["xlsx"] = sheets.write_sheet
        exports.writers_into["xlsx"] = sheets.write_sheet_into
        discover("screens")
