"""Registers flow with Django."""

from django.apps import AppConfig

from gonghui.kit.registry import discover


class FlowConfig(AppConfig):
    name = "gonghui.core.flow"
    label = "flow"
    verbose_name = "流程"

    def ready(self) -> None:
        discover("flow")
