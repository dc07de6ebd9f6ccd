"""Registers the import of lists with Django and reads every app's kinds of lists."""

from importlib import import_module

from django.apps import AppConfig

from gonghui.kit.registry import discover


class ExchangeConfig(AppConfig):
    name = "gonghui.core.exchange"
    label = "exchange"
    verbose_name = "导入"

    def ready(self) -> None:
        discover("exchange")
        import_module("gonghui.core.exchange.resealing")
