"""Registers records with Django, and what they add to an activity."""

from django.apps import AppConfig

from gonghui.kit.registry import discover


class RecordsConfig(AppConfig):
    name = "gonghui.core.records"
    label = "records"
    verbose_name = "活动记录"

    def ready(self) -> None:
        discover("plugs")  # also of those above, who hear of finished records
