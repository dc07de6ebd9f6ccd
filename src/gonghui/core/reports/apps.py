"""Registers reports with Django and reads what apps add to them."""

from django.apps import AppConfig

from gonghui.kit.registry import discover


class ReportsConfig(AppConfig):
    name = "gonghui.core.reports"
    label = "reports"
    verbose_name = "报告"

    def ready(self) -> None:
        discover("reports")
