"""Registers regulations with Django, reads every app's figures and ships them after a migration."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RegulationsConfig(AppConfig):
    name = "gonghui.core.regulations"
    label = "regulations"
    verbose_name = "标准"

    def ready(self) -> None:
        import_module("gonghui.core.regulations.figures").read_all()
        post_migrate.connect(_ship, sender=self)


def _ship(**kwargs: Any) -> None:
    """Every release may bring figures; a database migrated only in part gets none yet."""
    shipping = import_module("gonghui.core.regulations.shipping")
    if shipping.is_ready(kwargs["using"]):
        shipping.ship_all()
