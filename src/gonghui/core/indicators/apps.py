"""Registers indicators with Django and reads what every app declares."""

from importlib import import_module

from django.apps import AppConfig

from gonghui.kit.registry import discover


class IndicatorsConfig(AppConfig):
    name = "gonghui.core.indicators"
    label = "indicators"
    verbose_name = "指标"

    def ready(self) -> None:
        discover("indicators")
        import_module("gonghui.core.indicators.registry").check_ratios()
        import_module("gonghui.core.indicators.following")  # its job keeps the figures fresh
